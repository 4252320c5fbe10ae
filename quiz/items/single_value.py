"""Which value: the one number of a statement, against other magnitudes of its unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from quiz.items.drafts import Candidate, Draft
from quiz.items.facts import Clause, Fact, is_one_sentence
from quiz.items.gap_values import best_measure
from quiz.items.stems import emphasize, with_lead
from quiz.items.subject import Subject
from quiz.items.value_in_place import value_in_place
from quiz.items.values import Quantity, others, quantities, ranges, shown
from quiz.items.verbs import AUXILIARIES, base
from quiz.items.words import lower_first

Soften = Callable[[str], str]
_TIMES = re.compile(r"(?:second|minute|hour|day|week|month|year)s?$")
_TAIL = re.compile(
    r",? (?:which|because|so|whereas|while|within|even|provided|depending)\b.*$"
    r"|, (?:and|but) .*$|,? and (?:can|is|are|must|has|may|uses|needs|works|costs|sends)\b.*$"
)
# Behind a number without a unit: what it counts, or how it goes on.
_COUNTED = re.compile(r" (?!(?:per|for|in|at|to|on|and|with|by|if|from|over|before|after)\b)\w")
_NOUNS = (
    r"(?P<nouns>[a-zA-Z0-9-]+(?: (?!in\b|of\b|per\b|for\b|on\b|across\b|to\b|at\b|and\b|from\b)"
    r"[a-zA-Z-]+){0,3})"
)


def value_of(fact: Fact) -> Quantity | None:
    """The one quantity of a statement; None where it has several or a range."""
    if fact.kind != "statement" or any(True for _ in ranges(fact.text)):
        return None
    text = re.sub(r"\([^)]*\)", lambda match: " " * len(match[0]), fact.text)
    found = list(quantities(text))
    if re.match(r" ?\(\d", fact.text[found[0].end :] if found else ""):
        return None  # '13 months (395 days)': said twice
    if len(found) != 1 or re.search(r"\b(?:example|such as)\b|\d to \d", fact.text):
        return None
    return found[0]


def invert(clause: Clause, rest: str, soft: Soften = lower_first) -> str:
    """The clause in the order of a question, without its question word.

    >>> from quiz.items.facts import split_clause
    >>> invert(split_clause("GuardDuty keeps a finding."), "a finding")
    'does GuardDuty keep a finding'
    """
    subject = soft(clause.subject)
    adverb = f" {clause.adverb}" if clause.adverb and clause.adverb != "by default" else ""
    if clause.verb in AUXILIARIES and clause.verb not in {"has", "have", "had"}:
        text = f"{clause.verb} {subject}{adverb} {rest}"
    elif clause.plural:
        text = f"do {subject}{adverb} {clause.verb} {rest}"
    else:
        text = f"does {subject}{adverb} {base(clause.verb)} {rest}"
    return " ".join(text.split())


def value_question(
    clause: Clause, quantity: Quantity, soft: Soften = lower_first
) -> tuple[str, str] | None:
    """The question and the family of values that its answer belongs to, or None."""
    value = re.escape(quantity.text)
    rest = clause.rest
    if re.search(rf"\b(?:that|which|who|whose|whom|where|when)\b.*{value}", rest):
        return None  # the value belongs to the clause inside: turned, it would ask for another
    if clause.verb in {"is", "are"} and (found := re.match(rf"{value}(?P<tail>,.*|)$", rest)):
        return f"what {clause.verb} {soft(clause.subject)}?", quantity.family
    time = bool(_TIMES.search(quantity.unit))
    for pattern, kind in (
        (rf"\bfor (?P<bound>at most |at least |about )?{value}", "for"),
        (rf"^(?P<bound>at most |at least |about ){value}", "extent"),
        (rf"\b(?:about )?every {value}", "every"),
        (rf"\bwithin {value}", "within"),
        (rf"\bat (?P<noun>layer) {value}", "named"),
        (rf"\b(?:the )?(?P<noun>HTTP status code|port) {value}", "named"),
        (rf"(?P<prep>\b(?:over|with|through|to|by) )?\b(?:a|an|the) "
         rf"(?P<np>(?:[a-z-]+ ){{0,3}}[a-zA-Z]+) of "
         rf"(?P<bound>at most |at least )?{value}", "of"),
        (rf"\b(?P<bound>at most|at least|exactly) {value} {_NOUNS}", "count"),
    ):  # fmt: skip
        found = re.search(pattern, rest)
        if found is None:
            continue
        left = (rest[: found.start()] + rest[found.end() :]).strip()
        left = _TAIL.sub("", " ".join(f" {left}".split()).join((" ", ""))).strip(" ,")
        groups = found.groupdict()
        bound = (groups.get("bound") or "").strip()
        after = f" {bound}" if bound in {"at most", "at least"} else ""
        if kind == "for" and time:
            return f"for how long {invert(clause, left, soft)}{after}?", quantity.family
        if kind == "extent" and time and clause.verb in {"lasts", "last", "takes"}:
            return f"how long {invert(clause, left, soft)}{after}?", quantity.family
        if kind == "extent" and quantity.unit in {"KB", "MB", "GB"} and left.startswith("of "):
            what = left.removeprefix("of ").split(" ", 1)
            tail = what[1] if len(what) > 1 else ""
            return f"how much {what[0]} {invert(clause, tail, soft)}{after}?", quantity.family
        if kind == "extent" and quantity.unit in {"Gbps", "Mbps"} and not left:
            return f"how much bandwidth {invert(clause, '', soft)}{after}?", quantity.family
        if kind == "every" and time and "once" not in rest:
            return f"how often {invert(clause, left, soft)}?", quantity.family
        if kind == "within" and time and clause.verb not in {"can", "may"}:
            return f"within what time {invert(clause, left, soft)}?", quantity.family
        if kind == "named":
            if re.search(r"\b(?:usually|often)\b|\b(?:in|out)bound port\b", rest):
                continue
            noun = groups["noun"]
            family = {"layer": "layer", "port": "port"}.get(noun, "code")
            prefix = "at which" if noun == "layer" else "which"
            if left.endswith((" the", " with", " on")) or left in {"with", "the"}:
                left = re.sub(r"\b(?:with|on)?(?: the)?$", "", left).strip()
                prefix = "with which" if noun != "layer" else prefix
            return f"{prefix} {noun} {invert(clause, left, soft)}?", family
        if kind == "of" and (
            "," in rest or left.endswith(" up") or _COUNTED.match(rest[found.end() :])
        ):
            continue
        if kind == "of":
            np, prep = groups["np"], groups.get("prep") or ""
            if np in {"value", "size"} and after:
                return f"how large a {np} {invert(clause, left, soft)}{after}?", quantity.family
            if not after and not np.startswith(("number", "type")):
                return f"{prep}what {np} {invert(clause, left, soft)}?", quantity.family
        if kind == "count" and not quantity.unit:
            if re.search(
                r"\b(?:in|with|of|for|to|per|than|by|on|from)$", rest[: found.start()].strip()
            ):
                continue
            nouns = groups["nouns"]
            if quantity.value == 1 and (nouns.endswith("ss") or not nouns.endswith("s")):
                continue
            many = "how many" if bound == "exactly" else f"{bound} how many"
            return f"{many} {nouns} {invert(clause, left, soft)}?", quantity.family
    return None


def value_drafts(
    subject: Subject, refused: Counter[str], services: Collection[int] | None = None
) -> Iterator[Draft]:
    for fact in subject.facts_in(services):
        if not is_one_sentence(fact.text):
            continue
        clause = fact.clause
        if clause is None:
            if (draft := _draft_in_place(subject, fact, refused)) is not None:
                yield draft
            continue
        evidence = subject.evidence(fact)
        quantity = value_of(fact)
        candidates: list[str] = []
        question = None
        asked = None if quantity is None else value_question(clause, quantity, subject.soften)
        if asked is None and (draft := _draft_in_place(subject, fact, refused)) is not None:
            yield draft
            continue
        if quantity is not None:
            if asked is None:
                refused["value_grammar"] += 1
                continue
            question, family = asked
            key = quantity.text
            candidates = others(quantity, family if family in {"layer", "port", "code"} else "")
        else:
            spans = list(ranges(clause.rest))
            if len(spans) == 1 and len(list(quantities(fact.text))) <= 2:
                text, low, high, unit = spans[0]
                left = _TAIL.sub("", clause.rest.replace(text, "").strip()).strip()
                if (
                    clause.verb in AUXILIARIES
                    and clause.verb not in {"has", "have"}
                    and not left.endswith(" value")
                ):
                    asked_of = invert(clause, " ".join(left.split()), subject.soften)
                    question = f"within which range {asked_of}?"
                    key = _span(low, high, unit)
                    candidates = [
                        _span(a, b, unit)
                        for a, b in ((low, high * 2), (low * 2, high), (low, high / 2),
                                     (low * 2, high * 2), (low / 2, high))
                        if 1 <= a < b and a == int(a) and b == int(b)
                    ]  # fmt: skip
        if question is None:
            continue
        said = set(re.findall(r"\d[\d,.]*\d|\d", fact.text))
        wrong = [
            Candidate(
                text,
                f"The line states {key}: {fact.text}",
                "other_value",
                (evidence,),
                0.9 if _near(text, key) else 0.6,
            )
            for text in candidates
            if text.split(" ")[0] not in said - {key.split(" ")[0]}
        ]
        yield Draft(
            "value", with_lead(clause, emphasize(question)),
            [Candidate(key, fact.text, "states_it", (evidence,))], wrong, (fact.index,),
            fact.service, fact.text, (evidence,), numeric=True, distinctive=0.7, at_least=3,
        )  # fmt: skip


def _draft_in_place(subject: Subject, fact: Fact, refused: Counter[str]) -> Draft | None:
    """The draft that asks for a value where it stands, which needs no inversion."""
    measure = best_measure(subject, fact, refused)
    found = value_in_place(subject, fact, measure) if measure is not None else None
    if found is None:
        return None
    question, key, others = found
    evidence = subject.evidence(fact)
    said = set(re.findall(r"\d[\d,.]*\d|\d", fact.text))
    wrong = [
        Candidate(text, f"The line states {key}: {fact.text}", "other_value", (evidence,),
                  0.9 if _near(text, key) else 0.6)
        for text in others
        if text.split(" ")[0] not in said
    ]  # fmt: skip
    return Draft(
        "value", question, [Candidate(key, fact.text, "states_it", (evidence,))], wrong,
        (fact.index,), fact.service, fact.text, (evidence,), numeric=True, distinctive=0.7,
        at_least=2,
    )  # fmt: skip


def _near(one: str, other: str) -> bool:
    """Whether two values lie within a factor of four."""
    first, second = (float(text.split(" ")[0].replace(",", "")) for text in (one, other))
    return second / 4 <= first <= second * 4


def _span(low: float, high: float, unit: str) -> str:
    return f"{shown(low, '')} to {shown(high, unit)}"
