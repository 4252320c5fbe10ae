"""Links between notes, `[[Topic#heading|shown]]`: the writer's own word for what a line names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.lexicon import fold, plain
from knowledge.linking.matching import Hit
from knowledge.linking.names import Name
from knowledge.linking.targets import Cast
from knowledge.records import Record

_LINK = re.compile(
    r"(?<!!)\[\[(?P<topic>[^\[\]|#^]+)(?P<part>[#^][^\[\]|]*)?(?:\|(?P<words>[^\[\]]*))?\]\]"
)
# A file that is shown or offered, or a day's journal, is no topic.
_FILE = re.compile(r"\.(?!md$)[a-z0-9]{2,4}$|^\d{4}-\d{2}-\d{2}$", re.IGNORECASE)


def links(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, topic) of each link in a text.

    >>> list(links("see [[Cells#Walls|the walls]] and ![[cell.png]]"))
    [(6, 11, 'Cells')]
    """
    if "[[" not in text:
        return
    for match in _LINK.finditer(text):
        topic = match["topic"].strip()
        start = match.start("topic") + len(match["topic"]) - len(match["topic"].lstrip())
        name = topic.rsplit("/", 1)[-1].removesuffix(".md")
        if name and not _FILE.search(topic):
            yield start + len(topic) - len(topic.rsplit("/", 1)[-1]), start + len(topic), name


def linked_topics(texts: Sequence[str]) -> list[str]:
    """Every topic that is linked to, in order of appearance, each spelling of it once."""
    return list(dict.fromkeys(name for text in texts for _, _, name in links(text)))


def known_topics(
    records: Sequence[Record], cast: Cast, table: Mapping[str, list[Name]]
) -> dict[str, int]:
    """The targets by all that a link may call them: a heading of just that name comes first."""
    headed = sorted(cast.by_record.items(), key=lambda item: records[item[0]].kind != "service")
    found: dict[str, int] = {}
    for record, target in headed:
        found.setdefault(_written(plain(records[record].text)), target)
    for record, target in headed:
        found.setdefault(fold(plain(records[record].text)), target)
    for target, draft in enumerate(cast.drafts):
        found.update((key, target) for key in map(fold, draft.headings) if key not in found)
    for target, draft in enumerate(cast.drafts):
        found.update((key, target) for key in map(fold, draft.aliases) if key not in found)
    for names in table.values():
        for name in names:
            if name.sort == "name" and name.target >= 0:
                found.setdefault(fold(name.text), name.target)
    return found


def read_links(text: str, targets: Mapping[str, int]) -> tuple[list[Hit], list[tuple[int, int]]]:
    """The links to what `targets` knows, and the stretches whose words these links explain.

    Those are the topic and the words shown; the part after `#` may name something by itself.
    """
    hits: list[Hit] = []
    explained: list[tuple[int, int]] = []
    for match in _LINK.finditer(text) if "[[" in text else ():
        topic = match["topic"].strip().removesuffix(".md")
        last = topic.rsplit("/", 1)[-1]
        whole = topic + (match["part"] or "")
        # A heading may have a sign of a link's in it: 'C#', 'TCP/IP'.
        keys = (_written(whole), _written(topic), _written(last), fold(last), fold(topic))
        target = next((targets[key] for key in keys if key in targets), None)
        if target is None or not last:
            continue
        named = topic if _written(topic) in targets else last
        start = text.index(topic, match.start("topic")) + len(topic) - len(named)
        hits.append(Hit(start, start + len(named), target, Name(named, target)))
        explained += [match.span("topic"), match.span("words")]
    return hits, explained


def _written(name: str) -> str:
    return " ".join(name.casefold().split())
