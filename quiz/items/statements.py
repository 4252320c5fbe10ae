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
from quiz.items.words import content, plain

# Words that readers take for a sign by themselves; 'only', 'all' and 'must' are kept even instead.
_ABSOLUTE = re.compile(
    r"\b(?:always|never|none|completely|entirely|absolutely|often|usually|sometimes|frequently|"
    r"generally|typically|may|might|could|mostly|rarely|most|no one|nobody|nothing|everything|"
    r"commonly|possibly|probably|normally)\b",
    re.I,
)
_SHORT, _LONG = 30, 118
# Topics that lend their false statements to one of the same domain.
MOST_TOPICS = 30


def fit_option(text: str) -> bool:
    return _SHORT <= len(text) <= _LONG and not _ABSOLUTE.search(text)


def statement_drafts(
    subject: Subject, wanted: Collection[int], pairs: bool, wide: bool = False,
    services: Collection[int] | None = None,
) -> Iterator[Draft]:  # fmt: skip
    """Drafts whose keys are facts of `wanted`, in pairs or one by one; `wide` ones take their wrong
    options from the whole domain, denials of what a line says left out."""
    by_service: dict[int, list[tuple[Fact, Mutation]]] = {}
    if wide and services is not None:
        domains = {subject.domain(service) for service in services}
        services = [s for s in subject.services if subject.domain(s) in domains][:MOST_TOPICS]
    for fact in subject.facts_in(services):
        for mutation in mutations(subject, fact)[:3]:
            if fit_option(mutation.text) and mutation.reason != "belongs_to_other_service":
                by_service.setdefault(fact.service, []).append((fact, mutation))
    queues: dict[tuple[int, int], list[Fact]] = {}
    for index in sorted(wanted):
        fact = subject.facts[index]
        text = true_statement(fact)
        if text is not None and fit_option(text) and not fact.text.startswith(("It ", "This ")):
            queues.setdefault((fact.service, fact.feature), []).append(fact)
    for (service, _feature), facts in queues.items():
        pool = by_service.get(service, [])
        if wide:
            domain = subject.domain(service)
            pool = [
                row for other, rows in by_service.items() if subject.domain(other) == domain
                for row in rows if row[1].how != "denied"
            ]  # fmt: skip
        facts = sorted(facts, key=lambda fact: sha256(fact.text.encode()).digest())
        step = 2 if pairs else 1
        for start in range(0, len(facts), step):
            keys = facts[start : start + step]
            if len(keys) == step:
                draft = _draft(subject, keys, pool, wide)
                if draft is not None:
                    yield draft


def _draft(
    subject: Subject, keys: Sequence[Fact], pool: Sequence[tuple[Fact, Mutation]], wide: bool
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
        if fact.service != keys[0].service:
            entry, other = subject.entries[keys[0].service], subject.entries[fact.service]
            kin = entry is not None and other is not None and entry.family == other.family
            near = 0.75 if kin else 0.5
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
    domain = subject.domain(keys[0].service)
    if wide and domain is None:
        return None  # statements of nothing in common are no question
    if wide:
        theme = str(domain)
        stem = pick(
            (f"In the field of {theme.lower()}, which of these statements is true?",
             f"Which of these statements on {theme.lower()} is correct?"), keys[0].text,
        )  # fmt: skip
    elif len(keys) == 1:
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
        wanted=3, at_least=3 if len(keys) == 1 else 2,
    )  # fmt: skip
