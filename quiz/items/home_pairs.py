"""Which TWO of these named features belong to a service: recall, where there is little else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.homes import Placed, entwined_pairs, placed_parts
from quiz.items.kin import are_siblings
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.things import related
from quiz.items.words import cue_words

MOST_OF_SERVICE = 4


def home_pair_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    placed = sorted(
        placed_parts(subject), key=lambda one: sha256(f"two {one.entity.name}".encode()).digest()
    )
    entwined = entwined_pairs(subject)
    homes: dict[int, list[Placed]] = {}
    for one in placed:
        homes.setdefault(one.entity.home, []).append(one)
    made: Counter[int] = Counter()
    for home in sorted(homes):
        if services is not None and home not in services:
            continue
        own = [one for one in homes[home] if _asks(one)]
        for first, second in zip(own[::2], own[1::2], strict=False):
            if made[home] >= MOST_OF_SERVICE or related(first.entity, second.entity):
                continue
            draft = _draft(subject, home, (first, second), placed, entwined)
            if draft is not None:
                made[home] += 1
                yield draft


def _asks(one: Placed) -> bool:
    """Whether a name is a key of these items; the others are their wrong options. A name that were
    both could be told by never being the key elsewhere."""
    return sha256(f"asks {one.entity.name}".encode()).digest()[0] % 2 == 0


def _draft(
    subject: Subject, home: int, keys: tuple[Placed, Placed], placed: list[Placed],
    entwined: set[tuple[int, int]],
) -> Draft | None:  # fmt: skip
    name = subject.name(home)
    candidates = []
    for other in placed:
        rival = other.entity
        if _asks(other) or rival.home == home or (home, rival.home) in entwined:
            continue
        if not are_siblings(subject, home, rival.home):
            continue
        if any(related(rival, key.entity) for key in keys):
            continue
        if any(subject.facts[index].service == home for index in rival.mentioned):
            continue
        if rival.type not in {key.entity.type for key in keys} or cue_words(rival.name) & cue_words(
            name
        ):
            continue
        near = 0.4
        if rival.family and rival.family == keys[0].entity.family:
            near = 0.9
        elif subject.domain(rival.home) == subject.domain(home):
            near = 0.7
        candidates.append(
            Candidate(
                rival.name, f"{rival.name} belongs to {subject.name(rival.home)}.",
                "belongs_to_other_service", (other.evidence,), near,
            )
        )  # fmt: skip
    if len(candidates) < 3:
        return None
    told = " ".join(f"{key.entity.name} belongs to {name}." for key in keys)
    return Draft(
        "two_parts",
        pick((f"Which TWO of these are features of {name}?",
              f"Which TWO features belong to {name}?",
              f"Which TWO of these belong to {name}?"), *(key.entity.name for key in keys)),
        [
            Candidate(
                key.entity.name, f"{key.entity.name} belongs to {name}.", "states_it",
                (key.evidence,),
            )
            for key in keys
        ],
        candidates, tuple(key.fact.index for key in keys), home, told,
        tuple(key.evidence for key in keys), kind="multiple", distinctive=0.7,
    )  # fmt: skip
