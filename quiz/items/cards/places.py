"""Where a line stands, and the first letters of what is asked: the words around a quoted note."""

from __future__ import annotations

import re
import unicodedata

from quiz.items.facts import Fact
from quiz.items.subject import Subject
from quiz.items.words import plain

GAP = "____"
LONGEST_NAME = 60
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_EMPHASIS = re.compile(r"(?<![\w*])(\*|_|==|~~)(?=\S)([^*_=~]+?)(?<=\S)\1(?![\w*])")
_LINKED = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_TRAILING = re.compile(r"\s+(?:\^[\w-]+|:[a-z_]+:|#[\w/-]+|<!--.*?-->)(?=\s|$)|\[\^\w+\]")
_ENUMERATED = re.compile(r"^(?:[①-⑳⑴-⒇]|[(（][0-9a-zA-Z一二三四五六七八九十]{1,2}[)）])\s*")

EXAMPLE = re.compile(
    r"^\W*(?:eg|e\.g|ex|examples?|for example|z\. ?B|zum Beispiel|esempio|ad es|p\. ?ej|"
    r"par exemple|例)\b",
    re.I,
)


def clean(raw: str) -> str:
    """A note's words as a reader sees them: no emphasis, links, footnotes, block ids or tags.

    >>> clean("*Lucy v. Zehmer* shows [[Intent|intent]].[^2]")
    'Lucy v. Zehmer shows intent.'
    """
    text = _TRAILING.sub("", _LINKED.sub(r"\1", plain(raw)))
    return _ENUMERATED.sub("", " ".join(_EMPHASIS.sub(r"\2", text).split()))


def names_above(subject: Subject, fact: Fact) -> list[str]:
    """The names on the way down to a fact, the topic first; what no line names is left out."""
    names: list[str] = []
    parent = fact.parent
    while parent >= 0:
        record = subject.records[parent]
        name = clean(record.text).strip(" :*")
        if not record.implied and name and len(name) <= LONGEST_NAME:
            names.append(subject.name(parent) if record.kind == "service" else name)
        parent = record.parent
    return list(reversed(names))


def place_of(subject: Subject, fact: Fact) -> str:
    """Where a fact stands, as a stem says it: its topic and the two names nearest to it.

    Empty where nothing above the fact has a name.
    """
    names = names_above(subject, fact)
    if len(names) > 3:
        names = [names[0], *names[-2:]]
    return "“" + " › ".join(names) + "”" if names else ""


def first_letters(answer: str) -> str:
    """A gap that shows how each word begins, as C-tests do.

    >>> first_letters("Protamine sulfate"), first_letters("调度的单位")
    ('P____ s____', '调____')
    """
    if _IDEOGRAPHS.search(answer):
        return f"{answer[0]}{GAP}"
    shown = _WORD.sub(lambda match: match[0] if match[0].isdigit() else match[0][0] + GAP, answer)
    return shown if GAP in shown else GAP


def folded(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def stands_in(answer: str, text: str) -> bool:
    """Whether a text says the answer, or a word of it with four letters or more."""
    within = f" {folded(text)} "
    if _IDEOGRAPHS.search(answer):
        return answer.casefold() in text.casefold()
    told = folded(answer)
    if f" {told} " in within:
        return True
    return any(
        len(word) >= 4 and re.search(rf"\b{re.escape(word[: max(4, len(word) - 2)])}", within)
        for word in told.split()
    )


def is_example(subject: Subject, fact: Fact) -> bool:
    """Whether a note stands below one that says that examples follow."""
    parent = fact.parent
    while parent >= 0 and subject.records[parent].kind == "fact":
        if EXAMPLE.match(subject.records[parent].text):
            return True
        parent = subject.records[parent].parent
    return False
