"""Addresses: every outline's pages stand under its slug."""

from django.urls import include, path

urlpatterns = [
    path("", include("knowledge.urls")),
    path("", include("quiz.urls")),
]

handler400 = "knowledge.errors.bad_request"
handler403 = "knowledge.errors.permission_denied"
handler404 = "knowledge.errors.not_found"
handler500 = "knowledge.errors.server_error"
