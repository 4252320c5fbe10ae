"""The bank: every item that can be made of an outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, zip_longest
from random import Random

from quiz.items.cards.bank import card_drafts, card_items
from quiz.items.choosing import Balance, choose
from quiz.items.cloze import cloze_items
from quiz.items.completing import completing_matchings
from quiz.items.contrast import contrast_drafts
from quiz.items.descriptions import description_drafts
from quiz.items.difficulty import estimate
from quiz.items.drafts import STATED, Draft
from quiz.items.echoes import echoing_pairs
from quiz.items.falsehoods import Spent, make_pools
from quiz.items.flaws import flaws_of
from quiz.items.home_pairs import home_pair_drafts
from quiz.items.homes import home_drafts, home_matchings
from quiz.items.item import Item, Option
from quiz.items.labels import label_matchings
from quiz.items.lists import list_drafts
from quiz.items.matching import matching_items, need_matchings
from quiz.items.note_gaps import note_term_gaps
from quiz.items.noted import (
    Notes,
    note_drafts,
    note_matchings,
    note_statements,
)
from quiz.items.noted_services import service_note_drafts
from quiz.items.noted_values import (
    note_value_drafts,
    note_value_gaps,
    note_value_statements,
    notes_worth_asking,
)
from quiz.items.ordering import ordering_items
from quiz.items.scenarios import needs_of, scenario_drafts
from quiz.items.single_value import value_drafts
from quiz.items.statements import not_true_drafts, statement_drafts
from quiz.items.subject import Subject
from quiz.items.thin import THIN, thin_gaps
from quiz.items.things import thing_drafts
from quiz.items.true_false import true_false_items
from quiz.items.which_identifier import identifier_drafts
from quiz.items.which_sibling import sibling_drafts
from quiz.items.worded import asks_added, few_quoting, is_doubted, with_note
from quiz.items.worth import WORTH, worth


@dataclass
class Bank:
    items: list[Item]
    refused: Counter[str]
    worth: dict[int, float]


def _order(seed: int, *marks: object) -> bytes:
    return sha256("|".join(map(str, (seed, *marks))).encode("utf-8")).digest()


def _rng(seed: int, draft: Draft) -> Random:
    mark = _order(seed, "options", draft.stem, draft.key)
    return Random(int.from_bytes(mark[:8], "big"))  # noqa: S311


def drafts_of(
    subject: Subject, refused: Counter[str], notes: Notes, services: Collection[int] | None = None
) -> Iterator[Draft]:
    """The choice items that come from a fact by itself."""
    yield from card_drafts(subject, services)
    if subject.english:
        yield from value_drafts(subject, refused, services)
        yield from scenario_drafts(subject, refused, services)
        yield from thing_drafts(subject, refused, services, ("service",))
        yield from sibling_drafts(subject, services)
        yield from contrast_drafts(subject)
        yield from list_drafts(subject, services)
        yield from note_drafts(subject, notes, services)
        yield from service_note_drafts(subject, notes, services)
        yield from note_value_drafts(subject, services)


def first_items(subject: Subject, services: Collection[int], *, seed: int = 0) -> Iterator[Item]:
    """Items of some topics one by one, the first without waiting for the rest of the bank."""
    refused: Counter[str] = Counter()
    balance = Balance()
    if subject.english:
        for drafts in (value_drafts, thing_drafts, scenario_drafts):
            for draft in drafts(subject, refused, services):
                item = finish(subject, draft, balance, _rng(seed, draft))
                if item is not None and not asks_added(subject, item):
                    yield with_note(subject, item)
    inside = [fact.index for fact in subject.facts_in(services)]
    more = chain(
        true_false_items(subject, inside[:80], 20, seed), cloze_items(subject, refused, services)
    )
    yield from (with_note(subject, item) for item in more if not asks_added(subject, item))
    yield from label_matchings(subject, services)


# What belongs where is recall alone: one in eight of all items at most.
HOME_SHARE = 1 / 7
# True-or-false items are at most this share of the bank's other items.
TRUE_FALSE_SHARE = 0.22
# Of each five items made before them, one more may ask what is NOT true.
NOT_TRUE_SHARE = 1 / 5
# What asks a statement for the name of its subject, or a name for its statement.
NAMING = frozenset(["which_service", "which_part", "which_code", "description"])


def make_bank(subject: Subject, *, seed: int = 0, services: Collection[int] | None = None) -> Bank:
    """Every item that can be made, or those of some topics, in a fixed order."""
    refused: Counter[str] = Counter()
    scores = {fact.index: worth(subject, fact) for fact in subject.facts_in(services)}
    balance = Balance()
    notes = Notes(subject)
    for index in notes_worth_asking(subject, notes, services):
        scores[index] = max(scores[index], WORTH)
    items: list[Item] = []
    spent = Spent()

    def inside(service: int) -> bool:
        return services is None or service in services

    def finish_all(drafts: Iterable[Draft], most: int | None = None) -> int:
        made = 0
        wanted = [draft for draft in drafts if inside(draft.service)]
        wanted.sort(key=lambda draft: _order(seed, draft.stem, draft.key))
        for draft in wanted:
            balance.keyed.update(key.text for key in draft.keys)
        for draft in wanted:
            rng = _rng(seed, draft)
            open_to = draft.shape not in STATED or spent.offers(draft, balance.keyed)
            full = most is not None and made >= most
            item = finish(subject, draft, balance, rng) if open_to and not full else None
            if item is None:
                refused[f"{draft.shape}_too_few_options"] += 1
                balance.keyed.subtract(key.text for key in draft.keys)
            else:
                made += 1
                items.append(item)
                if draft.shape in STATED:
                    spent.take(item)
        return made

    def unasked() -> list[int]:
        """The facts worth asking that no item asks."""
        asked = Counter(index for item in items for index in item.facts)
        return [
            index for index, score in scores.items()
            if score >= WORTH and not asked[index] and inside(subject.facts[index].service)
        ]  # fmt: skip

    def thin() -> list[int]:
        """Other facts of topics with few items, none that a statement item asks already."""
        made = Counter(item.service for item in items)
        # A text that is the key of two items would tell itself.
        stated = {index for item in items if item.shape in STATED for index in item.facts}
        found = []
        for fact in subject.facts_in(services):
            if made[fact.service] < THIN + 4 and fact.index not in stated:
                made[fact.service] += 1
                found.append(fact.index)
        return found

    def home_items() -> list[Item]:
        """Recall of what belongs where, at most `HOME_SHARE` of the bank's other items."""
        others = len(items)
        made = Counter(item.service for item in items)
        finish_all(home_drafts(subject, made, services))
        finish_all(home_pair_drafts(subject, services))
        made = Counter(item.service for item in items)
        found = [*items[others:], *home_matchings(subject, made)]
        del items[others:]
        sound = [item for item in found if inside(item.service) and not flaws_of(item.as_dict())]
        by_shape: dict[str, list[Item]] = {}
        for item in sorted(sound, key=lambda item: _order(seed, "home", item.id)):
            by_shape.setdefault(item.shape, []).append(item)
        turns = [item for row in zip_longest(*by_shape.values()) for item in row if item]
        return turns[: int(others * HOME_SHARE)]

    finish_all(drafts_of(subject, refused, notes, services))
    if subject.english:
        # A scenario that can't be asked from the one side may be asked from the other.
        asked = Counter(index for item in items for index in item.facts)
        needs = {fact.index for fact in needs_of(subject) if not asked[fact.index]}
        finish_all(scenario_drafts(subject, refused, services, needs))
        named = {i for item in items if item.shape in NAMING for i in item.facts}
        unnamed = [fact.index for fact in subject.facts_in(services) if fact.index not in named]
        finish_all(sibling_drafts(subject, services, unnamed, turned=True))
        named |= {i for item in items if item.shape in NAMING for i in item.facts}
        unnamed = [index for index in unnamed if index not in named]
        finish_all(thing_drafts(subject, refused, services, ("part", "code"), unnamed))
        finish_all(identifier_drafts(subject, services))
        finish_all(description_drafts(subject, services, unnamed))
    keys: dict[int, list[str]] = {}
    for item in items:
        keys.setdefault(item.facts[0], []).extend(o.text for o in item.options if o.correct)
    items += cloze_items(subject, refused, services, keys)
    items += ordering_items(subject, services)
    items += label_matchings(subject, services)
    items += card_items(subject, {index for item in items for index in item.facts}, services)
    if subject.english:
        items += matching_items(subject, services)
        items += completing_matchings(subject, services)
        items += note_matchings(subject, notes, services)
        items += note_value_gaps(subject, services)
        items += note_term_gaps(subject, notes, services)
        items += need_matchings(subject, unasked())
        told = make_pools(subject, services)
        most = int(len(items) * NOT_TRUE_SHARE)
        # Below a stem that denies, a line that denies is read twice: none is asked for so.
        finish_all(not_true_drafts(subject, told, unasked()), most)
        finish_all(statement_drafts(subject, told, unasked(), True))
        finish_all(statement_drafts(subject, told, unasked(), False))
        finish_all(statement_drafts(subject, told, thin(), False))
        # Each second of their facts: the others are what is stated beside it.
        finish_all(not_true_drafts(subject, told, thin()[::2]), most // 4)
        items += home_items()
        asked = Counter(index for item in items for index in item.facts)
        made = Counter(item.service for item in items)
        by_need = sorted(
            (fact.index for fact in subject.facts_in(services)),
            key=lambda index: (
                asked[index] > 0 and made[subject.facts[index].service] >= THIN,
                scores[index] < WORTH, asked[index], made[subject.facts[index].service] >= THIN,
                -scores[index], index,
            ),
        )  # fmt: skip
        most = max(int(len(items) * TRUE_FALSE_SHARE), THIN)
        fresh = [
            index for index in by_need
            if (scores[index] >= WORTH and not asked[index])
            or made[subject.facts[index].service] < THIN
        ]  # fmt: skip
        items += true_false_items(subject, by_need, most, seed, fresh, spent)
        items += thin_gaps(subject, refused, items, services)
        items += note_statements(subject, notes, seed, services)
        items += note_value_statements(subject, seed, services)
    sound: list[Item] = []
    for item in items:
        broken = flaws_of(item.as_dict())
        refused.update(f"flaw_{rule}" for rule in broken)
        if not broken and asks_added(subject, item):
            refused["asks_what_no_note_says"] += 1
        elif not broken and item.pairs and echoing_pairs(item.pairs):
            refused["pairs_echo"] += 1
        elif not broken and is_doubted(subject, item):
            refused["the_pack_doubts_it"] += 1
        elif not broken:
            sound.append(with_note(subject, item))
    unique = {item.id: item for item in few_quoting(subject, sound)}
    ordered = sorted(unique.values(), key=lambda item: (item.facts[0], item.kind, item.id))
    return Bank(ordered, refused, scores)


def _value(text: str) -> tuple[float, ...]:
    return tuple(
        float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    )


def finish(subject: Subject, draft: Draft, balance: Balance, rng: Random) -> Item | None:
    """The item of a draft, with its wrong options and its key's position."""
    chosen = choose(draft, balance, rng)
    if chosen is None:
        return None
    wrong = [Option(c.text, False, c.why, c.reason, c.evidence) for c in chosen]
    right = [Option(c.text, True, c.why, c.reason, c.evidence) for c in draft.keys]
    rng.shuffle(wrong)
    options = list(wrong)
    if draft.numeric:
        options = sorted([*wrong, *right], key=lambda option: _value(option.text))
        right = []
    if right:
        rng.shuffle(right)
        for place, option in zip(
            balance.places(len(right), len(wrong) + len(right), rng), right, strict=True
        ):
            options.insert(place, option)
    fact = subject.facts[draft.facts[0]]
    return Item(
        draft.kind, draft.shape, subject.topic(fact), subject.feature(fact),
        subject.domain(draft.service), draft.stem, draft.explanation, draft.evidence,
        draft.facts, draft.service, tuple(options), difficulty=estimate(draft, chosen),
    )  # fmt: skip
