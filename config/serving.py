"""Where and how the site is served, as the environment says.

    python -m config.serving

stops with a sentence that names the variable where that can't be; script/server asks it first.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

from config.environment import read_int


class Serving(NamedTuple):
    host: str
    port: int
    processes: int
    threads: int


def read_serving() -> Serving:
    """HOST, PORT, WEB_PROCESSES and WEB_THREADS."""
    return Serving(
        os.environ.get("HOST", "").strip() or "127.0.0.1",
        read_int("PORT", 8000, least=1, most=65535),
        read_int("WEB_PROCESSES", 2, least=1, most=256),
        read_int("WEB_THREADS", 8, least=1, most=256),
    )


def check_address(host: str, port: int) -> None:
    """Raises ImproperlyConfigured where nobody could listen there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ImproperlyConfigured(f"HOST is {host!r}; no such host is known.") from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        # As gunicorn does: a port that was given up a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise ImproperlyConfigured(
                f"PORT is {port}; this user may not listen there. From 1024 on, everybody may."
            ) from None
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                reason = f"PORT is {port}, where another program listens already; choose another."
            else:
                reason = f"HOST is {host!r}; it is no address of this machine."
            raise ImproperlyConfigured(reason) from None


if __name__ == "__main__":
    try:
        serving = read_serving()
        check_address(serving.host, serving.port)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
