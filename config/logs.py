"""What is written to standard error: lines for people, or JSON for machines; no personal data.

Addresses of readers, cookies, form fields and query strings are never logged; a page is named by
its route (`/o/<slug:outline>/`), not by its address, which may hold a session's key.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from pythonjsonlogger.json import JsonFormatter

access = logging.getLogger("outgraph.access")


class AccessLogMiddleware:
    """A line for each answer: method, route, status, milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        fields = {
            "method": request.method,
            "route": f"/{match.route}" if match else "none",
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000, 1),
        }
        access.info("%(method)s %(route)s %(status)s %(ms)s ms", fields, extra=fields)
        return response


class WithoutAddresses(logging.Filter):
    """Keeps what Django attaches to its records for mails to operators out of the logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in ("request", "server_time"):
            record.__dict__.pop(name, None)
        if record.name == "django.request" and isinstance(record.args, tuple):
            # 'Not Found: /o/…': the address may hold what somebody typed.
            record.args = tuple(_route_only(arg) for arg in record.args)
        return True


def _route_only(arg: object) -> object:
    return "an address" if isinstance(arg, str) and arg.startswith("/") else arg


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING for `line` or `json`."""
    formatters: dict[str, dict[str, Any]] = {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": JsonFormatter,
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "filters": {"plain": {"()": WithoutAddresses}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["plain"]}
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django.server": {"level": "INFO"},
            "django.request": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
        },
    }
