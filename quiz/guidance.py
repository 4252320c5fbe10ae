"""What to do now: the next topics and why, today's part of the plan, what was left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.models import Outline
from quiz.blueprints import Exam
from quiz.exams import exam_of
from quiz.knowing import Knowing, exam_domains, know
from quiz.learner_rows import Learner
from quiz.mastery import Mastery, expected_share
from quiz.models import Answer, StudySession
from quiz.planning import SECONDS, Next, Today, Work, missing, plan_today, what_next
from quiz.stock import ask_for_stock

OPEN = 3


@dataclass(frozen=True)
class Step:
    """A topic to take up, with where it stands."""

    slug: str
    name: str
    reason: str


@dataclass(frozen=True)
class Guidance:
    """`plan` is None for somebody who has done nothing yet, `days_left` without an exam ahead."""

    knowing: Knowing
    exam: Exam | None
    mastery: Mapping[str, Mastery]
    steps: Sequence[Step]
    plan: Today | None = None
    exam_date: date | None = None

    @property
    def days_left(self) -> int | None:
        if self.exam_date is None or self.exam_date < self.knowing.today:
            return None
        return (self.exam_date - self.knowing.today).days

    @property
    def has_history(self) -> bool:
        return bool(self.knowing.memos)

    @property
    def estimate(self) -> float:
        """The share of the exam's matter that is probably known today."""
        return expected_share(self.mastery, weights_of(self.exam)) or self.knowing.whole.share


def guide(learner: Learner | None, outline: Outline, now: datetime, most: int = 3) -> Guidance:
    """Where to go from here. Two queries for a learner, none for a visitor."""
    knowing = know(learner, outline, now)
    exam = exam_of(outline, learner.exam_code if learner else "")
    domain_of = exam_domains(knowing.ground, exam)
    mastery = knowing.by_domain(domain_of)
    found = what_next(knowing.topics(domain_of), weights_of(exam), most)
    steps = _steps(knowing, found)
    if learner is None or not knowing.memos:
        return Guidance(knowing, exam, mastery, steps)
    if knowing.ground.facts is None:
        ask_for_stock(outline)
    exam_date = learner.exam_date
    days_left = None
    if exam_date is not None and exam_date > knowing.today:
        days_left = (exam_date - knowing.today).days
    seconds = Answer.objects.of(learner).usual_seconds() or SECONDS
    work = Work(knowing.due, missing(mastery, mastery), days_left, seconds)
    ahead = exam_date if days_left is not None else None
    plan = plan_today(learner.minutes_a_day, work, weights_of(exam), ahead)
    return Guidance(knowing, exam, mastery, steps, plan, exam_date)


def weights_of(exam: Exam | None) -> dict[str, float]:
    """The exam's weights; none where topics count by their size alone."""
    return exam.weights() if exam is not None and exam.by == "domain" else {}


def open_sessions(learner: Learner | None, outline: Outline) -> list[StudySession]:
    """The last sessions on the outline that were begun and not ended, the newest first."""
    if learner is None:
        return []
    begun = StudySession.objects.of(learner).open().about(outline).latest_first()
    return list(begun[:OPEN])


def _steps(knowing: Knowing, found: Sequence[Next]) -> list[Step]:
    slugs = {place.key: place.slug for place in knowing.ground.places}
    return [Step(slugs[step.key], step.name, step.reason) for step in found]
