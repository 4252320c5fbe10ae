"""The operator's pages at /admin/: there only where somebody may use them."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse


class OperatorSite(AdminSite):
    """Who isn't signed in does so on the site's own page, with its limits and passkeys.

    As long as no account is an operator's (`manage.py createsuperuser`), nothing is here.
    """

    site_header = site_title = "Outgraph: operator"
    index_title = "What there is"

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not get_user_model().objects.filter(is_staff=True, is_active=True).exists():
            raise Http404("No page is at this address.")
        login = secure_admin_login(super().login)
        return login(request, extra_context)  # type: ignore[no-any-return]
