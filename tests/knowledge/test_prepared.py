from __future__ import annotations

import uuid

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from knowledge.models import Fact, Outline, Service
from knowledge.prepared import Prepared
from knowledge.rows import create_rows, fill_row
from quiz.models import Learner, StudySession
from tests.factories import get_service, make_outline
from tests.sessions import NOW, make_session

pytestmark = pytest.mark.django_db

FACTS = Prepared(
    lambda service, line: Fact.objects.filter(service=service, line=line).placed(),
    models.BigAutoField(), models.PositiveIntegerField(),
)  # fmt: skip


def test_a_prepared_query_gives_the_rows_that_its_queryset_gives() -> None:
    outline = make_outline()
    vpc = get_service(outline, "VPC")
    for line in (4, 5, 8, 99):
        wanted = list(Fact.objects.filter(service=vpc, line=line))
        assert FACTS.all(vpc.pk, line) == wanted
        assert FACTS.first(vpc.pk, line) == next(iter(wanted), None)


def test_related_rows_come_along_in_one_query() -> None:
    vpc = get_service(make_outline(), "VPC")
    with CaptureQueriesContext(connection) as queries:
        fact = FACTS.first(vpc.pk, 8)
        assert fact is not None
        assert fact.feature is not None
        assert (fact.text, fact.feature.name, fact.service) == ("Stateful", "Security groups", vpc)
    assert len(queries) == 1


def test_values_are_adapted_and_read_as_the_fields_have_them() -> None:
    session = make_session()
    prepared = Prepared(
        lambda key, version: (
            StudySession.objects.filter(key=key, outline_version=version)
            .values_list("key", "spec", "started_at", "outline__counts", "done_at")
        ),
        models.UUIDField(), models.IntegerField(),
    )  # fmt: skip
    assert session.outline is not None
    told = (session.key, session.spec, session.started_at, session.outline.counts, None)
    assert prepared.all(session.key, 1) == [told]
    assert prepared.all(uuid.uuid4(), 1) == []


def test_what_was_deferred_is_read_when_it_is_asked_for() -> None:
    outline = make_outline()
    prepared = Prepared(lambda key: Outline.objects.filter(pk=key).defer("domains"),
                        models.BigAutoField())  # fmt: skip
    found = prepared.first(outline.pk)
    assert found is not None
    assert found.get_deferred_fields() == {"domains"}
    assert found.domains == outline.domains


def test_a_number_that_no_column_holds_finds_nothing() -> None:
    assert FACTS.all(2**63, 1) == []
    assert FACTS.first(1, -(10**30)) is None


def test_rows_are_created_as_the_orm_creates_them() -> None:
    made = [Learner(token_hash=f"{number:064}", born_at=NOW, zone="UTC") for number in range(3)]
    with CaptureQueriesContext(connection) as queries:
        create_rows(made)
    assert len(queries) == 1
    assert [one.pk for one in made] == sorted(one.pk for one in made)
    for one in made:
        there = Learner.objects.get(pk=one.pk)
        assert (there.token_hash, there.born_at, there.retention) == (one.token_hash, NOW, 0.9)
        assert not one._state.adding
    create_rows([])


def test_a_field_is_filled_once() -> None:
    service = get_service(make_outline(), "VPC")
    Service.objects.filter(pk=service.pk).update(line=None)
    fill_row(Service, service.pk, "line", 7)
    fill_row(Service, service.pk, "line", 8)
    assert Service.objects.get(pk=service.pk).line == 7
