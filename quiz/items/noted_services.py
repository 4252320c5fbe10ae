"""Which service does a note describe: notes that tell of their topic as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from hashlib import sha256

from quiz.items.drafts import Candidate, Draft
from quiz.items.entities import Entity
from quiz.items.homes import entwined_pairs
from quiz.items.kin import are_kin
from quiz.items.noted import Notes
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.terms import ABLE, NEAR_TOLD, Told
from quiz.items.things import SHARED, names_in, pieces, related
from quiz.items.words import content, cue_words, plain, words

# A service is told by more than a part is: many services do alike.
OWN_MASS, ABLE_MASS = 1.5, 3.3
MOST_OF_SERVICE = 12
RIVALS = 16


def service_note_drafts(
    subject: Subject, notes: Notes, services: Collection[int] | None = None
) -> Iterator[Draft]:
    known = [entity for entity in subject.entities if entity.kind == "service"]
    if len(known) < 4:
        return
    entwined = entwined_pairs(subject)
    for entity in known:
        if services is not None and entity.home not in services:
            continue
        asked = {row.told.fact for row in notes.rows(entity.home)}
        made: Counter[int] = Counter()
        for told in sorted(notes.terms.of_topic(entity.home), key=_mark):
            if (
                told.fact in asked
                or told.fact in subject.reworded
                or made[entity.home] >= MOST_OF_SERVICE
            ):
                continue
            if not _tells_apart(subject, told, entity):
                continue
            draft = _draft(subject, notes, told, entity, known, entwined)
            if draft is not None:
                made[entity.home] += 1
                yield draft


def _mark(told: Told) -> bytes:
    return sha256(told.text.encode("utf-8")).digest()


def _tells_apart(subject: Subject, told: Told, entity: Entity) -> bool:
    own = told.stems - SHARED
    least = ABLE_MASS if ABLE.match(told.text) else OWN_MASS
    if len(own) < 2 or subject.mass(own) < least * subject.unit:
        return False
    if names_in(told.text, entity) or cue_words(told.text) & cue_words(entity.name):
        return False
    heading = plain(subject.records[entity.home].text)
    own_words = {word.casefold() for word in words(heading)} - {"aws", "amazon", "service"}
    return own_words.isdisjoint(word.casefold() for word in words(told.text))


def _draft(
    subject: Subject, notes: Notes, told: Told, entity: Entity, known: list[Entity],
    entwined: set[tuple[int, int]],
) -> Draft | None:  # fmt: skip
    close = subject.close_facts(told.stems, NEAR_TOLD)
    homes = {subject.facts[index].service for index in close}
    homes |= {e.home for index in close for e in subject.mentions.get(index, ())}
    if homes - {entity.home}:
        return None  # told of another topic as well
    said = pieces(told.text)
    if any(e.kind == "service" and not e.names.isdisjoint(said) for e in known):
        return None  # it tells how two services go together
    candidates = []
    for rival in known:
        if rival is entity or related(entity, rival) or (entity.home, rival.home) in entwined:
            continue
        if not are_kin(subject, entity.home, rival.home):
            continue
        other = notes.terms.first_of_topic(rival.home)
        if other is None:
            continue
        near = 0.3
        if rival.family and rival.family == entity.family:
            near = 0.9
        elif subject.domain(rival.home) == subject.domain(entity.home):
            near = 0.7
        candidates.append(
            Candidate(
                rival.name, f"The outline says something else of {rival.name}: “{other.text}”.",
                "belongs_to_other_service", (other.evidence,), near,
            )
        )  # fmt: skip
    candidates.sort(key=lambda one: (-one.closeness, sha256(one.text.encode()).digest()))
    why = f"The outline says it of {entity.name}: “{told.text}”."
    return Draft(
        "which_service_note",
        pick((f"Which AWS service is described as “{told.text}”?",
              f"Which AWS service does the note “{told.text}” describe?",
              f"“{told.text}”: of which AWS service is that said?"), told.text),
        [Candidate(entity.name, why, "states_it", (told.evidence,))], candidates[:RIVALS],
        (told.fact,), entity.home, why, (told.evidence,),
        distinctive=min(1.0, subject.mass(content(told.text)) / 40),
    )  # fmt: skip
