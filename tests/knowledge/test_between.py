"""Two topics: how one reaches the other, and both side by side."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from knowledge.models import Outline
from tests.factories import make_outline

pytestmark = pytest.mark.django_db

NOTES = """\
# Cloud
## GuardDuty
### Output
- Sends findings to EventBridge
- Sends findings to Security Hub
## EventBridge
### Rules
- Triggers Lambda
## Security Hub
### Actions
- Triggers Lambda
## Lambda
### Alarms
- Watch a metric
## Firewalls
### Network ACLs
- Stateless
- Default
  - Allows everything
- Changes take effect at once
### Security groups
- Stateful
- Default
  - Allows outbound
- Changes never cut a connection
## Alone
### Part
- Has nothing to do with them
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES, slug="cloud")


def words(client: Client, address: str, **query: str) -> str:
    """What the page says, without its tags."""
    response = client.get(address, query)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_a_path_says_each_step_with_its_line(client: Client, outline: Outline) -> None:
    page = words(client, "/o/cloud/path/", **{"from": "guardduty", "to": "lambda"})
    assert "GuardDuty sends to EventBridge: “Sends findings to EventBridge” line 4" in page
    assert "EventBridge triggers Lambda: “Triggers Lambda” line 8" in page


def test_ways_that_are_equally_short_are_all_shown(client: Client, outline: Outline) -> None:
    page = words(client, "/o/cloud/path/", **{"from": "guard duty", "to": "Lambda"})
    assert page.count("2 steps, one of the shortest ways") == 2
    assert "Security Hub triggers Lambda" in page


def test_no_way_is_said_so(client: Client, outline: Outline) -> None:
    page = words(client, "/o/cloud/path/", **{"from": "guardduty", "to": "alone"})
    assert "No way of at most six steps leads from GuardDuty to Alone" in page
    same = words(client, "/o/cloud/path/", **{"from": "guardduty", "to": "guard duty"})
    assert "is where you are already" in same


@pytest.mark.parametrize(("at", "names"), [("path", ("from", "to")), ("compare", ("a", "b"))])
def test_an_unknown_name_gets_a_sentence_and_the_nearest(
    client: Client, outline: Outline, at: str, names: tuple[str, str]
) -> None:
    query = {names[0]: "Event Brigade", names[1]: "lambda"}
    response = client.get(f"/o/cloud/{at}/", query)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Nothing in these notes is called “Event Brigade”." in html
    assert f'href="?{names[0]}=EventBridge&amp;{names[1]}=lambda"' in html
    assert 'value="Event Brigade"' in html


@pytest.mark.parametrize("at", ["path", "compare"])
def test_nothing_asked_says_what_to_do(client: Client, outline: Outline, at: str) -> None:
    assert "Name two topics or features" in words(client, f"/o/cloud/{at}/")


def test_compared_features_face_each_other(client: Client, outline: Outline) -> None:
    response = client.get("/o/cloud/compare/", {"a": "nacl", "b": "security groups"})
    html = response.content.decode()
    rows = [
        re.findall(r"<td>(.*?)</td>", row, re.S)
        for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)
    ]
    pairs = [
        tuple(" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row)
        for row in rows
        if len(row) == 2
    ]
    assert ("Stateless line 17", "Stateful line 22") in pairs
    assert ("Default: Allows everything line 19", "Default: Allows outbound line 24") in pairs
    assert (
        "Changes take effect at once line 20",
        "Changes never cut a connection line 25",
    ) in pairs


def test_compared_topics_say_how_they_relate(client: Client, outline: Outline) -> None:
    page = words(client, "/o/cloud/compare/", a="eventbridge", b="security hub")
    assert "EventBridge and Security Hub both trigger Lambda" in page
    direct = words(client, "/o/cloud/compare/", a="guardduty", b="eventbridge")
    assert "How they relate GuardDuty sends to EventBridge" in direct


def test_topics_without_a_lexicon_are_compared(client: Client) -> None:
    make_outline(
        "# Tea\n## Green tea\n- Leaves are steamed soon after picking\n- Grown in Japan\n"
        "## Black tea\n- Leaves are rolled and oxidised after picking\n- Grown in Assam\n",
        slug="tea",
    )
    page = words(client, "/o/tea/compare/", a="green tea", b="black tea")
    assert "Grown in Japan" in page
    assert page.index("Face to face") < page.index("Grown in Japan") < page.index("Grown in Assam")


def test_what_is_typed_is_inert(client: Client, outline: Outline) -> None:
    query = {"a": '"><script>alert(1)</script>', "b": "x" * 3000}
    html = client.get("/o/cloud/compare/", query).content.decode()
    assert "<script>alert" not in html
