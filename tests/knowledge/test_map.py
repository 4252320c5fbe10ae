"""The map as a client gets it: every topic a link, narrowed by kind, domain and distance."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
from django.http import HttpRequest
from django.test import Client

from knowledge.additions import Additions, Page
from knowledge.labels import LEVELS, box_of, place_labels
from knowledge.map_page import Choice, draw_map
from knowledge.map_rows import read_map
from knowledge.maps import bounds, spot_of
from knowledge.models import Fact, Outline, Service
from knowledge.packs import read_pack
from tests.conftest import ROOT
from tests.factories import get_service, make_outline

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}

NOTES = """\
# Cloud
## GuardDuty
### Output
- Sends findings to EventBridge
## EventBridge
### Rules
- Triggers Lambda
## Lambda
### Logging
- Logs are sent to CloudWatch
## CloudWatch
### Alarms
- Watch a metric
## Alone
### Part
- Has nothing to do with them
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES, slug="cloud")


def names_on(page: str) -> set[str]:
    """The topics that are links on the drawing."""
    return set(re.findall(r'<a class="spot[^>]*>.*?<text[^>]*>([^<]*)<', page))


def sentences(page: str) -> set[str]:
    return set(re.findall(r"<title>([^<]*)</title></path>", page))


def test_every_topic_is_a_link_on_the_drawing_and_in_the_list(
    client: Client, outline: Outline
) -> None:
    page = client.get("/o/cloud/map/").content.decode()
    every = {"GuardDuty", "EventBridge", "Lambda", "CloudWatch", "Alone"}
    assert names_on(page) == every
    listed = page[page.index('id="map-list"') :]
    assert set(re.findall(r"data-step>\s*([^<]*?)\s*</a>", listed)) == every


def test_a_line_says_the_relation_in_words(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/map/").content.decode()
    assert "GuardDuty sends to EventBridge." in sentences(page)


def test_a_kind_leaves_only_what_it_ties(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/map/?kind=sends_to").content.decode()
    assert {"GuardDuty", "EventBridge"} <= names_on(page)
    assert "Alone" not in names_on(page)
    assert all("sends to" in text for text in sentences(page))
    assert re.search(r'href="\?kind=sends_to"\s+aria-current="true"', page)


@pytest.mark.parametrize(
    ("links", "expected"),
    [(1, {"GuardDuty", "EventBridge"}), (2, {"GuardDuty", "EventBridge", "Lambda"})],
)
def test_links_away_from_a_topic(
    client: Client, outline: Outline, links: int, expected: set[str]
) -> None:
    page = client.get(f"/o/cloud/map/?around=guardduty&links={links}").content.decode()
    assert names_on(page) == expected


def test_what_people_type_is_understood(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/map/?around=event+bridge").content.decode()
    assert "Alone" not in names_on(page)


def test_an_unknown_name_gets_a_sentence_and_the_whole_map(
    client: Client, outline: Outline
) -> None:
    response = client.get("/o/cloud/map/?around=Zebra+Crossing+Service")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Nothing in this outline is called" in page
    assert "Alone" in names_on(page)


@pytest.mark.parametrize("query", ["kind=none", "domain=1", "domain=x", "links=4", "links=0"])
def test_what_no_link_asks_for_is_not_found(client: Client, outline: Outline, query: str) -> None:
    assert client.get(f"/o/cloud/map/?{query}").status_code == 404


def test_a_topic_opens_beside_the_map_with_its_lines(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/map/?open=guardduty").content.decode()
    panel = page[page.index('id="beside"') : page.index('id="map-list"')]
    assert "sends to" in panel
    assert 'href="/o/cloud/line/4/"' in panel
    assert "/o/cloud/service/guardduty/" in panel


def test_htmx_gets_the_topic_alone_and_the_address(client: Client, outline: Outline) -> None:
    response = client.get("/o/cloud/map/?open=guardduty&as=beside", headers=HTMX)
    assert response.headers["HX-Push-Url"] == "/o/cloud/map/?open=guardduty"
    page = response.content.decode()
    assert 'id="beside"' in page
    assert '<svg class="chart' not in page


def test_a_line_leads_to_what_stands_on_it(client: Client, outline: Outline) -> None:
    fact = Fact.objects.for_outline(outline).get(text="Triggers Lambda")
    response = client.get(f"/o/cloud/line/{fact.line}/")
    assert response.headers["Location"] == f"/o/cloud/service/eventbridge/#fact-{fact.pk}"
    feature = client.get("/o/cloud/line/6/")
    assert feature.headers["Location"] == "/o/cloud/service/eventbridge/rules/"
    service = client.get("/o/cloud/line/5/")
    assert service.headers["Location"] == "/o/cloud/service/eventbridge/"
    assert client.get("/o/cloud/line/0/").status_code == 404


def test_places_are_the_same_after_another_load(client: Client, outline: Outline) -> None:
    before = Service.objects.for_outline(outline).places()
    make_outline(NOTES.replace("Watch a metric", "Watch two metrics"), slug="cloud")
    assert Service.objects.for_outline(outline).places() == before


def test_without_any_relation_the_map_says_what_is_missing(client: Client) -> None:
    make_outline(
        "# Tea\n## Green\n- Leaves are steamed\n- From Japan, a mild taste\n## Black\n"
        "- Leaves are rolled\n- A strong taste, from Assam\n",
        slug="tea",
    )
    page = client.get("/o/tea/map/").content.decode()
    assert "No line of these notes says what one topic does to another" in page
    assert names_on(page) == {"Green", "Black"}
    assert any("share" in text for text in sentences(page))


def test_a_large_outline_opens_with_a_neighbourhood(client: Client) -> None:
    lines = ["# Large"]
    for number in range(300):
        lines.append(f"## Topic {number:03}\n- It uses Topic {(number * 7 + 1) % 300:03} daily")
    make_outline("\n".join(lines) + "\n", slug="large")
    page = client.get("/o/large/map/").content.decode()
    assert "too many topics for one map" in page
    assert 2 <= len(names_on(page)) <= 60


def test_no_name_lies_on_another_at_any_level(client: Client) -> None:
    folder = ROOT / "knowledge" / "packs" / "aws_security_specialty"
    outline = make_outline((folder / "outline.md").read_text("utf-8"), pack=read_pack(folder))
    topics = list(read_map(outline).topics.values())
    spots = [spot_of(topic) for topic in topics]
    labels = place_labels(spots, within=bounds(topics))
    assert sum(label is not None for label in labels) >= 0.95 * len(topics)
    for level, scale in enumerate(LEVELS):
        boxes = [
            box_of(spot, label.side, scale)
            for spot, label in zip(spots, labels, strict=True)
            if label is not None and label.level <= level
        ]
        for i, one in enumerate(boxes):
            for other in boxes[:i]:
                apart = (
                    one[2] <= other[0] or other[2] <= one[0]
                    or one[3] <= other[1] or other[3] <= one[1]
                )  # fmt: skip
                assert apart


def test_features_of_a_topic_are_dots_with_links(client: Client, outline: Outline) -> None:
    plate = draw_map(outline, read_map(outline), Choice())
    dots = {topic.name: [dot.name for dot in dots] for topic, dots in plate.dots}
    assert dots["GuardDuty"] == ["Output"]
    page = client.get("/o/cloud/map/").content.decode()
    assert 'href="/o/cloud/service/guardduty/output/"' in page


class Knower(ModuleType):
    """A module that knows how much of GuardDuty somebody knows."""

    def state_of(self, request: HttpRequest, outline: Outline) -> str:
        return "known"

    def add_to(self, request: HttpRequest, outline: Outline, page: Page) -> Additions:
        assert page.kind == "map"
        key = get_service(outline, "GuardDuty").pk
        return Additions({"legend": "Fuller is better known."}, values={key: 0.5})


def test_marks_are_as_full_as_a_learner_knows_them(
    client: Client, outline: Outline, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not re.search(r'class="spot[^"]* m\d', client.get("/o/cloud/map/").content.decode())
    monkeypatch.setitem(sys.modules, "knower", Knower("knower"))
    settings.PAGE_ADDITIONS = ["knower"]  # type: ignore[attr-defined]
    page = client.get("/o/cloud/map/").content.decode()
    assert "Fuller is better known." in page
    assert len(re.findall(r'class="spot[^"]* m2"', page)) == 1


def test_names_of_an_outline_are_inert_on_the_map(client: Client) -> None:
    make_outline(
        "# X\n## A </title><script>alert(1)</script>\n- uses B2\n## B2\n- b\n", slug="evil"
    )
    page = client.get("/o/evil/map/?open=b2").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", ["Just a sentence.\n", "# Only a title\n", "## One\n- a\n"])
def test_an_outline_with_nothing_in_it_has_a_map(client: Client, text: str) -> None:
    outline = make_outline(text, slug="bare")
    for page in ("map", "structure", "path", "compare"):
        assert client.get(f"/o/{outline.slug}/{page}/").status_code == 200


def test_addresses_in_any_script_are_pushed_as_they_are_written(client: Client) -> None:
    make_outline("# 网络\n## 防火墙\n- 规则\n## 子网\n- 地址\n", slug="网络")
    response = client.get("/o/网络/map/", {"open": "子网", "as": "beside"}, headers=HTMX)
    assert response.headers["HX-Push-Url"] == ("/o/%E7%BD%91%E7%BB%9C/map/?open=%E5%AD%90%E7%BD%91")
