"""Turns of a true sentence that make it false: what excludes is turned, what denies is affirmed.

Each rule takes the words that a sentence itself sets against each other ('A rather than B', 'A but
not B', 'whereas'). A rule gives a text only where the sentence, taken at its word, denies it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from quiz.items.facts import split_clause
from quiz.items.insisting import INSISTING
from quiz.items.nouns import counted
from quiz.items.verbs import THIRD, base
from quiz.items.wording import CONDITION, LOOSE, NEGATION, PRONOUN

Turn = Callable[[str], str | None]

_PREPOSITIONS = r"(?:with|in|on|for|by|from|to|at|under|through|over|within|as|about)"
_THIRD_OF = {base(verb): verb for verb in sorted(THIRD)}


def _sides_swapped(text: str) -> str | None:
    """'with A rather than with B' → 'with B rather than with A'.

    >>> _sides_swapped("The stream uses service keys rather than customer keys")
    'The stream uses customer keys rather than service keys'
    >>> _sides_swapped("It is supported on Linux but not on Windows")
    'It is supported on Windows but not on Linux'
    """
    found = re.search(
        r"(?P<link> rather than | instead of |,? but not |, not |, and not )(?P<two>[^,:]+)$", text
    )
    if found is None or len(found["two"].split()) > 8 or PRONOUN.search(found["two"]):
        return None
    before, two = text[: found.start()], found["two"]
    opening = two.split(" ")[0]
    if re.fullmatch(_PREPOSITIONS, opening):
        place = before.rfind(f" {opening} ")
        if place < 0:
            return None
        start = place + 1
    else:
        words = before.split(" ")
        size = len(two.split(" "))
        if size > 3 or len(words) <= size + 1 or words[-1] != two.split(" ")[-1]:
            return None
        if words[-size - 1] in {"and", "or", "of"}:
            return None
        start = len(before) - len(" ".join(words[-size:]))
    one = before[start:]
    if not one or "," in one or len(one.split()) > 9 or one == two:
        return None
    return f"{before[:start]}{two}{found['link']}{one}"


def _also_denied(text: str) -> str | None:
    """'records metadata, but not the contents' → 'records metadata and also the contents'."""
    found = re.search(r",? but not (?P<two>(?:the|an?|any) [^,:]+)$", text)
    if found is None or LOOSE.search(text[: found.start()]):
        return None
    two = re.sub(r"^any ", "", found["two"])
    return f"{text[: found.start()]} and also {two}"


def _subjects_swapped(text: str) -> str | None:
    """'A uses X, whereas B uses Y' → 'B uses X, whereas A uses Y'."""
    one, link, two = text.partition(", whereas ")
    if not link or "," in one or "," in two:
        return None
    first, second = split_clause(one), split_clause(f"{two[:1].upper()}{two[1:]}")
    if first is None or second is None or first.lead or second.lead:
        return None
    verbs = {first.verb, second.verb}
    if first.plural != second.plural or (len(verbs) > 1 and not verbs <= THIRD):
        return None
    if PRONOUN.search(first.predicate) or PRONOUN.search(second.predicate):
        return None
    names = [set(first.subject.split()), set(second.subject.split())]
    if names[0] & set(second.predicate.split()) - {"the", "a", "an", "of", "in"}:
        return None
    if names[1] & set(first.predicate.split()) - {"the", "a", "an", "of", "in"}:
        return None
    head = second.subject
    tail = first.subject
    if re.match(r"(?:A|An|The)\b", tail):
        tail = tail[:1].lower() + tail[1:]
    return f"{head} {first.predicate}, whereas {tail} {second.predicate}"


def _only_one_of_both(text: str) -> str | None:
    """'handles both A and B' → 'handles A but not B'."""
    found = re.search(r"\bboth (?P<one>[^,]+?) and (?P<two>[^,]+)$", text)
    if found is None or " and " in found["two"] or CONDITION.search(text):
        return None
    if found.start() == 0 or re.search(r"\b(?:must|can|is|are|has|have)\b", found["two"]):
        return None
    return f"{text[: found.start()]}{found['one']} but not {found['two']}"


def _both_of_neither(text: str) -> str | None:
    """'sets a time but neither A nor B' → 'sets a time and both A and B'."""
    found = re.search(r"(?P<but> but)? neither (?P<one>[^,]+?) nor (?P<two>[^,]+)$", text)
    if found is None or CONDITION.search(text[: found.start()]):
        return None
    joint = " and" if found["but"] else ""
    return f"{text[: found.start()]}{joint} both {found['one']} and {found['two']}"


def _something_of_nothing(text: str) -> str | None:
    """'needs no agent' → 'needs an agent'.

    >>> _something_of_nothing("A custom rule needs no Lambda function")
    'A custom rule needs a Lambda function'
    """
    found = list(re.finditer(r"(?<! at) no (?P<what>[^,]+)", text))
    if len(found) != 1 or re.search(r"\bno (?:longer|more|other|one|charge|cost)\b", text):
        return None
    if re.search(r" nor | or no |, no |\band no ", text) or CONDITION.search(
        text[: found[0].start()]
    ):
        return None
    what = found[0]["what"]
    if text[found[0].end() :].startswith(","):
        return None  # 'no A, B or C': of which of them would it be true?
    if re.search(r"\b(?:that|which|so|who) no ", text) or re.match(
        r"\w+ (?:including|allowed)", what
    ):
        return None
    return f"{text[: found[0].start()]} {counted(what)}{text[found[0].end() :]}"


def _still(text: str) -> str | None:
    turned, made = re.subn(r"\bno longer\b", "still", text)
    return turned if made == 1 else None


def _affirmed_later(text: str) -> str | None:
    """'finds a change and does not prevent it' → 'finds a change and prevents it'."""

    def third(match: re.Match[str]) -> str:
        verb = _THIRD_OF.get(match["verb"])
        return f"{match['comma']} and {verb}" if verb else match[0]

    if re.search(r"\b(?:so|because|if|whereas|while|unless|that|which)\b", text):
        return None
    turned = re.sub(
        r"(?P<comma>,?) (?:and|but) (?:does not|doesn['’]t) (?P<verb>\w+)", third, text, count=1
    )
    if turned == text:
        turned = re.sub(
            r"(,?) (?:and|but) (is|are) ?(?:not|n['’]t) (?=\w+ed\b)", r"\1 and \2 ", text, count=1
        )
    if turned == text:
        turned = re.sub(r"(,?) (?:and|but) (?:cannot|can['’]t) ", r"\1 and can ", text, count=1)
    if turned == text:
        turned = re.sub(
            r" but never (?P<verb>\w+s)\b",
            lambda m: f" and can also {base(m['verb'])}" if m["verb"] in THIRD else m[0],
            text, count=1,
        )  # fmt: skip
    return turned if turned != text else None


_MORE = {"higher": "lower", "lower": "higher", "fewer": "more", "more": "fewer",
         "larger": "smaller", "smaller": "larger", "longer": "shorter", "shorter": "longer",
         "older": "newer", "newer": "older"}  # fmt: skip


def _compared(text: str) -> str | None:
    """'needs fewer rules than' → 'needs more rules than', each comparative of the sentence."""
    if not re.search(r"\bthan\b", text) or re.search(
        r"\bthan\b (?:(?:\w+ )?\d|one\b|two\b|three\b)|\b(?:rather|other)\b", text
    ):
        return None
    if LOOSE.search(text) or CONDITION.search(text):
        return None
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(_MORE))})\b(?=[^,]* than\b)")
    found = pattern.findall(text)
    if not found or re.search(r"\bmore \w+(?:ed|ing|ive|able|al|ent|ant|ous|ly)\b", text):
        return None
    return pattern.sub(lambda match: _MORE[match[0]], text)


# The rules, each with what it does to the look of a sentence.
TURNS: tuple[tuple[str, Turn], ...] = (
    ("turned", _sides_swapped), ("turned", _subjects_swapped), ("turned", _also_denied),
    ("turned", _only_one_of_both), ("turned", _both_of_neither), ("turned", _compared),
    ("turned", _still), *INSISTING, ("affirmed", _something_of_nothing),
    ("affirmed", _affirmed_later),
)  # fmt: skip


def turned_statements(text: str) -> Iterator[tuple[str, str]]:
    """Every false turn of a true sentence, with how it was made; sentences end in a full stop."""
    whole = text.removesuffix(".")
    seen = {whole}
    for how, turn in TURNS:
        turned = turn(whole)
        if turned is None or turned in seen:
            continue
        if len(NEGATION.findall(turned)) > max(1, len(NEGATION.findall(whole))):
            continue
        seen.add(turned)
        yield f"{turned}.", how
