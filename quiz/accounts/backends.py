"""Who an email and a password belong to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from quiz.accounts.hashing import find_owner


class EmailBackend(AuthenticationBackend):
    """allauth's, with one slow hash for each attempt, however many accounts the email has."""

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        self._did_check_password = True
        # Also those that aren't confirmed where another one is: else it would tell of that one.
        users = filter_users_by_email(email, for_login=True)
        user = find_owner(email, password, users)
        if user is not None and not self.user_can_authenticate(user):
            self._stash_user(user)
            return None
        return user


def attempted_email(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What django-axes counts attempts by, whether an account has it or not."""
    given = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(given).strip().casefold()[:254]


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """What django-axes answers after too many tries."""
    return render(request, "429.html", {"page_title": "Too many tries · Outgraph"}, status=429)
