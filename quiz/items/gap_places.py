"""Where a statement is worth a gap: its identifiers, names and decisive words, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.lexicon import fold
from quiz.items.echoes import echoes
from quiz.items.entities import Entity, singular
from quiz.items.facts import Fact
from quiz.items.gap_worth import GENERIC, name_score, place_score, term_score
from quiz.items.hints import Rivals
from quiz.items.opposites import is_pole
from quiz.items.phrases import Phrase, phrases_of
from quiz.items.subject import Subject
from quiz.items.words import content, stem

_OPEN = re.compile(
    r"\b(?:such as|for example|includes?|including|like|among others|for instance|as in|"
    r"e\.g\.|one of)(?=\W|$)|:(?=\s)"
)
_STRICT = re.compile(
    r"\b(?:must|cannot|can't|only|default|requires?|needs?|never|without|unless|called|named|"
    r"instead|exactly|not|isn't|aren't|doesn't|don't|before)\b"
)
# Of more words, their letters would spell the name.
MOST_WORDS = 3
_READS = re.compile(r"(?:[a-z0-9-]+:)?(?:Get|List|Describe|Generate)[A-Z]")
_EXAMPLE = re.compile(r"\bfor example\b|\be\.g\.|\bsuch as\b")
PLAIN = 0.4
MOST_SAID = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a fact's text from `start` to `end` that a gap may take; `what` says what they
    are, `score` how much they are worth."""

    start: int
    end: int
    what: str
    score: float
    before: str = ""
    behind: str = ""
    code: bool = False
    name: str = ""


class Names:
    """Names of services and parts as a text may have them, with whether they are a service."""

    def __init__(self, subject: Subject) -> None:
        self.codes = {entity.name: entity for entity in subject.entities if entity.kind == "code"}
        self.kinds: dict[str, str] = {}
        for entry in subject.lexicon.services:
            if entry.kind != "theme":
                for name, _ in entry.names():
                    self.kinds.setdefault(fold(name), "part" if entry.part_of else entry.kind)
        for part in subject.lexicon.parts:
            for name in (part.name, *part.aliases):
                self.kinds.setdefault(fold(name), "part")

    def kind(self, text: str) -> str:
        found = self.kinds.get(fold(text)) or self.kinds.get(fold(singular(text)), "")
        # Written small, 'batch' or 'config' is a word and no service.
        return "" if found == "service" and text.islower() else found


def places_of(
    subject: Subject, names: Names, rivals: Rivals, fact: Fact, least: float
) -> Iterator[Place]:
    """The places of a statement that are worth `least` or more as a gap, the best first."""
    found = [*_codes(names, fact), *_terms(subject, names, rivals, fact)]
    for place in sorted(found, key=lambda place: (-place.score, place.start, place.end)):
        if place.score < least:
            return
        if _stands_alone(subject, fact, place):
            yield place
        elif place.name:
            part = _unsaid_part(rivals, fact, place)
            if part is not None and _stands_alone(subject, fact, part):
                yield part


def _unsaid_part(rivals: Rivals, fact: Fact, place: Place) -> Place | None:
    """The last word of a subject's name whose first words the statement says again: 'A metric
    f____ turns log events into a metric'. Of a name in every mouth it would be no question."""
    text = fact.text[place.start : place.end]
    first, _, last = text.rpartition(" ")
    clause = fact.clause
    if clause is None or place.end > len(clause.lead) + 2 + len(clause.subject):
        return None
    if not first or len(last) < 4 or not last.islower() or last in GENERIC:
        return None
    if rivals.count(text) > MOST_SAID:
        return None
    start = place.end - len(last)
    before = first.split()[-1]
    return Place(start, place.end, "", place.score - 0.3, before, "", name=place.name)


def _stands_alone(subject: Subject, fact: Fact, place: Place) -> bool:
    """Whether neither the rest of the statement nor its topic says what the gap takes."""
    text = fact.text[place.start : place.end]
    rest = f"{fact.text[: place.start]}{fact.text[place.end :]}"
    if place.code:
        return _is_unsaid_code(text, rest)
    said = {word.casefold() for word in re.findall(r"\w+", rest)}
    own = {word.casefold() for word in re.findall(r"\w+", text) if len(word) > 1}
    if own & said or content(text) & content(rest):
        return False
    if any(len(word) > 2 and word in other for word in own for other in said):
        return False  # 'ARN' in 'PrincipalArn'
    if echoes(rest, text) or echoes(text, rest):
        return False
    topic = subject.topic(fact)
    entry = subject.entries.get(fact.service)
    named = [topic, *(name for name, _ in entry.names())] if entry is not None else [topic]
    return not any(fold(text) == fold(name) for name in named) and not (
        content(text) <= content(topic)
    )


_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def _is_unsaid_code(code: str, rest: str) -> bool:
    """Whether a word of an identifier's own is one that the rest of the statement doesn't say."""
    tail = code.rsplit(":", 1)[-1]
    pieces = [piece for piece in _PIECE.findall(tail) if len(piece) > 3]
    said = {stem(word) for word in re.findall(r"[A-Za-z]+", rest)}
    said |= {stem(piece) for word in re.findall(r"\w+", rest) for piece in _PIECE.findall(word)}
    unsaid = [piece for piece in pieces if stem(piece) not in said]
    return tail.casefold() not in rest.casefold() and bool(unsaid)


def _opened(text: str) -> int:
    """Where a list of examples begins, behind which nothing is forced."""
    match = _OPEN.search(text)
    return match.start() if match else len(text)


def _codes(names: Names, fact: Fact) -> Iterator[Place]:
    opened = _opened(fact.text)
    if len(fact.codes) > 3:
        return
    for code in fact.codes:
        if not 3 <= len(code) <= 34 or " " in code or not re.search(r"[A-Za-z]{3}", code):
            continue
        if code.casefold() in {"true", "false", "yes", "none", "null"}:
            continue
        if re.search(r"[{}/*\"'=<>$@]|\.\w+\.", code) or fact.text.count(code) != 1:
            continue
        start = fact.text.index(code)
        if start >= opened:
            continue
        entity = names.codes.get(code)
        score = 3.6 + 0.6 * (entity is not None) - 0.5 * (len(fact.codes) - 1)
        score -= 0.6 * (len(code) > 24)
        # Operations that read have longer names of their sort beside them, in no outline.
        score -= 1.0 * bool(_READS.match(code))
        score -= 1.0 * bool(_EXAMPLE.search(fact.text))
        yield Place(start, start + len(code), _code_type(fact, code, entity), score, code=True)


def _code_type(fact: Fact, code: str, entity: Entity | None) -> str:
    if entity is not None:
        return entity.type
    after = fact.text[fact.text.index(code) + len(code) :].casefold()
    if re.match(r" (?:condition )?key\b", after) and ":" in code:
        return "condition key"
    if re.match(r" (?:api|operation)\b", after):
        return "API operation"
    if re.fullmatch(r"[a-z]{2}(?:-[a-z]+)+-\d", code):
        return "Region"
    if re.match(r" permission\b", after) or re.fullmatch(r"[a-z0-9-]+:[A-Z]\w+", code):
        before = fact.text[: fact.text.index(code)]
        tests = re.search(
            r"\b(?:condition(?: on| key)?|conditions on|\w+Like on|\w+s on) $", before
        )
        return "condition key" if tests or code.startswith("aws:") else "IAM action"
    if code.startswith("--"):
        return "command line option"
    return "identifier"


def _terms(subject: Subject, names: Names, rivals: Rivals, fact: Fact) -> Iterator[Place]:
    text = fact.text
    masked = text
    for code in fact.codes:
        masked = masked.replace(code, "\ue000" * len(code)) if code else masked
    opened = _opened(text)
    strict = bool(_STRICT.search(text))
    phrases = [phrase for phrase in phrases_of(masked) if phrase.start < opened]
    last = phrases[-1] if phrases else None
    for phrase in phrases:
        for start, end, kind in _spans(names, phrase):
            if _holds_verb(fact, phrase, start, end) or _is_torn(rivals, phrase, start, kind):
                continue
            if any("\ue000" in token.text for token in phrase.words[start:end]):
                continue
            if phrase.words[start].start >= opened:
                continue
            score = _score(subject, names, rivals, fact, phrase, (start, end), kind)
            if score is None:
                continue
            if not kind and subject.lexicon.services:
                score -= PLAIN  # a word that no lexicon knows is guessed from the sentence
            score += 0.2 * strict + 0.3 * (phrase is last and end == len(phrase.words))
            first, final = phrase.words[start], phrase.words[end - 1]
            before = phrase.words[start - 1].text if start else ""
            behind = phrase.words[end].text if end < len(phrase.words) else ""
            yield Place(
                first.start, final.end,
                _type(subject, kind, text[first.start : final.end]), score, before, behind,
                name=kind,
            )  # fmt: skip


def _holds_verb(fact: Fact, phrase: Phrase, start: int, end: int) -> bool:
    """Whether the verb of the statement is among the words: 'An ACL filters traffic'."""
    clause = fact.clause
    if clause is None:
        return False
    lead = len(clause.lead) + 2 if clause.lead else 0
    place = fact.text.find(f" {clause.verb}", lead + len(clause.subject)) + 1
    return phrase.words[start].start <= place <= phrase.words[end - 1].start


def _is_torn(rivals: Rivals, phrase: Phrase, start: int, kind: str) -> bool:
    """Whether the word before belongs to the first one: 'operating | system packages'."""
    if not start or kind:
        return False
    return rivals.count(f"{phrase.words[start - 1].text} {phrase.words[start].text}") > 1


def _type(subject: Subject, kind: str, text: str) -> str:
    if kind != "service" or re.search(r"\b[a-z]", text):
        return "term" if kind else ""
    entry = subject.lexicon.find(text)
    vendored = entry is not None and entry.official.startswith(("AWS ", "Amazon "))
    return "AWS service" if vendored else "name"


def _spans(names: Names, phrase: Phrase) -> Iterator[tuple[int, int, str]]:
    """Stretches of a phrase that may be asked for: its names whole, and what stands behind them."""
    tokens = [token.text for token in phrase.words]
    size = len(tokens)
    free = 0
    place = 0
    while place < size:
        for end in range(min(size, place + 6), place, -1):
            kind = names.kind(" ".join(tokens[place:end]))
            if kind:
                # 'AWS' and 'Amazon' stay: nobody needs to be asked for them.
                vendored = tokens[place] in {"AWS", "Amazon"} and end - place > 1
                yield place + vendored, end, kind
                place = free = end
                break
        else:
            place += 1
    # Of a run of capitalised words nothing is torn off: 'Sender Policy Framework'.
    while 0 < free < size and tokens[free][:1].isupper() and tokens[free - 1][:1].isupper():
        free += 1
    if free < size:
        large = [token[:1].isupper() for token in tokens]
        starts = [
            start
            for start in range(free, size)
            if start == free or not (large[start] and large[start - 1])
        ]
        for start in starts:
            if size - start <= 3:
                yield start, size, ""
            if start < size - 1 <= start + 2 and tokens[-1].casefold() in GENERIC:
                yield start, size - 1, ""


def _score(
    subject: Subject, names: Names, rivals: Rivals, fact: Fact, phrase: Phrase,
    span: tuple[int, int], kind: str,
) -> float | None:  # fmt: skip
    words = [token.text for token in phrase.words[span[0] : span[1]]]
    if len(words) > MOST_WORDS or any(not _is_word(word) for word in words):
        return None
    if any(is_pole(word) for word in words):
        return None
    found = name_score(rivals, words) if kind else term_score(subject, rivals, words)
    if found is None:
        return None
    score = found + place_score(fact, phrase, span[0] == 0, bool(kind))
    return score + 0.1 * (span[1] < len(phrase.words))


def _is_word(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z]\w*)*(?:\.[A-Za-z0-9]+)?", word))
