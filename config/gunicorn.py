"""How gunicorn serves the site: a few processes of several threads, stopped gracefully."""

import logging
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

from config.environment import read_bool
from config.serving import read_serving
from config.warming import warm
from knowledge.management.attached import MANAGE, start_attached

HOST, PORT, workers, threads = read_serving()

bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "gthread"
preload_app = True
# Longer than most take between two answers: a connection that is kept costs a descriptor, a new one
# a turn of the process.
keepalive = 15
graceful_timeout = 20
timeout = 60
backlog = 1024
loglevel = "warning"
# The heartbeat file in memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True
# Seconds that a client may stay silent in the middle of a request or an answer. A thread waits for
# it, so without a limit as many such clients as there are threads would shut everybody else out.
SILENCE = 10
# Held on to, since they end when they are let go.
attached: list[subprocess.Popen[bytes]] = []

if read_bool("METRICS"):
    # Each process counts in a file of its own; what /metrics says is their sum.
    folder = Path(os.environ.get("DATA_DIR") or "var", "metrics").absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)

    # The library looks for the folder when it is imported.
    from prometheus_client.multiprocess import mark_process_dead

    def child_exit(server: object, worker: Any) -> None:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the log says something: that a silent client was left is none."""
    return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))


def post_worker_init(worker: object) -> None:
    # By name: nothing of Django may be imported before the site is loaded.
    import_string("quiz.stock.warm_up")()


def when_ready(server: Any) -> None:
    server.log.error_log.addFilter(is_news)
    # Accepted sockets inherit these from the ones that listen.
    limit = struct.pack("ll", SILENCE, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
    sys.stdout.write(f"Outgraph is on http://{bind}/  (Ctrl+C stops it)\n")
    sys.stdout.flush()
    warm()
    # Questions on what was loaded since the last start, for who comes; it ends with the server.
    attached.append(start_attached("stock_questions"))
    if read_bool("WORKER", True):
        # Uploads that the last stop left half way; it ends when there are none.
        subprocess.Popen([sys.executable, str(MANAGE), "work_uploads", "--batch"])  # noqa: S603
