"""The graph in other tools: each format is read back by a library that isn't ours."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from django.test import Client
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

from knowledge.export import export
from knowledge.models import Fact, Outline, Service
from tests.factories import get_service, make_outline

pytestmark = pytest.mark.django_db
OG = Namespace("urn:outgraph:terms:")

NOTES = """\
# Cloud & <more>
## GuardDuty
### Output
- Sends findings to EventBridge
  - "Quoted", with \\ and </data>
## EventBridge
### Rules
- Triggers Lambda
- =cmd|' /C calc'!A0
- +1+1
- @SUM(A1)
## Lambda
### Alarms
- 日本語 and émigré
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES, slug="cloud")


def written(outline: Outline, wanted: str) -> str:
    return "".join(export(outline, wanted))


def test_node_link_is_read_by_networkx(outline: Outline) -> None:
    data = json.loads(written(outline, "node-link"))
    graph = nx.node_link_graph(data, edges="edges")
    key = get_service(outline, "GuardDuty").key
    other = get_service(outline, "EventBridge").key
    kinds = {edge["kind"]: edge for edge in graph[key][other].values()}
    assert kinds["sends_to"]["evidence"] == [{"line": 4, "text": "Sends findings to EventBridge"}]
    assert graph.is_directed()
    assert graph.is_multigraph()


def test_graphml_is_read_by_networkx(outline: Outline) -> None:
    graph = nx.read_graphml(io.BytesIO(written(outline, "graphml").encode()), force_multigraph=True)
    plain = nx.node_link_graph(json.loads(written(outline, "node-link")), edges="edges")
    assert set(graph) == set(plain)
    assert graph.number_of_edges() == plain.number_of_edges()
    fact = Fact.objects.for_outline(outline).get(text__contains="</data>")
    assert graph.nodes[fact.key]["label"] == fact.text
    key, other = (get_service(outline, name).key for name in ("GuardDuty", "EventBridge"))
    assert "sends_to" in {edge["kind"] for edge in graph[key][other].values()}


def test_signs_that_xml_cannot_hold_do_no_harm(outline: Outline) -> None:
    fact = Fact.objects.for_outline(outline).get(text="Triggers Lambda")
    Fact.objects.for_outline(outline).with_keys([fact.pk]).update(
        text="bell \x07 esc \x1b end \ufffe"
    )
    text = written(outline, "graphml")
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("graphml")
    assert "\x07" not in text
    Graph().parse(data=written(outline, "turtle"), format="turtle")
    json.loads(written(outline, "node-link"))


def test_turtle_is_read_by_rdflib(outline: Outline) -> None:
    graph = Graph().parse(data=written(outline, "turtle"), format="turtle")
    base = "urn:outgraph:cloud:"
    node = URIRef(base + get_service(outline, "GuardDuty").key)
    other = URIRef(base + get_service(outline, "EventBridge").key)
    assert (node, RDF.type, SKOS.Concept) in graph
    assert (node, SKOS.prefLabel, Literal("GuardDuty", lang="en")) in graph
    assert (node, OG.sendsTo, other) in graph
    assert (node, SKOS.related, other) in graph
    feature = URIRef(base + outline.features.get(name="Output").key)
    assert (feature, SKOS.broader, node) in graph
    values = {str(value) for value in graph.objects(None, RDF.value)}
    assert '"Quoted", with \\ and </data>' in values


def test_turtle_holds_with_any_slug_and_language(outline: Outline) -> None:
    outline.slug, outline.language = "网络-'<x>", "not a tag"
    graph = Graph().parse(data=written(outline, "turtle"), format="turtle")
    assert len(list(graph.subjects(RDF.type, SKOS.Concept))) == 6


def test_no_cell_of_the_table_is_run(outline: Outline) -> None:
    rows = list(csv.reader(io.StringIO(written(outline, "csv").removeprefix("\ufeff"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert any("=cmd" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [
        ("node-link", "application/json", "json"),
        ("graphml", "application/graphml+xml", "graphml"),
        ("turtle", "text/turtle", "ttl"),
        ("csv", "text/csv", "csv"),
    ],
)
def test_each_format_is_a_download(
    client: Client, outline: Outline, name: str, kind: str, ending: str
) -> None:
    response = client.get(f"/o/cloud/export/{name}/")
    assert response.streaming
    assert response.headers["Content-Type"].partition(";")[0] == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="cloud.{ending}"'
    assert b"".join(response).decode() == written(outline, name)
    about = client.get("/o/cloud/about/").content.decode()
    assert f'href="/o/cloud/export/{name}/"' in about


def test_another_format_is_not_found(client: Client, outline: Outline) -> None:
    assert client.get("/o/cloud/export/xls/").status_code == 404


def linked_data(page: str) -> dict[str, object]:
    found = re.search(
        r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.S
    )
    assert found is not None
    return json.loads(found[1])  # type: ignore[no-any-return]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_service_page_has_json_ld(client: Client, outline: Outline) -> None:
    data = linked_data(client.get("/o/cloud/service/guardduty/").content.decode())
    assert data["@id"] == "/o/cloud/service/guardduty/"
    assert data["skos:prefLabel"] == {"@value": "GuardDuty", "@language": "en"}
    assert data["og:sendsTo"] == [{"@id": "/o/cloud/service/eventbridge/"}]
    graph = Graph().parse(
        data=json.dumps(data),
        format="json-ld",
        publicID="http://localhost/o/cloud/service/guardduty/",
    )
    node = URIRef("http://localhost/o/cloud/service/guardduty/")
    assert (node, RDF.type, SKOS.Concept) in graph
    assert (node, OG.sendsTo, URIRef("http://localhost/o/cloud/service/eventbridge/")) in graph


def test_json_ld_stays_within_its_script(client: Client) -> None:
    outline = make_outline(
        "# X\n## A </script><script>alert(1)</script> & b\n- c\n## D\n- e\n", slug="evil"
    )
    service = Service.objects.for_outline(outline).get(position=0)
    page = client.get(service.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "</script><script>" in str(linked_data(page)["skos:prefLabel"])
