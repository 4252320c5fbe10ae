"""Lines of one frame: 'A standard tier holds X.', 'An advanced tier holds Y.'

What such lines tell apart, one heading sets against each other: each says of its own kind what the
other doesn't. Told of the other kind, a line is false where the two predicates exclude each other:
where each says what its subject is, covers, marks or comes from, and none what it can or may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.lexicon import fold
from quiz.items.contrast import line_of
from quiz.items.facts import Clause, Fact, leans_back
from quiz.items.nouns import article, is_plural, plural
from quiz.items.subject import Subject
from quiz.items.values import quantities
from quiz.items.words import content, words

# Predicates that say what a thing is or is for, of which it has one.
_TELLING = frozenset(
    """is are covers cover marks mark means represents identifies measures handles uses use
    describes tells names tests protects relies defines associates stores scans analyzes reviews
    finds detects stands contains holds resolves comes come works gives""".split()  # noqa: SIM905
)
_OPEN = re.compile(
    r"\b(?:can|may|also|either|include|includes|including|they|same|another|both|most|some|not|no)\b"
    r"|n['’]t\b",
    re.I,
)
_ARTICLE = re.compile(r"^(?:An?|The|Each|Every)\b")
_KINDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|several|different|optional)?\b ?(?:\w+ )?"
    r"(?:kinds?|types?|levels?|"
    r"classes|modes|tiers|plans|parts|phases|states|addresses|measurements|pattern|sources)\b",
    re.I,
)
# So much of a predicate's weight may stand in the other at the most.
SHARED = 0.34
# And so much of a property must stand in the line, with all that tells it from the other side's.
TOLD = 0.8
# One side, without a second one, an abbreviation or another name beside it.
_SAYS_ONE = re.compile(r"(?!.*(?: and | or |\())")


@dataclass(frozen=True, slots=True)
class Parallel:
    """A fact with the line whose predicate is told of its subject."""

    fact: Fact
    source: Fact
    own: str
    other: str


def _tokens(clause: Clause) -> list[str]:
    return words(_ARTICLE.sub("", clause.subject).strip())


def apart(one: Clause, other: Clause) -> tuple[str, str] | None:
    """What tells two subjects of one frame apart, or None where they have no frame in common.

    >>> from quiz.items.facts import split_clause
    >>> apart(split_clause("A one-way trust is weak."), split_clause("A two-way trust is strong."))
    ('one', 'two')
    """
    first, second = _tokens(one), _tokens(other)
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    mine, theirs = first[start : len(first) - end], second[start : len(second) - end]
    if not (0 < len(mine) <= 2 and 0 < len(theirs) <= 2):
        return None
    common = first[:start] + first[len(first) - end :]
    if not content(" ".join(common)) or not (end or start >= 2 or (start and _is_name(mine))):
        return None
    return " ".join(mine), " ".join(theirs)


def _is_name(tokens: list[str]) -> bool:
    return all(token[:1].isupper() or token.isdigit() for token in tokens)


def _fits(fact: Fact, kinds: bool) -> bool:
    clause = fact.clause
    if clause is None or clause.lead or clause.negative or leans_back(fact.text):
        return False
    if kinds:
        return not _OPEN.search(clause.predicate) and clause.verb not in {"can", "may", "include"}
    if clause.verb not in _TELLING or _OPEN.search(clause.predicate):
        return False
    if clause.verb in {"is", "are"} and not re.match(
        r"(?:an?|the)\b|\w+(?:ed|en|ade|ept)\b", clause.rest
    ):
        return False
    return not any(True for _ in quantities(fact.text))


def parallels(subject: Subject, fact: Fact) -> Iterator[Parallel]:
    """The lines of the same heading whose predicate is false of the subject of this one."""
    clause = fact.clause
    above = subject.facts.get(fact.parent)
    # What one line counts off are kinds of which nothing is two.
    kinds = above is not None and above.kind == "lead" and bool(_KINDS.search(above.text))
    if clause is None or not _fits(fact, kinds):
        return
    for source in subject.by_parent.get(fact.parent, ()):
        told = source.clause
        if source.index == fact.index or told is None or not _fits(source, kinds):
            continue
        if told.plural != clause.plural or (told.verb == "is") != (clause.verb == "is"):
            continue
        found = apart(clause, told)
        if found is None:
            continue
        own, other = found
        mine, theirs = content(own), content(other)
        if not mine or not theirs or mine & theirs or mine & content(told.predicate):
            continue
        if theirs & content(told.predicate):
            continue
        stems, there = content(clause.predicate), content(told.predicate)
        shared = subject.mass(stems & there)
        if kinds and stems != there:
            shared = 0.0
        if shared > SHARED * min(subject.mass(stems), subject.mass(there)):
            continue
        yield Parallel(fact, source, own, other)


def contrasted(subject: Subject) -> dict[int, list[tuple[str, str]]]:
    """The lines that say a property of one side of a contrast, with that side and the other."""
    if subject.sides is not None:
        return subject.sides
    found: dict[int, list[tuple[str, str]]] = {}
    services = [names for entity in subject.entities if entity.kind == "service"
                for names in entity.names]  # fmt: skip
    named = frozenset(services)
    for exclusive in subject.lexicon.exclusives:
        if len(exclusive.sides) != 2 or any(fold(side) in named for side in exclusive.sides):
            continue
        for place, side in enumerate(exclusive.sides):
            for pair in exclusive.pairs:
                line = line_of(subject, side, pair[place])
                if line is None or line.clause is None or not _SAYS_ONE.match(line.clause.subject):
                    continue
                # The words that the other side's property doesn't share must be in the line.
                property_, there = content(pair[place]), content(line.clause.predicate)
                telling = property_ - content(pair[1 - place])
                if (
                    telling
                    and telling <= there
                    and (subject.mass(property_ & there) >= TOLD * subject.mass(property_))
                ):
                    rows = found.setdefault(line.index, [])
                    if (side, exclusive.sides[1 - place]) not in rows:
                        rows.append((side, exclusive.sides[1 - place]))
    subject.sides = found
    return found


def other_side(clause: Clause, side: str, other: str) -> str | None:
    """The subject of a sentence with the other side of a contrast in the place of its own.

    >>> from quiz.items.facts import split_clause
    >>> other_side(split_clause("A network ACL is stateless."), "network ACL", "security group")
    'A security group'
    """
    pattern = re.compile(
        rf"(?:^|(?<= of )|(?<= in )|(?<= by )|(?<= to )|(?<= from ))"
        rf"(?P<article>an? |the )?{re.escape(side)}(?P<s>s?)(?![\w-])", re.I,
    )  # fmt: skip
    found = pattern.search(clause.subject)
    if (
        found is None
        or any(True for _ in quantities(clause.rest))
        or re.search(rf"\b{re.escape(other)}", f"{clause.subject} {clause.rest}", re.I)
    ):
        return None
    if set(words(other.casefold())) & set(words(clause.rest.casefold())) - content_free(
        side, other
    ):
        return None
    new = plural(other) if found["s"] and not other.endswith("s") else other
    left = set(words(clause.subject.casefold())) - set(words(side.casefold()))
    if left & (set(words(other.casefold())) - {"a", "an", "the", "of", "in"}):
        return None
    if found["article"]:
        if other.endswith("ing") or is_plural(other):
            return None
        new = f"{article(new)} {new}" if found["article"].strip().lower() != "the" else f"the {new}"
    elif not found["s"] and not re.search(r"[A-Z]", other) and not is_plural(other):
        return None
    text = f"{clause.subject[: found.start()]}{new}{clause.subject[found.end() :]}"
    return f"{text[:1].upper()}{text[1:]}"


def content_free(side: str, other: str) -> set[str]:
    """The words that both sides of a contrast have."""
    return set(words(side.casefold())) & set(words(other.casefold()))
