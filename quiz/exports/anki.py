"""Questions as an Anki package: one note each, that importing again finds again. Pure.

A note's identity (`guid`, and the ids of the note and its card) comes from what is asked and what
is right, not from the wrong options: an outline that grew, or another seed, updates the note that
is there and leaves what Anki remembers of it.
"""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import genanki

from quiz.exports.gift import explanation

Question = Mapping[str, Any]

FOLDER = Path(__file__).parent
MODEL_ID = 1_726_304_518
FIELDS = ("Question", "Options", "Answer", "Why", "Explanation", "Topic", "Id")
# Anki reads an id as the time of making, in milliseconds: all of ours lie after this one.
FIRST_ID = 1_600_000_000_000
SPAN = 10**11
HINTS = {
    "cloze": "Say what fills the gap.",
    "ordering": "Put them in order.",
    "matching": "Match each with its partner.",
}


def as_apkg(questions: Sequence[Question], *, title: str, changed: int) -> bytes:
    """The package, a deck for each topic under `title`; the same bytes for the same arguments.

    `changed` (seconds since 1970) is when the questions last changed: Anki takes a note's text
    over where it is newer than what it has.
    """
    model = _model()
    decks: dict[str, genanki.Deck] = {}
    guids: list[str] = []
    for question in questions:
        name = f"{_part(title)}::{_part(question['topic'])}"
        deck = decks.get(name)
        if deck is None:
            deck = decks[name] = genanki.Deck(_number(f"deck {name}", 2**31), name)
        guid = identity(question)
        if guid in guids:
            guid = _digest(f"{guid} {question['id']}")
        guids.append(guid)
        tags = [f"outgraph::{question['kind']}"]
        deck.add_note(genanki.Note(model, _fields(question), guid=guid, tags=tags))
    return _package(list(decks.values()), changed)


def identity(question: Question) -> str:
    """What makes a note the same one: what is asked, where, and what is right."""
    right = sorted(option["text"] for option in question["options"] if option["correct"])
    marks = [question["kind"], question["topic"], question["stem"], right, question["pairs"],
             question["sequence"], question["answers"] and question["answers"][0]]  # fmt: skip
    return _digest(repr(marks))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:20]


def _number(text: str, below: int) -> int:
    return 1 + int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") % (
        below - 1
    )


def _part(name: str) -> str:
    # Two colons divide decks.
    return re.sub(r":{2,}", ":", " ".join(name.split())).strip(":") or "Outline"


def _model() -> genanki.Model:
    return genanki.Model(
        MODEL_ID,
        "Outgraph question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{
            "name": "Card 1",
            "qfmt": (FOLDER / "front.html").read_text("utf-8"),
            "afmt": (FOLDER / "back.html").read_text("utf-8"),
        }],
        css=(FOLDER / "card.css").read_text("utf-8"),
    )  # fmt: skip


def text(words: str) -> str:
    """Words as they are: no tags, no sound or LaTeX of Anki's, no MathJax."""
    escaped = html.escape(" ".join(words.split())).replace("[", "&#91;")
    return re.sub(r"\\(?=\(|&#91;)", r"\\<b></b>", escaped)


def _fields(question: Question) -> list[str]:
    return [
        text(question["stem"]),
        _asked(question),
        _answer(question),
        _why(question),
        text(explanation(question)),
        text(question["topic"]),
        question["id"],
    ]


def _items(parts: Sequence[str], kind: str) -> str:
    return f'<ol type="{kind}">{"".join(f"<li>{part}</li>" for part in parts)}</ol>'


def _asked(question: Question) -> str:
    if question["kind"] in ("single", "multiple"):
        return _items([text(option["text"]) for option in question["options"]], "A")
    hint = HINTS.get(question["kind"])
    shown = f"<p>{hint}</p>" if hint else ""
    if question["kind"] == "ordering":
        # In the order of the alphabet, which tells nothing.
        return shown + _items([text(step) for step in sorted(question["sequence"])], "A")
    if question["kind"] == "matching":
        left = [text(one) for one, _ in question["pairs"]]
        right = [text(other) for other in sorted(other for _, other in question["pairs"])]
        return shown + _items(left, "1") + _items(right, "A")
    return shown


def _answer(question: Question) -> str:
    match question["kind"]:
        case "cloze":
            return " or ".join(text(answer) for answer in question["answers"])
        case "ordering":
            return _items([text(step) for step in question["sequence"]], "1")
        case "matching":
            pairs = [f"{text(left)} → {text(right)}" for left, right in question["pairs"]]
            return _items(pairs, "1")
    choice = question["kind"] != "true_false"
    keys = [
        f"{letter}. {text(option['text'])}" if choice else text(option["text"])
        for letter, option in zip(ascii_uppercase, question["options"], strict=False)
        if option["correct"]
    ]
    return "<br>".join(keys)


def _why(question: Question) -> str:
    """Of each wrong option, why it is."""
    wrong = [
        f"<dt>{letter}. {text(option['text'])}</dt><dd>{text(option['why'])}</dd>"
        for letter, option in zip(ascii_uppercase, question["options"], strict=False)
        if not option["correct"] and question["kind"] != "true_false"
    ]
    return f"<dl>{''.join(wrong)}</dl>" if wrong else ""


def _ids(decks: Sequence[genanki.Deck]) -> Iterator[int]:
    """A note's id and its card's, in the order in which genanki asks for them."""
    taken: set[int] = set()
    for deck in decks:
        for note in deck.notes:
            for what in ("note", *("card" for _ in note.cards)):
                found = FIRST_ID + _number(f"{what} {note.guid}", SPAN)
                while found in taken:
                    found += 1
                taken.add(found)
                yield found


def _package(decks: Sequence[genanki.Deck], changed: int) -> bytes:
    """What genanki's own writing gives, with ids and times of ours and no file left behind."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(file)
        try:
            package = genanki.Package(list(decks))
            package.write_to_db(connection.cursor(), changed, _ids(decks))
            connection.commit()
        finally:
            connection.close()
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as archive:
            archive.writestr(_entry("collection.anki2"), file.read_bytes())
            archive.writestr(_entry("media"), "{}")
        return written.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry
