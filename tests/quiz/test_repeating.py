from __future__ import annotations

from collections import Counter

import pytest

from knowledge.models import Outline
from quiz import stock, study
from quiz.models import SessionItem, StudySession
from quiz.repeating import in_other_words, missed_again
from quiz.stock import Stocked, make_stock
from tests.factories import RICH, make_outline
from tests.sessions import NOW, make_learner

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> Outline:
    stock.forget()
    return make_outline(RICH)


def entries_of(outline: Outline) -> tuple[Stocked, Stocked, Stocked]:
    """Two questions on one fact, and one on a fact that nothing else asks."""
    entries = [entry for entry in make_stock(outline).entries if entry.item.kind != "matching"]
    number = Counter(entry.item.facts[0] for entry in entries)
    twice = next(fact for fact, times in number.items() if times > 1)
    one, other = [entry for entry in entries if entry.item.facts[0] == twice][:2]
    alone = next(entry for entry in entries if number[entry.item.facts[0]] == 1)
    return one, other, alone


def test_another_question_on_the_missed_fact_is_asked(rich: Outline) -> None:
    one, _, _ = entries_of(rich)
    session = study.start(make_learner(), rich, [one.asked], kind="quiz", seed="1", now=NOW)
    study.finish(session, NOW)
    session = StudySession.objects.get(pk=session.pk)
    item = SessionItem.objects.of(missed_again(session, NOW)).get()
    assert item.question["id"] != one.item.id
    assert item.asked[0].fact_id == one.item.facts[0]


def test_a_question_stays_where_nothing_else_asks_its_fact(rich: Outline) -> None:
    _, _, alone = entries_of(rich)
    assert in_other_words(rich, [alone.asked], {alone.item.id}, (), "1") == [alone.asked]


def test_no_question_is_taken_that_was_asked_or_is_of_an_unwanted_kind(rich: Outline) -> None:
    one, _, _ = entries_of(rich)
    made = make_stock(rich).by_fact[one.item.facts[0]]
    known = {entry.item.id for entry in made}
    assert in_other_words(rich, [one.asked], known, (), "1") == [one.asked]
    (found,) = in_other_words(rich, [one.asked], {one.item.id}, (one.item.kind,), "1")
    assert found.question["kind"] == one.item.kind


def test_two_questions_on_one_fact_are_not_asked_together(rich: Outline) -> None:
    one, other, _ = entries_of(rich)
    ids = {one.item.id, other.item.id}
    found = in_other_words(rich, [one.asked, other.asked], ids, (), "1")
    assert [entry.question["id"] for entry in found] == [one.item.id, other.item.id]


def test_without_a_stock_the_questions_are_those_that_were_missed() -> None:
    stock.forget()
    outline = make_outline(RICH)
    one, _, _ = entries_of(make_outline(RICH))
    assert in_other_words(outline, [one.asked], {one.item.id}, (), "1") == [one.asked]
