"""A bad value of the environment stops the start with a sentence that names the variable."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(arguments: list[str], tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")
    }
    environment |= {"DATA_DIR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("HTTPS", "perhaps"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "https://example.com"),
        ("ALLOWED_HOSTS", "example.com:8000"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "sqlite:////nonexistent/folder/x.sqlite3"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x"),
        ("CACHE_URL", "memcached://x"),
        ("DATA_DIR", "/proc/none/of/this"),
        ("OUTLINE_MAX_BYTES", "many"),
    ],
)
def test_a_bad_setting_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    done = run(["manage.py", "prepare"], tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("HOST", "no.such.host.invalid"),
        ("HOST", "192.0.2.1"),
        ("WEB_PROCESSES", "0"),
        ("WEB_THREADS", "x"),
    ],
)
def test_a_bad_address_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    done = run(["-m", "config.serving"], tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(name)
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(["-m", "config.serving"], tmp_path, PORT=str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "another program listens" in done.stderr
