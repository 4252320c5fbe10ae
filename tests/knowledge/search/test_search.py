"""What a search finds, in what order, and how it answers odd queries."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from knowledge.lexicon import Synonym
from knowledge.models import Alias, Fact, Outline, Service
from knowledge.search import Hit, drop_index, index_outline, search
from tests.factories import get_service, make_outline

pytestmark = pytest.mark.django_db

NOTES = """\
# Cloud notes
## VPC
### Network ACLs
- Stateless
  - Remember rules for ephemeral ports 1024-65535
- Evaluated in order
### Security Groups
- Stateful
- Only allow rules
## Guard Duty
### Findings
- Severity between 0.1 to 8
- Types
  - S3
## KMS
### Customer Master Key (CMK)
- Automatic rotation every 365 days
- Encrypts max 4KB
### Grants
- Must be revoked
- kms:GrantIsForAWSResource: true
### Algorithms
- AES256
- Written in C++
## Networks
- Allow 10.0.0.0/8
- TLS 1.2 with x-amz-content-sha256
- Uses KMS grants
- KMS
"""


@pytest.fixture
def outline() -> Outline:
    return make_outline(NOTES)


def texts(outline: Outline, query: str, limit: int = 20) -> list[str]:
    return [hit.snippet for hit in search(outline, query, limit=limit).hits]


def first(outline: Outline, query: str) -> Hit:
    return search(outline, query).hits[0]


def test_a_word_may_come_from_what_the_fact_stands_under(outline: Outline) -> None:
    assert first(outline, "vpc stateless").snippet == "Stateless"
    assert first(outline, "network acl ephemeral").line == 5


def test_what_only_inherits_is_no_hit(outline: Outline) -> None:
    assert [hit.kind for hit in search(outline, "guard duty").hits] == ["service"]


def test_a_name_comes_before_texts_that_hold_it(outline: Outline) -> None:
    hits = search(outline, "kms").hits
    assert (hits[0].kind, hits[0].match) == ("service", "exact")
    assert "Uses KMS grants" in [hit.snippet for hit in hits]


def test_a_part_of_a_service_is_found_by_both_names(outline: Outline) -> None:
    hit = first(outline, "kms grants")
    assert (hit.kind, hit.name, hit.service, hit.feature_slug) == (
        "feature", "Grants", "KMS", "grants",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("guardduty", "Guard Duty"),
        ("guard-duty", "Guard Duty"),
        ("nacl", "Network ACLs"),
        ("SG", "Security Groups"),
        ("cmk", "Customer Master Key (CMK)"),
        ("secur", "Security Groups"),  # codespell:ignore
        ("g", "Guard Duty"),
        ("ne", "Networks"),
    ],
)
def test_names_are_found_by_spelling_initials_and_beginning(
    outline: Outline, query: str, found: str
) -> None:
    assert first(outline, query).name == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rotate every day", "Automatic rotation every 365 days"),
        ("encrypted 4kb", "Encrypts max 4KB"),
        ("evaluating order", "Evaluated in order"),
        ("rule", "Only allow rules"),
    ],
)
def test_words_are_found_in_other_forms(outline: Outline, query: str, found: str) -> None:
    assert found in texts(outline, query)[:2]


def test_the_last_word_may_be_unfinished(outline: Outline) -> None:
    assert first(outline, "kms autom").snippet.startswith("Automatic rotation")


@pytest.mark.parametrize(
    "query",
    ["10.0.0.0/8", "TLS 1.2", "x-amz-content-sha256", "kms:GrantIsForAWSResource", "C++", "AES256"],
)
def test_identifiers_are_found_whole(outline: Outline, query: str) -> None:
    assert query in first(outline, query).snippet


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("amz content", "x-amz-content-sha256"),
        ("GrantIsForAWSResource", "kms:Grant"),
        ("65535", "1024-65535"),
    ],
)
def test_identifiers_are_found_by_their_parts(outline: Outline, query: str, found: str) -> None:
    assert found in first(outline, query).snippet


def test_stop_words_are_left_out_unless_they_are_all(outline: Outline) -> None:
    assert first(outline, "what is a grant for").name == "Grants"
    assert first(outline, "in").snippet in {"Evaluated in order", "Written in C++"}


def test_most_of_the_words_are_better_than_nothing(outline: Outline) -> None:
    assert first(outline, "stateless acl unicorns in flight").snippet == "Stateless"


def test_a_comparison_finds_both_sides(outline: Outline) -> None:
    names = [hit.name for hit in search(outline, "network acl vs security group").hits]
    assert set(names[:2]) == {"Network ACLs", "Security Groups"}


@pytest.mark.parametrize(
    ("query", "corrected", "name"),
    [
        ("gaurd duty", "guard duty", "Guard Duty"),  # codespell:ignore
        ("guarduty", "guardduty", "Guard Duty"),
        ("securty groups", "security groups", "Security Groups"),  # codespell:ignore
        ("Statelss", "stateless", "Stateless"),
    ],
)
def test_misspelt_words_are_mended_and_it_says_so(
    outline: Outline, query: str, corrected: str, name: str
) -> None:
    results = search(outline, query)
    assert results.corrected == corrected
    assert results.hits[0].name == name


def test_words_that_exist_are_never_mended(outline: Outline) -> None:
    assert search(outline, "stateful").corrected is None
    assert texts(outline, "stateful") == ["Stateful"]


def test_words_typed_as_one_are_parted(outline: Outline) -> None:
    results = search(outline, "networkacls")
    assert results.hits[0].name == "Network ACLs"
    assert results.corrected is None


def test_synonyms_lead_to_the_words_of_the_outline(outline: Outline) -> None:
    synonyms = [
        Synonym(words=("firewall of a subnet", "packet filter"), means=("network ACL",)),
        Synonym(words=("who can",), means=("grant",)),
    ]
    with transaction.atomic():
        index_outline(outline, synonyms=synonyms)
    assert first(outline, "packet filters").name == "Network ACLs"
    assert first(outline, "firewall of a subnet").name == "Network ACLs"
    assert first(outline, "who can").name == "Grants"
    assert first(outline, "grants").name == "Grants"


def test_other_names_of_a_service(outline: Outline) -> None:
    Alias.objects.create(
        outline=outline, service=get_service(outline, "KMS"), text="Key Management Service",
        folded="keymanagementservice", origin=Alias.Origin.OFFICIAL,
    )  # fmt: skip
    with transaction.atomic():
        index_outline(outline)
    hit = first(outline, "key management service")
    assert (hit.name, hit.match) == ("KMS", "alias")
    assert first(outline, "key management grants").name == "Grants"


def test_marks_are_the_words_that_were_looked_for(outline: Outline) -> None:
    hit = first(outline, "rotate kms days")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["rotation", "days"]


def test_a_long_text_is_shown_around_its_words() -> None:
    text = "# T\n## A\n- " + "before " * 60 + "needle " + "after " * 60 + "\n## B\n- x\n"
    hit = first(make_outline(text), "needle")
    assert len(hit.snippet) <= 160
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["needle"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_addresses(outline: Outline) -> None:
    fact = Fact.objects.get(text="Stateless")
    base = f"/o/{outline.slug}/service/vpc/"
    assert first(outline, "stateless").url == f"{base}#fact-{fact.pk}"
    assert first(outline, "vpc").url == base
    assert first(outline, "security groups").url == f"{base}security-groups/"


def test_addresses_of_other_scripts_are_those_that_django_makes() -> None:
    outline = make_outline(
        "# 笔记\n## 网络 & 安全\n### 传输层\n- 三次握手\n## 二\n- x\n", slug="笔记"
    )
    service = Service.objects.for_outline(outline).first()
    assert first(outline, "网络").url == service.get_absolute_url()
    assert first(outline, "传输层").url == service.features.get().get_absolute_url()


def test_a_heading_that_is_a_sentence_is_shown_once() -> None:
    outline = make_outline("# T\n## A\n### It encrypts secrets at rest always\n- x\n## B\n- y\n")
    assert [hit.kind for hit in search(outline, "encrypts secrets at rest").hits] == ["feature"]


def test_only_of_some_kinds(outline: Outline) -> None:
    kinds = {hit.kind for hit in search(outline, "kms", kinds=["fact"]).hits}
    assert kinds == {"fact"}
    kinds = {hit.kind for hit in search(outline, "kms", kinds=["service", "fact"]).hits}
    assert kinds == {"service", "fact"}


def test_at_most_as_many_as_asked_for(outline: Outline) -> None:
    results = search(outline, "s", limit=2)
    assert len(results.hits) == 2
    assert len(search(outline, "kms", limit=1).hits) == 1


def test_only_of_the_outline() -> None:
    one = make_outline("# T\n## A\n- alpha shared\n## B\n- beta\n")
    two = make_outline("# T\n## A\n- gamma shared\n## B\n- delta\n")
    assert texts(one, "shared") == ["alpha shared"]
    assert texts(two, "shared") == ["gamma shared"]
    assert texts(one, "gamma") == []


ODD = [
    "", " ", "\x00", "\x00kms\x00", '"', '"kms', "*", "kms*", "NEAR(a b)", "a AND", "OR", "NOT kms",
    "-kms", "own:kms", "{own} : kms", "^kms", "kms + grants", "(", ")", "' OR 1=1 --", "%", "_",
    "\\", "\\'", "a\\", "🔥", "🔥 kms", "&|!:*()<->", "'kms':*", "=kms", "~kms <kms", "the of and",
    "?", "...", "\u202e kms", "\ud800", "ﷺ", "İ", "ǰ" * 50, "a\u0300" * 300, "kms vs", "vs",
    "a vs b", "difference between", "difference between a and", "1" * 500, "a" * 10_000,
    "kms " * 3_000,
    "中" * 5_000, "\t\n\r", "x-" * 2000, "://:" * 900, "A" * 64 + "b", "Ab" * 400,
]  # fmt: skip


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_no_query_is_an_error_or_takes_long(outline: Outline, query: str) -> None:
    # The time of this process: other work on the machine is none of the query's.
    begun = time.process_time()
    results = search(outline, query)
    assert time.process_time() - begun < 2
    assert results.query == query
    for hit in results.hits:
        for start, end in hit.marks:
            assert 0 <= start < end <= len(hit.snippet)


def test_every_keystroke_finds_what_is_typed(outline: Outline) -> None:
    for name in ("Security Groups", "Guard Duty", "Automatic rotation", "Network ACLs"):
        for end in range(1, len(name) + 1):
            found = texts(outline, name[:end])
            assert any(text.startswith(name) for text in found), name[:end]


@pytest.mark.parametrize(
    "query",
    [
        "k",
        "kms",
        "kms grants",
        "severty s3",
        "how do I rotate unicorn grants for S3",
    ],  # codespell:ignore
)
def test_four_queries_at_most(outline: Outline, query: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as cold:
        search(outline, query)
    with CaptureQueriesContext(connection) as warm:
        search(outline, query)
    assert len(cold) <= 4
    assert len(warm) <= 3


def test_an_outline_that_is_not_indexed_has_no_hits(outline: Outline) -> None:
    with transaction.atomic():
        drop_index(outline)
    assert search(outline, "kms").hits == []
