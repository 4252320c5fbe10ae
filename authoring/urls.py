"""Addresses of own outlines."""

from __future__ import annotations

from django.urls import path

from authoring.views import outlines, texts, uploads

app_name = "authoring"

OUTLINE = "o/<str:outline>"

urlpatterns = [
    path("outlines/own/", outlines.own, name="own"),
    path("outlines/new/", uploads.new, name="new"),
    path("outlines/uploads/<uuid:key>/", uploads.upload, name="upload"),
    path("outlines/uploads/<uuid:key>/discard/", uploads.discard, name="discard"),
    path("outlines/own/<str:outline>/restore/", outlines.restore, name="restore"),
    path("shared/<str:token>/", outlines.shared, name="shared"),
    path(f"{OUTLINE}/manage/", outlines.manage, name="manage"),
    path(f"{OUTLINE}/manage/replace/", uploads.replace, name="replace"),
    path(f"{OUTLINE}/manage/rename/", outlines.rename, name="rename"),
    path(f"{OUTLINE}/manage/share/", outlines.share, name="share"),
    path(f"{OUTLINE}/manage/delete/", outlines.delete, name="delete"),
    path(f"{OUTLINE}/manage/original/", texts.original, name="original"),
    path(f"{OUTLINE}/manage/repaired/", texts.repaired, name="repaired"),
    path(f"{OUTLINE}/manage/versions/<int:number>/", texts.version, name="version"),
    path(
        f"{OUTLINE}/manage/versions/<int:number>/restore/",
        outlines.restore_version,
        name="restore_version",
    ),
    path(f"{OUTLINE}/text/", texts.source, name="source"),
    path(f"{OUTLINE}/text/<int:line>/", texts.line, name="line"),
]
