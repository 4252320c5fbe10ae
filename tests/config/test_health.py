"""What load balancers and operators ask a process."""

from __future__ import annotations

import json
import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from config import metrics
from config.logs import WithoutAddresses, logging_settings


def test_a_process_that_answers_is_alive(client: Client) -> None:
    """Without asking the database: this test has none."""
    assert client.get("/health/live").json() == {"status": "alive"}


@pytest.mark.django_db
def test_a_migrated_database_is_ready(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_lost_database_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", lost)
        broken.setattr(connection, "close", lambda: None)
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["reason"] == "the database doesn't answer"


@override_settings(METRICS_TOKEN="s" * 20)
@pytest.mark.parametrize(
    ("given", "status"), [("", 401), ("Bearer x", 401), ("Bearer " + "s" * 20, 200)]
)
def test_metrics_are_for_who_has_the_token(rf, given: str, status: int) -> None:
    request = rf.get("/metrics", headers={"Authorization": given})
    assert metrics.metrics(request).status_code == status


def test_there_are_no_metrics_unless_asked_for(client: Client, db: None) -> None:
    assert client.get("/metrics").status_code == 404


def record(message: str, *args: object, name: str = "django.request") -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, "f", 1, message, args, None)


def test_logs_name_no_address() -> None:
    entry = record("Not Found: %s", "/o/net/session/secret/")
    entry.request = "a request with cookies"
    assert WithoutAddresses().filter(entry)
    assert entry.getMessage() == "Not Found: an address"
    assert not hasattr(entry, "request")


def test_json_logs_are_json() -> None:
    settings = logging_settings("json")
    maker = settings["formatters"]["json"]
    options = {key: value for key, value in maker.items() if key not in ("()", "format")}
    formatter = maker["()"](maker["format"], **options)
    line = json.loads(formatter.format(record("hello %s", "you", name="x")))
    assert (line["message"], line["level"], line["logger"]) == ("hello you", "WARNING", "x")
