"""What is started in the background ends with whoever started it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from knowledge.management.attached import start_attached

SLEEPS = (
    "import time\n"
    "from knowledge.management.attached import end_with_starter\n"
    "end_with_starter()\n"
    "time.sleep(60)\n"
)
STARTS = (
    "import pathlib, sys, time\n"
    "from knowledge.management.attached import start_attached\n"
    "held = start_attached(manage=pathlib.Path(sys.argv[1]))\n"
    "print(held.pid, flush=True)\n"
    "time.sleep(60)\n"
)
ROOT = Path(__file__).resolve().parents[2]


def test_it_ends_when_it_is_let_go(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{SLEEPS}")
    started = start_attached(manage=program)
    assert started.poll() is None
    started.communicate(timeout=20)
    assert started.returncode == 0


def test_it_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{SLEEPS}")
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS, str(program)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert starter.stdout
    started = int(starter.stdout.readline())
    watch = os.pidfd_open(started)
    starter.send_signal(signal.SIGKILL)
    starter.communicate(timeout=20)
    # Of a process that isn't our child only its end can be waited for.
    assert select.select([watch], [], [], 20)[0]
    os.close(watch)
