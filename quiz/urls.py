"""Addresses of the pages to learn with."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "quiz"

urlpatterns: list[URLPattern] = []
