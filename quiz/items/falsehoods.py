"""Which false tellings of lines may be used, how believable each is, and which were spent.

A line is told falsely twice in a bank at the most, and no false text twice: met again it would be
known by its look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from quiz.items.cuts import shortened
from quiz.items.drafts import NOT_TRUE, Draft
from quiz.items.facts import Fact, leans_back
from quiz.items.item import Item
from quiz.items.mutations import Mutation, mutations, true_statement
from quiz.items.subject import Subject
from quiz.items.things import pieces
from quiz.items.wording import NEGATION
from quiz.items.words import content

# How near to the truth a kind of false telling sounds.
BELIEF = {
    "value": 0.95, "turned": 0.9, "affirmed": 0.85, "opposite": 0.85, "swap": 0.8, "only": 0.75,
    "half": 0.7, "denied": 0.35,
}  # fmt: skip
# What a reader may well believe a thing to need, to be able to or to have, or not.
_DOUBTED = re.compile(
    r"(?:doesn['’]t|don['’]t) (?:\w+ly )?(?:need|require|support|have|work|apply|expire|include|"
    r"use|accept|send|store|keep|encrypt|integrate|offer|give|log|record|cover|run|publish|replicate|"
    r"receive|read|share|charge|cost|count|inherit|rotate|renew|rely|scan|deliver|"
    r"generate|create|replace|enforce|return|grant|restrict|protect|extend|last)\b"
    r"|(?:can['’]t)\b|(?:isn['’]t|aren['’]t) (?:\w+ly )?\w+(?:ed|en|able|ept|nt|free)\b"
)
# Opinions, and what leans on a condition that stands above it.
_OPINION = re.compile(
    r"^In the [a-z]+ context\b|\b(?:good|best|better|useful|handy|important|"
    r"ideal|comparable|well suited)\b",
    re.I,
)
_CONDITIONAL = re.compile(r"(?:If|When|Before|After|To|Unless|Besides|Beyond|Once|Without)\b")
DOUBTED = 0.55
# A wrong option that sounds less likely than this needs others beside it that don't.
BELIEVABLE = 0.5
TELLINGS = 2
# Words that readers take for a sign by themselves; 'only', 'all' and 'must' are kept even instead.
_ABSOLUTE = re.compile(
    r"\b(?:always|never|none|completely|entirely|absolutely|often|usually|sometimes|frequently|"
    r"generally|typically|may|might|could|mostly|rarely|most|no one|nobody|nothing|everything|"
    r"commonly|possibly|probably|normally)\b",
    re.I,
)
SHORT, LONG = 30, 118


@dataclass
class Spent:
    """Which lines were told falsely, how often and in which words; `shown` counts true texts that
    were wrong options, `denied` holds the facts that an item asks by what isn't true of them."""

    lines: Counter[int | None] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)
    shown: Counter[str] = field(default_factory=Counter)
    denied: set[int] = field(default_factory=set)

    def has_left(self, line: int | None, text: str) -> bool:
        return self.lines[line] < TELLINGS and text not in self.texts

    def spend(self, line: int | None, text: str) -> None:
        self.lines[line] += 1
        self.texts.add(text)

    def offers(self, draft: Draft, keyed: Counter[str]) -> bool:
        """Whether a draft can still be made; what is spent is taken from its wrong options."""
        if draft.shape != NOT_TRUE:
            draft.candidates = [
                c for c in draft.candidates if self.has_left(c.evidence[0].line, c.text)
            ]
            return not any(self.shown[key.text] for key in draft.keys)
        draft.candidates = [
            c for c in draft.candidates if not keyed[c.text] and self.shown[c.text] < TELLINGS
        ]
        # A denial that none of the others has would tell the key.
        if denies(draft.key) and not any(denies(c.text) for c in draft.candidates):
            return False
        fresh = self.denied.isdisjoint(draft.facts)
        return fresh and self.has_left(draft.evidence[0].line, draft.key)

    def take(self, item: Item) -> None:
        """Spend what an item tells falsely."""
        for option in item.options:
            if option.correct == (item.shape == NOT_TRUE):
                self.spend(option.evidence[0].line, option.text)
            elif item.shape == NOT_TRUE:
                self.shown[option.text] += 1
        if item.shape == NOT_TRUE:
            self.denied.update(item.facts)


# What no sentence ends with.
_CUT_SHORT = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|can|must|to|of|the|an?|in|on|for|by|with|from|and|or|"
    r"that|which)\.?$"
)


def fit_option(text: str) -> bool:
    whole = not _CUT_SHORT.search(text)
    return whole and SHORT <= len(text) <= LONG and not _ABSOLUTE.search(text)


def told_truly(fact: Fact) -> str | None:
    """A line as an option that is true, cut where that is safe; None where it can't be one."""
    text = true_statement(fact)
    if text is None and fact.kind == "statement" and fact.clause is None:
        text = None if leans_back(fact.text) else fact.text
    if text is None:
        return None
    text = shortened(text, LONG)
    return text if fit_option(text) else None


def told_falsely(subject: Subject, fact: Fact) -> list[tuple[Mutation, float]]:
    """The false tellings of a line that can be options, with their beliefs, best first."""
    found = [
        (one, belief(one, fact, subject)) for one in mutations(subject, fact)
        if one.how not in {"half", "only"}  # they read as what they are
        and fit_option(one.text)
        and one.reason != "belongs_to_other_service"
    ]  # fmt: skip
    return sorted(found, key=lambda row: -row[1])


def belief(one: Mutation, fact: Fact, subject: Subject) -> float:
    if one.how == "denied" and _DOUBTED.search(one.text) and not _is_gist(fact, subject):
        return DOUBTED
    return BELIEF[one.how]


def _is_gist(fact: Fact, subject: Subject) -> bool:
    """Whether a line says what its subject is for: nobody believes that it isn't."""
    if fact.feature < 0 or fact.clause is None:
        return True
    named = content(f"{fact.clause.lead} {fact.clause.subject}")
    return bool(named & content(fact.clause.predicate))


def leans_on_lead(subject: Subject, fact: Fact) -> bool:
    """Whether a line stands below one that sets a condition for it ('If …, three checks help:')."""
    above = subject.facts.get(fact.parent)
    return above is not None and above.kind == "lead" and bool(_CONDITIONAL.match(above.text))


def denies(text: str) -> bool:
    return bool(NEGATION.search(text))


def is_about_topic(subject: Subject, fact: Fact) -> bool:
    """Whether a line below a topic speaks of it, and not of another that it names first."""
    if subject.is_theme(fact.service) or fact.clause is None:
        return True
    owners = subject.owners.get(fact.index, ())
    if owners:
        return any(owner.home == fact.service for owner in owners)
    said = pieces(fact.clause.subject)
    named = {
        entity.home for entity in subject.entities
        if entity.kind == "service" and not entity.names.isdisjoint(said)
    }  # fmt: skip
    return not named or fact.service in named


@dataclass(frozen=True, slots=True)
class Told:
    """A line in the words of an option, false or as it stands."""

    fact: Fact
    text: str
    belief: float
    mutation: Mutation | None = None


Pools = tuple[dict[int, list[Told]], dict[int, list[Told]]]


def make_pools(subject: Subject, services: Collection[int] | None) -> Pools:
    """By topic: what lines tell truly, and all that they can be told falsely."""
    true: dict[int, list[Told]] = {}
    false: dict[int, list[Told]] = {}
    for fact in subject.facts_in(services):
        if fact.kind != "statement" or not is_about_topic(subject, fact):
            continue
        if leans_on_lead(subject, fact) or _OPINION.search(fact.text):
            continue
        text = told_truly(fact)
        if text is not None:
            true.setdefault(fact.service, []).append(Told(fact, text, 1.0))
        false.setdefault(fact.service, []).extend(
            Told(fact, one.text, belief, one) for one, belief in told_falsely(subject, fact)
        )
    return true, false
