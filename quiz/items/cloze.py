"""Which value or name completes the statement: typed, with several accepted spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from quiz.items.facts import Fact
from quiz.items.item import Item
from quiz.items.single_value import value_of
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import MIN_MASS, is_distinctive, names_in, predicate_of
from quiz.items.values import spellings
from quiz.items.words import content

GAP = "____"
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
            told = fact.text[: quantity.start] + GAP + fact.text[quantity.end :]
            if not subject.english or _standalone(fact):
                what = "value" if quantity.unit else "number"
                yield _item(subject, fact, what, told, spellings(quantity), 0.65)
            continue
        if (item := _name_cloze(subject, fact) or _code_cloze(subject, fact)) is not None:
            yield item


def _standalone(fact: Fact) -> bool:
    return not re.match(r"(?:It|This|These|They|Such)\b", fact.text)


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
    if subject.mass(stems) < MIN_MASS * 1.5 or not is_distinctive(subject, fact, entity, predicate):
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
    return _item(subject, fact, "term", told, answers, 0.6)


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
