from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from django.urls import get_resolver

from config.warming import warm


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_views_and_templates_are_loaded_without_the_database() -> None:
    # A test without the mark `django_db` fails where the database is asked for.
    warm()
    assert get_resolver()._populated  # type: ignore[attr-defined]
    assert get_template("quiz/item.html#main") is not None
    assert gc.get_freeze_count() > 10_000
