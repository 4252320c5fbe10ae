"""What a page must not hold, whatever the notes say: anything that a browser would run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

OVERRIDES = "\u202d\u202e"
# Elements that only our own templates may bring, and never from a text.
_DANGEROUS = {"iframe", "object", "embed", "base", "applet", "frame", "frameset", "foreignobject"}
_ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"}
_SAFE = re.compile(r"(?:https?:|mailto:|[/?#.]|[\w%~-]*(?:[/?#]|$))", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _DANGEROUS:
            self.found.append(f"<{tag}>")
        if (
            tag == "script"
            and not given.get("nonce")
            and given.get("type") != "application/ld+json"
        ):
            self.found.append(f"<script {given}>")
        if tag == "style":
            self.found.append("<style>")
        if tag == "meta" and given.get("http-equiv", "").lower() not in ("", "refresh"):  # type: ignore[union-attr]
            self.found.append(f"<meta {given}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")
            if name == "style":
                self.found.append(f"{tag} style={value}")
            if name in _ADDRESSES and not _SAFE.match(_UNSEEN.sub("", value or "")):
                self.found.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag


def what_runs(html: str) -> list[str]:
    """Everything in the page that a text could have brought to run, and should not have."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found + [hex(ord(sign)) for sign in OVERRIDES if sign in html]
