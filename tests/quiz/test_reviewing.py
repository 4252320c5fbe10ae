"""What is due, in which words, and what is put off."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowledge.models import Fact
from quiz.models import Card
from quiz.questions import Asked
from quiz.reviewing import bury, choose_reviews, count_due, due_today, suspend
from quiz.scheduling import State
from quiz.standing import StudyError
from tests.factories import make_outline
from tests.questions import make_question
from tests.sessions import DAY, MINUTE, NOW, make_learner, reviewed

pytestmark = pytest.mark.django_db


def test_due_today_by_the_learners_own_day() -> None:
    learner, outline = make_learner(zone="Asia/Tokyo", change_hour=4), make_outline()
    reviewed(learner, outline)
    card = Card.objects.get()
    assert card.state == State.REVIEW
    day = learner.days.day_of(card.due)
    begins = learner.days.start_of(day)
    assert count_due(learner, outline, begins - MINUTE) == 0
    assert due_today(learner, outline, begins) == [card]
    assert count_due(learner, make_outline(), begins) == 0
    assert count_due(make_learner(), outline, begins) == 0


def test_suspended_and_buried_cards_are_not_due() -> None:
    learner, outline = make_learner(), make_outline()
    reviewed(learner, outline)
    card = Card.objects.get()
    assert card.fact is not None
    later = card.due + MINUTE
    bury(learner, card.fact, later)
    assert count_due(learner, outline, later) == 0
    assert count_due(learner, outline, later + DAY) == 1
    for _ in range(2):
        suspend(learner, card.fact, True, later)
    assert count_due(learner, outline, later + DAY) == 0
    suspend(learner, card.fact, False, later)
    assert count_due(learner, outline, later + DAY) == 1


def test_a_fact_that_was_never_asked_can_be_suspended_but_not_buried() -> None:
    learner, outline = make_learner(), make_outline()
    fact = Fact.objects.for_outline(outline)[0]
    with pytest.raises(StudyError, match="never asked"):
        bury(learner, fact, NOW)
    suspend(learner, fact, True, NOW)
    assert count_due(learner, outline, NOW + 99 * DAY) == 0


def test_a_fact_is_not_asked_in_the_same_words_twice_in_a_row() -> None:
    learner, outline = make_learner(), make_outline()
    reviewed(learner, outline)
    card = Card.objects.get()
    same = Asked(make_question(), (card.fact_id or 0,))
    card.last_question = same.question["id"]
    other = Asked(make_question(), (card.fact_id or 0,))
    assert [choose_reviews([card], [same, other], str(n), 9) for n in range(9)] == [[other]] * 9
    assert choose_reviews([card], [same], "1", 9) == [same]
    assert choose_reviews([card], [same], "1", 9, {same.question["id"]}) == []


def test_reviews_mix_topics_and_ask_each_fact_once() -> None:
    cards = [Card(fact_id=n) for n in range(12)]
    bank = [
        Asked(make_question(topic=f"T{n // 4}", number=1000 * copy + n), (n,))
        for n in range(12)
        for copy in range(1, 4)
    ]
    chosen = choose_reviews(cards, bank, "1", 10)
    assert len({asked.facts for asked in chosen}) == 10
    topics = [asked.question["topic"] for asked in chosen]
    assert sum(one == other for one, other in pairwise(topics)) <= 2
