"""What pages say of a topic's place in the graph, with the lines that say so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from knowledge.models import Fact, Outline
from knowledge.ties import ties_of_service
from tests.factories import get_service, make_outline

pytestmark = pytest.mark.django_db

NOTES = """\
# Cloud
## GuardDuty
### Output
- Sends findings to EventBridge
- Findings are also sent to EventBridge again after 6 hours
- Publishes its messages to Message Board
## EventBridge
### Rules
- Triggers Lambda when GuardDuty finds something
## Lambda
### Alarms
- Writes its messages to Message Board
## Alone
### Part
- Has nothing to do with them
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES, slug="cloud")


def part(page: str, label: str) -> str:
    """The section that a heading of that id names."""
    found = re.search(rf'<section[^>]*aria-labelledby="{label}".*?</section>', page, re.S)
    return re.sub(r"\s+", " ", found[0]) if found else ""


def test_relations_are_grouped_by_kind_and_direction_with_all_their_lines(
    outline: Outline,
) -> None:
    ties = ties_of_service(get_service(outline, "GuardDuty"))
    sent = next(group for group in ties.relations if group.heading == "Sends to")
    lines = {other.name: [each.line for each in other.evidence] for other in sent.others}
    assert lines["EventBridge"] == [4, 5]
    received = ties_of_service(get_service(outline, "EventBridge"))
    assert "Receives from" in [group.heading for group in received.relations]


def test_a_page_shows_the_relations_with_links_to_the_facts(
    client: Client, outline: Outline
) -> None:
    page = client.get("/o/cloud/service/guardduty/").content.decode()
    relations = part(page, "relations-label")
    fact = Fact.objects.for_outline(outline).get(line=4)
    assert "Sends to" in relations
    assert 'href="/o/cloud/service/eventbridge/"' in relations
    assert f'href="/o/cloud/fact/{fact.pk}/"' in relations
    assert "Sends findings to EventBridge" in relations


def test_a_page_shows_who_names_it(client: Client, outline: Outline) -> None:
    named = part(client.get("/o/cloud/service/guardduty/").content.decode(), "named-label")
    assert "EventBridge</a>" in named
    assert "Triggers Lambda when GuardDuty finds something" in named


def test_related_topics_say_why_with_their_line(client: Client, outline: Outline) -> None:
    related = part(client.get("/o/cloud/service/guardduty/").content.decode(), "related-label")
    assert "EventBridge</a>" in related
    assert re.search(
        r'class="why">[^<]+ <a class="at" lang="en" href="/o/cloud/line/\d+/"', related
    )


def test_a_small_map_leads_to_the_neighbours(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/service/guardduty/").content.decode()
    little = part(page, "little-label")
    assert re.search(r'<a class="spot[^>]*href="/o/cloud/service/eventbridge/"', little)
    assert 'href="/o/cloud/map/?open=guardduty"' in little
    assert "style=" not in little


def test_a_topic_without_a_heading_gathers_each_line_that_names_it(client: Client) -> None:
    outline = make_outline(
        "# Cloud\n## Alpha\n- Publishes to Message Board\n- The Message Board keeps a day\n"
        "## Beta\n- Reads from the Message Board\n## Gamma\n- Asks the Message Board\n",
        slug="board",
    )
    board = get_service(outline, "Message Board")
    assert board.line is None
    page = client.get(board.get_absolute_url()).content.decode()
    named = part(page, "named-label")
    for text in ("Publishes to Message Board", "The Message Board keeps a day",
                 "Reads from the Message Board", "Asks the Message Board"):  # fmt: skip
        assert text in named
    assert "without a topic of its own" in page


def test_a_topic_that_nothing_ties_has_a_page(client: Client, outline: Outline) -> None:
    page = client.get("/o/cloud/service/alone/").content.decode()
    assert part(page, "relations-label") == ""
    assert part(page, "named-label") == ""
