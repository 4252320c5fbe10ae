"""Features and facts → the HTML of a page, in one pass over their rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from knowledge.inline import inline
from knowledge.lexicon import plain
from knowledge.slots import slot
from knowledge.tables import Table, read_table

# A short line with others beneath it is what they are about: it is set as their label.
LONGEST_LABEL = 48
DEEPEST_HEADING = 6
# The class of an item by its fact's form, where it isn't the form's own name.
_CLASSES = {"bullet": "", "numbered": "", "definition": "def"}
_TAGS = {"added": "Not in the notes this outline was made from"}


class FeatureLine(NamedTuple):
    """What a page shows of a feature."""

    id: int
    name: str
    slug: str
    line: int
    fact_count: int
    tags: Sequence[str] = ()


class FactLine(NamedTuple):
    """What a page shows of a fact; `depth` is 0 at the top of its feature or service."""

    id: int
    feature_id: int | None
    depth: int
    form: str
    ordinal: int | None
    line: int
    text: str
    tags: Sequence[str] = ()


def render_features(
    features: Iterable[FeatureLine], facts: Iterable[FactLine], address: str
) -> str:
    """A service's own facts, then its features with theirs, each of which folds.

    `facts` come in the order of the outline; `address` is the service's, which those of its
    features begin with. Each feature has a slot for a mark of the reader's.
    """
    by_feature = {key: list(group) for key, group in groupby(facts, lambda fact: fact.feature_id)}
    parts = []
    if own := by_feature.get(None):
        parts.append(f'<section class="own">{render_facts(own, 2)}</section>')
    for feature in features:
        body = render_facts(by_feature.get(feature.id, []), 3)
        parts.append(
            f'<section class="feature" id="feature-{feature.id}">'
            f'<a class="to" href="{escape(address + feature.slug)}/">Page'
            f'<span class="vh"> of {escape(plain(feature.name))}</span></a>'
            f"<details open><summary data-step><h2>{inline(feature.name)}</h2>"
            f"{_count(feature)}{_tags(feature.tags)}{slot('feature', feature.id)}</summary>"
            f"{body}</details></section>"
        )
    return "".join(parts)


def render_index(features: Iterable[FeatureLine]) -> str:
    """The list that leads to each feature on the page."""
    items = (
        f'<li><a href="#feature-{feature.id}">{escape(plain(feature.name))}</a></li>'
        for feature in features
    )
    return f"<ol>{''.join(items)}</ol>"


def render_facts(facts: Sequence[FactLine], level: int) -> str:
    """Facts as nested lists; `level` is that of the first heading among them."""
    if not facts:
        return ""
    return "".join(_Tree(level).write(facts))


class _Tree:
    """Writes facts in preorder as lists; `open` holds the lists that are open, outermost first."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.open: list[str] = []
        self.headings: list[bool] = []

    def write(self, facts: Sequence[FactLine]) -> Iterator[str]:
        at = 0
        while at < len(facts):
            fact = facts[at]
            yield from self._enter(fact)
            if fact.form == "row" and (table := _table_from(facts, at)):
                yield _table(table, facts[at : at + len(table.rows)])
                at += len(table.rows)
                continue
            following = facts[at + 1] if at + 1 < len(facts) else None
            yield self._item(fact, following is not None and following.depth > fact.depth)
            at += 1
        yield from self._close(0)

    def _enter(self, fact: FactLine) -> Iterator[str]:
        """Close and open lists until an item of this fact may stand next."""
        depth = min(fact.depth, len(self.open))
        kind = "ol" if fact.form == "numbered" else "ul"
        yield from self._close(depth + 1)
        if len(self.open) > depth:
            if self.open[depth] == kind:
                yield "</li>"
                self.headings[depth] = fact.form == "heading"
                return
            yield from self._close(depth)
        self.open.append(kind)
        self.headings.append(fact.form == "heading")
        yield f'<{kind} class="facts">' if depth == 0 else f"<{kind}>"

    def _close(self, depth: int) -> Iterator[str]:
        while len(self.open) > depth:
            self.headings.pop()
            yield f"</li></{self.open.pop()}>"

    def _item(self, fact: FactLine, has_children: bool) -> str:
        kind = _CLASSES.get(fact.form, fact.form)
        if fact.form == "bullet" and has_children and _is_label(fact.text):
            kind = "label"
        value = f' value="{fact.ordinal}"' if fact.ordinal is not None else ""
        names = f' class="{kind}"' if kind else ""
        return f'<li id="fact-{fact.id}"{names}{value}>{self._words(fact)}'

    def _words(self, fact: FactLine) -> str:
        after = f"{_tags(fact.tags)}{slot('fact', fact.id)}{_anchor(fact)}"
        if fact.form == "code":
            code = escape(fact.text, quote=False)
            return f'<pre tabindex="0"><code>{code}</code></pre>{after}'
        words = inline(fact.text)
        if fact.form == "heading":
            level = min(self.level + sum(self.headings) - 1, DEEPEST_HEADING)
            return f"<h{level}>{words}{after}</h{level}>"
        if fact.form == "quote":
            return f"<blockquote><p>{words}{after}</p></blockquote>"
        return f"<p>{words}{after}</p>"


def _is_label(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and text[-1:] not in ".!?。"


def _anchor(fact: FactLine) -> str:
    return f' <a class="ln" href="#fact-{fact.id}"><span>line </span>{fact.line}</a>'


def _tags(tags: Sequence[str]) -> str:
    parts = []
    for tag in tags:
        hint = _TAGS.get(tag)
        title = f' title="{hint}"' if hint else ""
        parts.append(f' <span class="tag"{title}>{escape(str(tag))}</span>')
    return "".join(parts)


def _count(feature: FeatureLine) -> str:
    if not feature.fact_count:
        return ""
    word = "fact" if feature.fact_count == 1 else "facts"
    return f'<span class="count" lang="en">{feature.fact_count:,} {word}</span>'


def _table_from(facts: Sequence[FactLine], start: int) -> Table | None:
    """The table that the rows from `start` on make, if it is one that can be set as such.

    Rows of one table stand on lines that follow each other; between two tables is a header.
    """
    depth = facts[start].depth
    end = start + 1
    while (
        end < len(facts)
        and (facts[end].form, facts[end].depth) == ("row", depth)
        and facts[end].line == facts[end - 1].line + 1
    ):
        end += 1
    if end < len(facts) and facts[end].depth > depth:
        end -= 1  # The last one has facts beneath it, which no row of a table can have.
    return read_table([fact.text for fact in facts[start:end]])


def _table(table: Table, facts: Sequence[FactLine]) -> str:
    head = "".join(f'<th scope="col">{inline(name)}</th>' for name in table.columns)
    rows = []
    for fact, (lead, cells) in zip(facts, table.rows, strict=True):
        data = "".join(f"<td>{inline(cell)}</td>" for cell in cells)
        rows.append(
            f'<tr id="fact-{fact.id}"><th scope="row">{inline(lead)}{_tags(fact.tags)}'
            f"{_anchor(fact)}</th>{data}</tr>"
        )
    return (
        '<li class="table"><div tabindex="0" role="group" aria-label="Table"><table>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
