"""Our templates without their margins: a page doesn't carry the spaces that indent its source.

A fifth of a long page was such spaces. Where they would show, in a template with `pre` or
`textarea`, they stay.
"""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

_MARGIN = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_SHOWN = re.compile(r"<(?:pre|textarea)\b")


class Loader(filesystem.Loader):
    """Loads HTML from the project's own folder of templates; other files stay as they are."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        if not origin.name.endswith(".html") or _SHOWN.search(contents):
            return contents
        return _MARGIN.sub("", contents)
