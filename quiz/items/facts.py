"""Reading a fact: what kind of line it is, what it speaks of, and what it says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.records import Record
from quiz.items.verbs import AMBIGUOUS, AUXILIARIES, BASES, NEGATIVE, PLURAL_VERBS, THIRD
from quiz.items.words import codes, content, plain

FactKind = Literal["statement", "need", "example", "lead", "step", "fragment"]

_CODE = re.compile(r"`+([^`]*)`+")
_MARK = re.compile(r"\uE000(\d+)\uE001")
_NEED = re.compile(r"^Need:\s+(?P<need>.+?)\s+(?:→|->)\s+(?P<action>.+?)\.?$")
_LEAD_IN = re.compile(
    r"^(?P<lead>(?:By default|Unless|Until|Since|With|For|On|In|Within|Without|If|Before|After|"
    r"Once|When|To|At|Under|During|Beyond|Besides|Among)\b[^,]*), (?P<rest>.+)$"
)
_RELATIVE = frozenset(
    {"that", "which", "who", "whose", "whom", "where", "when", "while", "whereas"}
)
_BEFORE_VERB = frozenset({"also", "always", "never", "then", "still", "often", "thus", "both"})
_ADVERBS = frozenset({"also", "always", "never", "then", "still", "often", "usually", "sometimes"})
_DETERMINERS = frozenset({"a", "an", "the", "each", "every", "one", "this"})


# Several sentences in one line: what one of them says isn't said of the other's subject.
_SEVERAL = re.compile(r"(?<![. ][A-Za-z])(?<!e\.g)(?<!i\.e)(?<!etc)(?<!vs)[.!?] (?=[A-Z])")
# A line that begins so leans on one before it.
_LEANING = re.compile(
    r"(?:Later|Earlier|Above|Below|Also|Other|Others|Another|The other|Further|Furthermore|"
    r"Additional|Next|Then|Such|These|Those|They|This|It|Both|Here|There|Instead|However|"
    r"The same|The latter|The former)\b"
)


_SENTENCES = re.compile(r"[\w)”\"]{2}[.!?]\)? +[A-Z]")


def is_one_sentence(text: str) -> bool:
    """
    >>> is_one_sentence("It runs in US East (N. Virginia)."), is_one_sentence("Dear. It failed.")
    (True, False)
    """
    return not _SENTENCES.search(text)


def leans_back(text: str) -> bool:
    """Whether a line can't be read without one before it.

    >>> leans_back("Later additions include ECS."), leans_back("Others' keys aren't shared.")
    (True, True)
    """
    return bool(_LEANING.match(text))


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement in parts: `lead`, `subject` `adverb` `verb` `rest`, all plain, no full stop."""

    lead: str
    subject: str
    raw_subject: str
    adverb: str
    verb: str
    rest: str
    plural: bool

    @property
    def predicate(self) -> str:
        return " ".join(part for part in (self.adverb, self.verb, self.rest) if part)

    @property
    def negative(self) -> bool:
        return self.verb in NEGATIVE or self.rest.startswith(("not ", "no longer ", "never "))


@dataclass(frozen=True, slots=True)
class Fact:
    """A record of kind fact, read. `index` is its place in the list of records."""

    index: int
    service: int
    feature: int
    parent: int
    line: int | None
    kind: FactKind
    text: str
    codes: tuple[str, ...]
    stems: frozenset[str]
    clause: Clause | None = None
    need: str = ""
    action: str = ""
    # Stems that the sentence has beyond the note that it words: never what is asked.
    added: frozenset[str] = frozenset()


def read_fact(index: int, record: Record, english: bool = True, loose: bool = False) -> Fact:
    """A record read; `loose` takes whole sentences without a full stop for what they are."""
    text = plain(record.text)
    need = action = ""
    clause = None
    kind: FactKind = "fragment"
    if record.form == "code":
        kind = "fragment"
    elif match := _NEED.match(text):
        kind, need, action = "need", match["need"], match["action"]
    elif record.form == "numbered":
        kind = "step"
    elif text.endswith(":"):
        kind = "lead"
    elif text.startswith(("For example", "E.g.", "e.g.", "eg ")):
        kind = "example"
    elif english and text.endswith("."):
        clause = None if _SEVERAL.search(text) else split_clause(record.text)
        kind = "statement"
    elif english and loose and (clause := _unstopped(record.text, text)) is not None:
        kind, text = "statement", f"{text}."
    return Fact(
        index, record.service, record.feature, record.parent, record.line, kind, text,
        tuple(codes(record.text)), content(text), clause, need, action,
    )  # fmt: skip


_TELEGRAM = re.compile(r"[:;=→(|?!…]|->|\b(?:eg|e\.g|etc|via|vs|incl|approx)\b")
LEAST_SENTENCE = 5


def _unstopped(raw: str, text: str) -> Clause | None:
    """The clause of a line that is a sentence but for its full stop."""
    if not text[:1].isupper() or len(text.split()) < LEAST_SENTENCE or _TELEGRAM.search(text):
        return None
    clause = split_clause(f"{raw}.")
    return None if clause is None or len(clause.rest.split()) < 2 else clause


def read_facts(
    records: Sequence[Record], english: bool = True, loose: bool = False
) -> dict[int, Fact]:
    return {
        index: read_fact(index, record, english, loose)
        for index, record in enumerate(records)
        if record.kind == "fact"
    }


def split_clause(raw: str) -> Clause | None:
    """The parts of a sentence with one clear subject and verb, or None where that isn't certain.

    >>> clause = split_clause("A suppression rule in GuardDuty automatically archives findings.")
    >>> clause.subject, clause.predicate
    ('A suppression rule in GuardDuty', 'automatically archives findings')
    >>> split_clause("A role whose trust policy names an ID can only be assumed with it.")
    """
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match[1])
        return f"\ue000{len(hidden) - 1}\ue001"

    sentence = " ".join(_CODE.sub(hide, raw).split()).removesuffix(".")

    def shown(text: str, quoted: bool = False) -> str:
        return _MARK.sub(
            lambda match: f"`{hidden[int(match[1])]}`" if quoted else hidden[int(match[1])], text
        )

    lead = ""
    if match := _LEAD_IN.match(sentence):
        lead, sentence = match["lead"], match["rest"]
    tokens = sentence.split(" ")
    place = _find_verb(tokens)
    if place is None:
        return None
    start = place
    while start > 1 and (tokens[start - 1].endswith("ly") or tokens[start - 1] in _BEFORE_VERB):
        start -= 1
    if start >= 3 and tokens[start - 2 : start] == ["by", "default"]:
        start -= 2
    subject = " ".join(tokens[:start])
    if "," in subject or not subject:
        return None
    verb = tokens[place]
    behind = [token for token in tokens[place + 1 : place + 3] if token not in _ADVERBS]
    if verb in AMBIGUOUS and len(behind) < 2 and behind and behind[0] in BASES:
        return None  # 'KMS grants often give …': a noun and its adverb
    if place == len(tokens) - 1 and verb in AUXILIARIES:
        return None  # a sentence that was cut behind its verb
    plural = verb in {"are", "aren't", "were", "have", "do", "don't"} or verb in PLURAL_VERBS
    if not plural and verb in {"can", "cannot", "can't", "must", "may", "should"}:
        plural = _looks_plural(tokens[:start])
    return Clause(
        shown(lead), shown(subject), shown(subject, quoted=True), " ".join(tokens[start:place]),
        verb, shown(" ".join(tokens[place + 1 :])), plural,
    )  # fmt: skip


def _find_verb(tokens: list[str]) -> int | None:
    singular = tokens[0].lower() in _DETERMINERS
    for place in range(1, min(len(tokens), 16)):
        token = tokens[place]
        if token in _RELATIVE or token.endswith((",", ":")):
            return None
        if token in AUXILIARIES:
            return place
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token in THIRD and after not in AUXILIARIES and after not in THIRD:
            before = tokens[place - 1].lower()
            if token in AMBIGUOUS and not singular and any(t.islower() for t in tokens[1:place]):
                continue
            if token in AMBIGUOUS and (
                after in BASES or after in {"of", "in", "on", "for", "to", "from", "and", "or"}
            ):
                continue
            if before in {"a", "an", "the", "of", "in", "to", "for", "from", "with", "and", "or"}:
                continue
            named = tokens[place - 1][:1].isupper()
            if singular or named or not _ends_plural(before):
                return place
        if token in PLURAL_VERBS and not singular and _ends_plural(tokens[place - 1]):
            return place
    return None


def _ends_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _looks_plural(subject: list[str]) -> bool:
    if subject[0].lower() in _DETERMINERS - {"the"}:
        return False
    for place, word in enumerate(subject):
        if word in {"of", "in", "for", "from", "behind", "on", "to", "with"} and place:
            return _ends_plural(subject[place - 1])
    return _ends_plural(subject[-1]) and subject[-1][:1].islower()
