"""Where a learner stands, on the pages that show it: right, one's own, in few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from knowledge.models import Fact, Outline, Service
from quiz import ground, study
from quiz.guidance import guide
from quiz.knowing import know
from quiz.models import Answer, Card, Learner, StudySession
from quiz.progress import accuracy_chart, calibration, days_chart, forecast_chart, kinds_table
from quiz.scheduling import State
from quiz.visitors import COOKIE
from tests.factories import get_service, make_outline
from tests.sessions import form, make_learner, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    ground.forget()


def browser(learner: Learner | None = None) -> Client:
    client = Client()
    if learner:
        made, token = Learner.objects.born(timezone.now())
        learner.token_hash, made.token_hash = made.token_hash, learner.token_hash
        made.delete()
        learner.save()
        client.cookies[COOKIE] = token
    return client


def answered(learner: Learner, outline: Outline, right: bool = True, guessed: bool = False) -> None:
    session = make_session(learner, outline, ("single",))
    more = {"guessed": "1"} if guessed else {}
    study.answer(session, 1, form(session, 1, right, **more), timezone.now())


def remembered(learner: Learner, fact: Fact, stability: float, days_ago: int, due: int) -> None:
    now = timezone.now()
    Card.objects.create(
        learner=learner, fact=fact, text=fact.text, line=fact.line, state=State.REVIEW,
        stability=stability, difficulty=5.0, due=now + timedelta(days=due),
        last_review=now - timedelta(days=days_ago),
    )  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_recall_rolls_up_to_features_and_services() -> None:
    outline, learner = make_outline(), make_learner()
    facts = list(Fact.objects.for_outline(outline))
    remembered(learner, facts[0], stability=10, days_ago=10, due=0)
    known = know(learner, outline, timezone.now())
    vpc = get_service(outline, "VPC")
    assert known.by_service[vpc.pk].total == 4
    assert known.by_service[vpc.pk].known == pytest.approx(0.9)
    assert known.by_feature[facts[0].feature_id].seen == 1
    assert known.whole.total == 5
    assert known.due == 1


def test_suspended_and_put_off_facts_are_not_due() -> None:
    outline, learner = make_outline(), make_learner()
    first, second, *_ = Fact.objects.for_outline(outline)
    remembered(learner, first, stability=10, days_ago=10, due=0)
    remembered(learner, second, stability=10, days_ago=10, due=0)
    Card.objects.filter(fact=first).update(suspended=True)
    Card.objects.filter(fact=second).update(buried_until=timezone.now() + timedelta(hours=8))
    assert know(learner, outline, timezone.now()).due == 0


def test_a_visitors_home_has_a_first_step_and_no_marks() -> None:
    outline = make_outline()
    page = text(browser(), f"/o/{outline.slug}/")
    assert "Start with ten questions on" in page
    assert 'class="known"' not in page
    assert "First" in page or "A first step" in page


def test_a_learners_home_says_what_is_due_and_what_comes_next() -> None:
    outline, learner = make_outline(), make_learner()
    remembered(learner, Fact.objects.for_outline(outline)[0], stability=9, days_ago=9, due=0)
    learner.exam_date = learner.today(timezone.now()) + timedelta(days=12)
    client = browser(learner)
    page = text(client, f"/o/{outline.slug}/")
    assert "Review 1 due today" in page
    assert "12 days to the exam" in page
    assert "You probably know 22% of VPC" in page
    assert 'class="known"' in page


def test_what_was_left_open_is_offered() -> None:
    outline, learner = make_outline(), make_learner()
    session = make_session(learner, outline)
    page = text(browser(learner), f"/o/{outline.slug}/")
    assert f"/session/{session.key}/" in page
    assert f"/session/{session.key}/" not in text(browser(), f"/o/{outline.slug}/")


def test_a_learners_state_is_never_shown_to_another() -> None:
    outline, learner = make_outline(), make_learner()
    for _ in range(2):
        answered(learner, outline)
    own = browser(learner)
    for address in ("", "service/vpc/", "progress/"):
        address = f"/o/{outline.slug}/{address}"
        mine = text(own, address)
        assert 'class="known"' in mine or "You have met" in mine
        for stranger in (browser(), browser(make_learner())):
            page = text(stranger, address)
            assert 'class="known"' not in page
            assert "You have met" not in page
        assert text(own, address).count("known") == mine.count("known")


def test_a_kept_page_is_not_taken_for_a_learners_new_one() -> None:
    outline, learner = make_outline(), make_learner()
    client = browser(learner)
    first = client.get(f"/o/{outline.slug}/")
    answered(learner, outline)
    again = client.get(f"/o/{outline.slug}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_marks_stand_beside_features_and_the_topic() -> None:
    outline, learner = make_outline(), make_learner()
    remembered(learner, Fact.objects.for_outline(outline)[0], stability=50, days_ago=1, due=40)
    client = browser(learner)
    page = text(client, f"/o/{outline.slug}/service/vpc/")
    assert "You have met 1 of the 4 facts" in page
    # The topic's, the feature's and the fact's.
    assert page.count('class="known"') == 3
    feature = text(client, f"/o/{outline.slug}/service/vpc/network-acls/")
    assert "You have met 1 of the 3 facts" in feature
    assert "What you know" not in text(client, f"/o/{outline.slug}/service/vpc/security-groups/")


def test_a_features_page_has_ones_last_answers_but_none_of_an_exam_going_on() -> None:
    outline, learner = make_outline(), make_learner()
    answered(learner, outline, right=False, guessed=True)
    exam = make_session(learner, outline, ("single",), kind="exam", minutes=60)
    study.answer(exam, 1, form(exam, 1), exam.started_at)
    address = f"/o/{outline.slug}/service/vpc/network-acls/"
    page = text(browser(learner), address)
    assert page.count("wrong, guessed") == 1
    assert str(exam.key) not in page
    study.hand_in(exam, exam.started_at)
    assert str(exam.key) in text(browser(learner), address)


def test_the_map_is_as_full_as_what_is_known() -> None:
    outline, learner = make_outline(), make_learner()
    remembered(learner, Fact.objects.for_outline(outline)[0], stability=50, days_ago=1, due=40)
    words = "The fuller the mark of a topic"
    assert words in text(browser(learner), f"/o/{outline.slug}/map/")
    assert words not in text(browser(), f"/o/{outline.slug}/map/")


def test_progress_without_history_is_honest() -> None:
    outline = make_outline()
    page = text(browser(), f"/o/{outline.slug}/progress/")
    assert "Nothing is known of you here yet." in page
    assert "Nothing was answered yet, so there is nothing to draw." in page
    assert "0 of 4" in page


def test_progress_shows_all_of_it() -> None:
    outline, learner = make_outline(), make_learner()
    answered(learner, outline)
    answered(learner, outline, right=False)
    learner.exam_date = learner.today(timezone.now()) + timedelta(days=30)
    page = text(browser(learner), f"/o/{outline.slug}/progress/")
    for words in (
        "You have met 1 of the 5 facts", "an estimate", "30 <span", "Answers by month as a table",
        "Reviews by day as a table", "50% of 2 answers were right.", "One answer",
        "Too few answers yet to tell how well you know what you know.",
    ):  # fmt: skip
        assert words in page, words


def test_charts_have_their_numbers_in_the_table() -> None:
    outline, learner = make_outline(), make_learner()
    answered(learner, outline)
    answered(learner, outline, right=False, guessed=True)
    tallies, today = Answer.objects.tallies_of(learner), learner.today(timezone.now())
    assert days_chart(tallies, today).rows == [(f"{today:%B %Y}", 1, 2)]
    assert accuracy_chart(tallies, today).rows[0][1:] == (2, 1, "50%")
    assert [(name, score.right) for name, score, _ in kinds_table(tallies)] == [("One answer", 1)]
    _, sides = calibration(tallies)
    assert [(name, score.total) for name, score, _ in sides] == [("Sure", 1), ("I guessed", 1)]
    rows = forecast_chart(know(learner, outline, timezone.now()), None).rows
    assert sum(number for _, number in rows) == 1  # type: ignore[misc]


def test_a_plan_needs_more_time_than_there_is() -> None:
    outline, learner = make_outline(), make_learner(minutes_a_day=1)
    answered(learner, outline)
    learner.exam_date = learner.today(timezone.now()) + timedelta(days=2)
    plan = guide(learner, outline, timezone.now()).plan
    assert plan is not None
    assert "minutes a day" in plan.sentence


def test_an_exam_that_is_over_is_said_so() -> None:
    outline, learner = make_outline(), make_learner()
    answered(learner, outline)
    learner.exam_date = learner.today(timezone.now()) - timedelta(days=1)
    page = text(browser(learner), f"/o/{outline.slug}/progress/")
    assert "The day of the exam is over" in page
    assert "days to the exam" not in page.lower().replace("days to the exam</dt>", "!")


def test_an_outline_without_facts_has_nothing_to_show() -> None:
    outline = make_outline("# Empty\n## Topic\n")
    assert "hold nothing that a question could ask" in text(
        browser(), f"/o/{outline.slug}/progress/"
    )


@pytest.mark.parametrize("address", ["", "service/vpc/", "service/vpc/network-acls/", "progress/"])
def test_pages_with_a_learners_state_take_few_queries(
    address: str, django_assert_max_num_queries: Any
) -> None:
    outline, learner = make_outline(), make_learner()
    answered(learner, outline)
    client = browser(learner)
    client.get(f"/o/{outline.slug}/{address}")
    with django_assert_max_num_queries(12):
        client.get(f"/o/{outline.slug}/{address}")


def test_nothing_is_written_for_who_only_looks() -> None:
    outline = make_outline()
    client = browser()
    for address in ("", "service/vpc/", "progress/"):
        client.get(f"/o/{outline.slug}/{address}")
    assert not Learner.objects.exists()
    assert not StudySession.objects.exists()
    assert COOKIE not in client.cookies


def test_a_session_on_another_outline_is_not_offered_here() -> None:
    learner = make_learner()
    session = make_session(learner, make_outline())
    other = make_outline()
    cache.clear()
    assert str(session.key) not in text(browser(learner), f"/o/{other.slug}/")
    assert Service.objects.for_outline(other).exists()
