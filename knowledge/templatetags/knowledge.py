"""Small words and signs that the templates share."""

from __future__ import annotations

from django import template
from django.conf.locale import LANG_INFO
from django.utils.safestring import SafeString, mark_safe

from knowledge.inline import inline as render_inline
from knowledge.lexicon import plain as plain_text
from knowledge.signs import SHAPES
from knowledge.slots import slot as slot_of

register = template.Library()

_MARKS = tuple(
    mark_safe(  # noqa: S308
        f'<svg class="mark d{number}" viewBox="0 0 12 12" aria-hidden="true">'
        f'<path d="{shape}"/></svg>'
    )
    for number, shape in enumerate(SHAPES[1:], 1)
)


@register.simple_tag
def mark(number: int) -> SafeString:
    """The mark of a domain, in its hue; nothing for 0."""
    return _MARKS[number - 1] if number else SafeString("")


@register.simple_tag
def slot(kind: str, number: int) -> SafeString:
    """A place for a mark of the reader's; nothing for 0."""
    return mark_safe(slot_of(kind, number)) if number else SafeString("")  # noqa: S308


@register.filter
def inline(text: str) -> SafeString:
    """Inline Markdown as HTML."""
    return mark_safe(render_inline(text))  # noqa: S308


@register.filter
def plain(text: str) -> str:
    """The words without their inline Markdown."""
    return plain_text(text) or text


@register.filter
def sentence(words: str) -> str:
    """A clause as a sentence of its own: `stores keys` → `Stores keys.`"""
    return words[:1].upper() + words[1:].rstrip(".") + "."


@register.filter
def counted(number: int | None, noun: str) -> str:
    """A number with its noun: `1 fact`, `2,741 facts`."""
    return f"{number or 0:,} {noun if number == 1 else noun + 's'}"


@register.filter
def language_name(tag: str) -> str:
    """A language tag in words: `it` → `Italian`; as it is where it isn't known."""
    known = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.partition("-")[0].lower(), {})
    return str(known.get("name", tag))


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def share(part: int, whole: int) -> str:
    """A part as a percentage of the whole, for the width of a bar; a small one stays visible."""
    return f"{max(100 * part / whole, 0.4):.1f}%" if whole and part else "0"
