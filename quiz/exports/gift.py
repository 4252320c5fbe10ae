"""Questions in Moodle's GIFT format. Pure.

Read by `question/format/gift/format.php` of Moodle; its rules decide what is written here:

- texts are `[plain]`, so that a `<` stays a `<`;
- a weight may have two digits before its point at most, so 100 % is never written;
- `->` anywhere makes a question without `~` a matching one, so other arrows stand for it there;
- a short answer takes `*` for any text, so a star of its own is written `\\*`;
- the format has no ordering: its steps are matched with their places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Question = Mapping[str, Any]

_SPECIAL = "~=#{}:"
_FORMATS = ("[html]", "[plain]", "[markdown]", "[moodle]")


def as_gift(questions: Sequence[Question], *, category: str = "") -> str:
    """A GIFT file; each topic is a category of its own below `category`."""
    parts: list[str] = []
    topic = None
    for question in sorted(questions, key=lambda question: question["topic"]):
        if question["topic"] != topic:
            topic = question["topic"]
            parts.append(f"$CATEGORY: {_category(category, topic)}\n")
        parts.append(_question(question))
    return "\n".join(parts)


def escape(text: str) -> str:
    """A text whose signs mean themselves, on one line.

    >>> escape("a = {b}")
    'a \\\\= \\\\{b\\\\}'
    """
    line = " ".join(text.split()).replace("\\", "\\\\")
    for sign in _SPECIAL:
        line = line.replace(sign, "\\" + sign)
    return line


def _category(*names: str) -> str:
    # A slash divides categories; two of them are one of the name's own.
    return "/".join(" ".join(name.split()).replace("/", "//") for name in names if name)


def _question(question: Question) -> str:
    name = escape(f"{question['topic']} {question['id']}")
    match question["kind"]:
        case "single" | "multiple":
            lines = _choices(question)
        case "true_false":
            lines = [_statement(question)]
        case "matching":
            pairs = question["pairs"]
            lines = [f"={_text(_no_arrow(left))} -> {escape(right)}" for left, right in pairs]
        case "ordering":
            steps = enumerate(question["sequence"], 1)
            lines = [f"=Step {number} -> {escape(step)}" for number, step in steps]
        case "cloze":
            lines = [f"={_answer(answer)}" for answer in question["answers"]]
        case kind:
            raise ValueError(f"GIFT has nothing for a question of kind {kind!r}.")
    lines.append(f"####{_text(explanation(question))}")
    body = "".join(f"\t{line}\n" for line in lines)
    return f"::{name}::[plain]{escape(question['stem'])}{{\n{body}}}\n"


def explanation(question: Question) -> str:
    """Why the key is right, with the outline's lines."""
    lines = [str(e["line"]) for e in question["evidence"] if e["line"] is not None]
    where = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(dict.fromkeys(lines))}"
    return f"{question['explanation']} ({where})" if lines else str(question["explanation"])


def _text(text: str) -> str:
    """A text that stands where Moodle would take a format name or a weight from its start."""
    shown = escape(text)
    return f"[plain]{shown}" if shown.startswith(("%", *_FORMATS)) else shown


def _choices(question: Question) -> list[str]:
    options = question["options"]
    keys = sum(option["correct"] for option in options)
    weight = f"{100 / keys:.5f}".rstrip("0").rstrip(".")
    lines = []
    for option in options:
        if keys == 1:
            sign = "=" if option["correct"] else "~"
        else:
            # What is wrong costs as much as a key brings, or choosing all would win.
            sign = f"~%{'' if option['correct'] else '-'}{weight}%"
        lines.append(sign + _text(option["text"]) + _feedback(option["why"]))
    return lines


def _feedback(why: str) -> str:
    return f"#{_text(why)}" if why.strip() else ""


def _statement(question: Question) -> str:
    """TRUE or FALSE, then what a wrong answer is told, then what the right one is."""
    key = next(option for option in question["options"] if option["correct"])
    other = next(option for option in question["options"] if not option["correct"])
    answer = "TRUE" if key["text"].casefold() == "true" else "FALSE"
    told = [_text(option["why"] or key["why"]) for option in (other, key)]
    return answer + "".join(f"#{text}" for text in told)


def _answer(text: str) -> str:
    shown = _no_arrow(escape(text)).replace("*", "\\\\*")
    return f"[plain]{shown}" if shown.startswith(("%", *_FORMATS)) else shown


def _no_arrow(text: str) -> str:
    return text.replace("->", "→")
