"""Which statement is true, one or TWO: true lines against false variants of other lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.mutations import Mutation, mutations, true_statement
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import pieces
from quiz.items.words import content, plain

# Words that readers take for a sign by themselves; 'only', 'all' and 'must' are kept even instead.
_ABSOLUTE = re.compile(
    r"\b(?:always|never|none|completely|entirely|absolutely|often|usually|sometimes|frequently|"
    r"generally|typically|may|might|could|mostly|rarely|most|no one|nobody|nothing|everything|"
    r"commonly|possibly|probably|normally)\b",
    re.I,
)
_SHORT, _LONG = 30, 118


def fit_option(text: str) -> bool:
    return _SHORT <= len(text) <= _LONG and not _ABSOLUTE.search(text)


def is_about_topic(subject: Subject, fact: Fact) -> bool:
    """Whether a line below a topic speaks of it, and not of another that it names first."""
    if subject.is_theme(fact.service) or fact.clause is None:
        return True
    owners = subject.owners.get(fact.index, ())
    if owners:
        return any(owner.home == fact.service for owner in owners)
    said = pieces(fact.clause.subject)
    named = {
        entity.home for entity in subject.entities
        if entity.kind == "service" and not entity.names.isdisjoint(said)
    }  # fmt: skip
    return not named or fact.service in named


def statement_drafts(
    subject: Subject, wanted: Collection[int], pairs: bool,
    services: Collection[int] | None = None,
) -> Iterator[Draft]:  # fmt: skip
    """Drafts whose keys are facts of `wanted`, in pairs or one by one, with wrong options of the
    same topic: a line of another topic may be true of what the key speaks of."""
    by_service: dict[int, list[tuple[Fact, Mutation]]] = {}
    for fact in subject.facts_in(services):
        if not is_about_topic(subject, fact):
            continue
        for mutation in mutations(subject, fact)[:3]:
            if fit_option(mutation.text) and mutation.reason != "belongs_to_other_service":
                by_service.setdefault(fact.service, []).append((fact, mutation))
    queues: dict[tuple[int, int], list[Fact]] = {}
    for index in sorted(wanted):
        fact = subject.facts[index]
        text = true_statement(fact)
        if text is not None and fit_option(text) and is_about_topic(subject, fact):
            queues.setdefault((fact.service, fact.feature), []).append(fact)
    for (service, _feature), facts in queues.items():
        pool = by_service.get(service, [])
        facts = sorted(facts, key=lambda fact: sha256(fact.text.encode()).digest())
        step = 2 if pairs else 1
        for start in range(0, len(facts), step):
            keys = facts[start : start + step]
            if len(keys) == step:
                draft = _draft(subject, keys, pool)
                if draft is not None:
                    yield draft


def _draft(
    subject: Subject, keys: Sequence[Fact], pool: Sequence[tuple[Fact, Mutation]]
) -> Draft | None:
    stems = [content(fact.text) for fact in keys]
    asked = {fact.index for fact in keys}
    seen: set[int] = set()
    candidates = []
    for fact, mutation in sorted(pool, key=lambda row: sha256(row[1].text.encode()).digest()):
        if fact.index in asked or fact.index in seen:
            continue
        if any(subject.mass(fact.stems & key) > 0.75 * subject.mass(key) for key in stems):
            continue
        seen.add(fact.index)
        near = 0.9 if fact.feature == keys[0].feature else 0.6
        near -= 0.25 if mutation.how == "denied" else 0.0
        candidates.append(
            Candidate(mutation.text, mutation.why, mutation.reason, (subject.evidence(fact),), near)
        )
    if len(candidates) < 2:
        return None
    evidence = tuple(subject.evidence(fact) for fact in keys)
    told = subject.name(keys[0].service)
    if subject.is_theme(keys[0].service):
        told = f"the topic {plain(subject.records[keys[0].service].text).lower()}"
    if len(keys) == 1:
        stem = pick(
            (f"Which statement about {told} is true?", f"Which statement about {told} is correct?"),
            keys[0].text,
        )
    else:
        stem = f"Which TWO statements about {told} are true?"
    return Draft(
        "statement" if len(keys) == 1 else "two_statements", stem,
        [
            Candidate(true_statement(fact) or fact.text, fact.text, "states_it", (one,))
            for fact, one in zip(keys, evidence, strict=True)
        ],
        candidates, tuple(asked) if len(keys) == 1 else tuple(fact.index for fact in keys),
        keys[0].service, " ".join(fact.text for fact in keys), evidence,
        kind="single" if len(keys) == 1 else "multiple", distinctive=0.5,
        wanted=2, at_least=2,
    )  # fmt: skip
