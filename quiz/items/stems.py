"""The words of stems: predicates made fit for a question, negations shown, needs introduced."""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from quiz.items.facts import Clause
from quiz.items.verbs import AUXILIARIES, BASES, THIRD, base
from quiz.items.words import lower_first, upper_first

_TO_SINGULAR = {"are": "is", "aren't": "isn't", "have": "has", "do": "does", "don't": "doesn't",
                "haven't": "hasn't", "were": "was"}  # fmt: skip
_THIRD_OF = {base(verb): verb for verb in sorted(THIRD)}
_EXAMPLE = re.compile(r",? (?:for example|e\.g\.)(?=[ ,]).*$")
_PRONOUN = re.compile(r"\b(?:they|them|their|themselves|it|these|those)\b", re.I)
_EMPHASIS = (
    (re.compile(r"\b(?:cannot|can't|can not)\b"), "CANNOT"),
    (re.compile(r"\b(is|are|does|do|has|have|must|should|was|were)n't\b"), r"\1 NOT"),
    (re.compile(r"(?<!whether or )\bnot\b"), "NOT"),
)


def emphasize(text: str) -> str:
    """Negations in capitals, as a stem must show them.

    >>> emphasize("doesn't support MFA and can't be moved")
    'does NOT support MFA and CANNOT be moved'
    """
    for pattern, replacement in _EMPHASIS:
        text = pattern.sub(replacement, text)
    return text


def _second_verb(rest: str) -> bool:
    """Whether a plural's predicate has a second verb, which would stay in the plural."""
    return any(match[1] in BASES for match in re.finditer(r"\b(?:and|or|but) (\w+)", rest))


def third_person(clause: Clause) -> str | None:
    """The predicate as it follows a singular 'Which …', or None where that isn't certain.

    >>> from quiz.items.facts import split_clause
    >>> third_person(split_clause("SCPs do not restrict service-linked roles."))
    'does NOT restrict service-linked roles'
    """
    verb = clause.verb
    rest = _EXAMPLE.sub("", clause.rest)
    if clause.plural:
        if _PRONOUN.search(rest) or _second_verb(rest):
            return None
        if verb in _TO_SINGULAR:
            verb = _TO_SINGULAR[verb]
        elif verb in BASES:
            verb = _THIRD_OF[verb]
        elif verb not in AUXILIARIES:
            return None
    words = [clause.adverb, verb, rest]
    return emphasize(" ".join(part for part in words if part))


def with_lead(clause: Clause, question: str) -> str:
    if not clause.lead:
        return upper_first(question)
    return f"{upper_first(emphasize(clause.lead))}, {lower_first(question)}"


def pick(choices: Sequence[str], *marks: object) -> str:
    """One of the wordings, the same for the same marks on every machine."""
    digest = sha256("|".join(map(str, marks)).encode("utf-8")).digest()
    return choices[int.from_bytes(digest[:4], "big") % len(choices)]


def sounded(name: str) -> str:
    """'a' or 'an', as a name is spoken.

    >>> [sounded(name) for name in ("IAM user", "unused key", "S3 bucket", "NAT gateway", "URL")]
    ['an', 'an', 'an', 'a', 'a']
    """
    first = name.split()[0]
    if ":" in first:
        return "an" if first[0] in "aeio" else "a"
    if re.match(r"(?:uni|use|usa|eu|one)(?!n|m)", first.lower()) or first.startswith("U"):
        return "a"
    letters = first[:2].isupper() and not (first[1:2] in set("AEIOU") and first.isalpha())
    spelt = first[:1].isupper() and (letters or first[1:2].isdigit())
    if spelt:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return "an" if first[0].lower() in "aeiou" else "a"


_VERB_FIRST = frozenset(
    """admit alert allow answer carry notice offer open write
     apply authorize automate avoid back block build call check combine
    control copy cut delete deliver deny deploy detect disable download enable encrypt enforce
    ensure export find fix forbid forward get give grant hide improve inspect investigate invalidate
    keep
    learn let limit make manage move notify offer pass patch ping prevent privately protect
    prove provide publish query raise reach react record recover reduce refuse regain register
    reject remove repair replace replicate require reset resolve respond restrict revoke rotate run
    save scan search secure see send serve share show sign skip stop store stream take test throttle
    trace transfer use verify view automatically federate connect share watch onboard count capture
    route isolate serve terminate tell undo update validate whitelist maintain expose distribute
    aggregate centralize collect decrypt delegate discover filter identify store migrate mask
    monitor narrow archive audit attach create change choose add simplify resume restore""".split()
)


def need_is_action(need: str) -> bool:
    """Whether a need begins with what is to be done ('block …') and not with a thing.

    >>> need_is_action("block all Regions"), need_is_action("a copy of a key")
    (True, False)
    """
    first = need.split(" ", 1)[0].lower()
    return first in _VERB_FIRST


def need_stem(need: str, mark: object) -> str | None:
    """The question that a need asks; None where the need's grammar isn't plain."""
    told = emphasize(lower_first(need)).rstrip(".")
    if need_is_action(need):
        choices = (
            f"A company must {told}. What should it do?",
            f"A security engineer has to {told}. Which action achieves this?",
            f"A security team wants to {told}. What should the team do?",
            f"An administrator is asked to {told}. Which action meets the request?",
            f"What should an administrator do to {told}?",
        )
        return pick(choices, "need", mark)
    if re.match(
        r"(?:an?|the|one|\w+s|evidence|rotation|encryption|automatic|partial)\b", told, re.I
    ) or (told.split(" ", 1)[0].isupper()):
        # A company doesn't 'need a compromised instance': what comes out is named instead.
        asked = (
            f"The required outcome is {told}. Which action achieves it?",
            f"A security team's goal is {told}. What should the team do?",
            f"A new requirement calls for {told}. Which action meets it?",
        )
        return pick(asked, "need", mark)
    return None
