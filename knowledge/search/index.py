"""Keeps the index in step with an outline's rows, inside the transaction that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

from django.db import connections, router
from django.db.models import Count

from knowledge.lexicon import Part, Synonym
from knowledge.models import Alias, Fact, Feature, Outline, Service
from knowledge.search.documents import (
    FEATURE,
    SERVICE,
    Builder,
    Document,
    FactRow,
    FeatureRow,
    ServiceRow,
)
from knowledge.search.languages import stemmer
from knowledge.search.lexis import NameEntry, Node, node_names, write_lexis
from knowledge.search.memory import forget
from knowledge.search.naming import compact
from knowledge.search.stores import database_of, outline_ids

BATCH = 2000


def index_outline(
    outline: Outline, *, synonyms: Sequence[Synonym] = (), parts: Sequence[Part] = ()
) -> None:
    """Makes the index say what the outline's rows say now.

    `synonyms` and `parts` are those of the pack's lexicon: what everyday words stand for, and other
    names of features. To be called in the transaction that wrote the rows: readers see both or
    neither. Documents that are as they were stay untouched, so that a small edit of a large outline
    is a small write.
    """
    alias = router.db_for_write(Outline, instance=outline)
    connection = connections[alias]
    database = database_of(connection)
    builder = Builder(outline.pk, outline.language)
    nodes: list[Node] = []
    names: list[NameEntry] = []
    with connection.cursor() as cursor:
        before = _present(cursor, outline.pk)
        fresh: list[Document] = []
        stale: list[int] = []
        count = 0
        for document in _documents(outline, alias, builder, nodes, names, part_names(parts)):
            known = before.pop(document.id, None)
            if known is not None:
                if known == hash(document[1:]):
                    continue
                stale.append(document.id)
            fresh.append(document)
            if len(fresh) >= BATCH:
                count += _write(cursor, database, stale, fresh)
        stale += before
        count += _write(cursor, database, stale, fresh)
        database.settle(cursor, count)
        content = write_lexis(
            documents=builder.documents,
            words=builder.words,
            others=builder.others,
            nodes=nodes,
            names=names,
            synonyms=[*synonyms, *part_synonyms(parts)],
            stem=stemmer(outline.language),
        )
        cursor.execute("DELETE FROM knowledge_searchlexis WHERE outline_id = %s", [outline.pk])
        cursor.execute(
            "INSERT INTO knowledge_searchlexis (outline_id, content) VALUES (%s, %s)",
            [outline.pk, content],
        )
    forget(alias, outline.pk)


def drop_index(outline: Outline) -> None:
    """Takes an outline out of the index; call it in the transaction that deletes the outline."""
    alias = router.db_for_write(Outline, instance=outline)
    connection = connections[alias]
    with connection.cursor() as cursor:
        database_of(connection).remove(cursor, list(_present(cursor, outline.pk)))
        cursor.execute("DELETE FROM knowledge_searchlexis WHERE outline_id = %s", [outline.pk])
    forget(alias, outline.pk)


def _write(cursor: Any, database: ModuleType, stale: list[int], fresh: list[Document]) -> int:
    count = len(stale) + len(fresh)
    if stale:
        database.remove(cursor, stale)
    if fresh:
        database.add(cursor, fresh)
    stale.clear()
    fresh.clear()
    return count


def _present(cursor: Any, outline: int) -> dict[int, int]:
    """What the index holds of an outline: a digest of each document, by number."""
    cursor.execute(
        "SELECT id, own, extra, context, size, reach FROM knowledge_searchdocument"
        " WHERE id BETWEEN %s AND %s",
        outline_ids(outline),
    )
    present: dict[int, int] = {}
    while rows := cursor.fetchmany(BATCH):
        present.update((row[0], hash(tuple(row[1:]))) for row in rows)
    return present


def _documents(
    outline: Outline,
    alias: str,
    builder: Builder,
    nodes: list[Node],
    names: list[NameEntry],
    parts: dict[str, list[str]],
) -> Iterator[Document]:
    """All documents of an outline; fills `nodes` and `names` on the way."""
    places: dict[int, int] = {}
    owners: dict[int, list[str]] = {}
    other_names = _other_names(outline, alias)
    services = Service.objects.using(alias).filter(outline=outline).order_by("position", "id")
    for pk, name, slug, line, first_line, official, short, about in services.values_list(
        "pk", "name", "slug", "line", "first_line", "official", "short", "about"
    ):
        equal = [text for text in (official, short) if text]
        others = [(text, True) for text in equal]
        others += [(text, False) for text in other_names.get(pk, ())]
        places[pk] = len(nodes)
        owners[pk] = [name, *equal, *other_names.get(pk, ())]
        _name(names, len(nodes), node_names(SERVICE, name, others))
        line_shown = line if line is not None else first_line or 0
        nodes.append(Node(SERVICE, pk, name, slug, line_shown, line is not None, places[pk]))
        yield builder.service(ServiceRow(pk, name, owners[pk][1:], about))
    features = Feature.objects.using(alias).filter(outline=outline).order_by("position")
    for pk, name, slug, line, service, count in features.values_list(
        "pk", "name", "slug", "line", "service_id", "fact_count"
    ):
        more = parts.get(compact(name), [])
        others = [(text, False) for text in more]
        _name(names, len(nodes), node_names(FEATURE, name, others, owners.get(service, ())))
        nodes.append(Node(FEATURE, pk, name, slug, line, True, places[service]))
        yield builder.feature(FeatureRow(pk, name, service, more, count))
    children = dict(
        Fact.objects.using(alias)
        .filter(outline=outline, parent__isnull=False)
        .order_by()
        .values_list("parent_id")
        .annotate(Count("pk"))
    )
    facts = Fact.objects.using(alias).filter(outline=outline).order_by("position")
    for row in facts.values_list(
        "pk", "text", "parent_id", "feature_id", "service_id", "tags"
    ).iterator(BATCH):
        yield builder.fact(FactRow(*row, children.get(row[0], 0)))


def _name(names: list[NameEntry], node: int, called: dict[str, Any]) -> None:
    names += [NameEntry(key, node, how) for key, how in called.items()]


def part_names(parts: Iterable[Part]) -> dict[str, list[str]]:
    """The other names of each part of a lexicon, by each of its names."""
    found: dict[str, list[str]] = {}
    for part in parts:
        names = (part.name, *part.aliases)
        for name in names:
            found.setdefault(compact(name), []).extend(n for n in names if n != name)
    return found


def part_synonyms(parts: Iterable[Part]) -> Iterator[Synonym]:
    """The same for texts: what a part is called also finds the facts that call it otherwise."""
    for part in parts:
        if part.aliases:
            yield Synonym(words=part.aliases, means=(part.name,), both=True)


def _other_names(outline: Outline, alias: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for service, text in _alias_rows(outline, alias):
        found.setdefault(service, []).append(text)
    return found


def _alias_rows(outline: Outline, alias: str) -> Iterable[tuple[int, str]]:
    return Alias.objects.using(alias).for_outline(outline).values_list("service_id", "text")
