"""Which module may import which: data goes one way, and the core knows no Django."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STANDARD = set(sys.stdlib_module_names)
# Pure rooms: what each may import beside the standard library and its own package.
PURE = {
    "knowledge.outline": set(),
    "knowledge.lexicon": set(),
    "knowledge.records": {"knowledge.outline"},
    "knowledge.identity": {"rapidfuzz"},
    "knowledge.naming": {"knowledge.lexicon", "knowledge.records"},
    "knowledge.packs": {"knowledge.lexicon"},
    "knowledge.linking": {
        "ahocorasick_rs", "rapidfuzz", "knowledge.lexicon", "knowledge.records",
    },
    "knowledge.relations": {"knowledge.lexicon", "knowledge.linking", "knowledge.records"},
    "knowledge.graph": {
        "networkx", "numpy", "scipy", "knowledge.lexicon", "knowledge.linking",
        "knowledge.records", "knowledge.relations",
    },
    "authoring.errors": set(),
    "authoring.archives": {"authoring.errors"},
    "authoring.texts": {"authoring.errors", "knowledge.outline"},
    "knowledge.labels": set(),
    "knowledge.signs": set(),
    "knowledge.maps": {"knowledge.labels"},
    "knowledge.map_dots": {"knowledge.labels", "knowledge.maps"},
    "knowledge.map_svg": {
        "knowledge.map_dots", "knowledge.maps", "knowledge.signs", "knowledge.slots",
    },
    "quiz.questions": set(),
    "quiz.gaps": {"rapidfuzz"},
    "quiz.grading": {"quiz.gaps", "quiz.questions"},
    "quiz.days": set(),
    "quiz.scheduling": {"fsrs", "quiz.days"},
    "quiz.aiming": {"quiz.days", "quiz.scheduling"},
    "quiz.blueprints": {"quiz.questions"},
    "quiz.exam": {"quiz.blueprints", "quiz.questions"},
    "quiz.mastery": set(),
    "quiz.planning": {"quiz.mastery"},
    "quiz.items": {
        "numpy", "scipy", "snowballstemmer",
        "knowledge.lexicon", "knowledge.linking", "knowledge.outline",
        "knowledge.records", "knowledge.relations",
    },
}  # fmt: skip


def modules() -> dict[str, Path]:
    found = {}
    for top in ("config", "knowledge", "quiz", "authoring"):
        for file in (ROOT / top).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(part for part in parts if part != "__init__")] = file
    return found


MODULES = modules()


def imports(file: Path, name: str) -> list[tuple[int, str]]:
    """(line, module) of every import, wherever in the file it stands."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
                above = package[: len(package) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                # `from package import module` is about the module, not about the package.
                whole = f"{base}.{alias.name}"
                found.append((node.lineno, whole if whole in MODULES else base))
    return found


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_import_only_what_they_may(room: str) -> None:
    strays = [
        f"{name}:{line} imports {module}"
        for name, file in MODULES.items()
        if within(name, room)
        for line, module in imports(file, name)
        if module.split(".")[0] not in STANDARD
        and not within(module, room)
        and not any(within(module, allowed) for allowed in PURE[room])
    ]
    assert strays == []


# The apps go one way: what each must not know of.
AFTER = {"knowledge": ("quiz", "authoring"), "quiz": ("authoring",)}


@pytest.mark.parametrize("app", AFTER)
def test_apps_go_one_way(app: str) -> None:
    strays = [
        f"{name}:{line} imports {module}"
        for name, file in MODULES.items()
        if within(name, app)
        for line, module in imports(file, name)
        if any(within(module, later) for later in AFTER[app])
    ]
    assert strays == []


def test_no_import_hides_inside_a_function() -> None:
    hidden = []
    for name, file in MODULES.items():
        if ".migrations." in name:
            continue
        for outer in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden += [
                    f"{name}:{node.lineno}"
                    for node in ast.walk(outer)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert hidden == []


def only_for_types(file: Path) -> set[int]:
    """Lines of imports that no running program sees."""
    return {
        inner.lineno
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }


def test_no_two_modules_import_each_other() -> None:
    known = {
        name: {
            module
            for line, module in imports(file, name)
            if module in MODULES and module != name and line not in only_for_types(file)
        }
        for name, file in MODULES.items()
    }

    def reaches(start: str) -> list[str]:
        stack = [(module, [start, module]) for module in known[start]]
        seen = set()
        while stack:
            module, path = stack.pop()
            if module == start:
                return path
            if module not in seen:
                seen.add(module)
                stack += [(further, [*path, further]) for further in known[module]]
        return []

    assert [path for name in known if (path := reaches(name))] == []


def test_no_room_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "helpers", "common", "misc", "base", "manager", "handler"}
    assert [name for name in MODULES if name.split(".")[-1] in vague] == []
