"""Who comes to the site in tests: learners with a cookie of their own, and anybody."""

from __future__ import annotations

from datetime import UTC, datetime

from django.test import Client

from knowledge.loading import load_outline
from knowledge.models import Outline
from knowledge.packs import NO_PACK
from quiz.models import Learner
from quiz.visitors import COOKIE
from tests.factories import SMALL

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_reader() -> tuple[Learner, Client]:
    """A learner, and a browser with their cookie."""
    learner, token = Learner.objects.born(NOW)
    client = Client()
    client.cookies[COOKIE] = token
    return learner, client


def make_own_outline(learner: Learner, text: str = SMALL, slug: str = "mine") -> Outline:
    loaded = load_outline(
        text.encode(), slug=slug, pack=NO_PACK, owner=learner.pk, file_name=f"{slug}.md"
    )
    assert loaded.outline is not None
    return loaded.outline
