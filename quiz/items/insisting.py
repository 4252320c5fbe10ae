"""Turns of a true sentence that take back what it insists on: 'only if', 'exactly one', 'requires'.

A rule gives a text only where the sentence, taken at its word, denies it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quiz.items.facts import split_clause
from quiz.items.nouns import article, counted, is_plural, plural, singular
from quiz.items.opposites import STATE_OPPOSITES
from quiz.items.rhythms import other_number, other_rhythm
from quiz.items.verbs import BASES, THIRD, base
from quiz.items.wording import CONDITION, LOOSE, NEGATION, PRONOUN

Turn = Callable[[str], str | None]


def _condition_dropped(text: str) -> str | None:
    """'works only if A' → 'works whether or not A'.

    >>> _condition_dropped("It can be shared only if all features are enabled")
    'It can be shared whether or not all features are enabled'
    """
    turned, made = re.subn(r" only (?:if|when) ", " whether or not ", text)
    if not made:
        turned, made = re.subn(
            r" can only (be \w+|\w+)((?: \w+){0,4}?) (?:if|when) ", r" can \1\2 whether or not ",
            text,
        )  # fmt: skip
    if made != 1 or "," in turned or CONDITION.search(turned.split(" whether or not ")[1]):
        return None
    return turned


def _before_instead(text: str) -> str | None:
    """'only after all copies are gone' → 'even before the copies are gone'."""
    turned, made = re.subn(r" only after (?:all )?(?!at\b|\d)", " even before ", text)
    return turned if made == 1 else None


def _not_without(text: str) -> str | None:
    """'works without a trail' → 'works only with a trail'.

    >>> _not_without("A rule updates findings without any Lambda function")
    'A rule updates findings only with a Lambda function'
    """
    found = re.search(r"(?P<even>, even)? without (?P<any>any )?(?P<what>[^,]+)$", text)
    if found is None or re.match(r"\w+ing\b|servers?\b", found["what"]):
        return None
    before = text[: found.start()]
    if CONDITION.search(before) or NEGATION.search(before) or not before.count(" "):
        return None
    if re.search(r"\b(?:that|which|who|created|only)\b|(?: or| and| even)$", before):
        return None
    what = counted(found["what"]) if found["any"] else found["what"]
    return f"{before}{', but' if found['even'] else ''} only with {what}"


_NP = (
    r"(?P<np>(?:[\w/-]+ ){0,3}?[\w/-]+)"
    r"(?= (?:of|in|for|per|at|on|that|which|to|from|with|by|when|if|across)\b|,|$)"
)


def _several_of_one(text: str) -> str | None:
    """'uses exactly one policy' → 'uses several policies'.

    >>> _several_of_one("A subnet is associated with exactly one route table at a time")
    'A subnet is associated with several route tables at the same time'
    """
    found = re.search(rf"\b(?P<how>exactly one|only one|a single) {_NP}", text)
    if found is None or found.start() == 0 or is_plural(found["np"]):
        return None
    if found["how"] == "a single" and (LOOSE.search(text) or " and " in text):
        return None
    words = found["np"].split(" ")
    if words[0] in {"of", "point"} or words[-1] in BASES or "and" in words or ", and" in text:
        return None
    if re.search(r"\b(?:rather|several|revokes|into)\b", text[: found.start()]):
        return None
    several = " ".join([*words[:-1], plural(words[-1])])
    tail = re.sub(r"^ at a time\b", " at the same time", text[found.end() :])
    return f"{text[: found.start()]}several {several}{tail}"


def _one_of_several(text: str) -> str | None:
    """'keeps several versions' → 'keeps only one version'."""
    found = list(re.finditer(rf"\b(?:several|multiple) {_NP}", text))
    if len(found) != 1 or not found[0].start() or re.match(r" and\b", text[found[0].end() :]):
        return None
    words = found[0]["np"].split(" ")
    if not is_plural(words[-1]) or "and" in words or CONDITION.search(text):
        return None
    before = text[: found[0].start()]
    if re.search(r"\b(?:one of|in|to|that|which|or|combine) $", before):
        return None
    if words[0] == "different" or re.search(r"\b(?:single|one)\b", text):
        return None
    one = " ".join([*words[:-1], singular(words[-1])])
    return f"{before}only one {one}{text[found[0].end() :]}"


def _only_the_other(text: str) -> str | None:
    """'works only for public zones' → 'works only for private zones'."""
    found = re.search(
        rf"\bonly (?:\w+ ){{0,2}}?(?P<state>{'|'.join(sorted(map(re.escape, STATE_OPPOSITES)))})\b",
        text,
    )
    if found is None:
        return None
    other = STATE_OPPOSITES[found["state"]]
    if re.search(rf"\b{re.escape(other)}\b", text):
        return None
    start = found.start("state")
    before = re.sub(r"\ban? $", f"{article(other)} ", text[:start])
    return f"{before}{other}{text[found.end('state') :]}"


def _every_time(text: str) -> str | None:
    """'runs only at the first boot' → 'runs at every boot'."""
    turned, made = re.subn(r"\bonly (at|on|in|during|for) (?:the|its) first ", r"\1 every ", text)
    return turned if made == 1 else None


def _must_of_optional(text: str) -> str | None:
    """'can optionally have' → 'must have'."""
    turned, made = re.subn(r"\bcan optionally\b", "must", text)
    if not made:
        turned, made = re.subn(
            r"\boptionally (\w+s)\b",
            lambda m: f"must {base(m[1])}" if m[1] in THIRD else m[0], text,
        )  # fmt: skip
    return turned if made == 1 and turned != text else None


def _not_by_itself(text: str) -> str | None:
    """'are imported automatically' → 'are imported only on request', at the end of a sentence."""
    if re.search(r"\b(?:can|may|could|must)\b", text) or " and " in text:
        return None
    turned, made = re.subn(r" automatically$", " only on request", text)
    return turned if made else None


def _by_itself(text: str) -> str | None:
    turned, made = re.subn(r"\bmanually\b", "automatically", text)
    if made != 1 or re.search(r"\b(?:can|may|or|automatically)\b", text):
        return None
    if " and " in text and "," not in text:
        return None
    return None if re.search(r"\bmust\b", text) else turned


def _delayed(text: str) -> str | None:
    turned, made = re.subn(
        r"(?<!not )\bimmediately(?=$|,| when| after)", "only after a delay", text
    )
    return turned if made == 1 and not LOOSE.search(text) else None


_OTHERS = {"account": "Accounts", "user": "Users", "superuser": "Users", "owner": "Users",
           "administrator": "Users", "principal": "Principals", "role": "Roles"}  # fmt: skip


def _others_too(text: str) -> str | None:
    """'Only the root user can …' → 'Users other than the root user can …'.

    >>> _others_too("Only the management account can enable sharing")
    'Accounts other than the management account can enable sharing'
    >>> _others_too("Only principals with the permission `Unmask` can see masked data")
    'Principals without the permission `Unmask` can see masked data'
    """
    found = re.match(r"Only principals with (?P<what>.+? can .+)$", text)
    if found:
        return f"Principals without {found['what']}"
    found = re.match(
        r"Only (?P<who>(?:an?|the) [\w -]+?)(?P<of> of [^,]+?)? can (?P<what>.+)$", text
    )
    kind = _OTHERS.get(found["who"].split(" ")[-1]) if found else None
    if found is None or kind is None or NEGATION.search(text):
        return None
    return f"{kind} other than {found['who']}{found['of'] or ''} can {found['what']}"


_LOOSE_NEED = re.compile(
    r"\b(?:that|which|who|whether|only|if|unless|when|at least|at most|exactly|one|two|no|more|"
    r"less|both|either|such as|all|any|every)\b|, |\bto (?!the\b|an?\b)[a-z]+\b|^[a-z]+:"
)


def _optional(text: str) -> str | None:
    """'Replication requires versioning' → 'Versioning is optional for replication'.

    >>> _optional("A directory connector requires a VPN connection to the network")
    'A VPN connection to the network is optional for a directory connector'
    """
    clause = split_clause(text)
    if clause is None or clause.lead or clause.adverb or clause.negative:
        return None
    link = {"requires": "for", "require": "for", "needs": "for", "need": "for"}.get(clause.verb)
    what = clause.rest
    if clause.verb == "must":
        found = re.match(r"(?P<verb>have|contain|carry|include) (?P<what>.+)$", what)
        if found is None:
            return None
        link, what = "for" if found["verb"] == "have" else "in", found["what"]
    if link is None or len(what.split()) > 9 or _LOOSE_NEED.search(what):
        return None
    if PRONOUN.search(text) or NEGATION.search(text) or " and " in what or " to be " in what:
        return None
    head = re.split(r" (?:of|in|for|to|by|from|on|with|at|as)\b", what, maxsplit=1)[0].split(" ")
    if any(word in BASES for word in head if word.islower() and word not in {"access", "use"}):
        return None
    several = is_plural(head[-1])
    owner = clause.subject
    if re.match(r"(?:A|An|The|Each|Every|\w+ing|\w+ed|\w+ (?:of|a|an|the))\b", owner):
        owner = owner[:1].lower() + owner[1:]
    if re.match(r"(?:Only|Some|Most|All|No)\b", owner):
        return None
    return f"{what[:1].upper()}{what[1:]} {'are' if several else 'is'} optional {link} {owner}"


def _on_request(text: str) -> str | None:
    """'encrypts every secret by default' → 'encrypts every secret only on request'."""
    if LOOSE.search(text) or NEGATION.search(text) or CONDITION.search(text) or " and " in text:
        return None
    if not text.endswith(" by default") or re.search(
        r"\b(?:(?:dis|en)abled|true|false|off|on) by\b", text
    ):
        return None
    return f"{text.removesuffix(' by default')} only on request"


def _only_some(text: str) -> str | None:
    """'logs the events of all accounts' → 'logs the events of only some accounts'."""
    found = list(
        re.finditer(
            r"\b(?P<how>all|every) (?P<noun>(?!its|the|hour|day|week|month|year|minute|five)"
            r"[a-z]\w+)(?= |$)",
            text,
        )
    )
    if len(found) != 1 or LOOSE.search(text) or NEGATION.search(text):
        return None
    if found[0].start() == 0 or re.search(r"\b(?:only|except|same|must|after)\b", text):
        return None
    noun, many = found[0]["noun"], found[0]["how"] == "all"
    if not many and not re.search(
        r" (?:in|of|by|at|from|with|for|on)\b|$", text[found[0].end() :][:5]
    ):
        return None
    if many and not is_plural(noun):
        return None
    several = noun if many else plural(noun)
    return f"{text[: found[0].start()]}only some {several}{text[found[0].end() :]}"


INSISTING: tuple[tuple[str, Turn], ...] = (
    ("turned", _condition_dropped), ("turned", _before_instead), ("turned", _not_without),
    ("turned", _several_of_one), ("turned", _one_of_several), ("turned", _only_the_other),
    ("turned", _every_time), ("turned", _must_of_optional), ("turned", _not_by_itself),
    ("turned", _by_itself), ("turned", _delayed), ("turned", _others_too), ("turned", _optional),
    ("turned", _on_request), ("turned", _only_some), ("value", other_rhythm),
    ("value", other_number),
)  # fmt: skip
