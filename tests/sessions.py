"""Learners and sessions to test with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from knowledge.models import Fact, Outline
from quiz import study
from quiz.models import Card, Learner, SessionItem, StudySession
from quiz.questions import Asked
from tests.factories import make_outline
from tests.questions import make_question

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def make_learner(**more: Any) -> Learner:
    learner, _ = Learner.objects.born(NOW)
    for name, value in more.items():
        setattr(learner, name, value)
    learner.save()
    return learner


def make_session(
    learner: Learner | None = None,
    outline: Outline | None = None,
    kinds: tuple[str, ...] = ("single", "single", "cloze"),
    kind: str = "quiz",
    minutes: int | None = None,
) -> StudySession:
    """Each question asks the next fact of the outline; a matching the next three."""
    outline = outline or make_outline()
    keys = list(Fact.objects.for_outline(outline).values_list("pk", flat=True))
    asked = []
    for one in kinds:
        size = 3 if one == "matching" else 1
        asked.append(Asked(make_question(one), tuple(keys[:size])))
        keys = [*keys[size:], *keys[:size]]
    return study.start(
        learner or make_learner(), outline, asked, kind=kind, seed="1", now=NOW, minutes=minutes
    )


def form(session: StudySession, position: int, right: bool = True, **more: str) -> Any:
    item = SessionItem.objects.of(session).get(position=position)
    data: dict[str, list[str]] = {"question": [item.question["id"]]}
    data |= {name: [value] for name, value in more.items()}
    match item.question["kind"]:
        case "single":
            return {"choice": ["1" if right else "0"], **data}
        case "cloze":
            return {"text": ["stateless" if right else "no idea"], **data}
        case "matching":
            shown = {str(index): place for place, index in enumerate(item.layout or [])}
            places = [shown[str(left)] for left in range(3)]
            if not right:
                places = [places[0], places[2], places[1]]
            return {**{f"match-{n}": [str(place)] for n, place in enumerate(places)}, **data}
    raise AssertionError


def reviewed(learner: Learner, outline: Outline, times: int = 2) -> datetime:
    """One fact answered right, each time when it was due; when that was last."""
    now = NOW
    for _ in range(times):
        session = make_session(learner, outline, ("single",))
        study.answer(session, 1, form(session, 1), now)
        now, last = max(now, Card.objects.get(learner=learner).due), now
    return last
