"""From what is wanted to the questions that are asked."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from knowledge.lexicon import plain
from knowledge.models import Feature, Outline, Service
from quiz.items.quiz import make_quiz
from quiz.memory_rows import Card
from quiz.models import Learner, Report
from quiz.questions import Asked
from quiz.specs import Spec
from quiz.standing import StudyError
from quiz.stock import Stocked, ask_for_stock, get_stock, make_some

# Where the questions aren't made yet, so many topics are enough to ask about.
TOPICS_AT_ONCE = 2
BEING_MADE = (
    "The questions for an exam on these notes are still being made. Start it in a minute; "
    "a quiz can be started at once."
)
# Topics with so many facts are asked about before smaller ones.
LARGE = 20


@dataclass(frozen=True)
class Scope:
    """The rows that a spec means; `name` is what it is called. Nothing chosen means everything."""

    name: str
    services: frozenset[int] = frozenset()
    features: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()

    def holds(self, entry: Stocked) -> bool:
        if not (self.services or self.features or self.domains):
            return True
        return (
            entry.item.service in self.services
            or entry.feature in self.features
            or entry.item.domain in self.domains
        )


@dataclass(frozen=True)
class Drawn:
    """`note` says what is worth knowing about the choice, empty where all is as was asked for."""

    asked: tuple[Asked, ...]
    name: str
    note: str = ""


def find_scope(outline: Outline, spec: Spec) -> Scope:
    """The rows of the topics and domains; raises StudyError where the outline has none of them."""
    found, names = set[int](), list[str]()
    features = set[int]()
    alone = {slug for slug in spec.topics if "/" not in slug}
    pairs = [slug.split("/", 1) for slug in spec.topics if "/" in slug]
    if alone:
        services = Service.objects.for_outline(outline).with_slugs(alone)
        found |= {service.pk for service in services}
        names += [plain(service.name) for service in services]
    if pairs:
        for feature in Feature.objects.for_outline(outline).with_slugs(pairs):
            features.add(feature.pk)
            names.append(plain(feature.name))
    domains = [domain for domain in spec.domains if domain in outline.domains]
    names += domains
    if (spec.topics or spec.domains) and not (found or features or domains):
        raise StudyError("These notes have no such topic any more.")
    name = "What you got wrong" if spec.wrong else _joined(names) or "Everything"
    return Scope(name, frozenset(found), frozenset(features), frozenset(domains))


def draw(outline: Outline, spec: Spec, seed: str, learner: Learner | None) -> Drawn:
    """The questions; raises StudyError where there is nothing to ask. Reported ones are left out
    at the end, so that a seed gives everybody the same others."""
    scope = find_scope(outline, spec)
    hidden = Report.objects.hidden_from(learner) if learner else set()
    if spec.wrong:
        missed = Card.objects.of(learner).for_outline(outline).missed() if learner else ()
        pool = _on_facts(outline, set(missed))
        if not pool:
            raise StudyError("There is nothing that you got wrong last time.")
    else:
        pool = [entry for entry in _pool(outline, scope, seed) if scope.holds(entry)]
    kept = [entry for entry in pool if not spec.kinds or entry.item.kind in spec.kinds]
    if pool and not kept:
        raise StudyError("There are no questions of that kind on it. Choose another kind.")
    kept = _of_level(kept, spec.level)
    chosen = _choose(kept, spec, seed)
    asked = [entry.asked for entry in chosen if entry.item.id not in hidden]
    if not asked:
        raise StudyError("There are no questions on that yet. Try a topic that says more.")
    note = ""
    if len(chosen) < spec.count:
        number = "1 question" if len(asked) == 1 else f"{len(asked)} questions"
        note = f"{scope.name} has enough for {number}."
        if settings.STOCK_IN_BACKGROUND and get_stock(outline) is None:
            note = f"{scope.name} has {number} so far; more are still being made."
    return Drawn(tuple(asked), scope.name, note)


def whole_bank(outline: Outline, seed: str) -> list[Stocked]:
    """Every question there is; raises StudyError where they are still being made, unless the
    outline has few topics."""
    if settings.STOCK_IN_BACKGROUND and get_stock(outline) is None:
        ask_for_stock(outline)
        topics = Service.objects.for_outline(outline).in_domains(())
        if len(topics) > TOPICS_AT_ONCE:
            raise StudyError(BEING_MADE)
    return _pool(outline, Scope("Everything"), seed)


def questions_on(outline: Outline, facts: Collection[int]) -> list[Asked]:
    """All questions that rate one of these facts."""
    return [entry.asked for entry in _on_facts(outline, facts)]


def unasked_of(outline: Outline, facts: Collection[int]) -> set[int]:
    """Those of the facts that no question asks, as far as the questions are made."""
    stock = get_stock(outline) if facts else None
    return set() if stock is None else {fact for fact in facts if fact not in stock.by_fact}


def _choose(pool: Sequence[Stocked], spec: Spec, seed: str) -> list[Stocked]:
    entries = {entry.item.id: entry for entry in pool}
    kinds = spec.kinds or None
    items = make_quiz(
        [entry.item for entry in pool], count=spec.count, seed=int(seed),
        kinds=kinds,  # type: ignore[arg-type]
    )  # fmt: skip
    return [entries[item.id] for item in items]


def _pool(outline: Outline, scope: Scope, seed: str) -> list[Stocked]:
    stock = get_stock(outline)
    if stock is not None:
        return list(stock.entries)
    ask_for_stock(outline)
    chosen = set(scope.services)
    if scope.features:
        chosen |= set(Feature.objects.for_outline(outline).services_of(scope.features))
    topics = Service.objects.for_outline(outline)
    services = list(chosen)
    if not chosen:
        services = topics.in_domains(scope.domains, LARGE)
        if len(services) < TOPICS_AT_ONCE:
            services = topics.in_domains(scope.domains)
    elif len(chosen) > TOPICS_AT_ONCE:
        # In the outline's order: keys tell in which one rows were written.
        services = [key for key in topics.in_domains(()) if key in chosen]
    if len(services) > TOPICS_AT_ONCE:
        services = random.Random(seed).sample(services, TOPICS_AT_ONCE)  # noqa: S311
    return make_some(outline, services)


def _on_facts(outline: Outline, facts: Collection[int]) -> list[Stocked]:
    if not facts:
        return []
    stock = get_stock(outline)
    if stock is None:
        ask_for_stock(outline)
        services = sorted(Service.objects.for_outline(outline).of_facts(facts))
        entries: Iterable[Stocked] = make_some(outline, services[:TOPICS_AT_ONCE])
        wanted = set(facts)
        return [entry for entry in entries if wanted & set(entry.asked.rated)]
    found = {entry.item.id: entry for fact in facts for entry in stock.by_fact.get(fact, ())}
    return list(found.values())


def _of_level(pool: list[Stocked], level: str) -> list[Stocked]:
    """The easier or the harder half of what there is."""
    if level == "any" or len(pool) < 2:
        return pool
    ranked = sorted(pool, key=lambda entry: (entry.item.difficulty, entry.item.id))
    half = (len(ranked) + 1) // 2
    return ranked[:half] if level == "easier" else ranked[-half:]


def _joined(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
