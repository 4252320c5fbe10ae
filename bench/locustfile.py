"""What learners do at a site, for locust; `bench/load.py` starts it.

Each takes five seconds to think between two things: reads a topic, types a word into the search,
answers a question of a quiz or of an exam.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from locust import HttpUser, constant, task

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.visitor import Visitor

OUTLINE = "aws-security-specialty"
QUERIES = ("nacl stateless", "rotate keys", "gaurd duty", "worm", "who can decrypt", "vpc endpoint")
_numbers = iter(range(10**9))


class Learner(HttpUser):
    """Half of what a learner does is answering."""

    wait_time = constant(5)
    host = os.environ.get("SITE")

    def on_start(self) -> None:
        number = next(_numbers)
        self.visitor = Visitor(str(self.host), number, self.client, patience=60, named=True)
        self.quiz: str | None = None
        self.exam: str | None = None
        home = self.visitor.get(f"/o/{OUTLINE}/").text
        self.topics = sorted(set(re.findall(rf'href="(/o/{OUTLINE}/service/[^"#?]+)"', home)))

    @task(3)
    def browse(self) -> None:
        self.visitor.get(self.visitor.rng.choice(self.topics))

    @task(2)
    def search(self) -> None:
        query = self.visitor.rng.choice(QUERIES)
        typed = query[: self.visitor.rng.randint(2, len(query))]
        self.visitor.get(f"/o/{OUTLINE}/search/", params={"q": typed, "as": "options"})

    @task(4)
    def answer_quiz(self) -> None:
        self.quiz = self._answer(self.quiz or self.visitor.start_quiz(OUTLINE))

    @task(1)
    def answer_exam(self) -> None:
        self.exam = self._answer(self.exam or self.visitor.start_exam(OUTLINE))

    def _answer(self, at: str) -> str | None:
        answered, session = self.visitor.answer(at)
        with open(os.environ["ACKNOWLEDGED"], "a") as file:
            file.write(f"{answered.session}\t{answered.position}\n")
        return self.visitor.go_on(session)
