"""What a line says of several things, told of all but one: 'A, B and C' → 'A and B but not C'.

A line that says it of each of them denies that. It must be of each by itself: what lies between two
things, links or compares them, is said of both together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.items.facts import Clause
from quiz.items.verbs import AMBIGUOUS, AUXILIARIES, BASES, THIRD, base

_WORD = r"[\w/.:*{}$@'’()-]+"
# The last things of a sentence: 'A and B', 'A, B or C'.
_LIST = re.compile(rf"(?P<head>.+) (?P<joint>and|or) (?P<last>{_WORD}(?: {_WORD}){{0,4}})$")
# Said of both together, of a choice between them, or of examples.
_TOGETHER = re.compile(
    r"\b(?:between|both|either|neither|whether|such as|like|example|together|combin\w+|compar\w+|"
    r"consists?|differ\w*|each other|pairs?|made of|made up|set of|collection|link\w*|connects?|"
    r"than|as well as|not|no|cannot|never|without|only|if|unless|except|one of|more|same|many|some|"
    r"set|exchang\w+|match\w*|equals?|most|least|number of|other|others|again|"
    r"recommends?|advises)\b"
    r"|n['’]t\b|:",
    re.I,
)
_BELOW = re.compile(r"\b(?:that|which|who|whose|when|while|where|because|so|for [a-z]+ing)\b")
_NO_NOUN = re.compile(r"(?:\w+ly|often|then|later|also|thus|meant|made|kept|sent|built|set|run)$")
_ARTICLES = frozenset({"a", "an", "the", "its", "their"})
_STARTS = re.compile(r"[a-z]+ (?:the|an?|its|their|all|any|every|each|it|them)\b")
_FINITE = (THIRD - AMBIGUOUS) | AUXILIARIES
_PREPOSITIONS = frozenset("to on in with over through from for as at of by across".split())  # noqa: SIM905


def _is_noun(phrase: str) -> bool:
    """Whether a phrase can stand in a list of things: no verb, no adverb, no half of a word."""
    first = phrase.split(" ")[0]
    if first in THIRD or first in AUXILIARIES or _NO_NOUN.match(first):
        return False
    if first.endswith(("ing", "ed")) and first.islower():
        return False
    if first.islower() and first in BASES and first not in _ARTICLES:
        return False
    if _FINITE & set(phrase.split(" ")[1:]):
        return False
    return first in _ARTICLES | _PREPOSITIONS or not _STARTS.match(phrase)


def _begins(clause: Clause) -> int:
    """How long a sentence is up to what follows its verb."""
    lead = len(clause.lead) + 2 if clause.lead else 0
    adverb = len(clause.adverb) + 1 if clause.adverb else 0
    return lead + len(clause.subject) + 1 + adverb + len(clause.verb) + 1


def _list_begins(text: str) -> int:
    """How long a sentence is up to the list that it says it includes, -1 where it doesn't."""
    found = re.match(r"(?P<before>[^,]+? includes? )", text)
    return len(found["before"]) if found else -1


def halves(text: str, clause: Clause | None) -> Iterator[str]:
    """Sentences that leave out one of the things with which a sentence ends.

    >>> from quiz.items.facts import split_clause
    >>> def told(text: str) -> list[str]:
    ...     return list(halves(text, split_clause(text)))
    >>> told("A scanner reads old logs and new tickets")
    ['A scanner reads old logs but not new tickets', 'A scanner reads only old logs']
    >>> told("Logs are sent to S3, Data Firehose and CloudWatch Logs")[0]
    'Logs are sent to S3 and Data Firehose but not CloudWatch Logs'
    """
    found = _LIST.match(text)
    start = _list_begins(text) if clause is None else _begins(clause)
    if found is None or start < 0 or _TOGETHER.search(text) or _BELOW.search(text[start:]):
        return
    head, last = found["head"], found["last"]
    said = head[start:]
    able = clause is not None and clause.verb in {"can", "may"}
    # 'can archive events and replay them': a second verb is a thing that it can do.
    does = able and last.split(" ")[0] in BASES and said.split(" ")[0] in BASES
    if not said or " and " in said or " or " in said or "(" in last:
        return
    if not (does or _is_noun(last)) or (found["joint"] == "or" and not able):
        return
    if does:
        if ", " not in said:
            yield f"{head} but not {last}"
        return
    *firsts, one = said.split(", ")
    for text in _left(head, last, firsts, one, start):
        if len(firsts) or " only " in text or _same_kind(one, last):
            yield text


def _left(head: str, last: str, firsts: list[str], one: str, start: int) -> Iterator[str]:
    """The sentence without its last thing, and with what is left as all there is."""
    if any(len(thing.split()) > 5 or not _is_noun(thing) for thing in firsts[1:]):
        return
    if firsts and (len(one.split()) > 5 or not _is_noun(one)):
        return
    kept = f"{head.removesuffix(f', {one}')} and {one}" if firsts else head
    yield f"{kept} but not {last}"
    first = (firsts or [one])[0].split(" ")
    places = [place for place, word in enumerate(first) if word in _PREPOSITIONS]
    place = places[-1] if places else 0
    if {"all", "every", "each", "supported"} & set(first[place : place + 2]):
        return
    if (
        first[place] in {"of", "in", "also"}
        or "those" in first
        or _PREPOSITIONS & set(last.split(" "))
    ):
        return
    # 'inbound and outbound traffic': the noun would go with the last of them.
    noun = [word for word in one.split(" ") if word not in _ARTICLES]
    bare = noun[noun.index(first[place]) + 1 :] if places and first[place] in noun else noun[-4:]
    if len(first) - place <= 4 and len(last.split(" ")) <= max(1, len(bare)):
        begun = " ".join(first[:place])
        cut = start + len(begun) + (1 if begun else 0)
        yield f"{kept[:cut]}only {kept[cut:]}"


def _same_kind(before: str, last: str) -> bool:
    """Whether two things are named alike: both by names, or both by plain words."""
    one, two = before.split(" ")[-1], last.split(" ")[0]
    if two in _ARTICLES | _PREPOSITIONS:
        return two in before.split(" ") or two in _ARTICLES
    named = [bool(re.search(r"[A-Z0-9]", word)) for word in (one, two)]
    return named[0] == named[1]


def second_denied(text: str, clause: Clause) -> str | None:
    """'replicates data and takes snapshots' → 'replicates data but doesn't take snapshots'.

    >>> from quiz.items.facts import split_clause
    >>> line = "The agent collects metrics and sends them to a log"
    >>> second_denied(line, split_clause(line))
    "The agent collects metrics but doesn't send them to a log"
    """
    if clause.negative or clause.plural or clause.verb not in {*THIRD, "is"}:
        return None
    start = _begins(clause)
    found = re.search(r",? and (?P<verb>[a-z]+) (?P<rest>.+)$", text[start:])
    if found is None or _BELOW.search(text[start:]) or " and " in found["rest"]:
        return None
    if re.search(r"\b(?:not|no|never|only|without|if|unless|such as|both|either)\b|n['’]t", text):
        return None
    before, verb = text[: start + found.start()], found["verb"]
    if verb == "is":
        return f"{before} but isn't {found['rest']}"
    if verb not in THIRD - AMBIGUOUS or found["rest"].split(" ")[0] in {
        "of",
        "in",
        "and",
        "or",
        "for",
    }:
        return None
    return f"{before} but doesn't {base(verb)} {found['rest']}"
