"""How long a learner waits: starting a quiz, from answer to verdict, and with 200 others at it.

    .venv/bin/python bench/sessions.py [--answers 300] [--learners 200] [--seconds 60]

The bundled outline is loaded into a temporary database and its questions are made. Then

1. this process, one thread, starts quizzes on topics in turn and answers them through the whole
   application (all middleware on), and prints the time of each in the server, by the clock and
   (`cpu`) what the processor worked of it, also where others use the machine;
2. gunicorn serves on the loopback as `script/server` does, and so many learners, each with a quiz
   and a connection of its own, open a question and answer it every five seconds. What the server
   acknowledged is compared with what the database holds.

The client takes its share of the same cores.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

OUTLINE = "/o/aws-security-specialty/"
KINDS = ("single", "true_false", "cloze")
EVERY = 5.0
START_BAR, ANSWER_BAR, LOAD_BAR = 0.150, 0.050, 0.500


def at_share(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def told(name: str, times: Sequence[float]) -> str:
    cells = "".join(f"{1000 * at_share(times, share):>9.1f}" for share in (0.5, 0.95, 0.99, 1))
    return f"{name:<22}{len(times):>7,}{cells}"


def reply_to(page: str) -> dict[str, str]:
    """A form's fields with an answer, right or wrong."""
    hidden = re.findall(r'<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page)
    fields = dict(hidden)
    if 'data-answer="cloze"' in page:
        return {**fields, "text": "a key"}
    return {**fields, "choice": str(random.randrange(2))}


class Times(list[float]):
    """Seconds by the clock of what was done, and beside them those of work."""

    def __init__(self) -> None:
        super().__init__()
        self.work: list[float] = []

    @contextmanager
    def measured(self) -> Iterator[None]:
        began, worked = time.perf_counter(), time.thread_time()
        yield
        self.append(time.perf_counter() - began)
        self.work.append(time.thread_time() - worked)


def in_process(answers: int) -> bool:
    from django.test import Client

    from config.warming import warm
    from knowledge.models import Outline, Service

    outline = Outline.objects.default()
    assert outline is not None
    warm()
    topics = [slug for _, slug in Service.objects.with_heading().addresses(outline)]
    client = Client(SERVER_NAME="127.0.0.1")
    first, starts, verdicts, pages = Times(), Times(), Times(), Times()
    headers = {"HX-Request": "true"}
    number = 0
    while len(verdicts) < answers:
        wish: dict[str, Any] = {"kind": KINDS}
        if number % 4:
            wish["topic"] = topics[number % len(topics)]
        number += 1
        # The first start in a process unpacks the questions; it is told apart.
        with (starts if first else first).measured():
            response = client.post(f"{OUTLINE}quiz/", wish, headers=headers)
        if response.status_code != 303:
            assert starts
            starts.pop(), starts.work.pop()
            continue
        address = response["Location"]
        while address:
            with pages.measured():
                page = client.get(address, headers=headers).content.decode()
            fields = reply_to(page)
            with verdicts.measured():
                verdict = client.post(address, fields, headers=headers)
            assert verdict.status_code == 200, verdict.content.decode()
            found = re.search(r'data-next\s+href="(/session/[^"]+/\d+/)"', verdict.content.decode())
            address = found[1] if found else ""
    print(f"first start in a process: {1000 * first[0]:.0f} ms, {1000 * first.work[0]:.0f} of work")
    for name, times in (("start", starts), ("question", pages), ("answer to verdict", verdicts)):
        print(told(name, times))
        print(told("  cpu", times.work))
    return at_share(starts, 0.95) < START_BAR and at_share(verdicts, 0.95) < ANSWER_BAR


@dataclass
class Crowd:
    """What all learners saw."""

    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    taken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, times: list[float], took: float, taken: bool = False) -> None:
        with self.lock:
            times.append(took)
            self.taken += taken

    def fail(self, what: str) -> None:
        with self.lock:
            self.errors.append(what)


class Visitor:
    """A browser: one connection, its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """(status, where it leads, page)."""
        headers = {
            "HX-Request": "true",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(form, doseq=True) if form is not None else None
        for attempt in (1, 2):
            try:
                self.connection.request("POST" if body is not None else "GET", path, body, headers)
                response = self.connection.getresponse()
                page = response.read().decode()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A connection that was kept and closed meanwhile; a browser opens another one.
                self.connection.close()
                if attempt == 2:
                    raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, response.getheader("Location") or "", page


def arrive(port: int, crowd: Crowd) -> tuple[Visitor, str]:
    """A visitor with a quiz of their own, and the address of its first question."""
    visitor = Visitor(port)
    status, address, _ = visitor.ask(f"{OUTLINE}quiz/", {"kind": KINDS, "count": 50})
    if not address:
        crowd.fail(f"{status} for a start")
    return visitor, address


def learn(visitor: Visitor, address: str, crowd: Crowd, until: float, pause: float) -> None:
    time.sleep(pause)
    try:
        while address and time.monotonic() < until:
            round_began = time.perf_counter()
            _, _, page = visitor.ask(address)
            crowd.note(crowd.pages, time.perf_counter() - round_began)
            fields = reply_to(page)
            began = time.perf_counter()
            status, _, page = visitor.ask(address, fields)
            crowd.note(crowd.answers, time.perf_counter() - began, status == 200)
            if status != 200:
                crowd.fail(f"{status} for an answer")
            found = re.search(r'data-next\s+href="(/session/[^"]+/\d+/)"', page)
            address = found[1] if found else ""
            time.sleep(max(0.0, EVERY - (time.perf_counter() - round_began)))
    except OSError as problem:
        crowd.fail(repr(problem))


def under_load(learners: int, seconds: float) -> bool:
    from django.db import connections

    from quiz.models import Answer

    before = Answer.objects.count()
    connections.close_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py",
               "config.wsgi:application"]  # fmt: skip
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                Visitor(port).ask(OUTLINE)
            except OSError:
                time.sleep(0.1)
            else:
                break
        crowd, draw = Crowd(), random.Random(1)
        # They come one by one; what is measured is the class at work.
        with ThreadPoolExecutor(4) as pool:
            came = list(pool.map(lambda _: arrive(port, crowd), range(learners)))
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(
                target=learn, args=(visitor, address, crowd, until, draw.uniform(0, EVERY))
            )
            for visitor, address in came
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=seconds + 60)
    finally:
        server.terminate()
        server.wait()
    lost = crowd.taken - (Answer.objects.count() - before)
    print(told("question", crowd.pages))
    print(told("answer to verdict", crowd.answers))
    print(f"{len(crowd.errors)} errors, {lost} answers lost {crowd.errors[:3] or ''}")
    return not crowd.errors and lost == 0 and at_share(crowd.answers, 0.99) < LOAD_BAR


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--answers", type=int, default=300, help="in the first part (300)")
    parser.add_argument("--learners", type=int, default=200, help="in the second part (200)")
    parser.add_argument("--seconds", type=float, default=60, help="of the second part (60)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("prepare", verbosity=0)
        call_command("stock_questions", verbosity=0)
        print(f"{'ms':<22}{'n':>7}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}")
        alone = in_process(options.answers)
        print(f"\n{options.learners} learners, each {EVERY:.0f} s, for {options.seconds:.0f} s")
        crowd = under_load(options.learners, options.seconds)
    said = {True: "met", False: "NOT met"}
    bars = f"start p95 < {1000 * START_BAR:.0f} ms, answer p95 < {1000 * ANSWER_BAR:.0f} ms"
    print(f"\n{bars}: {said[alone]}")
    print(f"no error, none lost, p99 < {1000 * LOAD_BAR:.0f} ms: {said[crowd]}")


if __name__ == "__main__":
    main()
