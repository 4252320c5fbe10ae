"""How the words of a language are read. No libraries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"\w+://\S+")
# Words, with identifiers such as kms:Decrypt and TLS 1.3's 'x-amz-acl' as one.
_TERM = re.compile(r"[^\W_]+(?:[-.:/@_]+[^\W_]+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
# Words that headings and notes of any subject are full of, beside the stop words of the language.
_PLAIN_WORDS = (
    "also and any are based basic best between but can case common each eg etc example examples"
    " feature features for from general how just like may more most must need needs new not note"
    " notes off one only option options other out over overview own per scenario scenarios self"
    " some such summary than that the then this through type types use used uses using very via"
    " what when where which while who why will with without you your"
)
MOST_KNOWN = 20_000
_PLAIN = frozenset(_PLAIN_WORDS.split())


def _as_is(word: str) -> str:
    return word


@dataclass(frozen=True)
class Wording:
    """How a language's words are read: which say nothing, and what their forms have in common."""

    stop: frozenset[str] = frozenset()
    stem: Callable[[str], str] = _as_is
    # The words of texts that were read, as each is read as a topic's and as a feature's.
    known: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str) -> list[tuple[str, str]]:
        """(term, as written) of each term of a text; signs of unspaced scripts by twos.

        >>> Wording().find("Keys rotate: kms:Decrypt")
        [('keys', 'Keys'), ('rotate', 'rotate'), ('kms:decrypt', 'kms:Decrypt')]
        """
        known = self.known.get(text)
        if known is None:
            known = self._read(text)
            if len(self.known) < MOST_KNOWN:
                self.known[text] = known
        return known

    def _read(self, text: str) -> list[tuple[str, str]]:
        found = []
        if "://" in text:
            text = _ADDRESS.sub(" ", text)
        for word in _TERM.findall(text):
            if _UNSPACED.match(word):
                found += [(word[i : i + 2], word[i : i + 2]) for i in range(max(1, len(word) - 1))]
                continue
            folded = word.casefold()
            if len(folded) < 3 or folded.isdigit() or folded in self.stop or folded in _PLAIN:
                continue
            found.append((self.stem(folded), word))
        return found
