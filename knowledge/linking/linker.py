"""Records and lexicon → targets and mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon, plain
from knowledge.linking import wikilinks
from knowledge.linking.context import is_service
from knowledge.linking.everyday import without_common
from knowledge.linking.learning import learn
from knowledge.linking.matching import Hit, Matcher, Mention
from knowledge.linking.names import find_names
from knowledge.linking.prefixes import Prefixes
from knowledge.linking.slips import TOKEN, Slips
from knowledge.linking.targets import Cast, Target, find_cast
from knowledge.linking.text import lower, readable
from knowledge.records import Record


@dataclass(frozen=True)
class Linked:
    """What an outline names.

    `mentions` are in the outline's order, one for a record and target. `named` holds for every
    record all names in its words, its own service's too, as (start, end, target) in their order.
    `own` are the targets that a record stands under: its service's first, then its feature's.
    """

    targets: list[Target]
    mentions: list[Mention]
    named: list[tuple[tuple[int, int, int], ...]]
    own: list[tuple[int, ...]]


def link(records: Sequence[Record], lexicon: Lexicon, language: str = "en") -> Linked:
    """Find the services that the words of an outline name.

    Without a lexicon, the outline's headings, and terms that recur, are the names.
    """
    cast = find_cast(records, lexicon)
    texts = [readable(record.text) for record in records]
    terms = [] if lexicon.services else learn(records, texts, cast, language)
    table = find_names(cast, lexicon, terms, language)
    links = wikilinks.known_topics(records, cast, table)
    if not links and not table:
        empty: list[tuple[tuple[int, int, int], ...]] = [() for _ in records]
        return Linked([], [], empty, [() for _ in records])
    lineages = {index: cast.lineage(index) for index in range(len(cast.drafts))}
    matcher = Matcher(table, lineages)
    prefixes = Prefixes(lexicon, cast.by_official)
    slips = Slips(table, _count_words(texts))
    found: list[list[Hit]] = []
    above = _Above(records)
    for index, text in enumerate(texts):
        low = lower(text)
        candidates = matcher.candidates(text, low)
        candidates.extend(prefixes.find(text))
        candidates.extend(slips.find(text, low, candidates))
        linked, explained = wikilinks.read_links(text, links)
        if explained:
            # What the writer says that the words mean, no reading of them gainsays.
            candidates = [hit for hit in candidates if not hit.meets_any(explained)]
        hits = matcher.resolve(candidates, above.texts(index)) if candidates else []
        found.append(sorted([*hits, *linked], key=lambda h: (h.start, h.end)))
    found = _judge(records, texts, found)
    found = without_common(records, texts, found)
    return _collect(records, texts, cast, found)


def _count_words(texts: Sequence[str]) -> Counter[str]:
    lines: Counter[str] = Counter()
    for text in texts:
        lines.update(set(TOKEN.findall(lower(text))))
    return lines


class _Above:
    """The folded texts over a record, nearest first."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self._known: dict[int, tuple[str, ...]] = {}

    def texts(self, index: int) -> tuple[str, ...]:
        parent = self._records[index].parent
        known = self._known.get(parent)
        if known is None:
            chain: list[str] = []
            place = parent
            while place >= 0 and len(chain) < 64:
                chain.append(plain(self._records[place].text).casefold())
                place = self._records[place].parent
            known = self._known[parent] = tuple(chain)
        return known


def _judge(
    records: Sequence[Record], texts: Sequence[str], found: Sequence[list[Hit]]
) -> list[list[Hit]]:
    """Drop ambiguous names where they are plain words."""
    siblings: dict[int, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        if record.parent >= 0 and not record.stated:
            siblings[record.parent].append(index)
    judged: list[list[Hit]] = []
    for index, hits in enumerate(found):
        if not any(hit.unsure for hit in hits):
            judged.append(hits)
            continue
        text = texts[index]
        beside = [i for i in siblings[records[index].parent] if i != index]
        listed = _lists_services(texts, found, beside)
        sure = [hit for hit in hits if not hit.unsure]
        kept: list[Hit] = []
        for hit in hits:
            if not hit.unsure or is_service(text, hit, [*sure, *kept], listed):
                kept.append(hit)
        judged.append(kept)
    return judged


def _lists_services(
    texts: Sequence[str], found: Sequence[list[Hit]], beside: Sequence[int]
) -> bool:
    """Whether most of these records begin with a service's name, and one at least is no more."""
    heads = [
        hit
        for index in beside
        for hit in found[index][:1]
        if not texts[index][: hit.start].strip("\"'`*_ (")
    ]
    whole = [
        index
        for index in beside
        for hit in found[index]
        if hit.end - hit.start == len(texts[index].strip())
    ]
    return bool(whole) and 2 * len(heads) >= len(beside)


def _collect(
    records: Sequence[Record], texts: Sequence[str], cast: Cast, found: Sequence[list[Hit]]
) -> Linked:
    # Neighbours stand under the same targets: one tuple for all of them.
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    own = [
        same.setdefault(each, each) for each in (cast.own(records, i) for i in range(len(records)))
    ]
    shielded = {pair: _shield(cast, pair) for pair in set(own)}
    picked: list[tuple[int, Hit]] = []
    for index, hits in enumerate(found):
        seen: set[int] = set()
        shield, homes = shielded[own[index]]
        for hit in hits:
            if hit.target < 0 or hit.target in seen or hit.target in shield:
                continue
            if hit.name is None and hit.target in homes and _is_prefix(texts[index], hit):
                continue
            if _belongs(cast, hit.target, own[index]):
                continue
            seen.add(hit.target)
            picked.append((index, hit))
    kept = _order(cast, [hit.target for _, hit in picked])
    number = {draft: position for position, draft in enumerate(kept)}
    targets = []
    for position in kept:
        draft = cast.drafts[position]
        home = number.get(draft.home) if draft.home is not None else None
        targets.append(Target(draft.record, draft.official, draft.kind, home))
    mentions = [
        Mention(
            index, number[hit.target], hit.start, hit.end,
            records[index].text[hit.start : hit.end], records[index].line or 0,
        )
        for index, hit in picked
    ]  # fmt: skip
    # A part of the page that is no target by itself stands for the page.
    for index, draft in enumerate(cast.drafts):
        if index not in number and draft.kind == "part":
            for whole in cast.lineage(index):
                if whole in number:
                    number[index] = number[whole]
                    break
    named = [
        tuple((h.start, h.end, number[h.target]) for h in hits if h.target in number)
        for hits in found
    ]
    kept_of = {each: tuple(number[target] for target in each if target in number) for each in same}
    return Linked(targets, mentions, named, [kept_of[each] for each in own])


def _shield(cast: Cast, own: tuple[int, ...]) -> tuple[set[int], set[int]]:
    """The targets that a record's own service shadows, and the homes of that service."""
    homes = {home for target in own for home in cast.lineage(target)[1:]}
    return set(own), homes


def _belongs(cast: Cast, target: int, own: tuple[int, ...]) -> bool:
    """Whether a target is a mere part of what the record stands under, not a service of its own."""
    draft = cast.drafts[target]
    if draft.kind != "part" or draft.headings:
        return False
    return any(home in own for home in cast.lineage(target)[1:])


def _is_prefix(text: str, hit: Hit) -> bool:
    return text[hit.start : hit.end].islower()


def _order(cast: Cast, mentioned: Sequence[int]) -> list[int]:
    """Targets with a heading in the outline's order, then the named ones by first mention."""
    headed = [i for i, draft in enumerate(cast.drafts) if draft.record is not None]
    headed.sort(key=lambda i: cast.drafts[i].record or 0)
    return list(dict.fromkeys([*headed, *mentioned]))
