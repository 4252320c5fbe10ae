"""Forms of allauth, changed where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter as get_passkeys
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from fido2.utils import websafe_decode


class JoinForm(SignupForm):
    """Making an account. Who has one with this very email and password is signed in to it.

    With another password a further account is made: the answer is the same whether the email has
    an account or not, so it tells nobody which emails have one.
    """

    known: Any = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if not self.errors:
            # Counted and throttled as a sign-in is: it may not become a way to guess passwords.
            credentials = {"email": data["email"], "password": data["password1"]}
            self.known = get_adapter().authenticate(self._request(), **credentials)
        return data

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        if self.known is None:
            return super().try_save(request)
        data = self.cleaned_data
        credentials = {"email": data["email"], "password": data["password1"]}
        login = Login(user=self.known, email=data["email"])
        return None, flows.login.perform_password_login(request, credentials, login)

    @staticmethod
    def _request() -> HttpRequest:
        return get_adapter().request


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey that is enough by itself to sign in."""

    passwordless = forms.BooleanField(required=False)

    def clean_passwordless(self) -> bool:
        return True


class PasskeySignInForm(LoginWebAuthnForm):
    """Signing in with a passkey, which says by its handle whose it is."""

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        return auth.complete_authentication(_user_of(credential), credential)


def _user_of(credential: Any) -> Any:
    try:
        handle = websafe_decode(credential["response"]["userHandle"]).decode("ascii")
    except (ValueError, TypeError, KeyError):
        raise get_passkeys().validation_error("incorrect_code") from None
    user = get_user_model().objects.filter(username=handle, is_active=True).first()
    if user is None:
        raise get_passkeys().validation_error("incorrect_code")
    return user
