"""What a place in a statement is worth as a gap: by its words, and by where they stand."""
# ruff: noqa: SIM905

from __future__ import annotations

import re

from quiz.items.facts import Fact
from quiz.items.hints import Rivals
from quiz.items.phrases import Phrase
from quiz.items.subject import Subject
from quiz.items.things import tells_what_it_is
from quiz.items.words import stem

# Nouns that say too little to be asked for alone.
GENERIC = frozenset(
    """service services resource resources user users thing things type types kind number set
    list name names value values example part parts data information request requests action
    actions account accounts region regions system systems way use purpose support option options
    feature features function customer customers application applications object objects item
    items content contents case level levels form line lines entry entries place order result
    results change changes amount range state status group groups member members instance instances
    environment environments need needs setting settings tool tools product products process step
    steps problem problems question detail details note notes one company organization
    people person team teams work task tasks need operation operations api apis call calls policy
    policies rule rules key keys network networks file files log logs event events traffic access
    source sources target targets destination destinations point points side sides component
    components text word words code end start beginning while behalf addition general practice
    possibility ability default fact cases connection connections address addresses version
    versions field fields figure copy copies configuration device devices machine machines page
    pages solution solutions permission permissions role roles identity identities credential
    credentials security cloud availability zone zones interface""".split()
)
# Adjectives that are true of much.
_WEAK = frozenset(
    """specific different certain given several common main usual normal current single separate
    custom various additional own individual particular possible similar large small high low
    full simple complete relevant appropriate important further existing related original actual
    required optional enabled disabled supported public private free same single multiple extra
    aws amazon managed automatic manual manually good bad main key whole great long short basic
    default standard plain""".split()
)
_LIGHT = _WEAK | GENERIC
RARE = 7
_CUES = frozenset(
    """only must cannot can't by default requires require needs need through with without unless
    called named instead of as contain contains not no uses use becomes than runs""".split()
)


def name_score(rivals: Rivals, words: list[str]) -> float | None:
    """The worth of a name of the lexicon; None where it is too short or says nothing."""
    if len(words) == 1 and (len(words[0]) < 3 or words[0].casefold() in GENERIC):
        return None
    # What is spoken of everywhere is the setting of a statement, hardly its point.
    seen = rivals.count(" ".join(words))
    return 3.2 - 0.5 * (seen > 12) - 0.5 * (seen > 30) - 0.5 * (seen > 60)


def term_score(subject: Subject, rivals: Rivals, words: list[str]) -> float | None:
    """The worth of words that no lexicon knows; None where they say too little."""
    small = [word.casefold() for word in words]
    if all(word in GENERIC or word in _WEAK for word in small):
        return None
    if small[0] in _WEAK or small[-1] in _WEAK:
        return None
    named = any(re.search(r"[A-Z]", word) for word in words)
    if len(words) == 1:
        known = len(subject.postings.get(stem(words[0]), ()))
        if len(words[0]) < 4 and not named:
            return None
        score = 1.9 + 0.6 * named + 0.2 * ("-" in words[0])
        if known < 3 and not named:
            # Without a lexicon a long rare word is taken for a term of the field.
            score -= 0.8 if subject.lexicon.services or len(words[0]) < RARE else 0.1
        return score - 0.7 * (known > 0.03 * len(subject.facts) + 5)
    seen = rivals.count(" ".join(words))
    often = seen > 1 or not subject.lexicon.services
    score = 2.2 + 0.3 * named + (0.4 if often else -0.6)
    return score - 0.3 * (len(words) - 2) - 0.5 * (small[-1] in GENERIC and small[-2] in _LIGHT)


def place_score(fact: Fact, phrase: Phrase, first: bool, named: bool) -> float:
    """What the place of a phrase in its statement says: its point stands behind the verb."""
    score = 0.0
    if phrase.before in _CUES and first:
        score += 0.4
    if phrase.before == "only" or phrase.after == "only":
        score += 0.6
    joined = {"and", "or", "nor"}
    if phrase.before in joined or phrase.after in joined:
        score -= 0.7
    elif phrase.before == "," or phrase.after == ",":
        score -= 0.1
    clause = fact.clause
    start = len(clause.lead) + 2 if clause is not None and clause.lead else 0
    end = start + len(clause.subject) if clause is not None else 0
    if phrase.end > end and end:
        return score - (0.5 if phrase.before == "of" else 0.2 if phrase.before == "in" else 0)
    if clause is None:
        return score - 0.6
    if phrase.end <= start:
        return score - 0.5
    head = phrase.start <= start + 4
    # 'A maintenance window in Systems Manager defines …' is about the window.
    homed = re.fullmatch(r" (?:in|of|from|for) [A-Z][\w ]*", fact.text[phrase.end : end])
    if named and head and (phrase.end >= end or homed):
        if clause.verb in {"is", "are"} and re.match(r"(?:an?|the|one)\b", clause.rest):
            return score + 0.6
        return score + (0.2 if tells_what_it_is(clause) else -0.6)
    return score - 2.0
