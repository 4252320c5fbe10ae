"""Inline Markdown of one line → safe HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

# Without any of these a text is its own rendering, once escaped.
_SIGNS = re.compile(r"[\\`*_\[<~\n]|&#?\w+;")
# A lone star that stands for 'anything': s3:*, arn:aws:s3:::*/logs, *.example.com
_WILDCARD = re.compile(r"(?<![*\\])(?:(?<=[:/.=-])\*|(?<![\w*)\]`])\*(?=[/.:]))(?!\*)")
_CODE = re.compile(r"(`+)(?:(?!`).)+?\1(?!`)", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_WIKI = re.compile(r"!?\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
_SCHEMES = ("https:", "http:", "mailto:")

# Longer lines are data, not prose: they are shown as they are.
_LONGEST = 20_000

_Env = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """Links lead out of the site or are plain text; pictures are links to where they are."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        href = str(tokens[idx].attrGet("href") or "")
        if href.lower().startswith(_SCHEMES):
            return f'<a href="{escape(href)}" rel="noopener noreferrer">'
        return "<span>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        depth = 0
        for token in reversed(tokens[:idx]):
            if token.type == "link_close":
                depth += 1
            elif token.type == "link_open":
                if not depth:
                    href = str(token.attrGet("href") or "")
                    return "</a>" if href.lower().startswith(_SCHEMES) else "</span>"
                depth -= 1
        return ""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: _Env) -> str:
        token = tokens[idx]
        words = escape(self.renderInlineAsText(token.children or [], options, env).strip())
        source = str(token.attrGet("src") or "")
        inside_link = any(t.type == "link_open" for t in tokens[:idx]) and any(
            t.type == "link_close" for t in tokens[idx:]
        )
        if source.lower().startswith(("https:", "http:")) and not inside_link:
            label = f"{words} (picture)" if words else "Picture"
            return f'<a href="{escape(source)}" rel="noopener noreferrer">{label}</a>'
        return words or "(picture)"


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(
    "strikethrough"
)


def inline(text: str) -> str:
    """One line of an outline as HTML that may stand anywhere in a page.

    >>> inline("Allows **all** of `s3:*` & <b>")
    'Allows <strong>all</strong> of <code>s3:*</code> &amp; &lt;b&gt;'
    >>> inline("arn:aws:s3:::*/logs/*")
    'arn:aws:s3:::*/logs/*'
    """
    if len(text) > _LONGEST or not _SIGNS.search(text):
        return escape(text, quote=False)
    return str(_MARKDOWN.renderInline(_prepared(text))).strip()


def _prepared(text: str) -> str:
    """The text with wildcards, breaks and wiki links put in words that CommonMark reads right."""
    parts: list[str] = []
    at = 0
    for code in _CODE.finditer(text):
        parts.append(_outside_code(text[at : code.start()]))
        parts.append(code[0])
        at = code.end()
    parts.append(_outside_code(text[at:]))
    return "".join(parts)


def _outside_code(text: str) -> str:
    text = _WILDCARD.sub(r"\\*", text)
    text = _BREAK.sub("\\\\\n", text)
    return _WIKI.sub(lambda link: link[2] or link[1], text)
