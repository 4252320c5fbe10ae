"""False variants of a statement, each false because its own line says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.items.drafts import Reason
from quiz.items.facts import Clause, Fact, leans_back
from quiz.items.opposites import PRICE, hangs_on, with_opposite
from quiz.items.single_value import value_of
from quiz.items.subject import Subject
from quiz.items.things import is_distinctive, predicate_of, wrong_entities
from quiz.items.values import family_of, others
from quiz.items.verbs import AUXILIARIES, BASES, THIRD, base
from quiz.items.words import lower_first, upper_first

# 'Works only in' can't be denied by one word; a list or an example needs more than that.
_UNFLIPPABLE = re.compile(
    r"\b(?:only|also|either|both|neither|nor|any|all|every|each|some|most|at most|at least|exactly|"
    r"always|never|usually|typically|often|should|such as|for example|rather than|instead|except|"
    r"unless|if|whether|than|no|optionally|still|even|none|up to|about|"
    r"includes?|including|without|until|nothing|nobody|but)\b|:",
    re.I,
)
_ASIDE = re.compile(r", (?:because|so|whereas|while|which|even|provided|for example|such as)\b.*$")
_THIRD_OF = {base(verb): verb for verb in sorted(THIRD)}


@dataclass(frozen=True, slots=True)
class Mutation:
    text: str
    why: str
    reason: Reason
    how: str


def sentence(clause: Clause, subject: str = "", predicate: str = "") -> str:
    body = f"{subject or clause.subject} {predicate or clause.predicate}"
    if clause.lead:
        body = (
            f"{clause.lead}, {body if body[:1].isupper() and _named(body) else lower_first(body)}"
        )
    return f"{upper_first(body)}."


def _named(text: str) -> bool:
    return text.split(" ")[0] not in {"A", "An", "The", "Each", "Every"}


def true_statement(fact: Fact) -> str | None:
    """The fact as a statement of its own, shortened to its main clause."""
    clause = fact.clause
    if clause is None or leans_back(fact.text):
        return None
    predicate = _ASIDE.sub("", clause.predicate)
    return sentence(clause, predicate=predicate)


def flipped(clause: Clause) -> str | None:
    """The statement with its verb denied, or with its denial taken off; None where unsure.

    >>> from quiz.items.facts import split_clause
    >>> flipped(split_clause("Simple AD doesn't support MFA."))
    'Simple AD supports MFA.'
    >>> flipped(split_clause("An ALB can authenticate users through Cognito."))
    "An ALB can't authenticate users through Cognito."
    """
    rest = _ASIDE.sub("", clause.rest)
    if hangs_on(clause) or PRICE.search(clause.predicate):
        return None
    if _UNFLIPPABLE.search(rest) or _UNFLIPPABLE.search(clause.lead) or " and " in clause.subject:
        return None
    if verb_includes(clause):
        return None
    if re.match(r"(?:Every|Each|No|Only|Most|Some|All|Many|One|Exactly)\b", clause.subject):
        return None
    if re.search(
        r"\b(?:and|but|or) (?:\w+ly )?(?:is|are|has|must|can|cannot|doesn't|isn't|\w+s)\b", rest
    ):
        return None
    if re.search(r"\S\s+(?:not|n't)\b|n't\b", rest):
        return None  # a second denial
    verb, adverb = clause.verb, clause.adverb
    first, _, tail = rest.partition(" ")
    new = None
    if verb in {"doesn't", "don't"} or (verb in {"does", "do"} and first == "not"):
        word, _, after = (rest if verb.endswith("t") else tail).partition(" ")
        if clause.plural or verb in {"don't", "do"}:
            new = f"{word} {after}"
        elif word in BASES:
            new = f"{_THIRD_OF[word]} {after}"
    elif verb in {"can't", "cannot"}:
        new = f"can {rest}"
    elif verb in {"isn't", "aren't"}:
        new = f"{verb[:-3]} {rest}"
    elif verb in {"is", "are"} and first == "not":
        new = f"{verb} {tail}"
    elif first == "not":
        return None
    elif verb == "can":
        new = f"can't {rest}"
    elif verb in {"is", "are"} and re.match(
        r"(?!an? |the |one )\w+(?:ed|ent|able|ic|ful|al|less|dden|pt)\b", rest
    ):
        new = f"{verb}n't {rest}"
    elif verb not in AUXILIARIES and verb in THIRD and not clause.plural:
        new = f"doesn't {base(verb)} {rest}"
    elif verb not in AUXILIARIES and clause.plural:
        new = f"don't {verb} {rest}"
    if new is None or adverb:
        return None
    return sentence(clause, predicate=new.strip())


def verb_includes(clause: Clause) -> bool:
    return clause.verb in {"include", "includes"}


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
    plain_predicate = _ASIDE.sub("", clause.predicate)
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
        return []
    found: list[Mutation] = []
    quantity = value_of(fact)
    if quantity is not None and quantity.text in (true_statement(fact) or ""):
        for text in others(quantity, family_of(fact.text[: quantity.start])):
            if text == "1" or text.startswith("1 "):
                continue  # its noun would have to change
            if not _false(fact.text[: quantity.start], text, quantity.value):
                continue
            if 1.4 <= _ratio(text, quantity.value) <= 8:
                found.append(
                    Mutation(
                        (true_statement(fact) or "").replace(quantity.text, text, 1),
                        f"The line states {quantity.text}: {fact.text}", "other_value", "value",
                    )
                )  # fmt: skip
        return found
    turned = with_opposite(clause, _ASIDE.sub("", clause.rest))
    if turned is not None:
        predicate = " ".join(part for part in (clause.adverb, clause.verb, turned) if part)
        found.append(
            Mutation(
                sentence(clause, predicate=predicate), f"The line says the opposite: {fact.text}",
                "denied_by_line", "opposite",
            )
        )  # fmt: skip
    denied = flipped(clause)
    if denied is not None:
        how = "affirmed" if clause.negative else "denied"
        found.append(
            Mutation(denied, f"The line says the opposite: {fact.text}", "denied_by_line", how)
        )
    found += swapped(subject, fact)
    return found


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
