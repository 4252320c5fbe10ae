"""Noun phrases of a sentence: where its terms stand, without a tagger."""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quiz.items.verbs import AMBIGUOUS, AUXILIARIES, BASES, PLURAL_VERBS, THIRD

_TOKEN = re.compile(r"\S+")
_OPENING, _CLOSING = "([{“\"'‘", ".,;:!?)]}”\"'’"
DETERMINERS = frozenset(
    """a an the its their his her our your this that these those each every any some all both no
    one's another other such same own several many most more few less least exactly""".split()
)
# Words that stand in no term: they join, count or weigh.
FUNCTION = (
    DETERMINERS
    | AUXILIARIES
    | frozenset(
        """in on at to for from by with without of and or nor but as if than then when where while
    whereas who whose whom which what how why not never always only also even too once after before
    until unless since because so through via per about into onto over under between among across
    within during against toward towards despite except instead alone again already still yet ever
    otherwise rather either neither whether it they them he she we you there here up down out off
    back away be been being am did having done itself themselves oneself one ones two three four
    five six seven eight nine ten twelve first second third time times like unlike based such
    together apart along around behind beside besides beyond above below outside inside near
    therefore thus hence however later earlier sooner now soon often usually sometimes once twice
    today immediately formerly newly long ago just whenever wherever whatever whichever anyone
    anything everyone everything nobody nothing none someone something next last due according
    must-have e.g i.e etc versus vs may might must shall should can could will would cannot
    much well far longer rest way ways others another's given whole entire new old good better best
    available possible impossible able unable necessary although though useful suitable built kept
    ends begins made sent held put found known taken written meant born lost gone""".split()
    )
)
_AFTER_BASE = frozenset(["to", "can", "cannot", "can't", "must", "may", "should", "will", "don't",
                         "doesn't", "not", "could", "might", "shouldn't", "won't", "mustn't",
                         "does", "do", "or", "and", "lets", "let", "then", "also"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word without the signs around it; `open` and `shut` say whether signs part it from the
    words before and behind."""

    text: str
    start: int
    end: int
    open: bool
    shut: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together from `start` to `end`, and the small words around them."""

    words: tuple[Token, ...]
    before: str
    after: str

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def tokens_of(text: str) -> list[Token]:
    """
    >>> [t.text for t in tokens_of("A trail (of CloudTrail), once made.")]
    ['A', 'trail', 'of', 'CloudTrail', 'once', 'made']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        left = len(word) - len(word.lstrip(_OPENING))
        right = len(word.rstrip(_CLOSING))
        if right <= left:
            continue
        found.append(
            Token(word[left:right], match.start() + left, match.start() + right,
                  left > 0, right < len(word))
        )  # fmt: skip
    return found


def phrases_of(text: str) -> Iterator[Phrase]:
    """The noun phrases of a sentence, determiners left out.

    >>> [text[p.start : p.end] for text in ["An enclave requires a virtual socket."]
    ...  for p in phrases_of(text)]
    ['enclave', 'virtual socket']
    """
    tokens = tokens_of(text)
    run: list[Token] = []
    place = 0
    for place, token in enumerate(tokens):
        parts = is_verb(tokens, place) or token.text.casefold() in FUNCTION
        if run and (token.open or run[-1].shut or parts):
            yield _phrase(tokens, run, place)
            run = []
        if not parts:
            run.append(token)
    if run:
        yield _phrase(tokens, run, len(tokens))


def _phrase(tokens: Sequence[Token], run: Sequence[Token], after: int) -> Phrase:
    first = after - len(run)
    before = tokens[first - 1].text if first and not run[0].open else ""
    behind = tokens[after].text if after < len(tokens) and not run[-1].shut else ""
    if first and tokens[first - 1].shut:
        before = ","
    if run[-1].shut:
        behind = ","
    return Phrase(tuple(run), before.casefold(), behind.casefold())


def is_verb(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is a verb here, an adverb or a participle that ends a noun phrase."""
    token = tokens[place]
    word = token.text
    small = word.casefold()
    if word != small or not small.isalpha():
        return False
    before = tokens[place - 1].text.casefold() if place and not token.open else ""
    after = tokens[place + 1].text.casefold() if place + 1 < len(tokens) else ""
    ends = token.shut or not after
    if small in AUXILIARIES or (small.endswith("ly") and len(small) > 5):
        return True
    joins = ends or after in FUNCTION
    if small in THIRD:
        if small not in AMBIGUOUS:
            return True
        if before in {"but", "that", "which", "who"}:
            return True
        if after in {"which", "who", "whether", "what", "how", "that"}:
            return True
        return before not in DETERMINERS and not ends and (
            after in DETERMINERS or tokens[place + 1].text[:1].isupper()
        )  # fmt: skip
    if small in BASES or small in PLURAL_VERBS:
        if before in _AFTER_BASE - {"and", "or"}:
            return True
        return not ends and before not in DETERMINERS and after in DETERMINERS | {"to"}
    if small.endswith("ed") and len(small) > 4:
        passive = before in {"is", "are", "be", "been", "was", "were", "not", "isn't", "aren't"}
        return joins or passive or before.endswith("ly")
    if small.endswith("ing") and len(small) > 5:
        led = before in FUNCTION and before not in DETERMINERS
        return (led and not ends) or after in DETERMINERS
    return False
