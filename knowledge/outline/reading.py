"""Reading an outline: the one door of this package."""

from __future__ import annotations

import re

from .account import count
from .blocks import read_blocks
from .decoding import MAX_BYTES, read_lines
from .dialects import as_markdown
from .flow import Flow
from .inline import listed
from .language import guess_language
from .problems import Problems
from .structure import Structure, name_implied, structure
from .tree import Counts, Node, OutlineError, Tree

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_SAMPLE = 200_000
UNTITLED = "Untitled outline"


def read_outline(
    data: bytes | str,
    *,
    title: str | None = None,
    file_name: str = "",
    max_bytes: int = MAX_BYTES,
) -> Tree:
    """Read a Markdown outline into a tree in which every line of the file is accounted for.

    Raises `OutlineError` with a sentence where the file can't be read as an outline.

    >>> tree = read_outline("# Notes\\n## KMS\\n- Keys\\n## S3\\n- Buckets\\n")
    >>> [service.text for service in tree.services]
    ['KMS', 'S3']
    """
    problems = Problems()
    lines = read_lines(data, problems, max_bytes)
    total = len(lines)
    blank = sum(1 for line in lines if not line or line.isspace())
    as_markdown(lines)
    draft = read_blocks(lines, problems)
    if not len(draft.flow):
        raise OutlineError("The file has no heading, list, table or paragraph to read.")
    metadata = draft.metadata
    language = _language(metadata, draft.flow)
    shape = structure(draft.flow, language, problems, _topic_level(metadata))
    _keep_names(metadata, shape.titles[:1])
    name = _title(title, shape, metadata, file_name)
    name_implied(shape, name)
    tree = Tree(
        title=name,
        services=shape.services,
        counts=Counts(),
        problems=problems.in_order(),
        language=language,
        title_line=shape.titles[0].line if shape.titles else None,
        implied=frozenset(shape.implied),
        metadata=metadata,
        titles=tuple(node.text for node in shape.titles),
        title_lines=tuple(node.line for node in shape.titles),
        title_more=tuple(line for node in shape.titles for line in node.more),
        skipped=tuple(problems.skipped),
    )
    tree.counts = count(tree, total, blank)
    return tree


def _topic_level(metadata: dict[str, str]) -> int:
    """The level of heading that the file itself names for its topics (1–6), 0 for none."""
    value = metadata.get("topic-level", "")
    return int(value) if value in ("1", "2", "3", "4", "5", "6") else 0


def _keep_names(metadata: dict[str, str], titles: list[Node]) -> None:
    """What a title is filed under and also called is the file's."""
    for title in titles:
        for key, names in (("tags", title.tags), ("aliases", title.aliases)):
            if names:
                known = listed(metadata.get(key, ""))
                metadata[key] = ", ".join(dict.fromkeys(known + names))


def _title(asked: str | None, shape: Structure, metadata: dict[str, str], file_name: str) -> str:
    """The name of the outline: as asked for, else as the file says, else from the file's name."""
    if asked and asked.strip():
        return " ".join(asked.split())
    settings = {key.lower(): value for key, value in metadata.items()}
    if shape.titles and (len(shape.titles) == 1 or not settings.get("title")):
        return shape.titles[0].text
    if settings.get("title"):
        return settings["title"]
    if _heads_all(shape):
        return shape.services[0].text
    named = [s for at, s in enumerate(shape.services) if at not in shape.implied]
    if len(named) == 1 and named[0].form == "heading":
        return named[0].text
    return _readable(file_name) or UNTITLED


def _heads_all(shape: Structure) -> bool:
    """Whether the first topic holds nothing and each of several others does: a title in effect."""
    if len(shape.services) < 3 or 0 in shape.implied or shape.services[0].form != "heading":
        return False
    return [bool(service.children) for service in shape.services].count(False) == 1 and not (
        shape.services[0].children
    )


def _readable(file_name: str) -> str:
    """A file's name as a title.

    >>> _readable("notes/aws-security_notes.md")
    'Aws security notes'
    """
    stem = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    if "." in stem[1:]:
        stem = stem.rsplit(".", 1)[0]
    words = " ".join(re.sub(r"[-_.]+", " ", stem).split())
    return words[:1].upper() + words[1:]


def _language(metadata: dict[str, str], flow: Flow) -> str:
    for key, value in metadata.items():
        if key.lower() in ("lang", "language") and len(value) <= 35 and _TAG.match(value):
            return value
    sample: list[str] = []
    size = 0
    for node in flow.nodes:
        if node.form == "code":
            continue
        sample.append(node.text)
        size += len(node.text)
        if size > _SAMPLE:
            break
    return guess_language("\n".join(sample)[:_SAMPLE])
