"""Style sheets and scripts as one file each: a browser's first visit asks for two, not for twenty.

Each script stays a room of its own: it stands in a block, where its names are its own, as those of
a module are; that is why none of them may import or export. Comments are left out, and spaces that
only make the sources readable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

STYLES, SCRIPTS = "css/site.css", "js/site.js"
_CSS_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
# What is written in quotes; spaces beside a sign; spaces after a property's name; all other spaces.
_CSS_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,])\s*|(:)\s+|\s+""")
_JS_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_JS_MARGIN = re.compile(r"^\s+", re.MULTILINE)
_TEXT_OVER_LINES = re.compile(r"^(?:[^`\n]*`[^`\n]*`)*[^`\n]*`[^`\n]*$", re.MULTILINE)
_CROSSING = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def bundle_styles(sources: Sequence[str]) -> str:
    """
    >>> bundle_styles(["/* Ink */ a { color: red; }", "b { margin: 0; }"])
    'a{color:red}\\nb{margin:0}\\n'
    """
    return "".join(_tight(_CSS_COMMENT.sub("", source)) + "\n" for source in sources)


def _tight(styles: str) -> str:
    def kept(match: re.Match[str]) -> str:
        return match[1] or match[2] or match[3] or " "

    return _CSS_SPACE.sub(kept, styles.strip()).replace(";}", "}")


def bundle_scripts(sources: Sequence[str]) -> str:
    """
    >>> bundle_scripts(["// One\\n  const a = 1;", "const a = 2;"])
    '{\\nconst a = 1;\\n}\\n{\\nconst a = 2;\\n}\\n'
    """
    parts = []
    for source in sources:
        if _CROSSING.search(source):
            raise ValueError("a script that is bundled may not import or export")
        if _TEXT_OVER_LINES.search(source):
            raise ValueError("a script that is bundled may hold no text that runs over lines")
        bare = _JS_MARGIN.sub("", _JS_COMMENT.sub("", source))
        parts.append("{\n" + bare.strip() + "\n}\n")
    return "".join(parts)


def write_bundles(
    static: Path, folder: Path, styles: Sequence[str], scripts: Sequence[str]
) -> None:
    """Make both bundles in `folder` from files named relative to `static`."""

    def read(names: Sequence[str]) -> list[str]:
        return [(static / name).read_text("utf-8") for name in names]

    for name, content in (
        (STYLES, bundle_styles(read(styles))),
        (SCRIPTS, bundle_scripts(read(scripts))),
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text("utf-8") != content:
            file.write_text(content, "utf-8")
