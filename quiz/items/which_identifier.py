"""Which identifier a statement uses: 'Which IAM permission does a principal need to pass a role?'

The statement names one identifier of a known type, not as its subject, and is turned into a
question for it. The wrong options are identifiers of the same type that no near line names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Clause, Fact, leans_back
from quiz.items.identifiers import Identifier, kin_of, read_identifiers
from quiz.items.single_value import invert
from quiz.items.stems import emphasize
from quiz.items.subject import Subject
from quiz.items.words import content, upper_first

LONGEST = 190
IS = frozenset({"is", "are", "was", "were"})
_BESIDE = r"(?:IAM|API|AWS|Amazon|SSM|CLI|Config|CloudWatch|HTTP|managed|condition|service)"
_LEAST = 0.45
_PREPOSITION = r"(?P<prep>with|on|in|from|through|to|by|at|under|for|of)"
_TAIL = re.compile(
    r",? (?:because|so that|whereas|which|such as|for example)\b.*$|, (?:and|but) .*$"
)


def identifier_drafts(subject: Subject, services: Collection[int] | None = None) -> Iterator[Draft]:
    known = subject.keep("identifiers", read_identifiers)
    for fact in subject.facts_in(services):
        clause = fact.clause
        if fact.kind != "statement" or clause is None or leans_back(fact.text):
            continue
        named = [known[code] for code in fact.codes if code in known]
        if len(named) != 1 or len(fact.codes) > 2 or fact.text.count(named[0].code) != 1:
            continue
        identifier = named[0]
        if clause.negative or "not only" in fact.text:
            continue
        asked = _question(subject, clause, identifier)
        if asked is None or len(asked) > LONGEST:
            continue
        candidates = list(_wrong(subject, fact, identifier, known, asked))
        if len(candidates) < 2:
            continue
        evidence = subject.evidence(fact)
        yield Draft(
            "which_code", asked,
            [Candidate(identifier.code, fact.text, "states_it", (evidence,))], candidates,
            (fact.index,), fact.service, fact.text, (evidence,), distinctive=0.7,
        )  # fmt: skip


def _phrase(identifier: Identifier) -> str:
    """What stands for an identifier in a sentence, with the words that say what it is."""
    kind = "|".join(re.escape(word) for word in identifier.type.split())
    return (
        rf"(?:(?:the|an?) )?(?:(?:{_BESIDE}|{kind}) ){{0,3}}{re.escape(identifier.code)}"
        rf"(?: (?:{_BESIDE}|{kind}|API|operation|key|permission|option|parameter)\b){{0,3}}"
    )


def _question(subject: Subject, clause: Clause, identifier: Identifier) -> str | None:
    """The question that an identifier answers, or None where the grammar isn't plain."""
    which, phrase = f"which {identifier.type}", _phrase(identifier)
    soft = subject.soften
    if clause.lead:
        lead = re.fullmatch(rf"(?P<prep>With|On|In|Under|For) {phrase}", clause.lead)
        direct = re.match(rf"{phrase}(?P<left>$| .*)", clause.rest)
        if direct and re.match(r"(?:To|If|For)\b", clause.lead) and clause.verb not in IS:
            asked = f"{which} {invert(clause, direct['left'], soft)}?"
            return f"{clause.lead}, {emphasize(asked)}"
        if not lead or identifier.code in clause.rest:
            return None
        rest = _TAIL.sub("", clause.rest)
        return upper_first(emphasize(f"{lead['prep']} {which} {invert(clause, rest, soft)}?"))
    if identifier.code not in clause.rest:
        return None
    if clause.verb in {"is", "are"} and re.fullmatch(phrase, clause.rest):
        return upper_first(f"{which} {clause.verb} {soft(clause.subject)}?")
    rest = _TAIL.sub("", clause.rest)
    if identifier.code not in rest:
        return None
    direct = re.match(rf"{phrase}(?P<left>$| .*)", rest)
    if direct and clause.verb not in IS:
        return upper_first(emphasize(f"{which} {invert(clause, direct['left'], soft)}?"))
    modal = re.match(rf"(?P<verb>[a-z]+) {phrase}(?P<left>$| .*)", rest)
    if modal and clause.verb in {"must", "can", "should", "may"}:
        asked = f"{which} {invert(clause, modal['verb'] + modal['left'], soft)}?"
        return upper_first(emphasize(asked))
    oblique = re.fullmatch(
        rf"(?P<before>.+?) {_PREPOSITION} {phrase}(?P<left>$| (?:to|on|for) .*)", rest
    )
    if oblique is None or oblique["prep"] in {"of", "for"}:
        return None
    told = oblique["before"] + oblique["left"]
    return upper_first(emphasize(f"{oblique['prep']} {which} {invert(clause, told, soft)}?"))


def _wrong(
    subject: Subject, fact: Fact, identifier: Identifier, known: dict[str, Identifier], asked: str
) -> Iterator[Candidate]:
    close = subject.close_facts(content(asked), _LEAST)
    for other, near in kin_of(subject, identifier, known):
        if close.keys() & set(other.facts) or other.code in asked:
            continue
        lines = [subject.facts[index] for index in other.facts]
        lines = [line for line in lines if line.kind in {"statement", "need"}]
        lines.sort(key=lambda line: (len(line.codes) > 1, line.kind != "statement", line.index))
        if not lines or near < _LEAST:
            continue
        yield Candidate(
            other.code, f"{other.code} serves something else: {lines[0].text}",
            "other_part_of_service" if identifier.services & other.services
            else "belongs_to_other_service",
            (subject.evidence(lines[0]),), near,
        )  # fmt: skip
