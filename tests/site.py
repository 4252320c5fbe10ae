"""A whole site of its own for tests: its folder, its database, its commands, its server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    """A site in a folder, with what its server says in `server.log`.

    `database` is the URL of a PostgreSQL database; without, it is SQLite.
    """

    folder: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()

    @property
    def environment(self) -> dict[str, str]:
        known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        mine = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "HOST": "127.0.0.1"}
        if self.database:
            mine["DATABASE_URL"] = self.database
        return known | mine | self.settings

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, input=text, check=False,
        )  # fmt: skip

    def start(self, patience: float = 60) -> None:
        """Serve; returns when the server is ready."""
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py",
                 "config.wsgi:application"],
                cwd=ROOT, env=self.environment, start_new_session=True, stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.address}/health/ready", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server didn't start")

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End the server and all its processes; with SIGKILL without a word."""
        if self.server is None:
            return
        if number == signal.SIGKILL:
            os.killpg(self.server.pid, number)
        else:
            self.server.send_signal(number)
        self.server.wait(60)
        self.server = None

    @contextmanager
    def served(self) -> Iterator[str]:
        self.start()
        try:
            yield self.address
        finally:
            self.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
