"""Mentions, relations, related topics and places on the map → rows, within a load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knowledge import graph
from knowledge.graph.topics import Relation as FoundRelation
from knowledge.graph.topics import Topics, find_topics
from knowledge.graph.wording import Wording
from knowledge.lexicon import Lexicon, Origin, fold
from knowledge.linking import Linked, link
from knowledge.models import Feature, Mention, Outline, RelatedTopic, Relation, Service, Structure
from knowledge.named_rows import NamedPlan, plan_named, write_named
from knowledge.naming import Name
from knowledge.records import Record
from knowledge.relations import explain, relate
from knowledge.replacing import Plan
from knowledge.rows import insert_rows, update_rows
from knowledge.search.languages import stemmer, stop_words

if TYPE_CHECKING:
    from knowledge.graph.building import Analysis
    from knowledge.graph.layout import Point
    from knowledge.graph.related import Related

PREFIXES = {"service": "s", "feature": "f", "fact": "n"}


@dataclass
class Links:
    """What a load finds beside the tree, before any row is written."""

    records: Sequence[Record]
    lexicon: Lexicon
    language: str
    linked: Linked
    relations: Sequence[FoundRelation]
    topics: Topics

    def counts(self) -> dict[str, int]:
        named = sum(topic.record is None for topic in self.topics.topics)
        mentions = sum(1 for _ in self.mentions())
        return {
            "named_only": named,
            "relations": sum(1 for _ in self.stated()),
            "mentions": mentions,
        }

    def mentions(self) -> Iterator[tuple[int, int, int]]:
        """(record, target, line) of each that a feature or fact makes."""
        for mention in self.linked.mentions:
            is_own = self.records[mention.record].kind == "service"
            if not is_own and mention.target in self.topics.by_target:
                yield mention.record, mention.target, mention.line

    def stated(self) -> Iterator[FoundRelation]:
        """The relations, in the order of their first lines."""
        known = self.topics.by_target
        found = [
            relation
            for relation in self.relations
            if relation.evidence
            and relation.source != relation.target
            and relation.source in known
            and relation.target in known
        ]
        names = self.topics.target_names
        yield from sorted(
            found,
            key=lambda each: (
                each.evidence[0][1], names[each.source], names[each.target], each.kind,
            ),
        )  # fmt: skip

    def feature_of(self, target: int) -> int | None:
        """The record of the feature that a target is, None for a service."""
        record = self.linked.targets[target].record
        return record if record is not None and self.records[record].kind == "feature" else None


@dataclass
class LinkPlan:
    """Which row each named service goes to, and where each topic stands on the map."""

    named: NamedPlan
    places: list[Point]


def find_links(records: Sequence[Record], lexicon: Lexicon, language: str) -> Links:
    """Read names and relations out of the records."""
    linked = link(records, lexicon, language)
    relations = relate(records, linked, lexicon, language)
    topics = find_topics(records, linked, relations, lexicon, explain)
    return Links(records, lexicon, language, linked, relations, topics)


def analyse_links(links: Links) -> Analysis:
    """Related topics and structure (see `knowledge.graph.building`)."""
    words = Wording(stop_words(links.language), stemmer(links.language))
    return graph.analyse(links.topics, words)


def plan_links(links: Links, analysis: Analysis, outline: Outline | None, plan: Plan) -> LinkPlan:
    """Match what is only named with the rows that are there, and keep places on the map."""
    named = plan_named(links.topics, plan)
    before = Service.objects.for_outline(outline).places() if outline else {}
    previous: dict[int, Point] = {}
    for index, topic in enumerate(links.topics.topics):
        key = named.keys.get(index) if topic.record is None else plan.keys[topic.record]
        if key is not None and key in before:
            previous[index] = before[key]
    return LinkPlan(named, graph.lay_out(len(links.topics), analysis.edges, previous))


def write_links(
    outline: Outline, links: Links, analysis: Analysis, linking: LinkPlan, plan: Plan,
    keys: Sequence[int],
) -> list[tuple[int, Name]]:  # fmt: skip
    """Write all of it; `keys` are the rows of the records. Gives the named services' names."""
    topics = links.topics
    named = write_named(outline, topics, linking.named, plan)
    rows = [
        named[index] if topic.record is None else keys[topic.record]
        for index, topic in enumerate(topics.topics)
    ]
    _write_places(outline, rows, linking.places)
    _write_known_features(outline, links, keys)
    _write_mentions(outline, links, rows, keys)
    _write_relations(outline, links, rows, keys)
    _write_related(outline, links, analysis, rows, keys)
    _write_structure(outline, analysis, rows)
    return [
        (rows[index], name)
        for index, topic in enumerate(topics.topics)
        if topic.record is None
        for name in _names(topic.name, topic.entry)
    ]


def _names(name: str, entry: Any) -> list[Name]:
    pairs: list[tuple[str, Origin]] = list(entry.names()) if entry else [(name, "official")]
    origins: dict[str, Origin] = {}
    for text, origin in pairs:
        origins.setdefault(text, origin)
    return [Name(text, fold(text), origin) for text, origin in origins.items()]


def _write_places(outline: Outline, rows: Sequence[int], places: Sequence[Point]) -> None:
    before = Service.objects.for_outline(outline).places()
    moved = [
        (x, y, key) for key, (x, y) in zip(rows, places, strict=True) if before.get(key) != (x, y)
    ]
    update_rows(Service, ["x", "y"], moved)


def _write_known_features(outline: Outline, links: Links, keys: Sequence[int]) -> None:
    """The current names of features that the lexicon knows."""
    wanted: dict[int, tuple[str, list[str] | None]] = {}
    for target in links.linked.targets:
        record = target.record
        entry = links.lexicon.by_official.get(target.official)
        if record is None or entry is None or links.records[record].kind != "feature":
            continue
        others = [text for text, _ in entry.names() if text != entry.official]
        wanted[keys[record]] = (entry.official, list(dict.fromkeys(others)))
    before = Feature.objects.for_outline(outline).known()
    gone = [("", None, key) for key in before if key not in wanted]
    changed = [(*value, key) for key, value in wanted.items() if before.get(key) != value]
    update_rows(Feature, ["official", "aliases"], [*gone, *changed])


def _write_mentions(
    outline: Outline, links: Links, rows: Sequence[int], keys: Sequence[int]
) -> None:
    Mention.objects.for_outline(outline).delete()

    def values() -> Iterator[list[Any]]:
        for record, target, line in links.mentions():
            feature = links.feature_of(target)
            here = keys[record]
            is_fact = links.records[record].kind == "fact"
            yield [
                outline.pk, rows[links.topics.by_target[target]],
                keys[feature] if feature is not None else None,
                None if is_fact else here, here if is_fact else None, line,
            ]  # fmt: skip

    fields = ["outline", "service", "target_feature", "feature", "fact", "line"]
    insert_rows(Mention, fields, values())


def _write_relations(
    outline: Outline, links: Links, rows: Sequence[int], keys: Sequence[int]
) -> None:
    Relation.objects.for_outline(outline).delete()

    def values() -> Iterator[list[Any]]:
        for relation in links.stated():
            ends: list[Any] = []
            for target in (relation.source, relation.target):
                feature = links.feature_of(target)
                ends.append(rows[links.topics.by_target[target]])
                ends.append(keys[feature] if feature is not None else None)
            evidence = [
                {"line": line, "text": text, "key": f"{PREFIXES[kind]}{keys[record]}"}
                for record, line, text in relation.evidence
                for kind in (links.records[record].kind,)
            ]
            yield [outline.pk, *ends, relation.kind, evidence, relation.evidence[0][1]]

    insert_rows(
        Relation,
        ["outline", "source", "source_feature", "target", "target_feature", "kind", "evidence",
         "line"],
        values(),
    )  # fmt: skip


def _write_related(
    outline: Outline, links: Links, analysis: Analysis, rows: Sequence[int], keys: Sequence[int]
) -> None:
    RelatedTopic.objects.for_outline(outline).delete()

    def reasons(item: Related) -> list[dict[str, Any]]:
        return [reason.as_dict() for reason in item.because]

    def values() -> Iterator[list[Any]]:
        for index, found in enumerate(analysis.related):
            for rank, item in enumerate(found, 1):
                yield [outline.pk, rows[index], None, rows[item.other], None, rank,
                       round(item.score, 4), reasons(item)]  # fmt: skip
        for record, found in analysis.related_features.items():
            for rank, item in enumerate(found, 1):
                other = links.records[item.other]
                feature = keys[item.other] if other.kind == "feature" else None
                yield [outline.pk, None, keys[record], keys[other.service], feature, rank,
                       round(item.score, 4), reasons(item)]  # fmt: skip

    insert_rows(
        RelatedTopic,
        ["outline", "source_service", "source_feature", "service", "feature", "rank", "score",
         "because"],
        values(),
    )  # fmt: skip


def _write_structure(outline: Outline, analysis: Analysis, rows: Sequence[int]) -> None:
    found = analysis.structure

    def places(measured: Any) -> list[dict[str, Any]]:
        return [{"service": rows[p.topic], "value": p.value, "text": p.text} for p in measured]

    Structure.objects.update_or_create(
        outline=outline,
        defaults={
            "hubs": places(found.hubs),
            "bridges": places(found.bridges),
            "communities": [[rows[i] for i in group] for group in found.communities],
            "missing": found.missing,
        },
    )
