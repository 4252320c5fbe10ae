"""The database fails: a clear page, nothing half done, and service again without a restart."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connection
from django.test import Client, RequestFactory
from django.utils.html import escape

from knowledge import failures
from tests.factories import make_outline


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("PRAGMA query_only=ON; CREATE TABLE b (x)", failures.READ_ONLY),
        ("PRAGMA max_page_count=2; CREATE TABLE b (x)", failures.FULL),
    ],
)
def test_what_sqlite_says_is_understood(tmp_path: Path, statement: str, reason: str) -> None:
    database = sqlite3.connect(tmp_path / "d", isolation_level=None)
    database.execute("CREATE TABLE a (x)")
    *before, last = statement.split(";")
    for part in before:
        database.execute(part)
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.execute(last)
    database.close()
    assert failures.reason_of(OperationalError(*caught.value.args)) == reason


def test_a_lock_that_stays_is_understood(tmp_path: Path) -> None:
    one, two = (
        sqlite3.connect(tmp_path / "d", isolation_level=None, timeout=0.01) for _ in range(2)
    )
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        two.execute("BEGIN IMMEDIATE")
    one.close()
    two.close()
    assert failures.reason_of(OperationalError(*caught.value.args)) == failures.BUSY


def test_a_bug_is_no_failure_of_the_database() -> None:
    assert failures.reason_of(ValueError("locked")) is None
    assert failures.reason_of(OperationalError("no such table: x")) is None


@pytest.mark.django_db
def test_a_database_that_fails_is_a_page_and_then_serves_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_outline(slug="net")

    def lost(*_: object) -> None:
        raise OperationalError("unable to open database file")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", lost)
        response = client.get("/o/net/")
    assert response.status_code == 503
    assert escape(failures.LOST) in response.text
    assert response["Retry-After"] == "5"
    assert client.get("/o/net/").status_code == 200


def test_a_failure_outside_a_view_is_the_same_page(rf: RequestFactory) -> None:
    request = rf.get("/o/net/")
    request.htmx, request.csp_nonce = False, "n"  # type: ignore[attr-defined]
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        response = failures.server_error(request)
    assert (response.status_code, failures.BUSY in response.text) == (503, True)
    assert failures.server_error(request).status_code == 500


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL alone")
def test_a_connection_that_postgresql_ends_is_made_anew(client: Client) -> None:
    make_outline(slug="net")
    own = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    url = f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT']}/postgres"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert client.get("/o/net/").status_code == 503
    # What a server does before each request, and the test client doesn't.
    close_old_connections()
    assert client.get("/o/net/").status_code == 200
