"""The text of an outline is data: hostile words come out inert, whichever way they go out."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from typing import Any

import pytest
import rdflib
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.inline import inline
from knowledge.loading import load_outline
from knowledge.models import Fact, Feature, Outline, Service
from knowledge.outline.tree import OutlineError
from knowledge.packs import NO_PACK
from quiz.exports.anki import as_apkg
from quiz.exports.csv import as_csv
from quiz.exports.gift import as_gift
from tests.inert import what_runs
from tests.questions import make_question

SCHEMES = [
    "javascript",
    "JaVaScRiPt",
    "java\tscript",
    "&#106;avascript",
    "vbscript",
    "data",
    "\x01javascript",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example/>",
    "<style>*{background:url(//evil.example)}</style>",
    "<!--<script>alert(1)</script>-->",
    "<!-- slot -->",
    "]]><script>alert(1)</script>",
    "{{ request.META }} {% include 'base.html' %}",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`<script>alert(1)</script>`",
    "\u202egnp.exe\u202d",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\ufeff\u200b<b>",
    '<a href="https://x.example" onclick="alert(1)">x</a>',
    *(f"[x]({scheme}:alert(1))" for scheme in SCHEMES),
    *(f"![x]({scheme}:alert(1))" for scheme in SCHEMES),
    *(f"<{scheme}:alert(1)>" for scheme in SCHEMES),
    "[x](<javascript:alert(1)>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[[javascript:alert(1)|x]]",
    '[x](https://a.example" onmouseover="alert(1))',
    '<https://a.example/"onmouseover="alert(1)>',
]
words = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.sampled_from(["KMS", "S3", "is"])),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip
line = words.map(lambda text: " ".join(text.split()) or "x")
RUN = ("=", "+", "-", "@", "\t", "\r")


@given(words)
@settings(max_examples=400, deadline=None)
def test_inline_markdown_never_runs(text: str) -> None:
    assert what_runs(inline(text.replace("\u202e", "").replace("\u202d", ""))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_each_known_trick_is_inert_inline(text: str) -> None:
    assert what_runs(inline(text.replace("\u202e", "").replace("\u202d", ""))) == []


def outline_of(parts: list[str]) -> bytes:
    """The parts in every place that an outline has."""
    title, topic, feature, fact, nested, cell, quote, code, other = parts
    return f"""\
# {title}
## {topic}
- {fact}
  - {nested} uses KMS
### {feature}
1. {nested}
> {quote}

```
{code}
```

| a | {cell} |
|---|---|
| {cell} | {fact} |
## {other} (KMS)
- {fact} sends to {topic}
- **{cell}**: `{code}`
""".encode("utf-8", "replace")


def pages_of(outline: Outline) -> list[str]:
    home = outline.get_absolute_url()
    service = Service.objects.for_outline(outline).order_by("-fact_count").first()
    feature = Feature.objects.for_outline(outline).select_related("service").first()
    found = [
        home,
        f"{home}about/",
        f"{home}map/",
        f"{home}quiz/",
        f"{home}service/nothing<script>/",
    ]
    found += [f"{home}search/?q=x%3Cscript%3E&as=options", f"{home}search/?q=kms"]
    if service:
        found += [service.get_absolute_url(), f"{home}map/?open={service.slug}"]
        found += [f"{home}service/{service.slug}/-/notes/"]
    if feature:
        found.append(feature.get_absolute_url())
    for fact in Fact.objects.for_outline(outline)[:2]:
        word = max(fact.text.split(), key=len)[:40]
        found += [f"{home}search/?q={word}" for word in [word.replace("&", "").replace("#", "")]]
        found += [f"{home}fact/{fact.pk}/note/", f"{home}line/{fact.line}/"]
    return [*found, "/outlines/"]


def load(parts: list[str]) -> Outline | None:
    try:
        return load_outline(outline_of(parts), slug="hostile", pack=NO_PACK).outline
    except OutlineError:
        return None  # Text that is none: refused with a sentence.


@pytest.mark.django_db
@given(st.lists(line, min_size=9, max_size=9))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pages_hold_nothing_that_runs(parts: list[str]) -> None:
    outline = load(parts)
    if outline is None:
        return
    client = Client()
    for address in pages_of(outline):
        response = client.get(address)
        assert response.status_code in (200, 302, 303, 404), address
        assert what_runs(response.content.decode()) == [], address


@pytest.mark.django_db
@given(st.lists(line, min_size=9, max_size=9))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_exports_hold_nothing_that_runs(parts: list[str]) -> None:
    if load(parts) is None:
        return
    out = {name: io.StringIO() for name in ("node-link", "graphml", "turtle", "csv")}
    for name, file in out.items():
        call_command("export_graph", format=name, outline="hostile", stdout=file)
    assert json.loads(out["node-link"].getvalue())["nodes"]
    ElementTree.fromstring(out["graphml"].getvalue())
    rdflib.Graph().parse(data=out["turtle"].getvalue(), format="turtle")
    for row in csv.reader(io.StringIO(out["csv"].getvalue().lstrip("\ufeff"))):
        assert [cell for cell in row if cell.startswith(RUN)] == []


@given(st.sampled_from(HOSTILE), st.sampled_from(["single", "cloze", "matching", "ordering"]))
@settings(max_examples=80, deadline=None)
def test_questions_hold_nothing_that_runs(text: str, kind: str) -> None:
    plain = text.replace("\u202e", "").replace("\u202d", "")
    question = make_question(kind, topic=plain, feature=plain, stem=plain, answers=(plain,))
    for option in question["options"]:
        option["text"] = option["why"] = plain
    question["explanation"] = plain
    question["evidence"] = [{"line": 1, "text": plain, "path": [plain]}]
    if question["sequence"]:
        question["sequence"] = [plain, "b", "c"]
    if question["pairs"]:
        question["pairs"] = [[plain, plain], ["b", "2"], ["c", "3"]]
    for field in anki_fields(as_apkg([question], title=plain, changed=1)):
        assert what_runs(field) == []
    for row in csv.reader(io.StringIO(as_csv([question]).lstrip("\ufeff"))):
        assert [cell for cell in row if cell.startswith(RUN)] == []
    assert what_runs(as_gift([question], category=plain)) == [] or "[html]" not in as_gift(
        [question]
    )


def anki_fields(package: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "collection.anki2")
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            file.write_bytes(archive.read("collection.anki2"))
        connection = sqlite3.connect(file)
        try:
            rows: list[Any] = connection.execute("SELECT flds FROM notes").fetchall()
        finally:
            connection.close()
    return [field for (fields,) in rows for field in fields.split("\x1f")]


@pytest.mark.django_db
def test_what_a_reader_types_is_inert_too(client: Client) -> None:
    load(["A", "B", "C", "d", "e", "f", "g", "h", "I"])
    for text in HOSTILE:
        for address in ("/o/hostile/search/", "/outlines/new/"):
            assert what_runs(client.get(address, {"q": text}).content.decode()) == []
        page = client.post("/outlines/new/", {"title": text, "text": " "}).content.decode()
        assert what_runs(page.replace("\u202e", "").replace("\u202d", "")) == []
