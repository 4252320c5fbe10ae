"""What loading an upload would do, before it is done."""

from __future__ import annotations

from collections import Counter
from typing import Any

from authoring.models import Upload
from knowledge.lexicon import plain
from knowledge.loading import load_outline
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import Node, Tree

PROBLEMS = 200
TOPICS = 12
BENEATH = 6
LONGEST = 140
# No outline has this slug: letters of chance are added to those of own ones, see `uploads`.
UNLOADED = "a-text-that-is-not-loaded-yet"


def preview_of(upload: Upload) -> dict[str, Any]:
    """The report of a preview, as JSON:

    {"title", "sha256", "pack", "counts", "changes" (None for a new outline), "levels": {level: n},
    "problems": [{"line", "level", "code", "message"}] (the first of them), "topics": the first as
    [{"name", "count", "beneath": [{"name", "count"}], "more"}], "more": how many follow}.

    OutlineError, LoadError or PackError where it can't be read.
    """
    text, title = upload.text, upload.given_title or None
    over = upload.outline
    checked = load_outline(
        text, file_name=upload.file_name, slug=over.slug if over else UNLOADED, title=title,
        check=True, owner=upload.learner_id,
    )  # fmt: skip
    tree = read_outline(text, title=title, file_name=upload.file_name)
    return {
        "title": checked.title,
        "sha256": checked.sha256,
        "pack": checked.pack,
        "counts": checked.counts,
        "changes": checked.changes if over else None,
        "levels": dict(Counter(problem["level"] for problem in checked.problems)),
        "problems": checked.problems[:PROBLEMS],
        "topics": _topics(tree),
        "more": max(0, len(tree.services) - TOPICS),
    }


def _topics(tree: Tree) -> list[dict[str, Any]]:
    topics = []
    for service in tree.services[:TOPICS]:
        beneath = [_line(child) for child in service.children[:BENEATH]]
        more = max(0, len(service.children) - BENEATH)
        topics.append({**_line(service), "beneath": beneath, "more": more})
    return topics


def _line(node: Node) -> dict[str, Any]:
    words = " ".join((plain(node.text) or node.text).split())
    if len(words) > LONGEST:
        words = words[: LONGEST - 1] + "…"
    return {"name": words, "count": sum(1 for each in node.walk() if each.kind == "fact")}
