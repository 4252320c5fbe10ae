"""Again with what was missed: the same facts, in other words where there are any."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256

from knowledge.models import Outline
from quiz import study
from quiz.items.quiz import gives_away
from quiz.models import Report, SessionItem, StudySession
from quiz.questions import Asked
from quiz.specs import stored_spec
from quiz.standing import StudyError
from quiz.stock import Stocked, get_stock


def missed_again(session: StudySession, now: datetime) -> StudySession:
    """A new quiz on the questions of a session that were not answered right, or not at all."""
    if session.is_open:
        raise StudyError("This session isn't over yet.")
    if session.outline is None:
        raise StudyError("The outline isn't here any more, so nothing can be asked about it.")
    hidden = Report.objects.hidden_from(session.learner)
    items = list(SessionItem.objects.of(session).with_answers())
    asked = [
        Asked(item.question, tuple(fact.fact_id for fact in item.asked if fact.fact_id))
        for item in items
        if not (item.answer and item.answer.right)
        and not item.dropped
        and item.question["id"] not in hidden
    ]
    if not asked:
        raise StudyError("You missed nothing, so there is nothing to repeat.")
    seed = str(secrets.randbelow(10**9))
    spec = stored_spec(session.spec)
    known = hidden | {item.question["id"] for item in items}
    asked = in_other_words(session.outline, asked, known, spec.kinds if spec else (), seed)
    return study.start(
        session.learner, session.outline, asked, kind="quiz", seed=seed, now=now,
        spec={"again": str(session.key), "name": "What you missed"},
    )  # fmt: skip


def in_other_words(
    outline: Outline, asked: Sequence[Asked], known: Collection[str], kinds: Sequence[str],
    seed: str,
) -> list[Asked]:  # fmt: skip
    """For each question another one that asks its fact, or itself where there is none.

    None is taken that is among the `known` ids, is of another kind than those that were wanted
    (no kinds are all), or says what another one of them asks. A matching stays, it asks for many.
    """
    stock = get_stock(outline)
    if stock is None:
        return list(asked)
    ids = {one.question["id"] for one in asked}
    chosen = {entry.item.id: entry.item for entry in stock.entries if entry.item.id in ids}
    found = []
    for one in asked:
        others = [item for key, item in chosen.items() if key != one.question["id"]]
        for entry in _others(one, stock.by_fact, seed):
            item = entry.item
            wanted = item.id not in known and (not kinds or item.kind in kinds)
            if wanted and not any(gives_away(item, other) for other in others):
                chosen.pop(one.question["id"], None)
                chosen[item.id] = item
                found.append(entry.asked)
                break
        else:
            found.append(one)
    return found


def _others(one: Asked, by_fact: dict[int, list[Stocked]], seed: str) -> list[Stocked]:
    """Questions on the fact that a question asks, in an order that the seed gives."""
    if one.question["kind"] == "matching" or not one.rated:
        return []
    there = [entry for entry in by_fact.get(one.rated[0], ()) if entry.item.kind != "matching"]
    return sorted(there, key=lambda entry: sha256(f"{seed}|{entry.item.id}".encode()).digest())
