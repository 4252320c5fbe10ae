"""What is fuzzed: each target takes bytes and raises nothing, unless it found a fault.

The errors that a part promises for bad input are part of the answer and are caught here; whatever
else comes out is a finding. Those that need a database leave it as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction

from knowledge.lexicon import EMPTY, Lexicon
from knowledge.linking import link
from knowledge.models import Outline
from knowledge.outline.reading import read_outline
from knowledge.outline.tree import OutlineError
from knowledge.packs import read_pack
from knowledge.records import make_records
from knowledge.relations import relate
from knowledge.search import search
from quiz.grading import AnswerError, check_answer, grade, read_reply
from quiz.importing import TransferError, load_json
from quiz.models import Learner
from quiz.questions import layout_of
from quiz.transfer import export_json
from tests.questions import make_question

Target = Callable[[bytes], None]
ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
KINDS = ("single", "multiple", "true_false", "cloze", "ordering", "matching")
FIELDS = ("question", "choice", "text", "place-0", "place-1", "place-2", "match-0", "match-1",
          "match-2", "guessed", "ms", "")  # fmt: skip


def read_anything(data: bytes) -> None:
    """Any bytes as an outline: refused with a sentence, or every line accounted for."""
    with suppress(OutlineError):
        tree = read_outline(data)
        counts = tree.counts
        parts = (counts.titles, counts.services, counts.features, counts.facts,
                 counts.continuations, counts.skipped)  # fmt: skip
        assert sum(parts) == counts.lines - counts.blank, "lines are lost"


def link_anything(data: bytes) -> None:
    """Any outline's mentions and relations, with a lexicon and without."""
    with suppress(OutlineError):
        tree = read_outline(data)
        records = make_records(tree)
        for lexicon in (EMPTY, tea_lexicon()):
            linked = link(records, lexicon, tree.language)
            for mention in linked.mentions:
                assert 0 <= mention.target < len(linked.targets), "a mention of nothing"
            for relation in relate(records, linked, lexicon, tree.language):
                assert relation.evidence, "a relation without a line"
                assert relation.source != relation.target, "a relation to itself"


def search_anything(data: bytes) -> None:
    """Any text as a query."""
    found = search(some_outline(), data.decode("utf-8", "replace"))
    assert all(hit.url and hit.name is not None for hit in found.hits), "a hit without a place"


def answer_anything(data: bytes) -> None:
    """Any form as an answer to a question of any kind: refused with a sentence, or graded."""
    kind = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
    question: Any = make_question(kind, number=7)
    layout = layout_of(question, "seed")
    form: dict[str, list[str]] = {"question": [question["id"]]}
    for place, part in enumerate(data[1:].split(b"\x00")[:20]):
        name = FIELDS[part[0] % len(FIELDS)] if part else FIELDS[place % len(FIELDS)]
        form.setdefault(name, []).append(part[1:].decode("utf-8", "replace"))
    with suppress(AnswerError):
        reply = read_reply(question, layout, form)
        verdict = grade(question, reply.answer)
        assert check_answer(question, reply.answer) == reply.answer, "an answer changes when kept"
        assert isinstance(verdict.right, bool)


def import_anything(data: bytes) -> None:
    """An export, changed here and there, or no export at all: loaded, or refused whole."""
    document = data if data[:1] in (b"", b"{", b"[") else _edited(Random(data))
    with transaction.atomic():
        learner = Learner.objects.get(pk=exported()[0])
        before = "".join(export_json(learner, NOW))
        with suppress(TransferError):
            load_json(learner, document, NOW)
            transaction.set_rollback(True)
            return
        assert "".join(export_json(learner, NOW)) == before, "a refused file has changed something"
        transaction.set_rollback(True)


@cache
def tea_lexicon() -> Lexicon:
    """A small one: a large one's own making would take longer than what is tried."""
    return read_pack(ROOT / "tests" / "packs" / "tea").lexicon


def some_outline() -> Outline:
    outline = Outline.objects.default()
    assert outline is not None, "load an outline first"
    return outline


_exported: list[tuple[int, bytes]] = []


def exported() -> tuple[int, bytes]:
    """A learner's key and data, as `prepare_learner` left them."""
    return _exported[-1]


def prepare_learner(learner: Learner) -> None:
    _exported.append((learner.pk, "".join(export_json(learner, NOW)).encode()))


ODD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1e308, 2**63, 2**70, "", "x" * 5000, "\u0000", "\ud800", "2026-13-40",
    "2026-03-02T12:00:00", "9999-12-31T23:59:59.999999+23:59", "0001-01-01T00:00:00-23:59", [], {},
    [[]], {"a": {}}, "UTC", "Mars/Base", "00000000-0000-0000-0000-000000000000", 3.5, "3",
)  # fmt: skip


def _edited(rng: Random) -> bytes:
    """The export with one to four of its values replaced, dropped or doubled."""
    document = json.loads(exported()[1])
    for _ in range(rng.randint(1, 4)):
        places = list(_places(document))
        holder, key = rng.choice(places)
        match rng.randint(0, 3):
            case 0 | 1:
                holder[key] = rng.choice(ODD)
            case 2:
                del holder[key]
            case 3 if isinstance(holder, list):
                holder.append(holder[key])
            case 3:
                holder[f"{key}x"] = holder[key]
    try:
        return json.dumps(document).encode()
    except ValueError:
        return b"{}"


def _places(document: Any) -> Any:
    """(holder, key) of every value in a document."""
    stack = [document]
    while stack:
        holder = stack.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in pairs:
            yield holder, key
            if isinstance(value, dict | list):
                stack.append(value)


TARGETS: dict[str, Target] = {
    "reader": read_anything,
    "linker": link_anything,
    "query": search_anything,
    "answer": answer_anything,
    "import": import_anything,
}
