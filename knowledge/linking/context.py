"""Whether a name that is also a plain word stands for the service where it occurs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.linking.matching import Hit
from knowledge.linking.text import starts_sentence, words

_ELEMENT = re.compile(
    r"\s*(?:,\s*(?:and|or|und|e|et|y)\b|[,;/|+&()]|\band\b|\bor\b|→|->|=>|<->)\s*"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A verb in the imperative makes what follows its object: 'Use Detective'.
_IMPERATIVES = words(
    """use uses using enable enables via with see requires require needs need supports support run
    runs configure leverages leverage integrate query invoke call trigger triggers in from by to
    for through relies and or combine deploy activate open read when if"""
)
_FINITE = words(
    """is are was were can cannot can't could may must shall should will would has have had do
    does doesn't don't isn't aren't won't runs run need needs never always also only then either"""
)
_NO_VERB = words("ss us is")
# Nouns that only a name stands before: 'Organizations integration'.
_OF_NAMES = words("integration integrations console")


def is_service(text: str, hit: Hit, others: Sequence[Hit], alone_in_list: bool) -> bool:
    """Judge an ambiguous name by what stands around it.

    `others` are the sure names of the text; `alone_in_list` says that the record's siblings are
    services too, for a text that is nothing but the name.
    """
    if _is_whole_text(text, hit):
        return alone_in_list
    if _in_list(text, hit, others):
        return True
    if starts_sentence(text, hit.start):
        return _acts(text[hit.end :], alone_in_list)
    return _is_object(text, hit, others)


def _is_whole_text(text: str, hit: Hit) -> bool:
    rest = text[: hit.start] + text[hit.end :]
    return not any(char.isalnum() for char in re.sub(r"\([^()]*\)", "", rest))


def _in_list(text: str, hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether it is an element of a list, next to an element that is a sure name."""
    edges = [0, *(edge for m in _ELEMENT.finditer(text) for edge in m.span()), len(text)]
    elements = [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]
    for number, (start, end) in enumerate(elements):
        if not (start <= hit.start and hit.end <= end):
            continue
        tail = text[hit.end : end].strip(" .\"'`*_)")
        head = text[start : hit.start].strip(" \"'`*_(")
        if tail and head:
            return False
        for beside in elements[max(0, number - 1) : number] + elements[number + 1 : number + 2]:
            for other in others:
                # The neighbour ends (or, after us, begins) with its name.
                near = text[other.end : beside[1]] if beside[0] < start else ""
                far = text[beside[0] : other.start] if beside[0] > start else ""
                if beside[0] <= other.start < beside[1] and len((near + far).split()) <= 1:
                    return not tail if beside[0] > start else not head
    return False


def _acts(rest: str, in_list: bool) -> bool:
    """Whether what follows a sentence's first word makes that a subject: 'Config records …'."""
    if rest[:2] in ("'s", "’s"):
        return True
    if not rest.startswith(" "):
        return False
    following = [word.lower() for word in re.findall(r"[\w'’-]+", rest.split(".")[0])[:2]]
    if not following or not re.match(r" +[a-z]", rest):
        return False
    if following[0] in _FINITE or following[0] in _OF_NAMES:
        return True
    if following[0].endswith("s") and following[0][-2:] not in _NO_VERB and len(following[0]) > 3:
        # 'Backup copies are …' has its verb later; 'Backup copies data' has it here.
        return not (len(following) > 1 and following[1] in _FINITE) and len(following) > 1
    return in_list


def _is_object(text: str, hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a capital inside a sentence is a name's: not in a title, nor in a longer name."""
    before = list(_WORD.finditer(text, 0, hit.start))
    if not before:
        return False
    gap = text[before[-1].end() : hit.start]
    after = _WORD.match(text, hit.end + 1) if text[hit.end : hit.end + 1] == " " else None
    if after and after[0][0].isupper() and not _named(after.start(), others):
        return False
    if gap.strip("\"'`*_ "):
        return not gap.strip().startswith(("/", "-", ".", ":", "_"))
    word = before[-1][0]
    if word[0].islower():
        return not _is_title(text, hit)
    return word.lower() in _IMPERATIVES or _named(before[-1].start(), others)


def _named(at: int, others: Sequence[Hit]) -> bool:
    return any(other.start <= at < other.end for other in others)


def _is_title(text: str, hit: Hit) -> bool:
    """Whether the text has its capitals from a title's style, beside names."""
    long = [m for m in _WORD.finditer(text) if len(m[0]) > 3 and m.start() != hit.start]
    return bool(long[1:]) and all(m[0][0].isupper() for m in long)
