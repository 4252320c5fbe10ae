"""Addresses: every outline's pages stand under its slug."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import live, ready
from config.metrics import metrics

urlpatterns = [
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
    *([path("metrics", metrics, name="metrics")] if settings.METRICS else []),
    path("", include("knowledge.urls")),
    path("", include("quiz.urls")),
    path("account/", include("quiz.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("authoring.urls")),
]

handler400 = "knowledge.errors.bad_request"
handler403 = "knowledge.errors.permission_denied"
handler404 = "knowledge.errors.not_found"
handler500 = "knowledge.failures.server_error"
