"""Links between notes, `[[Topic#heading|shown]]`: the writer's own word for what a line names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.lexicon import fold
from knowledge.linking.matching import Hit

_LINK = re.compile(r"(?<!!)\[\[(?P<topic>[^\[\]|#^]+)(?:[#^][^\[\]|]*)?(?:\|[^\[\]]*)?\]\]")
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


def find(text: str, targets: Mapping[str, int]) -> Iterator[Hit]:
    """Hits of the links to what `targets` knows by its folded name."""
    for start, end, name in links(text):
        target = targets.get(fold(name))
        if target is not None:
            yield Hit(start, end, target)
