"""An account by a passkey alone: no email, no password, nothing to forget or to leak."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.signup import complete_signup
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.decorators import rate_limit
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from quiz.accounts.adapter import new_username

HANDLE = "passkey_handle"


class AddPasskeyView(AddWebAuthnView):
    """A passkey for the account that is signed in."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        context["options"] = auth.begin_registration(self.request.user, passwordless=True)
        return context

    def get_success_url(self) -> str:
        return reverse("quiz:settings")


@method_decorator(rate_limit(action="signup"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class JoinByPasskeyView(RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):  # type: ignore[type-arg]
    """The account is made when the passkey has been; until then its name waits in the session."""

    form_class = SignupWebAuthnForm
    template_name = "account/signup_by_passkey.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        handle = self.request.session.get(HANDLE) or new_username()
        self.request.session[HANDLE] = handle
        self.user = get_user_model()(username=handle)
        return super().get_form_kwargs() | {"user": self.user}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        context["options"] = auth.begin_registration(self.user, passwordless=True)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.pop(HANDLE, None)
        with transaction.atomic():
            self.user.set_unusable_password()
            self.user.save()
            flows.signup_authenticator(
                self.request, self.user, form.cleaned_data["name"], form.cleaned_data["credential"]
            )
        return complete_signup(self.request, user=self.user, redirect_url=self.get_success_url())
