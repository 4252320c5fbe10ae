"""Which service has a named feature, and which of these features a service has.

A name that the lexicon gives one home, and that the outline puts there. These ask for recall
only, so they fill topics that have little else to ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from knowledge.lexicon import fold
from quiz.items.drafts import Candidate, Draft
from quiz.items.echoes import echoes
from quiz.items.entities import Entity
from quiz.items.facts import Fact
from quiz.items.item import Evidence, Item
from quiz.items.kin import are_kin, are_siblings
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import related
from quiz.items.words import cue_words, plain

FULL = 45
_VAGUE = frozenset({"tool", "rule", "policy", "log", "list"})


@dataclass(frozen=True)
class Placed:
    """A part where the outline has it: `fact` to ask, `evidence` that shows the part."""

    entity: Entity
    fact: Fact
    evidence: Evidence


def placed_parts(subject: Subject) -> Iterator[Placed]:
    """The parts of the lexicon with one home, found in the outline under that home only."""
    headed = {
        fold(plain(record.text)): index
        for index, record in enumerate(subject.records)
        if record.kind == "feature"
    }
    seen: Counter[str] = Counter()
    for entity in subject.entities:
        if entity.kind != "part" or entity.generic or entity.home < 0:
            continue
        if subject.is_theme(entity.home) or len(entity.name) < 4:
            continue
        if entity.name.isupper() and len(entity.name) > 5:
            continue
        seen[entity.name] += 1
        home_name = f"{subject.name(entity.home)} {plain(subject.records[entity.home].text)}"
        short = subject.name(entity.home).split(" ")[-1]
        if echoes(entity.name, home_name) or short in entity.name:
            continue
        places = {subject.facts[index].service for index in entity.mentioned}
        inside = [i for i in entity.mentioned if subject.facts[i].service == entity.home]
        heading = next((headed[name] for name in sorted(entity.names) if name in headed), None)
        if heading is not None and subject.records[heading].service == entity.home:
            under = [f for f in subject.by_service.get(entity.home, ()) if f.feature == heading]
            if under:
                record = subject.records[heading]
                path = (plain(subject.records[entity.home].text),)
                yield Placed(entity, under[0], Evidence(record.line, plain(record.text), path))
                continue
        if inside and len(places) <= 2:
            fact = subject.facts[inside[0]]
            yield Placed(entity, fact, subject.evidence(fact))


def home_drafts(
    subject: Subject, made: Counter[int], services: Collection[int] | None = None
) -> Iterator[Draft]:
    """Drafts for topics with fewer than `FULL` items."""
    placed = list(placed_parts(subject))
    placed.sort(key=lambda one: sha256(one.entity.name.encode()).digest())
    count = Counter(made)
    known = [e for e in subject.entities if e.kind == "service"]
    entwined = entwined_pairs(subject)
    for number, one in enumerate(placed):
        home = one.entity.home
        if count[home] >= FULL or (services is not None and home not in services):
            continue
        both = [
            _which_home(subject, one, known, entwined),
            _which_part(subject, one, placed, entwined),
        ]
        for draft in both if number % 2 else both[::-1]:
            if draft is not None and (count[home] < FULL // 2 or draft is not both[number % 2]):
                count[home] += 1
                yield draft


def entwined_pairs(subject: Subject) -> set[tuple[int, int]]:
    """Services whose notes often name each other: what belongs to which of them is open."""
    named: Counter[tuple[int, int]] = Counter()
    for index, entities in subject.mentions.items():
        home = subject.facts[index].service
        for rival in {entity.home for entity in entities if entity.kind == "service"}:
            named[home, rival] += 1
    pairs = {pair for pair, count in named.items() if count >= 3}
    return pairs | {(other, one) for one, other in pairs}


def _is_proper(name: str) -> bool:
    """Whether a name is one by its looks and no plain description.

    >>> _is_proper("Verified Access trust provider"), _is_proper("Task definition")
    (True, False)
    """
    first, *rest = name.split()
    if any(word[:1].isupper() and not (word.isupper() and len(word) < 4) for word in rest):
        return True
    return first[1:] != first[1:].lower() or bool(re.search(r"\d", name))


def _noun(entity: Entity) -> str:
    """What a part is called in a question, where its name says so."""
    last = entity.name.split()[-1].lower()
    if last not in {"account", "mode", "policy", "log", "gateway", "key", "class", "event"}:
        return "feature"
    return {"account": "account type", "policy": "policy type", "key": "key type",
            "class": "storage class", "event": "event type"}.get(last, last)  # fmt: skip


def _plural(noun: str) -> str:
    return noun + ("es" if noun.endswith("s") else "s")


def _which_home(
    subject: Subject, one: Placed, services: list[Entity], entwined: set[tuple[int, int]]
) -> Draft | None:
    entity = one.entity
    if not _is_proper(entity.name):
        return None
    mentioned = {subject.facts[index].service for index in entity.mentioned}
    for index in entity.mentioned:  # 'Enhanced scanning of ECR uses Inspector'
        mentioned |= {e.home for e in subject.mentions.get(index, ()) if e.kind == "service"}
    home = next((s for s in services if s.home == entity.home), None)
    if home is None:
        return None
    candidates = []
    for other in services:
        if other.home == entity.home or other.home in mentioned or related(home, other):
            continue
        if (entity.home, other.home) in entwined or not are_kin(subject, entity.home, other.home):
            continue
        if cue_words(other.name) & cue_words(entity.name):
            continue
        near = 0.3
        if other.family == home.family and home.family:
            near = 0.9
        elif subject.domain(other.home) == subject.domain(entity.home):
            near = 0.6
        candidates.append(
            Candidate(
                other.name, f"{entity.name} belongs to {home.name}, not to {other.name}.",
                "belongs_to_other_service", (one.evidence,), near,
            )
        )  # fmt: skip
    name = entity.name
    stem = pick(
        (f"Which AWS service has a feature named “{name}”?",
         f"To which AWS service does the feature “{name}” belong?",
         f"“{name}” is a feature of which AWS service?"),
        name,
    )  # fmt: skip
    told = f"{name} belongs to {home.name}."
    return Draft(
        "which_home", stem, [Candidate(home.name, told, "states_it", (one.evidence,))], candidates,
        (one.fact.index,), entity.home, told, (one.evidence,), distinctive=0.8,
    )  # fmt: skip


def _which_part(
    subject: Subject, one: Placed, placed: list[Placed], entwined: set[tuple[int, int]]
) -> Draft | None:
    entity = one.entity
    home = subject.name(entity.home)
    candidates = []
    for other in placed:
        rival = other.entity
        if rival.home == entity.home or related(entity, rival) or rival.type != entity.type:
            continue
        if any(subject.facts[index].service == entity.home for index in rival.mentioned):
            continue
        if (entity.home, rival.home) in entwined or not are_siblings(
            subject, entity.home, rival.home
        ):
            continue
        near = 0.4
        if rival.family and rival.family == entity.family:
            near = 0.9
        elif subject.domain(rival.home) == subject.domain(entity.home):
            near = 0.7
        candidates.append(
            Candidate(
                rival.name, f"{rival.name} belongs to {subject.name(rival.home)}.",
                "belongs_to_other_service", (other.evidence,), near,
            )
        )  # fmt: skip
    noun = _noun(entity)
    stem = pick(
        (f"Which of these is a {noun} of {home}?", f"Which {noun} belongs to {home}?",
         f"Which of these is one of the {_plural(noun)} of {home}?"),
        entity.name,
    ).replace("a event", "an event").replace("a account", "an account")  # fmt: skip
    told = f"{entity.name} belongs to {home}."
    return Draft(
        "part_of_service", stem, [Candidate(entity.name, told, "states_it", (one.evidence,))],
        candidates, (one.fact.index,), entity.home, told, (one.evidence,), distinctive=0.7,
    )  # fmt: skip


def home_matchings(subject: Subject, made: Counter[int]) -> Iterator[Item]:
    """Four named features of four services, for topics that have little else."""
    placed = [one for one in placed_parts(subject) if made[one.entity.home] < FULL]
    placed.sort(key=lambda one: sha256(f"match {one.entity.name}".encode()).digest())
    while len(placed) >= 4:
        chosen = [placed.pop(0)]
        for one in list(placed):
            if len(chosen) == 4:
                break
            apart = all(
                one.entity.home != other.entity.home
                and other.entity.home
                not in {subject.facts[i].service for i in one.entity.mentioned}
                and one.entity.home
                not in {subject.facts[i].service for i in other.entity.mentioned}
                and are_kin(subject, one.entity.home, other.entity.home)
                for other in chosen
            )
            if apart:
                chosen.append(one)
                placed.remove(one)
        if len(chosen) < 4:
            continue
        first = chosen[0]
        yield Item(
            "matching", "matching_homes", plain(subject.records[first.entity.home].text), None,
            subject.domain(first.entity.home),
            pick(("Which of these features belongs to which AWS service?",
                  "To which AWS service does each of these features belong?"), first.entity.name),
            " ".join(f"{o.entity.name} belongs to {subject.name(o.entity.home)}." for o in chosen),
            tuple(one.evidence for one in chosen), tuple(one.fact.index for one in chosen),
            first.entity.home,
            pairs=tuple((one.entity.name, subject.name(one.entity.home)) for one in chosen),
            difficulty=0.35,
        )  # fmt: skip
