"""Words of a sentence, also where many threads read them at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import snowballstemmer

from quiz.items.words import stem


def test_threads_do_not_stem_each_others_words() -> None:
    endings = ("ings", "ational", "fulness", "ized", "ement", "ities")
    words = [f"{a}{b}ation{end}" for a in "bcdfghkl" for b in "aeiou" for end in endings] * 3
    alone = snowballstemmer.stemmer("english")
    expected = [alone.stemWord(word) for word in words]
    stem.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(stem, words))
    finally:
        sys.setswitchinterval(interval)
    assert found == expected
