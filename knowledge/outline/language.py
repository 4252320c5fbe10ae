"""The language of a text, guessed from its script and its small words."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")

# First match in share wins; kana before Han, since Japanese text holds both.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.03),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.15),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"), 0.10),
    ("ru", re.compile("[\u0400-\u04ff]"), 0.30),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), 0.30),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.30),
    ("he", re.compile("[\u0590-\u05ff]"), 0.30),
    ("hi", re.compile("[\u0900-\u097f]"), 0.30),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.30),
)

_SMALL_WORDS = {
    "en": "the of and to in is are for with by on or not be from that can as it an which",
    "it": "il lo la gli le di del della dei delle che è un una per con non si nel nella sono anche"
    " dal dalla al alla tra come più e i",
    "de": "der die das und ist nicht ein eine von zu mit den dem des für auf im werden wird auch"
    " sich bei oder als durch",
    "fr": "le la les des du et est une un dans pour par sur que qui ne pas avec au aux sont ce"
    " plus ou",
    "es": "el la los las de del y en es un una que por con para no se su al como son más o lo",
    "pt": "o a os as de do da dos das e em é um uma que por com para não se no na ao como são mais"
    " ou",
    "nl": "de het een en van is in op te dat niet met voor zijn aan door om ook worden wordt bij"
    " als naar",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)


def guess_language(text: str) -> str:
    """A language tag for the text; `en` where nothing tells.

    >>> guess_language("Il trattato di pace con la Francia non fu firmato nella capitale")
    'it'
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return "en"
    if not sample.isascii():
        for language, script, share in _SCRIPTS:
            if len(script.findall(sample)) >= share * letters:
                return language
    scores: Counter[str] = Counter()
    for word, count in Counter(word.lower() for word in words).items():
        for language in _LANGUAGES_OF.get(word, ()):
            scores[language] += count
    best, score = max(scores.items(), key=lambda item: item[1], default=("en", 0))
    return best if score > 1.2 * scores["en"] and score >= 3 else "en"
