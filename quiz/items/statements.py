"""Which statement is true, which TWO are, and which is NOT: lines against false tellings of lines.

All options come from one topic: a line of another may be true of what the key speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from quiz.items.drafts import NOT_TRUE, STATEMENT, TWO, Candidate, Draft
from quiz.items.facts import Fact
from quiz.items.falsehoods import BELIEVABLE, Pools, Told, denies
from quiz.items.stems import pick
from quiz.items.subject import Subject
from quiz.items.words import content

# So much of a line's weight in another makes the two speak of the same.
SAME, ALIKE = 0.75, 0.5


def _mark(text: str) -> bytes:
    return sha256(text.encode()).digest()


def about(subject: Subject, service: int) -> str:
    """' about X', or nothing where the topic is a chapter of several things."""
    return "" if subject.is_theme(service) else f" about {subject.name(service)}"


def statement_drafts(
    subject: Subject, pools: Pools, wanted: Collection[int], pairs: bool
) -> Iterator[Draft]:
    """Drafts whose keys are facts of `wanted`, in pairs or one by one."""
    true, false = pools
    asked = set(wanted)
    queues: dict[tuple[int, int], list[Told]] = {}
    for service in sorted(true):
        for told in true[service]:
            if told.fact.index in asked:
                # Those of one feature are paired; what a small one leaves over, with its topic.
                queues.setdefault((service, told.fact.feature if pairs else 0), []).append(told)
    step = 2 if pairs else 1
    rest: dict[tuple[int, int], list[Told]] = {}
    for (service, _), keys in queues.items():
        keys.sort(key=lambda told: _mark(told.fact.text))
        whole = len(keys) // step * step
        for start in range(0, whole, step):
            yield from _draft(subject, keys[start : start + step], false.get(service, []))
        rest.setdefault((service, 0), []).extend(keys[whole:])
    for (service, _), keys in rest.items():
        for start in range(0, len(keys) // step * step, step):
            yield from _draft(subject, keys[start : start + step], false.get(service, []))


def same_matter(subject: Subject, fact: Fact, keys: Sequence[Told], most: float = SAME) -> bool:
    """Whether a line speaks so much of what a key says that it would help or clash with it."""
    if any(fact.index == key.fact.index for key in keys):
        return True
    for key in keys:
        stems = content(key.text)
        shared = fact.stems & stems
        if len(shared) > 1 and subject.mass(shared) > most * subject.mass(stems):
            return True
    return False


def _draft(subject: Subject, keys: Sequence[Told], pool: Sequence[Told]) -> Iterator[Draft]:
    if len(keys) > 1 and same_matter(subject, keys[1].fact, keys[:1], ALIKE):
        return
    candidates = []
    for told in sorted(pool, key=lambda told: _mark(told.text)):
        if told.mutation is None or same_matter(subject, told.fact, keys):
            continue
        near = told.belief - (0.0 if told.fact.feature == keys[0].fact.feature else 0.15)
        if told.belief < BELIEVABLE:
            near = min(near, 0.35)
        candidates.append(
            Candidate(told.text, told.mutation.why, told.mutation.reason,
                      (subject.evidence(told.fact),), near)
        )  # fmt: skip
    if len(candidates) < 2:
        return
    evidence = tuple(subject.evidence(key.fact) for key in keys)
    service = keys[0].fact.service
    named = about(subject, service)
    one = len(keys) == 1
    if one:
        stem = pick(
            (
                f"Which statement{named} is true?",
                f"Which statement{named} is correct?",
            ),
            keys[0].fact.text,
        )
    else:
        stem = f"Which TWO statements{named} are true?"
    yield Draft(
        STATEMENT if one else TWO, stem,
        [
            Candidate(key.text, key.fact.text, "states_it", (line,))
            for key, line in zip(keys, evidence, strict=True)
        ],
        candidates, tuple(key.fact.index for key in keys), service,
        " ".join(key.fact.text for key in keys), evidence,
        kind="single" if one else "multiple", distinctive=0.5,
        wanted=3 if one else 2, at_least=2,
    )  # fmt: skip


def not_true_drafts(subject: Subject, pools: Pools, wanted: Collection[int]) -> Iterator[Draft]:
    """Which is NOT true: a false telling of a fact of `wanted` among lines as they stand; below a
    stem that denies, none that denies as well.

    The wrong options are lines that nothing else of the kind asks, so that no text is here what is
    wrong and there what is right.
    """
    true, false = pools
    asked = set(wanted)
    for service in sorted(false):
        lines = [line for line in true.get(service, []) if line.fact.index not in asked]
        lines.sort(key=lambda line: _mark(line.text))
        for told in false[service]:
            if len(lines) < 3 or told.fact.index not in asked or told.mutation is None:
                continue
            if told.belief < BELIEVABLE or denies(told.text):
                continue
            candidates = []
            for line in lines:
                if same_matter(subject, line.fact, [told]) or same_matter(
                    subject, told.fact, [line]
                ):
                    continue
                near = 0.9 if line.fact.feature == told.fact.feature else 0.6
                candidates.append(
                    Candidate(line.text, f"The line states it: {line.fact.text}", "stated_by_line",
                              (subject.evidence(line.fact),), near)
                )  # fmt: skip
            if len(candidates) < 3:
                continue
            evidence = subject.evidence(told.fact)
            named = about(subject, service)
            yield Draft(
                NOT_TRUE,
                pick((f"Which of these statements{named} is NOT true?",
                      f"Which statement{named} is NOT true?"), told.text),
                [Candidate(told.text, told.mutation.why, told.mutation.reason, (evidence,))],
                candidates, (told.fact.index,), service, told.mutation.why, (evidence,),
                distinctive=0.5, wanted=3, at_least=3,
            )  # fmt: skip
