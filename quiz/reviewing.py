"""What is due, in which words it is asked, and what is kept from being asked."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from knowledge.models import Fact, Outline
from quiz.memory_rows import Card
from quiz.models import Learner, StudySession
from quiz.questions import Asked
from quiz.scheduling import buried_until
from quiz.standing import Standing, StudyError, get_item, standing
from quiz.study import finish


def due_today(learner: Learner, outline: Outline, now: datetime) -> Sequence[Card]:
    """The cards that a review session would hold, the longest overdue first."""
    return list(Card.objects.of(learner).for_outline(outline).due(now, learner.days))


def count_due(learner: Learner, outline: Outline, now: datetime) -> int:
    return Card.objects.of(learner).for_outline(outline).due(now, learner.days).count()


def choose_reviews(
    cards: Iterable[Card], bank: Iterable[Asked], seed: str, most: int, hidden: Collection[str] = ()
) -> list[Asked]:
    """A question for each card, topics mixed; never the one in which its fact was asked last
    unless there is no other, and no question twice. `hidden` are ids that aren't asked. A fact
    that no question asks stays due."""
    draw = random.Random(f"review:{seed}")  # noqa: S311
    by_fact: Mapping[int, list[Asked]] = defaultdict(list)
    for asked in bank:
        if asked.question["id"] not in hidden:
            for fact in asked.rated:
                by_fact[fact].append(asked)
    chosen: dict[str, Asked] = {}
    covered: set[int] = set()
    for card in cards:
        if len(chosen) == most:
            break
        if card.fact_id is None or card.fact_id in covered:
            continue
        wordings = [a for a in by_fact[card.fact_id] if a.question["id"] not in chosen]
        others = [a for a in wordings if a.question["id"] != card.last_question] or wordings
        # A matching that asks another fact of this session as well would rate that one twice.
        others = [a for a in others if not covered & set(a.rated)]
        if not others:
            continue
        others.sort(key=lambda asked: str(asked.question["id"]))
        asked = draw.choice(others)
        chosen[asked.question["id"]] = asked
        covered |= set(asked.rated)
    questions = list(chosen.values())
    draw.shuffle(questions)
    return _apart(questions)


@transaction.atomic
def suspend(learner: Learner, fact: Fact, on: bool, now: datetime) -> Card:
    """Never ask a fact in reviews again, or do so after all. Twice is once."""
    card, _ = Card.objects.get_or_create(
        learner=learner, fact=fact, defaults={"text": fact.text, "line": fact.line, "due": now}
    )
    if card.suspended != on:
        card.suspended = on
        card.save(update_fields=["suspended"])
    return card


@transaction.atomic
def bury(learner: Learner, fact: Fact, now: datetime) -> Card:
    """Put a fact off until the learner's next day begins."""
    card = Card.objects.of(learner).for_facts([fact.pk]).met().first()
    if card is None:
        raise StudyError("This fact was never asked, so there is nothing to put off.")
    card.buried_until = buried_until(now, learner.days)
    card.save(update_fields=["buried_until"])
    return card


def put_off(session: StudySession, position: int, now: datetime) -> Standing:
    """Don't ask the facts of a question again before tomorrow, nor the question in this session."""
    return _leave_out(session, position, now, lambda fact: bury(session.learner, fact, now))


def put_away(session: StudySession, position: int, now: datetime) -> Standing:
    """Don't ask the facts of a question in reviews any more, nor the question in this session."""
    return _leave_out(
        session, position, now, lambda fact: suspend(session.learner, fact, True, now)
    )


@transaction.atomic
def _leave_out(
    session: StudySession, position: int, now: datetime, act: Callable[[Fact], object]
) -> Standing:
    session = StudySession.objects.held(session)
    item = get_item(session, position)
    asked = list(item.asked_facts.select_related("fact"))
    for one in asked if item.question["kind"] == "matching" else asked[:1]:
        if one.fact is not None:
            act(one.fact)
    if session.is_open and item.answer is None:
        item.dropped = True
        item.save(update_fields=["dropped"])
    found = standing(session, now)
    return found if found.left or not session.is_open else finish(session, now)


def _apart(questions: list[Asked]) -> list[Asked]:
    """The same questions, two of one topic beside each other only where it can't be helped."""
    waiting, ordered = list(questions), list[Asked]()
    while waiting:
        last = ordered[-1].question["topic"] if ordered else None
        index = next((n for n, a in enumerate(waiting) if a.question["topic"] != last), 0)
        ordered.append(waiting.pop(index))
    return ordered
