"""Addresses of accounts: those of allauth's that have a page here. allauth knows them by name."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.mfa.webauthn import views as passkey_views
from django.conf import settings
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView, TemplateView

from quiz.accounts.passkeys import AddPasskeyView, JoinByPasskeyView

# PUT would pass for POST.
METHODS = ["get", "head", "post", "options"]


def page(view: Any, title: str, **more: Any) -> Any:
    context = {"title": title, "page_title": f"{title} · Outgraph", "mail": settings.MAIL}
    return view.as_view(extra_context=context, http_method_names=METHODS, **more)


to_settings = RedirectView.as_view(url=reverse_lazy("quiz:settings"))
if settings.MAIL:
    reset = page(views.PasswordResetView, "Reset your password")
else:
    reset = page(TemplateView, "Reset your password", template_name="account/password_reset.html")

urlpatterns = [
    path("", to_settings, name="mfa_index"),
    path("signup/", page(views.SignupView, "Make an account"), name="account_signup"),
    path(
        "signup/passkey/",
        page(JoinByPasskeyView, "Make an account with a passkey"),
        name="account_signup_by_passkey",
    ),
    path("login/", page(views.LoginView, "Sign in"), name="account_login"),
    path(
        "login/passkey/", page(passkey_views.LoginWebAuthnView, "Sign in"),
        name="mfa_login_webauthn",
    ),
    path("logout/", page(views.LogoutView, "Sign out"), name="account_logout"),
    path("closed/", page(views.AccountInactiveView, "Closed"), name="account_inactive"),
    path(
        "confirm/", page(views.ReauthenticateView, "Is it you?"), name="account_reauthenticate"
    ),
    path(
        "confirm/passkey/", page(passkey_views.ReauthenticateWebAuthnView, "Is it you?"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "password/", page(views.PasswordChangeView, "Change your password"),
        name="account_change_password",
    ),
    path(
        "password/set/", page(views.PasswordSetView, "Set a password"),
        name="account_set_password",
    ),
    path("password/reset/", reset, name="account_reset_password"),
    path(
        "password/reset/sent/", page(views.PasswordResetDoneView, "Look into your mail"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        page(views.PasswordResetFromKeyView, "Set a new password"),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/", page(views.PasswordResetFromKeyDoneView, "Your new password"),
        name="account_reset_password_from_key_done",
    ),
    path(
        "email/sent/", page(views.EmailVerificationSentView, "Look into your mail"),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^email/(?P<key>[-:\w]+)/$", page(views.ConfirmEmailView, "Confirm your email"),
        name="account_confirm_email",
    ),
    path("passkeys/", to_settings, name="mfa_list_webauthn"),
    path("passkeys/add/", page(AddPasskeyView, "Add a passkey"), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        page(passkey_views.RemoveWebAuthnView, "Remove a passkey"),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/", page(passkey_views.EditWebAuthnView, "Name a passkey"),
        name="mfa_edit_webauthn",
    ),
]  # fmt: skip
