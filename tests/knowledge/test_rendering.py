"""Facts as HTML: every form set as what it is, every text inert."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.inline import inline
from knowledge.rendering import FactLine, render_facts


def fact(
    text: str, *, key: int = 1, depth: int = 0, form: str = "bullet", **more: object
) -> FactLine:
    values = {"feature_id": None, "ordinal": None, "line": 7} | more
    return FactLine(id=key, depth=depth, form=form, text=text, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "html"),
    [
        ("bullet", "<p>some words"),
        ("paragraph", '<li id="fact-1" class="paragraph"><p>some words'),
        ("code", '<pre tabindex="0"><code>some words</code></pre>'),
        ("quote", "<blockquote><p>some words"),
        ("heading", "<h3>some words"),
        ("definition", '<li id="fact-1" class="def"><p>some words'),
    ],
)
def test_each_form_is_set_as_what_it_is(form: str, html: str) -> None:
    assert html in render_facts([fact("some words", form=form)], 3)


def test_a_numbered_fact_keeps_its_number() -> None:
    html = render_facts([fact("step", form="numbered", ordinal=4)], 3)
    assert "<ol" in html
    assert '<li id="fact-1" value="4">' in html


def test_nesting_is_nesting() -> None:
    html = render_facts([fact("above"), fact("below", key=2, depth=1)], 3)
    assert html.index('id="fact-1"') < html.index("<ul>") < html.index('id="fact-2"')
    assert html.count("<ul") == html.count("</ul>") == 2
    assert html.count("<li") == html.count("</li>") == 2


def test_a_fact_has_a_link_with_its_line() -> None:
    link = '<a class="ln" href="#fact-1"><span>line </span>7</a>'
    assert link in render_facts([fact("words")], 3)


def test_a_tag_says_that_a_fact_was_added() -> None:
    html = render_facts([fact("words", tags=["added"])], 3)
    assert re.search(r'<span class="tag" title="[^"]+">added</span>', html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[words](javascript:alert(1))",
        "[words](data:text/html,<script>alert(1)</script>)",
        '![x](https://example.com/a.png "onload=alert(1)")',
        "`<b>`",
        "&lt;script&gt;",
    ],
)
def test_markup_of_the_text_is_inert(text: str) -> None:
    html = inline(text)
    assert re.findall(r"<(?!/?(?:a|code|em|strong|s|br|span)\b)", html) == []
    assert 'href="javascript' not in html


@given(st.text(max_size=60), st.sampled_from(["bullet", "code", "quote", "heading", "paragraph"]))
def test_any_text_comes_out_inert_and_balanced(text: str, form: str) -> None:
    html = render_facts([fact(text or "-", form=form)], 3)
    for tag in ("li", "ul", "p", "pre", "code", "blockquote", "h3"):
        assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>")
    assert not re.search(r"<(?:script|img|iframe|object|svg|style)\b", html)
