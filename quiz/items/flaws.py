"""Item-writing flaws that a machine can see: QUESTION (as in interfaces.md) → names of rules. Pure.

The rules follow Tarrant et al. 2006 and Haladyna, Downing & Rodriguez 2002; each looks at the
question as a learner sees it, and none knows how it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from quiz.items.echoes import tells
from quiz.items.wording import (
    ABSOLUTES,
    SWEEPING,
    VAGUE,
    bare,
    core,
    has_phrase,
    kind_of_text,
    long_words,
    opening,
    quantity,
)  # fmt: skip

Question = Mapping[str, Any]
Rule = Callable[[Question], bool]

LONGEST = 120
# A term of a matching item has at most so many words.
TERM = 5
# A key this much longer than every distractor tells itself.
MUCH_LONGER = 4 / 3
NUMBERS = {"TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}

_OF_THE_ABOVE = re.compile(
    r"\b(?:none|all|any|both|neither|some) of (?:the )?(?:above|these|those|them|options|answers)\b"
    r"|\b(?:all|none) (?:apply|applies)\b|\b[A-E] and [A-E]\b(?! )",
    re.I,
)
_BLANK = re.compile(r"_{2,}|\.{3,}|…|\[\s*(?:blank)?\s*\]|-{3,}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_ASKED = re.compile(r"\b(?:which|what|who|whom|whose|where|when|why|how)\b", re.I)
_BELOW = re.compile(
    r"\b(?:that|which|who|whose|when|if|because|without|unless|while|where|so|although|whereas|"
    r"even|to)\b|[,;:(—–]",
    re.I,
)
# Small letters: NOT and EXCEPT in capitals are the emphasis that the rule asks for.
_NEGATED = re.compile(r"n't\b|n’t\b|\b(?:not|never|cannot|except|neither|nor)\b")
_EXCEPT = re.compile(r"\bexcept(?: for)? (?:which|what|whom?)\b")
_WRONG = re.compile(r"\b(?:is|are|be)\s+(?:\w+\s+)?(?:incorrect|false|wrong|untrue|invalid)\b")
_QUESTION_END = re.compile(r"[?？؟;]\s*[”\"»')\]]*\s*(?:\([^()]*\)\s*)?$")


def keys_of(question: Question) -> list[str]:
    return [option["text"] for option in question["options"] if option["correct"]]


def distractors_of(question: Question) -> list[str]:
    return [option["text"] for option in question["options"] if not option["correct"]]


def _texts(question: Question) -> list[str]:
    return [option["text"] for option in question["options"]]


def _is_choice(question: Question) -> bool:
    return question["kind"] in ("single", "multiple")


# --- what the question asks ---


def stem_without_question(question: Question) -> bool:
    return not _QUESTION_END.search(question["stem"])


def blank_in_stem(question: Question) -> bool:
    """A gap to be completed where one is to choose."""
    return question["kind"] != "cloze" and bool(_BLANK.search(question["stem"]))


def negative_stem(question: Question) -> bool:
    """The question itself is denied, in small letters; a denial inside a condition is content."""
    if not _is_choice(question):
        return False
    asked = re.split(r"(?<=[.!?])\s+", _QUOTED.sub("", question["stem"]).strip())
    sentence = next((text for text in reversed(asked) if "?" in text or "？" in text), asked[-1])
    found = _ASKED.search(sentence)
    if not found:
        return False
    rest = sentence[found.end() :]
    below = _BELOW.search(rest)
    main = rest[: below.start()] if below else rest
    return any(sign.search(main) for sign in (_NEGATED, _WRONG)) or bool(_EXCEPT.search(sentence))


def stem_names_answer(question: Question) -> bool:
    stem = bare(question["stem"])
    if question["kind"] == "cloze":
        return any(has_phrase(stem, bare(answer)) for answer in question["answers"] or ())
    if not _is_choice(question):
        return False
    named = [text for text in _texts(question) if has_phrase(stem, core(text))]
    # A stem that names all its options tells none of them.
    return len(named) < len(question["options"]) and any(key in named for key in keys_of(question))


def stem_word_in_key_only(question: Question) -> bool:
    if not _is_choice(question):
        return False
    stem = long_words(question["stem"])
    wrong = distractors_of(question)
    offered: set[str] = set().union(*(long_words(text) for text in wrong))
    return any(
        (long_words(key) & stem) - offered or tells(question["stem"], key, wrong)
        for key in keys_of(question)
    )


def pair_tells_itself(question: Question) -> bool:
    """The sides of a pair share a word that no other pair's right side has.

    One such term is a flaw; of sides that are whole phrases, as needs are, it takes most.
    """
    pairs = question["pairs"] or []
    telling = [left for place, (left, _) in enumerate(pairs) if tells_its_pair(pairs, place)]
    return 2 * len(telling) > len(pairs) or any(len(left.split()) <= TERM for left in telling)


def tells_its_pair(pairs: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a pair's sides share what no other pair's right side has."""
    left, right = pairs[place]
    others = [other for number, (_, other) in enumerate(pairs) if number != place]
    elsewhere: set[str] = set().union(*(long_words(other) for other in others))
    if (long_words(left) & long_words(right)) - elsewhere:
        return True
    if tells(left, right, [other for number, (_, other) in enumerate(pairs) if number != place]):
        return True
    named = [has_phrase(bare(other), core(left)) for other in others]
    return has_phrase(bare(right), core(left)) and not all(named)


# --- its options ---


def of_the_above(question: Question) -> bool:
    return any(_OF_THE_ABOVE.search(text) for text in _texts(question))


def longest_key(question: Question) -> bool:
    """A key is at least a third longer than every distractor."""
    wrong = distractors_of(question)
    if not _is_choice(question) or not wrong:
        return False
    longest = max(len(text) for text in wrong)
    return any(len(key) >= MUCH_LONGER * longest for key in keys_of(question))


def absolute_words(question: Question) -> bool:
    """A sweeping word in any option, or a milder one ('only', 'all') in every distractor alone."""
    if not _is_choice(question):
        return False
    if any(SWEEPING.search(text) for text in _texts(question)):
        return True
    wrong = distractors_of(question)
    return (
        bool(wrong)
        and all(ABSOLUTES.search(text) for text in wrong)
        and not all(ABSOLUTES.search(text) for text in keys_of(question))
    )


def vague_words(question: Question) -> bool:
    return _is_choice(question) and any(VAGUE.search(text) for text in _texts(question))


def unsorted_numbers(question: Question) -> bool:
    """Options that are all quantities of one dimension, neither rising nor falling."""
    found = [quantity(text) for text in _texts(question)]
    values = [value for value in found if value is not None]
    if len(values) < 2 or len(values) < len(found) or len({unit for unit, _ in values}) > 1:
        return False
    sizes = [size for _, size in values]
    return sizes != sorted(sizes) and sizes != sorted(sizes, reverse=True)


def duplicate_options(question: Question) -> bool:
    folded = [bare(text) for text in _texts(question)]
    return len(set(folded)) < len(folded)


def nested_options(question: Question) -> bool:
    """The words of one option stand inside another."""
    if not _is_choice(question):
        return False
    folded = sorted({bare(text) for text in _texts(question)})
    return any(
        has_phrase(one, other) or has_phrase(other, one) for one, other in combinations(folded, 2)
    )


def key_stands_out(question: Question) -> bool:
    """A key's type, capital, full stop or opening is one that no distractor has."""
    wrong = distractors_of(question)
    if not _is_choice(question) or len(wrong) < 2:
        return False
    kinds = {kind_of_text(text) for text in wrong}
    for key in keys_of(question):
        if kind_of_text(key) not in kinds:
            return True
        for look in (opening, _starts_small, _ends_with_stop):
            looks = {look(text) for text in wrong}
            if len(looks) == 1 and look(key) not in looks:
                return True
    return False


def _starts_small(text: str) -> bool:
    return text[:1].islower()


def _ends_with_stop(text: str) -> bool:
    return text.rstrip().endswith((".", "。"))


def option_too_long(question: Question) -> bool:
    return any(len(text) > LONGEST for text in _texts(question))


# --- whether it can be answered ---


def wrong_number_of_keys(question: Question) -> bool:
    keys = len(keys_of(question))
    if question["kind"] == "multiple":
        return not 2 <= keys < len(question["options"])
    return question["kind"] in ("single", "true_false") and keys != 1


def number_not_said(question: Question) -> bool:
    """A multiple choice that doesn't say how many to choose."""
    if question["kind"] != "multiple":
        return False
    said = {
        NUMBERS[word] for word in re.findall(r"\b[A-Z]+\b", question["stem"]) if word in NUMBERS
    }
    return len(keys_of(question)) not in said


def too_few_distractors(question: Question) -> bool:
    return _is_choice(question) and len(distractors_of(question)) < 2


def unexplained_option(question: Question) -> bool:
    return any(
        not option["why"].strip() or not option["reason"] or not option["evidence"]
        for option in question["options"]
    )


def no_evidence(question: Question) -> bool:
    return not question["evidence"] or not question["explanation"].strip()


def unanswerable(question: Question) -> bool:
    """What its kind needs isn't there, or not one-to-one."""
    match question["kind"]:
        case "cloze":
            answers = question["answers"] or []
            return not answers or not all(a.strip() for a in answers) or not _BLANK.search(
                question["stem"]
            )  # fmt: skip
        case "ordering":
            steps = [bare(step) for step in question["sequence"] or ()]
            return not 3 <= len(steps) <= 5 or len(set(steps)) < len(steps)
        case "matching":
            pairs = question["pairs"] or []
            sides = [{bare(pair[side]) for pair in pairs} for side in (0, 1)]
            return not 3 <= len(pairs) <= 5 or any(len(side) < len(pairs) for side in sides)
        case "true_false":
            return len(question["options"]) != 2
    return question["kind"] not in ("single", "multiple")


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        stem_without_question, blank_in_stem, negative_stem, stem_names_answer,
        stem_word_in_key_only, pair_tells_itself, of_the_above, longest_key, absolute_words,
        vague_words, unsorted_numbers, duplicate_options, nested_options, key_stands_out,
        option_too_long, wrong_number_of_keys, number_not_said, too_few_distractors,
        unexplained_option, no_evidence, unanswerable,
    )
}  # fmt: skip


def flaws_of(question: Question) -> list[str]:
    """The names of the rules that a question breaks, in the order of RULES."""
    return [name for name, rule in RULES.items() if rule(question)]
