"""How gunicorn serves the site: a few processes of several threads, stopped gracefully."""

import os
import sys

from config.environment import read_int

HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = read_int("PORT", 8000, least=1, most=65535)

bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "gthread"
workers = read_int("WEB_PROCESSES", 2, least=1, most=256)
threads = read_int("WEB_THREADS", 4, least=1, most=256)
preload_app = True
keepalive = 5
graceful_timeout = 20
timeout = 60
backlog = 1024
loglevel = "warning"
# The heartbeat file in memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True


def when_ready(server: object) -> None:
    sys.stdout.write(f"Outgraph is on http://{bind}/  (Ctrl+C stops it)\n")
    sys.stdout.flush()
