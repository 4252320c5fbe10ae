"""One note of a folder: its lines in order, its title, its headings at the levels of the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import marks
from .blocks import read_blocks
from .decoding import MAX_BYTES, read_lines
from .dialects import as_markdown
from .flow import Flow
from .inline import listed
from .problems import Problems
from .tree import Node
from .vault_paths import is_slug, readable, stands_for_folder, stem_of

TOPIC_LEVEL = 2
_DEEPEST = 6
_RAW = re.compile("<(script|style)", re.IGNORECASE)
_NAMES = ("alias", "aliases")


@dataclass(slots=True)
class NoteText:
    """A note as it goes into the whole: (line of the file, text) in order, without its title."""

    title: str
    title_line: int
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    settings_line: int  # where the names above come from, 0 where there are none
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_note(data: bytes | str, path: Sequence[str]) -> NoteText:
    """Read a note; `path` are its folders and its file's name. OutlineError where it is no text."""
    lines = read_lines(data, Problems(), MAX_BYTES)
    as_markdown(lines)
    problems = Problems()
    draft = read_blocks(list(lines), problems)
    flow, settings = draft.flow, {key.lower(): v for key, v in draft.metadata.items()}
    heads = [(flow.levels[at], flow.nodes[at]) for at in range(len(flow)) if flow.levels[at]]
    title, own = _title(path, settings.get("title", ""), flow, heads)
    front = sorted(p.line for p in problems.found if p.code == "front-matter")
    note = NoteText(title, own.line if own else 1, (), (), front[0] if front else 0)
    if front:
        note.aliases = tuple(name for key in _NAMES for name in listed(settings.get(key, "")))
        note.tags = listed(settings.get("tags", ""))
    if own:
        note.aliases += own.aliases
        note.tags += own.tags
    stem = stem_of(path[-1])
    if not stands_for_folder(path[-1]) and _key(stem) != _key(title):
        note.aliases += (readable(stem),)
    note.aliases = tuple(dict.fromkeys(note.aliases))
    gone = set(front) | (_lines_of(own) if own else set())
    changed = _headings(heads, own)
    for at in [p.line for p in problems.found if p.code == "toc"]:
        if (found := marks.heading(lines[at - 1].strip())) is not None:
            changed[at] = ["#" * _DEEPEST + " " + found[1]]
    for _, node in heads:
        gone.update(node.more)
    _close(lines, flow, problems, changed)
    for at, line in enumerate(lines, 1):
        if at in changed:
            note.lines += [(at, text) for text in changed[at]]
        elif at not in gone:
            note.lines.append((at, line))
    return note


def _title(
    path: Sequence[str], setting: str, flow: Flow, heads: Sequence[tuple[int, Node]]
) -> tuple[str, Node | None]:
    """What the note is called, and the heading of its own that says so."""
    stem = stem_of(path[-1])
    name = readable(path[-2]) if stands_for_folder(path[-1]) and len(path) > 1 else readable(stem)
    level, first = heads[0] if heads else (0, None)
    leads = first is not None and flow.nodes[0] is first
    is_only = level and [each for each, _ in heads if each <= level] == [level]
    if leads and first and _key(first.text) in (_key(setting), _key(stem), _key(name)):
        return " ".join(first.text.split()), first
    if setting.strip():
        return " ".join(setting.split()), None
    if leads and first and is_only and (is_slug(stem) or stands_for_folder(path[-1])):
        return " ".join(first.text.split()), first
    return name, None


def _headings(heads: Sequence[tuple[int, Node]], own: Node | None) -> dict[int, list[str]]:
    """The headings below the title as they are written in the whole, by line."""
    below = [(level, node) for level, node in heads if node is not own]
    used = sorted({level for level, _ in below})
    place = {level: min(TOPIC_LEVEL + 1 + at, _DEEPEST) for at, level in enumerate(used)}
    return {
        node.line: [" ".join(("#" * place[level], node.text, *(f"#{tag}" for tag in node.tags)))]
        for level, node in below
    }


def _lines_of(node: Node) -> set[int]:
    return {node.line, *node.more}


def _close(lines: list[str], flow: Flow, problems: Problems, changed: dict[int, list[str]]) -> None:
    """End what the note opens and never ends, so that it can't take the next note in."""
    unclosed = {p.line: p.line for p in problems.found if p.code == "unclosed-fence"}
    for node in flow.nodes if unclosed else ():
        if node.line in unclosed:
            unclosed[node.line] = max((node.line, *node.more))
    for first, last in unclosed.items():
        item = marks.ITEM.match(lines[first - 1])
        fence = marks.FENCE.match(lines[first - 1][item.end() if item else 0 :].strip())
        if fence:
            mark = (fence[1] or fence[3] or "")[:16]
            changed[last] = [*changed.get(last, [lines[last - 1]]), mark]
    ends = {"-->": 0, "%%": 0, "*/}": 0, ":END:": 0, "</script": 0, "</style": 0}
    for at, line in enumerate(lines, 1):
        for sign in ends:
            if sign in line:
                ends[sign] = at
    skipped = {p.line: p.code for p in problems.found}
    code = {at for node in flow.nodes if node.form == "code" for at in (node.line, *node.more)}
    for at, line in enumerate(lines, 1):
        if at in code or at in changed:
            continue
        if "<!--" in line and at >= ends["-->"] and "-->" not in line[line.rfind("<!--") :]:
            if skipped.get(at) == "unclosed-comment":
                changed[at] = [f"{line} -->"]
            else:
                changed[at] = ["&lt;!--".join(line.rsplit("<!--", 1))]
        elif line.strip() == "%%" and at == ends["%%"]:
            changed[at] = [line.replace("%%", "\\%%")]
        elif "{/*" in line and at >= ends["*/}"] and "*/}" not in line:
            changed[at] = [f"{line} */}}"]
        elif line.strip() in (":LOGBOOK:", ":PROPERTIES:") and at > ends[":END:"]:
            changed[at] = [line, ":END:"]
        elif (tag := _raw_tag(line)) and at > ends[f"</{tag}"]:
            changed[at] = [f"{line}</{tag}>"]


def _raw_tag(line: str) -> str:
    found = _RAW.match(line.strip())
    return found[1].lower() if found else ""


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
