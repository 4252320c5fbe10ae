"""A typed query → the places in an outline that answer it, best first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal
from urllib.parse import quote

from django.db import connections, router
from django.urls import get_script_prefix, reverse

from knowledge.models import Outline
from knowledge.search.branches import MOST_FOUND, partial_branches, whole_branches
from knowledge.search.documents import FACT, FEATURE, KINDS, SERVICE, Document, split_id
from knowledge.search.languages import stemmer
from knowledge.search.lexis import Lexis, Node
from knowledge.search.memory import lexis_of
from knowledge.search.naming import plain_text
from knowledge.search.query import Plan, make_plan, sides
from knowledge.search.ranking import Found, Match, in_turn, rank, rank_names, spread, worthy
from knowledge.search.snippets import Marker, excerpt
from knowledge.search.stores import database_of, outline_ids

# Fewer hits than this as good as that: what has most of the words is looked for as well.
FEW = 3
STRONG = 0.65
_ID, _SCORE = itemgetter(0), itemgetter(1)


@dataclass(slots=True)
class Hit:
    """One place that answers. `marks` are the spans of `snippet` that were looked for."""

    key: str
    kind: Literal["service", "feature", "fact"]
    name: str
    service: str
    service_slug: str
    feature: str | None
    feature_slug: str | None
    line: int
    snippet: str
    marks: list[tuple[int, int]]
    match: Match
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`corrected` is what was searched instead, where words were misspelt; `total` counts all hits,
    None where there were too many to count."""

    query: str
    hits: list[Hit] = field(default_factory=list)
    corrected: str | None = None
    total: int | None = 0


def search(
    outline: Outline, query: str, *, limit: int = 20, kinds: Collection[str] | None = None
) -> Results:
    """The best hits of an outline for a query, over all kinds or those given.

    Names that are, or begin, as typed come first; then what has all words, its own or of what it
    stands under; then, where there is little, what has most of them. Words that stand nowhere are
    mended, and `corrected` says so. Two or three queries to the database, four at most.
    """
    alias = router.db_for_read(Outline, instance=outline)
    connection = connections[alias]
    lexis = lexis_of(outline, connection)
    if lexis is None or limit < 1:
        return Results(query)
    plans = [make_plan(side, lexis, outline.language) for side in sides(query)]
    plans = [plan for plan in plans if plan.key or plan.words]
    if not plans:
        return Results(query)
    best, total = _best(outline, plans, lexis, connection, limit, kinds)
    hits = _hits(outline, plans, lexis, best, connection, limit)
    fuzzy = any(hit.match == "fuzzy" for hit in hits)
    return Results(query, hits, _corrected(plans) if fuzzy else None, total)


def _corrected(plans: list[Plan]) -> str | None:
    if not any(plan.corrected for plan in plans):
        return None
    return " vs ".join(plan.corrected or plan.text for plan in plans)


def _best(
    outline: Outline,
    plans: list[Plan],
    lexis: Lexis,
    connection: Any,
    limit: int,
    kinds: Collection[str] | None,
) -> tuple[list[Found], int | None]:
    """Somewhat more than `limit` documents, best first, and how many there are in all."""
    ids = outline_ids(outline.pk, kinds)
    names_end = outline_ids(outline.pk, ("service", "feature"))[1]
    find = database_of(connection).find
    named = [rank_names(plan, lexis, outline.pk) for plan in plans]
    wanted = {KINDS.index(kind) for kind in kinds or KINDS}

    def ranked(documents: dict[int, Document]) -> list[list[Found]]:
        sides = []
        for plan, names in zip(plans, named, strict=True):
            found = {hit.id: hit for hit in rank(plan, documents.values())}
            for hit in names.values():
                known = found.get(hit.id)
                if known is None or known.score < hit.score:
                    found[hit.id] = hit
            kept = list(found.values())
            if kinds:
                kept = [hit for hit in kept if split_id(hit.id)[0] in wanted]
            # The best first; of equals, what stands first in the outline.
            kept.sort(key=_ID)
            kept.sort(key=_SCORE, reverse=True)
            sides.append(spread(worthy(kept)))
        return sides

    with connection.cursor() as cursor:
        branches = [branch for plan in plans for branch in whole_branches(plan, limit)]
        documents = {d.id: d for d in find(cursor, ids, names_end, branches)} if branches else {}
        capped = len(documents) >= max(MOST_FOUND, 2 * limit)
        sides = ranked(documents)
        if any(len(side) < FEW or side[FEW - 1].score < STRONG for side in sides):
            branches = [branch for plan in plans for branch in partial_branches(plan, lexis)]
            if branches:
                documents |= {d.id: d for d in find(cursor, ids, names_end, branches)}
                sides = ranked(documents)
    best = in_turn(sides)
    return best[: limit + limit // 2 + 5], None if capped else len(best)


def _hits(
    outline: Outline,
    plans: list[Plan],
    lexis: Lexis,
    best: list[Found],
    connection: Any,
    limit: int,
) -> list[Hit]:
    facts = _fact_rows(best, connection)
    marker = Marker(
        [alternative for plan in plans for word in plan.words for alternative in word.alternatives],
        stemmer(outline.language),
    )
    address = _address(outline.slug, get_script_prefix())
    hits: list[Hit] = []
    shown: set[tuple[str, int]] = set()
    for found in best:
        kind, pk = split_id(found.id)
        hit: Hit | None = None
        if kind == FACT:
            if row := facts.get(pk):
                hit = _fact_hit(found, row, lexis, marker, address)
        elif (place := lexis.by_node.get((kind, pk))) is not None:
            hit = _node_hit(found, lexis.nodes[place], lexis, marker, address)
        # A heading that is a sentence is a feature and a fact: one place, shown once.
        if hit is None or (hit.service_slug, hit.line) in shown:
            continue
        shown.add((hit.service_slug, hit.line))
        hits.append(hit)
        if len(hits) == limit:
            break
    return hits


def _fact_rows(best: list[Found], connection: Any) -> dict[int, tuple[str, int, int | None, int]]:
    """Text, line, feature and service of the facts among the best."""
    wanted = [pk for kind, pk in (split_id(found.id) for found in best) if kind == FACT]
    if not wanted:
        return {}
    marks = ",".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text, line, feature_id, service_id FROM knowledge_fact"  # noqa: S608
            f" WHERE id IN ({marks})",
            wanted,
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _fact_hit(
    found: Found,
    row: tuple[str, int, int | None, int],
    lexis: Lexis,
    marker: Marker,
    address: str,
) -> Hit | None:
    text, line, feature_pk, service_pk = row
    place = lexis.by_node.get((SERVICE, service_pk))
    if place is None:
        return None
    service = lexis.nodes[place]
    feature_place = lexis.by_node.get((FEATURE, feature_pk)) if feature_pk else None
    feature = lexis.nodes[feature_place] if feature_place is not None else None
    pk = split_id(found.id)[1]
    words = plain_text(text) or text.strip()
    snippet, marks = excerpt(words, marker.spans(words))
    name = snippet if len(words) == len(snippet) else excerpt(words, [])[0]
    return Hit(
        key=f"n{pk}",
        kind="fact",
        name=name,
        service=service.name,
        service_slug=service.slug,
        feature=feature.name if feature else None,
        feature_slug=feature.slug if feature else None,
        line=line,
        snippet=snippet,
        marks=marks,
        match=found.match,
        url=f"{address}{_quoted(service.slug)}/#fact-{pk}",
        score=round(found.score, 4),
    )


def _node_hit(found: Found, node: Node, lexis: Lexis, marker: Marker, address: str) -> Hit:
    service = lexis.nodes[node.service]
    is_feature = node.kind == FEATURE
    name = plain_text(node.name) or node.name
    snippet, marks = excerpt(name, marker.spans(name))
    return Hit(
        key=f"{'f' if is_feature else 's'}{node.pk}",
        kind="feature" if is_feature else "service",
        name=name,
        service=plain_text(service.name) or service.name,
        service_slug=service.slug,
        feature=name if is_feature else None,
        feature_slug=node.slug if is_feature else None,
        line=node.line,
        snippet=snippet,
        marks=marks,
        match=found.match,
        url=f"{address}{_quoted(service.slug)}/" + (f"{_quoted(node.slug)}/" if is_feature else ""),
        score=round(found.score, 4),
    )


@lru_cache(maxsize=64)
def _address(slug: str, script_prefix: str) -> str:
    """The address under which an outline's services stand; the same for a whole page of hits."""
    return reverse("knowledge:service", args=[slug, "x"]).removesuffix("x/")


@lru_cache(maxsize=4096)
def _quoted(slug: str) -> str:
    return quote(slug, safe="!*'();:@&=+$,~-")
