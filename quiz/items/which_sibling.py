"""Which of several things that stand side by side does what is said, and what one of them does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.siblings import Family, Sibling, in_services
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content, upper_first

# Nearer than this, or no choice for who knows the topic.
NEAR = 0.5


def asks_what(row: Sibling) -> bool:
    """Whether a row is asked by its name ('what does it do?'); its words are a key there, so that
    other rows lend theirs for wrong options."""
    return sha256(f"what {row.fact.text}".encode()).digest()[0] % 2 == 0


def sibling_drafts(
    subject: Subject,
    services: Collection[int] | None = None,
    wanted: Collection[int] | None = None,
    turned: bool = False,
) -> Iterator[Draft]:
    """Drafts for sentences about siblings; `wanted` are the facts that are still to be asked,
    `turned` asks each from the other side than is its own."""
    family = subject.keep("family", Family)
    for row in in_services(family.rows, services):
        if not row.asked or (wanted is not None and row.fact.index not in wanted):
            continue
        around = [(other, near) for other, near in family.around(row) if near >= NEAR]
        draft = None
        if asks_what(row) != turned:
            draft = _what(subject, family, row, around)
        if draft is None:
            draft = _which(subject, row, around)
        if draft is not None:
            yield draft


def _scope(row: Sibling) -> str:
    return row.entity.scope.removeprefix("AWS ").removeprefix("Amazon ")


def _which(subject: Subject, row: Sibling, around: list[tuple[Sibling, float]]) -> Draft | None:
    by_name: dict[str, tuple[Sibling, float]] = {}
    for other, near in around:
        if other.name not in by_name:
            by_name[other.name] = other, near
    if len(by_name) < 2:
        return None
    same = {name: found for name, found in by_name.items() if found[0].sort == row.sort}
    if len(same) >= 3 or (len(same) == 2 and all(near >= 0.9 for _, near in same.values())):
        by_name = same
    evidence = subject.evidence(row.fact)
    scope = _scope(row)
    if row.code:
        stem = f"Which {row.sort} {row.predicate}?"
        if row.sort in {"parameter", "setting", "endpoint", "attribute", "option", "property"}:
            stem = f"In {scope}, which {row.sort} {row.predicate}?"
    elif scope in row.predicate or subject.is_theme(row.entity.home):
        stem = f"Which of these {row.predicate}?"
    else:
        stem = pick(
            (f"In {scope}, which of these {row.predicate}?",
             f"Which of these in {scope} {row.predicate}?"),
            row.fact.text,
        )  # fmt: skip
    candidates = [
        Candidate(
            other.name, f"{other.name} is something else: {other.fact.text}",
            "other_part_of_service" if other.entity.home == row.entity.home
            else "belongs_to_other_service",
            (subject.evidence(other.fact),), near,
        )
        for other, near in by_name.values()
    ]  # fmt: skip
    return Draft(
        "which_code" if row.code else "which_part", stem,
        [Candidate(row.name, row.fact.text, "states_it", (evidence,))], candidates,
        (row.fact.index,), row.fact.service, row.fact.text, (evidence,), distinctive=0.6,
    )  # fmt: skip


def _what(
    subject: Subject, family: Family, row: Sibling, around: list[tuple[Sibling, float]]
) -> Draft | None:
    own = content(row.predicate)
    candidates: dict[str, Candidate] = {}
    for other, near in around:
        if not other.asked or asks_what(other):
            continue
        if not family.false_of(other, row):
            continue
        theirs = content(other.predicate)
        least = min(subject.mass(own), subject.mass(theirs))
        if subject.mass(own & theirs) > 0.45 * least:
            continue
        candidates.setdefault(
            other.predicate,
            Candidate(
                upper_first(other.predicate), f"That is true of {other.name}: {other.fact.text}",
                "other_part_of_service", (subject.evidence(other.fact),), near,
            ),
        )  # fmt: skip
    if len(candidates) < 2:
        return None
    evidence = subject.evidence(row.fact)
    named = f"the {row.sort} {row.name}" if row.code else f"“{row.name}” in {_scope(row)}"
    if not row.code and _scope(row) in row.name:
        named = f"“{row.name}”"
    return Draft(
        "description",
        pick((f"Which of these is true of {named}?", f"Which of these describes {named}?",
              f"What is true of {named}?"), row.fact.text),
        [Candidate(upper_first(row.predicate), row.fact.text, "states_it", (evidence,))],
        list(candidates.values()), (row.fact.index,), row.fact.service, row.fact.text, (evidence,),
        distinctive=0.6,
    )  # fmt: skip
