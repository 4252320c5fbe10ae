"""What Django and django-csp leave to the project: response headers, and requests too large."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from knowledge.errors import too_large

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort")
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The policy with a nonce, and no policy on a 304.

    A 304 tells the browser to go on with the page it has, whose nonces are those of the policy
    that came with it; a policy with a new nonce would replace that one and shut its scripts out.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code == 304:
            return response
        return super().process_response(request, response)


def client_address(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: REMOTE_ADDR becomes the address that the outermost of our own proxies saw.

    Each proxy adds whom it heard to the end of X-Forwarded-For; what stands before that anybody can
    have written.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(heard) >= settings.PROXIES and (address := heard[-settings.PROXIES].strip()):
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return middleware


def request_size(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a request larger than any form takes isn't read at all."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.REQUEST_MAX_BYTES_AT.get(request.path_info, settings.REQUEST_MAX_BYTES)
        if told.isdecimal() and int(told) > most:
            return too_large(request)
        return get_response(request)

    return middleware
