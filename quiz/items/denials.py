"""Statements denied by their verb, and what denies without its denial."""

from __future__ import annotations

import re

from quiz.items.cuts import without_aside
from quiz.items.facts import Clause
from quiz.items.opposites import PRICE, hangs_on
from quiz.items.verbs import AUXILIARIES, BASES, THIRD, base
from quiz.items.words import content, lower_first, stem, upper_first

# 'Works only in' can't be denied by one word; a list or an example needs more than that.
_UNFLIPPABLE = re.compile(
    r"\b(?:only|also|either|both|neither|nor|any|all|every|each|some|most|at most|at least|exactly|"
    r"always|never|usually|typically|often|should|such as|for example|rather than|instead|except|"
    r"unless|if|whether|than|no|optionally|still|even|none|up to|about|"
    r"includes?|including|without|until|nothing|nobody|but)\b|:",
    re.I,
)
_THIRD_OF = {base(verb): verb for verb in sorted(THIRD)}


# A subject that holds a clause of its own: its verb isn't the sentence's.
_CLAUSE_INSIDE = re.compile(r"\b(?:both|they|it|before|after|when|while|so|because)\b", re.I)


# What is said of all, of some or of these alone is denied by more than its verb.
_SOME = re.compile(r"(?:every|each|no|only|most|some|all|many|one|exactly)\b", re.I)


def sentence(clause: Clause, subject: str = "", predicate: str = "") -> str:
    body = f"{subject or clause.subject} {predicate or clause.predicate}"
    if clause.lead:
        body = (
            f"{clause.lead}, {body if body[:1].isupper() and _named(body) else lower_first(body)}"
        )
    # An identifier keeps its small letter.
    coded = not clause.lead and not subject and clause.raw_subject.startswith("`")
    return f"{body if coded else upper_first(body)}."


def _named(text: str) -> bool:
    return text.split(" ")[0] not in {"A", "An", "The", "Each", "Every"}


def flipped(clause: Clause) -> str | None:
    """The statement with its verb denied, or with its denial taken off; None where unsure.

    >>> from quiz.items.facts import split_clause
    >>> flipped(split_clause("Simple AD doesn't support MFA."))
    'Simple AD supports MFA.'
    >>> flipped(split_clause("An ALB can authenticate users through Cognito."))
    "An ALB can't authenticate users through Cognito."
    """
    rest = without_aside(clause.rest)
    if hangs_on(clause) or PRICE.search(clause.predicate):
        return None
    if _UNFLIPPABLE.search(rest) or _UNFLIPPABLE.search(clause.lead) or " and " in clause.subject:
        return None
    if _says_its_name(clause):
        return None
    if verb_includes(clause) or _CLAUSE_INSIDE.search(clause.subject):
        return None
    if _SOME.match(clause.subject):
        return None
    if re.search(
        r"\b(?:and|but|or) (?:\w+ly )?(?:is|are|has|must|can|cannot|doesn't|isn't|\w+s)\b", rest
    ):
        return None
    if re.search(r"\S\s+(?:not|n't)\b|n't\b", rest):
        return None  # a second denial
    if " and " in rest and not clause.negative:
        return None  # 'doesn't need A and B': one of them or both?
    verb = clause.verb
    adverb = "" if clause.adverb == "automatically" else clause.adverb
    first, _, tail = rest.partition(" ")
    new = None
    if verb in {"doesn't", "don't"} or (verb in {"does", "do"} and first == "not"):
        word, _, after = (rest if verb.endswith("t") else tail).partition(" ")
        if clause.plural or verb in {"don't", "do"}:
            new = f"{word} {after}"
        elif word in BASES:
            new = f"{_THIRD_OF[word]} {after}"
    elif verb in {"can't", "cannot"}:
        new = f"can {rest}"
    elif verb in {"isn't", "aren't"}:
        new = f"{verb[:-3]} {rest}"
    elif verb in {"is", "are"} and first == "not":
        new = f"{verb} {tail}"
    elif first == "not":
        return None
    elif verb == "can":
        new = f"can't {rest}"
    elif verb in {"is", "are"} and re.match(
        r"(?!an? |the |one |disabled|denied|prohibited|forbidden|un[a-z]+ed\b)"
        r"\w+(?:ed|ent|able|ic|ful|al|less|dden|pt)\b",
        rest,
    ):
        new = f"{verb}n't {rest}"
    elif verb not in AUXILIARIES and verb in THIRD and not clause.plural:
        new = f"doesn't {base(verb)} {rest}"
    elif verb not in AUXILIARIES and clause.plural:
        new = f"don't {verb} {rest}"
    if new is None or adverb:
        return None
    if clause.adverb:
        if not new.startswith(("doesn't ", "isn't ", "aren't ", "don't ")):
            return None
        first, _, tail = new.partition(" ")
        new = f"{first} {clause.adverb} {tail}"
    return sentence(clause, predicate=new.strip())


def _says_its_name(clause: Clause) -> bool:
    """Whether a name in the subject says what the predicate does: denied, it denies itself.

    >>> from quiz.items.facts import split_clause
    >>> flipped(split_clause("Network Firewall filters traffic between networks."))
    """
    named = {stem(word) for word in re.findall(r"\b[A-Z][a-z]{3,}", clause.subject)}
    return not named.isdisjoint(content(clause.predicate))


def verb_includes(clause: Clause) -> bool:
    return clause.verb in {"include", "includes"}


def freed(clause: Clause) -> str | None:
    """The statement without its duty: 'must be' → 'doesn't have to be'.

    >>> from quiz.items.facts import split_clause
    >>> freed(split_clause("A trail must be active."))
    "A trail doesn't have to be active."
    """
    rest = without_aside(clause.rest)
    if clause.verb != "must" or clause.adverb or rest.startswith("not "):
        return None
    if _CLAUSE_INSIDE.search(clause.subject):
        return None
    if _UNFLIPPABLE.search(rest) or _UNFLIPPABLE.search(clause.lead) or hangs_on(clause):
        return None
    if _SOME.match(clause.subject):
        return None
    verb = "don't" if clause.plural or " and " in clause.subject else "doesn't"
    return sentence(clause, predicate=f"{verb} have to {rest}")
