"""What somebody means by the name of a topic, and which topic is nearest to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from knowledge.lexicon import fold
from knowledge.models import Alias, Outline, Service
from quiz.bank import Held, get_bank
from quiz.items.item import Item
from quiz.items.words import content, plain
from quiz.items.worth import WORTH, worth

# So many of the likest topics are tried before none is named.
TRIED = 6


@dataclass(frozen=True)
class Topic:
    """Services, or features of them, by their record indices; none for one that is only named."""

    name: str
    services: frozenset[int]
    features: frozenset[int] = frozenset()

    def holds(self, held: Held, item: Item) -> bool:
        if not self.features:
            return item.service in self.services
        return held.subject.facts[item.facts[0]].feature in self.features


def find_topic(outline: Outline, held: Held, name: str) -> Topic | None:
    """The service of that name, or else the features of that name; None where there is none."""
    records, wanted = held.subject.records, fold(name)

    def named(index: int) -> bool:
        return records[index].slug == name or fold(plain(records[index].text)) == wanted

    aliases = Alias.objects.for_outline(outline).filter(folded=wanted)
    keys = set(aliases.values_list("service", flat=True))
    services = [i for i in held.subject.services if held.keys[i] in keys or named(i)]
    if services:
        return Topic(plain(records[services[0]].text), frozenset(services[:1]))
    features = [i for i, record in enumerate(records) if record.kind == "feature" and named(i)]
    if features:
        homes = frozenset(records[index].service for index in features)
        return Topic(plain(records[features[0]].text), homes, frozenset(features))
    if keys:
        return Topic(Service.objects.with_keys(sorted(keys))[0].name, frozenset())
    return None


def known_names(outline: Outline) -> list[str]:
    return list(dict.fromkeys(Alias.objects.for_outline(outline).values_list("text", flat=True)))


def nearest_topic(
    outline: Outline, held: Held, topics: Iterable[Topic], kinds: Collection[str], enough: int
) -> tuple[str, int] | None:
    """The topic that shares the most words with some others and has enough to ask about.

    With its name, how many items of the kinds (none given: of any) can be made about it.
    """
    taken = {service for topic in topics for service in topic.services}
    for service in _likest(held, list(topics), taken):
        items = get_bank(outline, services=[service]).items
        made = sum(not kinds or item.kind in kinds for item in items)
        if made >= enough:
            return plain(held.subject.records[service].text), made
    return None


def _likest(held: Held, topics: list[Topic], taken: set[int]) -> Iterator[int]:
    subject = held.subject
    stems = {stem for topic in topics for stem in content(topic.name)}
    for topic in topics:
        for service in topic.services:
            for fact in subject.by_service.get(service, ()):
                if not topic.features or fact.feature in topic.features:
                    stems |= fact.stems
    shared: Counter[int] = Counter()
    for stem in sorted(stems):
        users = Counter(subject.facts[index].service for index in subject.postings.get(stem, ()))
        for service, seen in users.items():
            shared[service] += int(1000 * subject.weight(stem) * min(seen, 3))
    sizes = {service: len(facts) for service, facts in subject.by_service.items()}
    likest = sorted(shared, key=lambda s: (-shared[s] / sqrt(sizes[s]), s))
    tried = 0
    for service in likest:
        facts = subject.by_service[service]
        if service not in taken and any(worth(subject, fact) >= WORTH for fact in facts):
            yield service
            tried += 1
            if tried == TRIED:
                return
