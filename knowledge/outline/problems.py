"""What is told about lines that are left out or mended: one sentence for each code."""

from __future__ import annotations

from .tree import Level, Problem

SKIPPED = {
    "front-matter": "Front matter: read as settings of the file, not as a note.",
    "comment": "A comment in the file: left out.",
    "unclosed-comment": "A comment starts here and never ends: only this line is left out.",
    "toc": "A table of contents: left out, since the headings themselves are read.",
    "property": "A property of the note app: read as a setting, not as a note.",
    "import": "An import or export of a program: left out.",
    "rule": "A dividing line: left out.",
    "link-definition": "The address of a link that is used elsewhere: left out.",
    "html": "HTML tags without words: left out.",
    "directive": "A container mark without words: left out.",
    "image-data": "An image stored in the line itself: left out.",
    "badge": "Badges of the project: left out.",
    "navigation": "A link back within the page: left out.",
    "reference": "A block from another place of the note app, not its words: left out.",
    "tags": "A line of tags: read as settings of the file, not as a note.",
    "shortcode": "A command to the program that sets the page: left out.",
    "empty-item": "A list item, heading, cell or block without words: left out.",
    "invisible": "Only invisible characters: left out.",
}

REPAIRED = {
    "encoding": "The file is not UTF-8; it was read as Windows-1252.",
    "control-character": "A control character was replaced by a replacement sign.",
    "heading-in-example": "A line of the example above, not a heading: joined to it.",
    "heading-space": "A space is missing after the heading marks: read as a heading.",
    "duplicate-heading": "This name was used before: what follows is added under the first one.",
    "torn-code": "Code is torn over several list items: they were joined into one.",
    "indent-jump": "The indentation jumps by more than one step: read as one level deeper.",
    "indent-odd": "The indentation is one space off: read as the same level.",
    "too-deep": "Lists are nested more than 64 deep here: deeper items stay at level 64.",
    "unclosed-fence": "A code block starts here and never ends: cut at the end of its section.",
    "image-data": "An image stored in the text was replaced by its description.",
}


class Problems:
    """The remarks on one file, collected in any order."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.skipped: list[int] = []

    def skip(self, line: int, code: str) -> None:
        """Leave the whole line out, and say so."""
        self.skipped.append(line)
        self.found.append(Problem(line, "warning", code, SKIPPED[code]))

    def repaired(self, line: int, code: str, message: str = "") -> None:
        """Say that the line was read otherwise than it stands."""
        self.add(line, "repaired", code, message or REPAIRED[code])

    def add(self, line: int, level: Level, code: str, message: str) -> None:
        """Any other remark."""
        self.found.append(Problem(line, level, code, message))

    def in_order(self) -> list[Problem]:
        """All of them by line, those of one line as they were met."""
        return sorted(self.found, key=lambda problem: problem.line)
