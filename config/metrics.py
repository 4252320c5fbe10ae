"""Prometheus' metrics at /metrics, where METRICS=1 asks for them."""

from __future__ import annotations

import hmac
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures of all processes; with METRICS_TOKEN only to who sends it as bearer token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(given.encode(), token.encode()):
        response = HttpResponse("The token is missing or wrong.\n", "text/plain", status=401)
        response["WWW-Authenticate"] = "Bearer"
        return response
    return cast(HttpResponse, ExportToDjangoView(request))
