"""Which value or name completes the statement: typed, with several accepted spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from quiz.items.entities import singular
from quiz.items.facts import Fact, leans_back
from quiz.items.item import Item
from quiz.items.single_value import value_of
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import MIN_MASS, is_distinctive, names_in, predicate_of
from quiz.items.values import Quantity, quantities, spellings
from quiz.items.words import content

GAP = "____"
# From this share of their words on, two lines say the same of the same.
SAME = 0.6
_OPEN = re.compile(r"\b(?:such as|for example|include|includes|like)\b|\be\.g\.")


def _item(
    subject: Subject, fact: Fact, what: str, told: str, answers: list[str], difficulty: float
) -> Item:
    stem = pick(
        (f"Which {what} completes this statement: “{told}”?",
         f"Which {what} is missing in this statement: “{told}”?"),
        fact.text,
    )  # fmt: skip
    return Item(
        "cloze", "cloze", subject.topic(fact), subject.feature(fact), subject.domain(fact.service),
        stem, fact.text, (subject.evidence(fact),), (fact.index,), fact.service,
        answers=tuple(dict.fromkeys(answers)), difficulty=difficulty,
    )  # fmt: skip


def cloze_items(
    subject: Subject, refused: Counter[str], services: Collection[int] | None = None
) -> Iterator[Item]:
    for fact in subject.facts_in(services):
        if (
            fact.kind != "statement"
            or len(fact.text) > 200
            or (subject.english and not fact.clause)
        ):
            continue
        quantity = value_of(fact)
        if quantity is not None:
            if not subject.english or (_standalone(fact) and quantity.value != 1):
                if has_rival_value(subject, fact, quantity):
                    refused["other_value_beside"] += 1
                    continue
                yield _value_gap(subject, fact, quantity)
            continue
        if (item := _name_cloze(subject, fact) or _code_cloze(subject, fact)) is not None:
            yield item


def _value_gap(subject: Subject, fact: Fact, quantity: Quantity) -> Item:
    """The number alone is the gap: its unit stays, as it says what is measured."""
    digits, _, unit = quantity.text.partition(" ")
    told = f"{fact.text[: quantity.start]}{GAP}{' ' * bool(unit)}{unit}{fact.text[quantity.end :]}"
    words_for = [text.removesuffix(f" {unit}") for text in spellings(quantity)]
    answers = [digits, digits.replace(",", ""), *words_for, *spellings(quantity)]
    return _item(subject, fact, "number", told, answers, 0.65)


def has_rival_value(subject: Subject, fact: Fact, quantity: Quantity) -> bool:
    """Whether another line says the same of the same with a quantity of its own."""
    own = content(fact.text[: quantity.start] + fact.text[quantity.end :])
    for other in subject.by_service.get(fact.service, ()):
        if other.index == fact.index or len(other.stems & own) < 2:
            continue
        for rival in quantities(other.text):
            if rival.value == quantity.value and rival.unit == quantity.unit:
                continue
            theirs = content(other.text[: rival.start] + other.text[rival.end :])
            least = min(subject.mass(own), subject.mass(theirs))
            if subject.mass(own & theirs) >= SAME * least:
                return True
    return False


def _standalone(fact: Fact) -> bool:
    return not leans_back(fact.text)


def _name_cloze(subject: Subject, fact: Fact) -> Item | None:
    """The named subject of a statement that nothing else in the outline comes close to."""
    clause = fact.clause
    owners = subject.owners.get(fact.index, [])
    if clause is None or not owners or clause.lead or clause.subject.startswith(("Every", "Each")):
        return None
    entity = owners[0]
    if entity.kind == "service" or entity.generic or clause.plural:
        return None
    predicate = predicate_of(subject, fact, entity)
    if predicate is None:
        return None
    stems = content(predicate)
    least = MIN_MASS * (1.5 if has_token(predicate) else 2.2)
    if subject.mass(stems) < least or not is_distinctive(subject, fact, entity, predicate):
        return None
    for index in subject.close_facts(stems, 0.4):
        if index != fact.index and subject.owners.get(index, [entity])[0] is not entity:
            return None
    if entity.kind == "code":
        if len(entity.name) > 60 or " " in entity.name:
            return None
        told = fact.text.replace(entity.name, GAP, 1)
        if GAP not in told or entity.name in told:
            return None
        answers = [entity.name, entity.name.split(":")[-1]]
        return _item(subject, fact, entity.type, told, answers, 0.6)
    scope = entity.scope.removeprefix("AWS ").removeprefix("Amazon ")
    match = re.match(r"(An?|The)? ?", clause.subject)
    article = (
        "A(n) " if match and match[1] in {"A", "An"} else ("The " if match and match[1] else "")
    )
    where = f" in {scope}" if f" in {scope}" in clause.subject else ""
    told = f"{article}{GAP}{where} {clause.predicate}."
    if names_in(told, entity):
        return None
    shown = re.sub(r"^(?:An?|The) ", "", clause.subject).removesuffix(where)
    answers = [shown, entity.name, re.sub(r"\s*\([^)]*\)", "", shown)]
    answers += re.findall(r"\(([^)]+)\)", clause.subject)
    answers += _aliases(subject, entity.name)
    answers += [other for one in list(answers) for other in in_both_numbers(one)]
    return _item(subject, fact, "term", told, answers, 0.6)


_TOKEN = re.compile(
    r"\d|[a-z][A-Z]|\w[:_/]\w|\b(?!AWS\b|VPC\b|API\b|EC2\b|S3\b|IAM\b)[A-Z]{2,}\w*"
    r"|(?<=\w )[A-Z][a-z]{2,}"
)


def has_token(text: str) -> bool:
    """Whether a description holds what few things have: a number, an identifier, a proper name.

    >>> has_token("Constrain high risk actions with conditions"), has_token("Reads DNS queries")
    (False, True)
    """
    return bool(_TOKEN.search(text))


def in_both_numbers(name: str) -> list[str]:
    """A name with its last word, and its first, in the other number.

    >>> in_both_numbers("Permission Boundaries")
    ['Permission Boundary', 'Permissions Boundaries', 'Permissions Boundary']
    """
    *before, last = name.split(" ")
    lasts = [last, _other_number(last)]
    firsts = [before]
    if len(before) == 1 and before[0][1:].islower():
        firsts.append([_other_number(before[0])])
    found = [" ".join([*first, end]) for first in firsts for end in lasts]
    return list(dict.fromkeys(found[1:]))


def _other_number(word: str) -> str:
    if not word[-1:].isalpha() or (word.isupper() and len(word) < 2):
        return word
    single = singular(word)
    if single != word:
        return single
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _aliases(subject: Subject, name: str) -> list[str]:
    for part in subject.lexicon.parts:
        if part.name.casefold() == name.casefold():
            return list(part.aliases)
    return []


def _code_cloze(subject: Subject, fact: Fact) -> Item | None:
    """The one identifier that a statement names, where it is said to be the one."""
    if len(fact.codes) != 1 or _OPEN.search(fact.text) or not _standalone(fact):
        return None
    code = fact.codes[0]
    if (
        not 3 <= len(code) <= 40
        or " " in code
        or not re.search(r"[A-Za-z]{3}", code)
        or "*" in code
    ):
        return None
    if re.search(r"[{}/]", code) or fact.text.count(code) != 1:
        return None
    told = fact.text.replace(code, GAP)
    stems = content(told)
    if subject.mass(stems) < MIN_MASS * 1.5:
        return None
    for index in subject.close_facts(stems, 0.55):
        if index != fact.index and code not in subject.facts[index].codes:
            return None
    what = "identifier" if re.search(r"[:A-Z_-]", code) else "term"
    return _item(subject, fact, what, told, [code, code.split(":")[-1], code.strip("-")], 0.7)
