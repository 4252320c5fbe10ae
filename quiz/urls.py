"""Addresses of the pages to learn with."""

from __future__ import annotations

from django.urls import path

from quiz.views import data, settings

app_name = "quiz"

urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/export.json", data.export, {"kind": "json"}, name="export_json"),
    path("settings/export.zip", data.export, {"kind": "csv"}, name="export_csv"),
    path("settings/load/", data.load, name="load"),
    path("settings/delete/", data.delete, name="delete"),
]
