"""Processes that go on for as long as the one that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"
FLAG = "--attached"


def start_attached(*command: str, manage: Path = MANAGE) -> subprocess.Popen[bytes]:
    """Run a command of manage.py in the background until it is done or this process ends.

    Hold on to what it gives back: the command ends when its standard input is closed.
    """
    return subprocess.Popen(  # noqa: S603
        [sys.executable, str(manage), *command, FLAG],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def add_flag(parser: ArgumentParser) -> None:
    parser.add_argument(FLAG, action="store_true", help="end when standard input ends")


def end_with_starter() -> None:
    """End this process when its standard input ends.

    The system closes it however the starter ends, by SIGKILL too. What is being written then is
    rolled back.
    """
    threading.Thread(target=_wait, name="attached", daemon=True).start()


def _wait() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)
