"""Exams on an outline: by its pack's blueprint, or in proportion to what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from knowledge.lexicon import plain
from knowledge.models import Outline, Service
from quiz import study
from quiz.blueprints import Blueprint, Domain, Exam
from quiz.drawing import whole_bank
from quiz.exam import MOST_EXTRA_MINUTES, Report, Result, choose, report, sitting
from quiz.grading import Form
from quiz.items.quiz import gives_away
from quiz.models import Learner, SessionItem, StudySession
from quiz.models import Report as QuestionReport
from quiz.questions import Asked
from quiz.standing import StudyError

# What can be added to the time: none, thirty minutes as for who writes in a second language, a
# quarter, half, or as much again.
EXTRAS = (0, 30, 45, 85, 170)
# So many topics to study are named.
TOPICS = 6


@dataclass(frozen=True)
class ToStudy:
    """A topic with how many of its questions were missed; `address` parts are slugs."""

    name: str
    slug: str
    missed: int
    total: int


@dataclass(frozen=True)
class ItemLine:
    """One item of a report; `right` is None where nothing was answered."""

    position: int
    stem: str
    topic: str
    domain: str
    right: bool | None
    scored: bool
    flagged: bool
    seconds: float | None


@dataclass(frozen=True)
class ExamReport:
    report: Report
    exam: Exam
    items: Sequence[ItemLine]
    study: Sequence[ToStudy]
    notes: Sequence[str]


def read_wish(form: Form, blueprint: Blueprint | None) -> tuple[Exam, bool, int]:
    """(exam, short, extra minutes) in a form; raises StudyError or BlueprintError."""
    if blueprint is None:
        raise StudyError("These notes hold nothing yet that an exam could ask.")
    exam = blueprint.exam(_one(form, "exam"))
    size = _one(form, "size") or "full"
    extra = _one(form, "extra") or "0"
    if size not in ("full", "short"):
        raise StudyError("An exam is full or short.")
    if not (extra.isascii() and extra.isdigit() and len(extra) < 5):
        raise StudyError(f"Extra time can be from 0 to {MOST_EXTRA_MINUTES} minutes.")
    return exam, size == "short", int(extra)


def start_exam(
    learner: Learner, outline: Outline, exam: Exam, *, short: bool, extra: int, seed: str,
    now: datetime,
) -> StudySession:  # fmt: skip
    """Raises ExamError or StudyError where it can't be held."""
    wanted = sitting(exam, short=short, extra_minutes=extra)
    hidden = QuestionReport.objects.hidden_from(learner)
    entries = [entry for entry in whole_bank(outline, seed) if entry.item.id not in hidden]
    items = {entry.item.id: entry.item for entry in entries}

    def clash(one: Asked, other: Asked) -> bool:
        return gives_away(items[one.question["id"]], items[other.question["id"]])

    paper = choose([entry.asked for entry in entries], wanted, seed, clash)
    return study.start(
        learner, outline, paper, kind="exam", seed=seed, now=now,
        minutes=wanted.minutes + extra,
        spec={
            "name": exam.name, "exam": exam.code, "short": short, "extra": extra,
            "minutes": wanted.minutes + extra, "notes": list(paper.notes), "by": exam.by,
            "domains": [[one.name, one.weight] for one in exam.domains],
        },
    )  # fmt: skip


def report_of(session: StudySession) -> ExamReport:
    """What an exam that was handed in says."""
    items = [_line(item) for item in SessionItem.objects.of(session).with_answers()]
    exam = _exam_of(session.spec, items)
    results = [
        Result(i.domain, i.scored, i.right, int(i.seconds * 1000) if i.seconds else None)
        for i in items
    ]
    notes = [str(note) for note in session.spec.get("notes", ()) if isinstance(note, str)]
    return ExamReport(report(results, exam), exam, items, _to_study(session, items), notes)


def _line(item: SessionItem) -> ItemLine:
    answer = item.answer
    return ItemLine(
        item.position, item.question["stem"], item.question["topic"], item.domain,
        answer.right if answer else None, item.scored, item.flagged,
        answer.ms / 1000 if answer and answer.ms else None,
    )  # fmt: skip


def _exam_of(spec: Mapping[str, Any], items: Sequence[ItemLine]) -> Exam:
    """The exam as it was held, from what the session keeps of it."""
    told = spec.get("domains")
    names = [one[0] for one in told if isinstance(one, list) and one] if told else []
    names += sorted({item.domain for item in items} - set(names))
    domains = tuple(Domain(str(name), 0, 0, (str(name),)) for name in names)
    name = str(spec.get("name", "Exam"))
    return Exam(str(spec.get("exam", "")), name, len(items), len(items), 0, (), domains)


def _to_study(session: StudySession, items: Sequence[ItemLine]) -> list[ToStudy]:
    if session.outline is None:
        return []
    slugs = {
        plain(name): slug for name, slug in Service.objects.addresses(session.outline)
    }  # fmt: skip
    ordered = sorted(items, key=lambda item: item.topic)
    found = []
    for topic, group in groupby(ordered, key=lambda item: item.topic):
        own = list(group)
        missed = sum(item.right is not True for item in own)
        if missed and topic in slugs:
            found.append(ToStudy(topic, slugs[topic], missed, len(own)))
    return sorted(found, key=lambda one: (-one.missed, one.total, one.name))[:TOPICS]


def _one(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[-1].strip() if values else ""
