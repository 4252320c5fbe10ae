"""Names and short texts: as they are read, how they are compared, what they are for short.

Pure. A learner types `nacl`, `guard duty` or `route53` for Network ACLs, GuardDuty and Route 53,
whether or not the notes say so anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge.lexicon import names_in_heading
from knowledge.search.words import LONGEST, fold

# A name of more words has no initials.
LONGEST_NAME = 8

_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^)\s]*(?:\s[^)]*)?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|__)(?=\S)([^*\n]{1,400}?)(?<=\S)\1(?![\w*])|`+|~~")
_SIGNS = re.compile(r"[^\w+#]+|_+")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]+?(?=s?\b)|\w")


def plain_text(text: str) -> str:
    """Words as they are read: links by their text, emphasis and code marks taken off.

    >>> plain_text("**Deny** [all](https://x.y) `vpc_flow_logs` and service:Foo*")
    'Deny all vpc_flow_logs and service:Foo*'
    """
    if "](" in text:
        text = _LINK.sub(lambda match: match.group(1), text)
    if "*" in text or "`" in text or "~~" in text or "__" in text:
        text = _EMPHASIS.sub(lambda match: match.group(2) or "", text)
    return " ".join(text.split())


def compact(text: str) -> str:
    """What spellings of one name share: only letters, digits and the + and # of C++ and F#.

    >>> compact("Guard-Duty") == compact("guardduty")
    True
    """
    return _SIGNS.sub("", fold(text))


def initials(name: str, *, whole_only: bool = False) -> list[str]:
    """What a name of several words may be called for short; words in capitals stay whole.

    >>> initials("Network ACLs", whole_only=True)
    ['na', 'nacl']
    >>> "oac" in initials("Create Origin Access Control")
    True
    """
    return list(_initials(name, whole_only))


# An outline's names are asked for as what they are and as what they find.
@lru_cache(maxsize=4096)
def _initials(name: str, whole_only: bool) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s/_-]+", name) if word and word[0].isalnum()]
    if not 2 <= len(words) <= LONGEST_NAME or not all(word.isascii() for word in words):
        return ()
    letters = [fold(word[0]) for word in words]
    wholes = [
        fold(match.group()) if (match := _ACRONYM.match(word)) else letter
        for word, letter in zip(words, letters, strict=True)
    ]
    found = ["".join(letters), "".join(wholes)]
    # 'Encryption of data at rest': small words may be left out.
    found.append("".join(x for x, word in zip(letters, words, strict=True) if not word.islower()))
    if not whole_only:
        for length in range(3, len(words)):
            for start in range(len(words) - length + 1):
                if all(word[0].isupper() for word in words[start : start + length]):
                    found.append("".join(letters[start : start + length]))
    return tuple(text for text in dict.fromkeys(found) if len(text) > 1)


def labels(text: str) -> Iterator[str]:
    """Tokens that stand for all of a short text, so that typing just that finds it first.

    >>> list(labels("Application Load Balancer (ALB)"))
    ['=applicationloadbalanceralb', '=applicationloadbalancer', '=alb']
    """
    names = names_in_heading(text) if text[-1:] in ")]）】" else [plain_text(text)]
    for name in names:
        key = compact(name)
        if key and len(key) <= LONGEST:
            yield "=" + key
