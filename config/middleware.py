"""Response headers that Django and django-csp leave to the project."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

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
        if response.status_code == 304:
            return response
        return super().process_response(request, response)
