"""Addresses: every outline's pages stand under its slug."""

from django.urls import include, path

urlpatterns = [
    path("", include("knowledge.urls")),
]
