"""Addresses of the pages to learn with. A session's is its learner's own."""

from django.urls import path

from quiz.views import (
    data,
    exams,
    items,
    notes,
    progress,
    reports,
    reviews,
    sessions,
    settings,
    sheets,
)

app_name = "quiz"

_ITEM = "session/<uuid:key>/<int:position>/"

urlpatterns = [
    path("o/<str:outline>/quiz/", sessions.start, name="start"),
    path("o/<str:outline>/exam/", exams.start, name="exam"),
    path("o/<str:outline>/review/", reviews.start, name="review"),
    path("o/<str:outline>/review/<int:fact>/", reviews.bring_back, name="bring_back"),
    path("o/<str:outline>/progress/", progress.progress, name="progress"),
    path("session/<uuid:key>/", sessions.session, name="session"),
    path("session/<uuid:key>/finish/", sessions.finish, name="finish"),
    path("session/<uuid:key>/undo/", sessions.undo, name="undo"),
    path("session/<uuid:key>/again/", sessions.again, name="again"),
    path("session/<uuid:key>/sheet/", sheets.sheet, name="sheet"),
    path("session/<uuid:key>/questions.<str:form>", sheets.download, name="download"),
    path(_ITEM, items.item, name="item"),
    path(f"{_ITEM}skip/", items.skip, name="skip"),
    path(f"{_ITEM}flag/", items.flag, name="flag"),
    path(f"{_ITEM}unflag/", items.unflag, name="unflag"),
    path(f"{_ITEM}guessed/", items.guessed, name="guessed"),
    path(f"{_ITEM}bury/", items.bury, name="bury"),
    path(f"{_ITEM}suspend/", items.suspend, name="suspend"),
    path(f"{_ITEM}report/", reports.report, name="report"),
    path("o/<str:outline>/notes/", notes.notes, name="notes"),
    path("o/<str:outline>/service/<str:service>/-/notes/", notes.facts, name="note_facts"),
    path("o/<str:outline>/fact/<int:pk>/note/", notes.note, name="note"),
    path("settings/", settings.settings, name="settings"),
    path("settings/export.json", data.export, {"kind": "json"}, name="export_json"),
    path("settings/export.zip", data.export, {"kind": "csv"}, name="export_csv"),
    path("settings/load/", data.load, name="load"),
    path("settings/delete/", data.delete, name="delete"),
]
