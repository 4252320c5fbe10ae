"""What a language adds: how its words are stemmed, and which of them say nothing. Pure."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

import snowballstemmer

# ISO 639-1 to Snowball's names; the rest is searched by its raw words.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Stemmers that only take endings off: a stem begins as its word does.
_ENDINGS_ALONE = frozenset(
    {"danish", "english", "finnish", "french", "german", "italian", "norwegian", "portuguese",
     "spanish", "swedish"}
)  # fmt: skip

# A file a language: folded words that a question needs and an answer doesn't. 'not', 'without',
# 'between' and the like aren't among them: they change what is meant.
_STOP_WORDS = Path(__file__).parent / "stop_words"
# Words that qualify others and seldom say what is looked for: 'whole', 'another', 'between'.
_LIGHT_WORDS = Path(__file__).parent / "light_words"
# Words that people use for each other, a group a line.
_EVERYDAY = Path(__file__).parent / "everyday"


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a BCP 47 tag; none where the language has no list."""
    return _words(_STOP_WORDS, language)


@lru_cache(maxsize=16)
def light_words(language: str) -> frozenset[str]:
    """The folded words that weigh less than their rarity says; none without a list."""
    return _words(_LIGHT_WORDS, language)


@lru_cache(maxsize=16)
def everyday_words(language: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words and phrases, each of which may be used for every other of its group."""
    file = _EVERYDAY / f"{_primary(language)}.txt"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return tuple(
        tuple(phrase.strip() for phrase in line.split(","))
        for line in lines
        if line and not line.startswith("#")
    )


def _words(folder: Path, language: str) -> frozenset[str]:
    file = folder / f"{_primary(language)}.txt"
    return frozenset(file.read_text("utf-8").split()) if file.is_file() else frozenset()


def _primary(language: str) -> str:
    """The language of a tag without region or script; letters alone."""
    return "".join(c for c in language.split("-")[0].lower() if "a" <= c <= "z")


class Stemmer:
    """Stems folded words of one language, each once: Snowball in Python takes 20 µs a word."""

    def __init__(self, language: str) -> None:
        name = _SNOWBALL.get(_primary(language))
        self._snowball = snowballstemmer.stemmer(name) if name else None
        self.keeps_first_letter = name is None or name in _ENDINGS_ALONE
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The stem, or the word itself where it has none (digits, signs, very short)."""
        if self._snowball is None or len(word) < 4 or not word.isalpha():
            return word
        stem = self._known.get(word)
        if stem is None:
            # Snowball's stemmers hold the word that they work on: one at a time.
            with self._lock:
                stem = self._snowball.stemWord(word)
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[word] = stem
        return stem


@lru_cache(maxsize=16)
def stemmer(language: str) -> Stemmer:
    return Stemmer(language)
