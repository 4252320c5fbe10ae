"""How a session went: by feature and kind, what was missed, and which topics near it are weak."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.lexicon import plain
from knowledge.models import Outline, RelatedTopic, Service
from quiz.models import Card, Learner, SessionItem, StudySession
from quiz.scheduling import recall_after
from quiz.shown import KIND_NAMES, show_question

# A topic of which less than this is known counts as weak.
WEAK = 0.6
TOPICS, RELATED = 3, 3


@dataclass(frozen=True)
class Part:
    """So many right of so many, under one name."""

    name: str
    right: int
    total: int


@dataclass(frozen=True)
class Missed:
    position: int
    question: dict[str, Any]
    answered: bool
    given: str
    key: str


@dataclass(frozen=True)
class Weak:
    name: str
    slug: str
    because: str
    known: float


@dataclass(frozen=True)
class Summary:
    features: Sequence[Part]
    kinds: Sequence[Part]
    missed: Sequence[Missed]
    guessed: int
    weak: Sequence[Weak]


def summarize(session: StudySession, now: datetime) -> Summary:
    items = [i for i in SessionItem.objects.of(session).with_answers() if not i.dropped]
    missed = [_missed(item) for item in items if not _is_right(item)]
    topics = list(dict.fromkeys(one.question["topic"] for one in missed))
    weak: Sequence[Weak] = ()
    if topics and session.outline is not None:
        weak = weak_near(session.learner, session.outline, topics[:TOPICS], now)
    return Summary(
        _parts((_home(item.question), _is_right(item)) for item in items),
        _parts((KIND_NAMES[item.question["kind"]], _is_right(item)) for item in items),
        missed,
        sum(bool(item.answer and item.answer.guessed) for item in items),
        weak,
    )


def weak_near(
    learner: Learner, outline: Outline, topics: Collection[str], now: datetime
) -> list[Weak]:
    """Topics related to these of which little is known, the least known first."""
    services = Service.objects.for_outline(outline)
    asked = [service for service in services.shown() if plain(service.name) in topics]
    found: dict[int, RelatedTopic] = {}
    for related in RelatedTopic.objects.of_services(asked):
        if related.service not in asked and related.service.fact_count:
            found.setdefault(related.service_id, related)
    known = known_share(learner, [one.service for one in found.values()], now)
    weak = [
        Weak(
            plain(one.service.name), one.service.slug,
            one.because[0]["text"] if one.because else "", known[one.service_id],
        )
        for one in found.values()
        if known[one.service_id] < WEAK
    ]  # fmt: skip
    return sorted(weak, key=lambda one: one.known)[:RELATED]


def known_share(learner: Learner, services: Collection[Service], now: datetime) -> dict[int, float]:
    """Of each topic the share of facts that is probably recalled today, 0 to 1."""
    sums = dict.fromkeys((service.pk for service in services), 0.0)
    today = learner.today(now)
    cards = Card.objects.of(learner).in_services(sums)
    for service, stability, last in cards:
        if stability and last:
            sums[service] += recall_after(stability, (today - learner.today(last)).days)
    return {service.pk: sums[service.pk] / (service.fact_count or 1) for service in services}


def given_words(item: SessionItem) -> str:
    """What was answered, in words."""
    shown = show_question(item.question, item.layout, item.answer.given if item.answer else None)
    match item.question["kind"]:
        case "cloze":
            return shown.text
        case "ordering":
            placed = sorted(shown.steps, key=lambda step: step.place or 0)
            return " → ".join(step.text for step in placed)
        case "matching":
            pairs = [(one.left, one.chosen.text if one.chosen else "") for one in shown.pairings]
            return "; ".join(f"{left} – {right}" for left, right in pairs)
    return "; ".join(choice.text for choice in shown.choices if choice.chosen)


def key_words(question: dict[str, Any]) -> str:
    """What would have been right, in words."""
    match question["kind"]:
        case "cloze":
            return str(question["answers"][0])
        case "ordering":
            return " → ".join(question["sequence"])
        case "matching":
            return "; ".join(f"{left} – {right}" for left, right in question["pairs"])
    return "; ".join(option["text"] for option in question["options"] if option["correct"])


def _missed(item: SessionItem) -> Missed:
    return Missed(
        item.position, item.question, item.answer is not None,
        given_words(item) if item.answer else "", key_words(item.question),
    )  # fmt: skip


def _is_right(item: SessionItem) -> bool:
    return bool(item.answer and item.answer.right)


def _home(question: dict[str, Any]) -> str:
    feature = question["feature"]
    return f"{question['topic']} › {feature}" if feature else str(question["topic"])


def _parts(results: Iterable[tuple[str, bool]]) -> list[Part]:
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    for name, good in results:
        right[name] = right.get(name, 0) + good
        total[name] = total.get(name, 0) + 1
    return [Part(name, right[name], number) for name, number in total.items()]
