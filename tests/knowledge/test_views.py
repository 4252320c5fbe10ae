"""Pages as a client gets them: whole, as fragments, wrong, unchanged, and what they cost."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.loading import load_outline
from knowledge.models import Fact, Feature, Outline, Service
from knowledge.packs import NO_PACK
from tests.factories import SMALL, make_outline

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 8


@pytest.fixture
def outline() -> Outline:
    return make_outline(slug="net")


ADDRESSES = [
    "/outlines/",
    "/o/net/",
    "/o/net/service/vpc/",
    "/o/net/service/vpc/network-acls/",
    "/o/net/search/?q=stateless",
    "/o/net/about/",
    "/o/net/map/",
    "/o/net/path/?from=acl&to=kms",
    "/o/net/compare/?a=acl&b=security+groups",
    "/o/net/structure/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_served_whole(client: Client, outline: Outline, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.lower().startswith("<!doctype html>")
    assert page.count("<h1") == 1
    assert re.search(r"<title>.*Outgraph</title>", page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_htmx_gets_the_main_part_and_the_title(
    client: Client, outline: Outline, address: str
) -> None:
    fragment = client.get(address, headers=HTMX).content.decode()
    assert fragment.startswith("<title>")
    assert '<main id="main"' in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_an_unchanged_page_is_a_304(client: Client, outline: Outline, address: str) -> None:
    first = client.get(address)
    client.get(address)  # The cookie that remembers the place is set by now.
    etag = client.get(address).headers["ETag"]
    again = client.get(address, HTTP_IF_NONE_MATCH=etag)
    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Security-Policy" not in again.headers


def test_a_load_makes_every_page_new(client: Client, outline: Outline) -> None:
    etag = client.get("/o/net/service/vpc/").headers["ETag"]
    load_outline(SMALL.replace("Stateless", "No state").encode(), slug="net", pack=NO_PACK)
    response = client.get("/o/net/service/vpc/", HTTP_IF_NONE_MATCH=etag)
    assert response.status_code == 200
    assert "No state" in response.content.decode()


def test_the_front_leads_to_the_first_outline(client: Client, outline: Outline) -> None:
    make_outline("# Other\n## A\n- b\n## C\n- d\n", slug="other")
    response = client.get("/")
    assert response.headers["Location"] == "/o/net/"


def test_nothing_loaded_says_what_to_do(client: Client) -> None:
    assert "manage.py load_outline" in client.get("/").content.decode()


def test_a_fact_has_an_address_that_leads_to_its_place(client: Client, outline: Outline) -> None:
    fact = Fact.objects.for_outline(outline).get(text="Lowest first")
    response = client.get(f"/o/net/fact/{fact.pk}/")
    assert response.headers["Location"] == f"/o/net/service/vpc/#fact-{fact.pk}"
    assert f'id="fact-{fact.pk}"' in client.get("/o/net/service/vpc/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/o/none/",
        "/o/net/service/none/",
        "/o/net/service/vpc/none/",
        "/o/net/fact/999999/",
        "/o/net/about/?page=99",
        "/o/net/about/?level=none",
        "/none/",
    ],
)
def test_a_wrong_address_is_a_page_of_its_own(
    client: Client, outline: Outline, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Not found" in response.content.decode()


def test_a_mistyped_topic_names_the_nearest(client: Client, outline: Outline) -> None:
    page = client.get("/o/net/service/key-management/").content.decode()
    assert "Key Management Service (KMS)" in page


@pytest.mark.parametrize("address", ["/o/net/", "/o/net/service/vpc/", "/o/net/search/"])
def test_only_reading_is_allowed(client: Client, outline: Outline, address: str) -> None:
    assert client.post(address).status_code == 405


def test_a_visitor_who_reads_writes_no_row(client: Client, outline: Outline) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for address in ADDRESSES:
            client.get(address)
    assert [q["sql"] for q in queries if re.match(r"INSERT|UPDATE|DELETE", q["sql"])] == []


def test_home_leads_back_to_where_the_reader_was(client: Client, outline: Outline) -> None:
    assert "Continue where you were" not in client.get("/o/net/").content.decode()
    client.get("/o/net/service/vpc/network-acls/")
    page = client.get("/o/net/").content.decode()
    assert "Network ACLs, in VPC" in page


def test_pages_carry_a_strict_policy(client: Client, outline: Outline) -> None:
    response = client.get("/o/net/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'nonce="{nonce[1]}"' in response.content.decode()
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_inline_script_or_style(client: Client, outline: Outline, address: str) -> None:
    page = client.get(address).content.decode()
    assert (
        re.findall(
            r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\s(?:src=|type=.application/ld))", page
        )
        == []
    )


def test_search_as_options_results_and_page_finds_the_same(
    client: Client, outline: Outline
) -> None:
    fact = Fact.objects.for_outline(outline).get(text="Stateless")
    for variant in ("", "&as=options", "&as=results"):
        page = client.get(
            f"/o/net/search/?q=nacl+stateless{variant}", headers=HTMX
        ).content.decode()
        assert f"#fact-{fact.pk}" in page


def test_a_misspelt_search_says_what_it_shows(client: Client, outline: Outline) -> None:
    page = client.get("/o/net/search/?q=statelss").content.decode()
    assert "Showing results for <strong>stateless</strong>" in page


@pytest.mark.parametrize("query", ["", "%00", '"*', "NEAR(", "x" * 5000, "<script>", "\U0001f600"])
def test_any_query_is_answered(client: Client, outline: Outline, query: str) -> None:
    response = client.get("/o/net/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>" not in re.sub(r"<script [^>]*>", "", response.content.decode())


def test_the_theme_is_kept_and_served(client: Client, outline: Outline) -> None:
    client.post("/preferences/", {"theme": "dark", "next": "/o/net/"})
    assert '<html lang="en" data-theme="dark"' in client.get("/o/net/").content.decode()


def test_preferences_never_lead_elsewhere(client: Client) -> None:
    response = client.post("/preferences/", {"theme": "dark", "next": "https://example.com/"})
    assert response.headers["Location"] == "/"


def test_preferences_of_another_site_are_refused(client: Client) -> None:
    response = client.post("/preferences/", {"theme": "dark"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403


def test_text_of_an_outline_is_inert(client: Client) -> None:
    make_outline(
        "# <script>alert(1)</script>\n## A <img src=x onerror=alert(2)>\n"
        "### B\n- [x](javascript:alert(3)) <b onclick=alert(4)>\n## C\n- d\n",
        slug="evil",
    )
    for address in ("/o/evil/", "/o/evil/about/", "/outlines/", "/o/evil/search/?q=alert"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
    service = Service.objects.get(outline__slug="evil", position=0)
    page = client.get(service.get_absolute_url()).content.decode()
    assert re.findall(r"<img|<b onclick|href=\"javascript", page) == []


def test_pages_carry_the_outlines_language(client: Client) -> None:
    make_outline(
        "# Storia\n## Roma\n- La città è stata fondata nel 753 a.C.\n"
        "## Atene\n- La città della democrazia, che non è durata\n",
        slug="storia",
    )
    assert '<html lang="it"' in client.get("/o/storia/").content.decode()


def test_unicode_addresses_work(client: Client) -> None:
    make_outline("# 网络\n## 虚拟 私有云\n- 子网\n## 防火墙\n- 规则\n", slug="net-zh")
    service = Service.objects.get(outline__slug="net-zh", position=0)
    assert client.get(service.get_absolute_url()).status_code == 200


def test_a_search_tells_its_address_in_letters_that_a_header_can_hold(client: Client) -> None:
    make_outline("# 网络\n## 防火墙\n- 规则\n## 子网\n- 地址\n", slug="网络")
    response = client.get("/o/网络/search/", {"q": "规则", "as": "results"}, headers=HTMX)
    assert response["HX-Replace-Url"] == f"/o/{quote('网络')}/search/?q={quote('规则')}"


def large(topics: int) -> str:
    lines = ["# Large"]
    for topic in range(topics):
        lines.append(f"## Topic {topic}")
        lines += [f"### Part {part}\n- Fact {part} of {topic}\n  - below" for part in range(4)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "kind",
    [
        "home",
        "service",
        "feature",
        "search",
        "about",
        "map",
        "map-open",
        "path",
        "compare",
        "structure",
    ],
)
def test_queries_are_few_and_do_not_grow(client: Client, kind: str) -> None:
    counts = []
    for topics in (3, 120):
        slug = f"large-{topics}"
        outline = make_outline(large(topics), slug=slug)
        service = Service.objects.for_outline(outline).get(position=1)
        feature = Feature.objects.for_outline(outline).get(service=service, slug="part-1")
        address = {
            "home": f"/o/{slug}/",
            "service": service.get_absolute_url(),
            "feature": feature.get_absolute_url(),
            "search": f"/o/{slug}/search/?q=fact+2",
            "about": f"/o/{slug}/about/",
            "map": f"/o/{slug}/map/",
            "path": f"/o/{slug}/path/?from=topic+1&to=topic+2",
            "compare": f"/o/{slug}/compare/?a=topic+1&b=topic+2",
            "structure": f"/o/{slug}/structure/",
            "map-open": f"/o/{slug}/map/?open={service.slug}",
        }[kind]
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
    assert max(counts) <= MOST_QUERIES
