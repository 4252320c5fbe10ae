"""A word and its likely singular or plural, by the endings of its language. Data and rules only.

The forms needn't exist: one that no line uses does no harm. What turns a word into another one
(a change of its only vowel, say) is left out, and so are short words with a new ending.
"""

from __future__ import annotations

from collections.abc import Iterator

# (ending taken off, endings put on), the longest first; the first that fits is applied.
_PLURALS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "it": (
        ("ca", ("che",)), ("ga", ("ghe",)), ("co", ("chi", "ci")), ("go", ("ghi", "gi")),
        ("io", ("i",)), ("a", ("e", "i")), ("o", ("i",)), ("e", ("i",)), ("i", ("o", "e", "io")),
    ),
    "fr": (
        ("aux", ("al", "au")), ("al", ("aux", "als")), ("eau", ("eaux",)), ("eu", ("eux",)),
        ("s", ("",)), ("x", ("",)), ("", ("s",)),
    ),
    "es": (
        ("ces", ("z",)), ("z", ("ces",)), ("ones", ("ón",)), ("ón", ("ones",)), ("ín", ("ines",)),
        ("án", ("anes",)), ("es", ("", "e")), ("s", ("",)), ("a", ("as",)), ("e", ("es",)),
        ("o", ("os",)), ("", ("es",)),
    ),
    "pt": (
        ("ões", ("ão",)), ("ão", ("ões",)), ("ns", ("m",)), ("m", ("ns",)), ("es", ("", "e")),
        ("s", ("",)), ("a", ("as",)), ("e", ("es",)), ("o", ("os",)), ("", ("es",)),
    ),
    "de": (
        ("innen", ("in",)), ("in", ("innen", "ins")), ("ungen", ("ung",)),
        ("e", ("en", "es", "")), ("en", ("", "e", "ens")), ("er", ("ern", "ers", "")),
        ("el", ("eln", "els")), ("s", ("", "e", "es")), ("", ("en", "e", "er", "s", "es", "n")),
    ),
    "nl": (("en", ("",)), ("s", ("",)), ("", ("en", "s"))),
}  # fmt: skip
SHORTEST = 4


def forms(word: str, language: str = "en") -> Iterator[str]:
    """The word itself, then other numbers and cases of it.

    >>> list(forms("Policies")), list(forms("Transaktion", "de"))[:2]
    (['Policies', 'Policy'], ['Transaktion', 'Transaktionen'])
    """
    yield word
    tag = language.split("-")[0]
    if tag not in _PLURALS:
        yield from _english(word)
        return
    if len(word) <= SHORTEST:
        return
    low = word.lower()
    for off, on in _PLURALS[tag]:
        if low.endswith(off) and len(word) - len(off) >= SHORTEST - 1:
            yield from (word[: len(word) - len(off)] + ending for ending in on)
            return


def _english(word: str) -> Iterator[str]:
    low = word.lower()
    if low.endswith("ies") and len(low) > 5:
        yield word[:-3] + "y"
    elif low.endswith("y"):
        yield word[:-1] + "ies"
    elif low.endswith(("xes", "ches", "shes", "sses")):
        yield word[:-2]
    elif low.endswith(("x", "ch", "sh", "ss")):
        yield word + "es"
    elif low.endswith("s") and not low.endswith(("us", "is")):
        yield word[:-1]
    elif low.endswith("on"):
        yield word[:-2] + "a"
