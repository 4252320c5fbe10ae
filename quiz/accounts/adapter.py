"""How allauth does things here: whose history comes along, what is said, what a passkey is."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from quiz.accounts.hashing import hash_for
from quiz.accounts.joining import take_along
from quiz.visitors import forget_learner, learner_by_cookie, remember_learner

SAID = {
    "account/messages/password_changed.txt": "Your new password is kept.",
    "mfa/messages/webauthn_added.txt": "The passkey is kept. You can sign in with it.",
    "mfa/messages/webauthn_removed.txt": "The passkey is gone from this account. "
    "Your device may still list it; you can remove it there.",
}  # fmt: skip


class AccountAdapter(DefaultAccountAdapter):
    """Passwords by `quiz.accounts.hashing`; the browser's history goes into the account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "No account opens with this email and password.",
        "too_many_login_attempts": "Too many tries. Wait a few minutes, then try again.",
        "incorrect_password": "That isn't this account's password.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def save_user(
        self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        user.email = form.cleaned_data["email"]
        user.username = new_username()
        user.password = hash_for(user.email, form.cleaned_data["password1"])
        if commit:
            user.save()
        return user

    def set_password(self, user: Any, password: str) -> None:
        user.password = hash_for(user.email, password)
        user.save(update_fields=["password"])

    def get_login_stages(self) -> list[str]:
        """A passkey is a way in of its own, no second step after the password."""
        return ["allauth.account.stages.EmailVerificationStage"]

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response = super().post_login(request, user, **more)
        learner = take_along(learner_by_cookie(request), user)
        if learner:
            remember_learner(request, learner, None)
        else:
            forget_learner(request)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("quiz:settings")

    get_signup_redirect_url = get_login_redirect_url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("quiz:settings")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what the next page doesn't show by itself."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys name an account by its random username, which exists before the account does."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This passkey opens no account here, or it took too long. Try again.",
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Outgraph"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = user.email or user.first_name or "Outgraph"
        return {"id": user.username.encode("ascii"), "display_name": name, "name": name}


def new_username() -> str:
    """Nobody ever types it; it tells nothing."""
    return f"u{secrets.token_hex(16)}"
