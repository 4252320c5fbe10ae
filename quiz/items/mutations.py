"""False variants of a statement, each false because its own line says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items.cuts import without_aside
from quiz.items.denials import flipped, freed, sentence
from quiz.items.drafts import Reason
from quiz.items.facts import Fact, leans_back
from quiz.items.halves import halves, second_denied
from quiz.items.opposites import with_opposite
from quiz.items.parallels import contrasted, other_side, parallels
from quiz.items.single_value import value_of
from quiz.items.subject import Subject
from quiz.items.things import is_distinctive, predicate_of, wrong_entities
from quiz.items.turns import turned_statements
from quiz.items.values import family_of, others


@dataclass(frozen=True, slots=True)
class Mutation:
    text: str
    why: str
    reason: Reason
    how: str


def true_statement(fact: Fact) -> str | None:
    """The fact as a statement of its own, shortened to its main clause."""
    clause = fact.clause
    if clause is None or leans_back(fact.text):
        return None
    predicate = without_aside(clause.predicate)
    return sentence(clause, predicate=predicate)


def swapped(subject: Subject, fact: Fact) -> Iterator[Mutation]:
    """The statement said of another named thing, of which it is false."""
    clause = fact.clause
    owners = subject.owners.get(fact.index, [])
    if clause is None or clause.plural or not owners or owners[0].generic or clause.negative:
        return
    entity = owners[0]
    predicate = predicate_of(subject, fact, entity)
    if entity.kind != "code" or predicate is None:
        return  # what one service or part does, another may do too
    if re.search(r"\b(?:its|itself)\b", predicate):
        return
    if not is_distinctive(subject, fact, entity, predicate):
        return
    plain_predicate = without_aside(clause.predicate)
    found = sorted(
        wrong_entities(subject, fact, entity, predicate), key=lambda row: (-row[2], row[0].name)
    )
    for other, own, near in found:
        if own.clause is None or own.clause.plural or near < 0.6:
            continue
        if other.type != entity.type or other.home != entity.home:
            continue
        yield Mutation(
            sentence(clause, own.clause.subject, plain_predicate),
            f"The outline says this of {entity.name}: {fact.text}",
            "other_part_of_service" if other.home == entity.home else "belongs_to_other_service",
            "swap",
        )


def mutations(subject: Subject, fact: Fact) -> list[Mutation]:
    """All false variants of a fact, values first."""
    if fact.index not in subject.made:
        subject.made[fact.index] = _mutations(subject, fact)
    found: list[Mutation] = subject.made[fact.index]
    return found


def _mutations(subject: Subject, fact: Fact) -> list[Mutation]:
    clause = fact.clause
    if clause is None:
        return _of_sentence(fact) if _stands_alone(fact) else []
    told = true_statement(fact)
    if told is None:
        return []
    found = list(_values(fact, told))
    opposed = f"The line says otherwise: {fact.text}"
    opposite = with_opposite(clause, without_aside(clause.rest))
    if opposite is not None:
        predicate = " ".join(part for part in (clause.adverb, clause.verb, opposite) if part)
        text = sentence(clause, predicate=predicate)
        found.append(Mutation(text, opposed, "denied_by_line", "opposite"))
    found += _turned(fact, fact.text if _TWO_SIDED.search(fact.text) else told)
    found += of_other_side(subject, fact)
    found += parallel(subject, fact)
    found += swapped(subject, fact)
    for text in halves(told.removesuffix("."), clause):
        how = "only" if " but not " not in text else "half"
        found.append(Mutation(f"{text}.", opposed, "denied_by_line", how))
    half = second_denied(told.removesuffix("."), clause)
    if half is not None:
        found.append(Mutation(f"{half}.", opposed, "denied_by_line", "half"))
    if not any(one.how == "value" for one in found):
        denied = freed(clause) or flipped(clause)
        if denied is not None:
            how = "affirmed" if clause.negative else "denied"
            found.append(Mutation(denied, opposed, "denied_by_line", how))
    return list({one.text: one for one in reversed(found)}.values())[::-1]


def _stands_alone(fact: Fact) -> bool:
    return fact.kind == "statement" and not leans_back(fact.text)


def _of_sentence(fact: Fact) -> list[Mutation]:
    """The false variants of a line that isn't read as a clause."""
    found = list(_turned(fact, fact.text))
    for text in halves(fact.text.removesuffix("."), None):
        how = "only" if " but not " not in text else "half"
        found.append(
            Mutation(f"{text}.", f"The line says otherwise: {fact.text}", "denied_by_line", how)
        )
    return found


def _turned(fact: Fact, told: str) -> Iterator[Mutation]:
    if _FOLLOWS.search(told):
        return
    for text, how in turned_statements(told):
        reason: Reason = "other_value" if how == "value" else "denied_by_line"
        yield Mutation(text, f"The line says otherwise: {fact.text}", reason, how)


# What two sides of one sentence set against each other is needed whole.
_TWO_SIDED = re.compile(r", (?:whereas|even without)\b")
# What follows speaks of what would be turned.
_FOLLOWS = re.compile(r", and (?:that|this|these|those|it|they)\b")


def _values(fact: Fact, told: str) -> Iterator[Mutation]:
    """The statement with another value in the place of its one."""
    quantity = value_of(fact)
    if quantity is None or quantity.text not in told or quantity.text == "1":
        return
    if re.match(r" a day\b|(?:,| and| or) \d", fact.text[quantity.end :]):
        return
    for text in others(quantity, family_of(fact.text[: quantity.start])):
        if text == "1" or text.startswith("1 "):
            continue  # its noun would have to change
        if not _false(fact.text[: quantity.start], text, quantity.value):
            continue
        if 1.4 <= _ratio(text, quantity.value) <= 8:
            yield Mutation(
                told.replace(quantity.text, text, 1),
                f"The line states {quantity.text}: {fact.text}", "other_value", "value",
            )  # fmt: skip


def of_other_side(subject: Subject, fact: Fact) -> Iterator[Mutation]:
    """What is true of one side of a contrast, told of the other."""
    clause = fact.clause
    for side, other in contrasted(subject).get(fact.index, ()):
        swapped_subject = None if clause is None else other_side(clause, side, other)
        if clause is not None and swapped_subject is not None and not clause.negative:
            yield Mutation(
                sentence(clause, swapped_subject, without_aside(clause.predicate)),
                f"That is true of the other side: {fact.text}", "other_side_of_contrast", "swap",
            )  # fmt: skip


def parallel(subject: Subject, fact: Fact) -> Iterator[Mutation]:
    """What the outline says of the other kind of a pair, told of this one."""
    for one in parallels(subject, fact):
        told = one.source.clause
        if fact.clause is None or told is None:
            continue
        yield Mutation(
            sentence(fact.clause, predicate=without_aside(told.predicate)),
            f"The outline says this of something else: {one.source.text}",
            "other_part_of_service", "swap",
        )  # fmt: skip


_UPPER = re.compile(r"(?:within|up to|past|at least|the last)[\w ]{0,12}$")
_LOWER = re.compile(r"(?:at most|exceed|maximum of)[\w ]{0,4}$")
# What is larger than 128 is compared with something: another number may do as well.
_COMPARED = re.compile(r"\b(?:than|over|above|below|under|beyond|about|around)\b[\w ]{0,14}$")


def _false(before: str, text: str, value: float) -> bool:
    """Whether another value makes a bound false: 'at most 6' isn't false because 12 was said.

    >>> _false("can be aborted within ", "6 hours", 24), _false("lasts at most ", "12 hours", 6)
    (False, False)
    """
    if _COMPARED.search(before):
        return False
    other = float(text.split(" ")[0].replace(",", ""))
    if _UPPER.search(before):
        return other > value
    return other < value if _LOWER.search(before) else True


def _ratio(text: str, value: float) -> float:
    other = float(text.split(" ")[0].replace(",", ""))
    return max(other / value, value / other) if other and value else 0.0
