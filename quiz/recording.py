"""Answers become memory: cards reviewed, logs added, reviews undone, days given anew.

Call it inside a transaction that holds the learner (`StudySession.objects.held`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigAutoField

from knowledge.prepared import Prepared
from knowledge.rows import create_rows, update_rows
from quiz.aiming import place, replan, window
from quiz.grading import Grade
from quiz.memory_rows import Card, ReviewLog
from quiz.models import Answer, Learner, SessionItem
from quiz.questions import Question
from quiz.scheduling import (
    Log,
    Rating,
    State,
    as_dict,
    is_quick,
    move,
    new_memory,
    rate,
    read_memory,
    review,
)


class UndoError(Exception):
    """A review that can't be undone any more; the text is a sentence."""


@dataclass(frozen=True)
class Rated:
    """A fact, as it was asked, with its rating and the answer that it comes from."""

    fact: int
    text: str
    line: int | None
    rating: Rating
    question: str
    answer: int | None
    ms: int | None = None


def rated_facts(learner: Learner, item: SessionItem, given: Answer, verdict: Grade) -> list[Rated]:
    """The facts that an answer rates: evidence[0]'s, or of a matching that of each pair."""
    facts = item.asked
    rights = verdict.parts
    if item.question["kind"] != "matching":
        facts, rights = facts[:1], (verdict.right,)
    quick = is_quick(given.ms, _signs(item.question))
    return [
        Rated(
            fact.fact_id, fact.text, fact.line,
            rate(
                right=right, guessed=given.guessed, quick=quick,
                easy_at_choice=learner.easy_at_choice,
            ),
            item.question["id"], given.pk, given.ms,
        )
        for fact, right in zip(facts, rights, strict=False)
        if fact.fact_id is not None
    ]  # fmt: skip


def record(learner: Learner, rated: Sequence[Rated], now: datetime) -> None:
    """Review the facts' cards: five queries at most, however many there are."""
    cards = {card.fact_id: card for card in _cards(learner, [entry.fact for entry in rated])}
    fresh: list[Card] = []
    logs: list[tuple[Card, Log, int | None]] = []
    settings = learner.schedule
    for entry in rated:
        card = cards.get(entry.fact)
        if card is None:
            card = Card(learner=learner, fact_id=entry.fact, due=now)
            cards[entry.fact] = card
            fresh.append(card)
        card.text, card.line, card.last_question = entry.text, entry.line, entry.question
        card.buried_until = None
        memory = card.memory if card.last_review else new_memory(now)
        after, log = review(memory, entry.rating, now, settings, entry.ms)
        card.memory = after
        logs.append((card, log, entry.answer))
    _settle(learner, list(cards.values()), learner.today(now))
    create_rows(fresh)
    _save([card for card in cards.values() if card not in fresh])
    last = {id(card): place for place, (card, _, _) in enumerate(logs)}
    create_rows(
        ReviewLog.of_log(
            card,
            # The log holds the day that the card was put on.
            Log(log.at, log.rating, log.ms, log.before, card.memory)
            if last[id(card)] == number
            else log,
            answer,
        )
        for number, (card, log, answer) in enumerate(logs)
    )


def undo_reviews(answer: Answer, now: datetime) -> None:
    """Take the reviews of an answer back; raises UndoError when a fact was reviewed since."""
    logs = list(answer.reviews.standing().select_related("card"))
    undone, cards = [], []
    for log in logs:
        card, before, after = log.card, read_memory(log.before), read_memory(log.after)
        if (card.last_review, card.stability) != (after.last_review, after.stability):
            raise UndoError("This fact has been reviewed since, so its answer stays.")
        undone.append(
            ReviewLog(
                learner_id=log.learner_id, card=card, undoes=log, rating=log.rating, at=now,
                before=as_dict(card.memory), after=log.before,
            )
        )  # fmt: skip
        card.memory = before
        cards.append(card)
    ReviewLog.objects.bulk_create(undone)
    _save(cards)


def replan_cards(learner: Learner, now: datetime) -> int:
    """Give each card under review its day anew, for settings that have changed; how many moved."""
    cards = list(Card.objects.of(learner).living().met())
    memories = [(card.pk, card.memory) for card in cards]
    days = replan(memories, learner.schedule, learner.today(now), learner.aim)
    moved = []
    for card in cards:
        if card.pk in days:
            due = move(card.memory, days[card.pk], learner.schedule).due
            if due != card.due:
                moved.append((due, card.pk))
    update_rows(Card, ["due"], moved)
    return len(moved)


_CARD = Prepared(
    lambda learner, fact: Card.objects.of(learner).for_fact(fact), BigAutoField(), BigAutoField()
)


def _cards(learner: Learner, facts: Sequence[int]) -> Iterable[Card]:
    if len(facts) == 1:
        # Nearly always: all kinds but a matching rate one.
        return _CARD.all(learner.pk, facts[0])
    return Card.objects.of(learner).for_facts(set(facts))


def _settle(learner: Learner, cards: Sequence[Card], today: date) -> None:
    """Put cards under review on days that suit the load and the exam."""
    settings, aim = learner.schedule, learner.aim
    waiting = [card for card in cards if card.state == State.REVIEW]
    if not waiting:
        return
    windows = [window(card.memory, settings, today, aim) for card in waiting]
    first, last = min(window[0] for window in windows), max(window[1] for window in windows)
    load = {}
    if first < last:
        others = Card.objects.of(learner).exclude(pk__in=[card.pk for card in waiting if card.pk])
        load = others.load(settings.days, first, last)
    for card in waiting:
        day = place(card.memory, settings, today, load, aim)
        load[day] = load.get(day, 0) + 1
        card.memory = move(card.memory, day, settings)


def _save(cards: Sequence[Card]) -> None:
    fields = [*Card.MEMORY, "text", "line", "last_question", "buried_until"]
    update_rows(
        Card, fields, [[*(getattr(card, name) for name in fields), card.pk] for card in cards]
    )


def _signs(question: Question) -> int:
    """How much there is to read before one can answer."""
    texts = [question["stem"], *(option["text"] for option in question["options"])]
    texts += question["sequence"] or []
    texts += [text for pair in question["pairs"] or [] for text in pair]
    return sum(len(text) for text in texts)
