"""Exams and reviews over HTTP: the server's clock, no word before handing in, what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge.models import Fact, Outline
from quiz.models import Answer, Card, Learner, ReviewLog, SessionItem, StudySession
from quiz.stock import make_stock
from quiz.visitors import COOKIE
from tests.factories import RICH, make_outline
from tests.sessions import DAY, MINUTE, NOW, form, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client: Client) -> Learner:
    learner, token = Learner.objects.born(NOW)
    client.cookies[COOKIE] = token
    return learner


@pytest.fixture
def outline() -> Outline:
    made = make_outline(RICH)
    make_stock(made)
    return made


def at(session: StudySession, rest: str = "") -> str:
    return f"/session/{session.key}/{rest}"


def make_exam(learner: Learner, outline: Outline | None = None, minutes: int = 30) -> StudySession:
    """An exam that began just now, with its report's domains."""
    kinds = ("single", "single", "matching")
    session = make_session(learner, outline, kinds, kind="exam", minutes=minutes)
    now = timezone.now()
    session.started_at, session.deadline = now, now + timedelta(minutes=minutes)
    session.save()
    return session


def over(session: StudySession) -> None:
    session.deadline = timezone.now() - MINUTE
    session.save()


def test_an_exam_starts_with_its_clock(client: Client, outline: Outline) -> None:
    response = client.post(f"/o/{outline.slug}/exam/", {"size": "short", "extra": "45"})
    assert response.status_code == 303
    session = StudySession.objects.get()
    assert session.deadline is not None
    assert session.deadline - session.started_at == timedelta(minutes=52 + 45)
    page = client.get(response["Location"]).content.decode()
    assert 'role="timer"' in page
    assert "1 h 36 min" in page or "1 h 37 min" in page
    assert 'name="guessed"' not in page


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"exam": "SCS-C99"}, "no exam “SCS-C99”"),
        ({"size": "endless"}, "full or short"),
        ({"extra": "171"}, "from 0 to 170"),
        ({"extra": "-5"}, "from 0 to 170"),
    ],
)
def test_an_exam_that_is_none_is_refused(
    client: Client, outline: Outline, wish: dict[str, str], sentence: str
) -> None:
    response = client.post(f"/o/{outline.slug}/exam/", wish)
    assert response.status_code == 409
    assert sentence in response.content.decode()
    assert StudySession.objects.count() == 0


def test_an_outline_without_facts_has_no_exam(client: Client) -> None:
    outline = make_outline("# Empty\n")
    assert "hold nothing yet" in client.get(f"/o/{outline.slug}/exam/").content.decode()
    assert client.post(f"/o/{outline.slug}/exam/").status_code == 409


def test_answers_of_an_exam_go_on_without_a_verdict_and_can_change(
    client: Client, learner: Learner
) -> None:
    session = make_exam(learner)
    response = client.post(at(session, "1/"), form(session, 1, right=False))
    assert response["Location"] == at(session, "2/")
    client.post(at(session, "1/"), form(session, 1, right=True))
    assert Answer.objects.get().right
    for address in ("1/", "2/", "", "1/?line=3"):
        page = client.get(at(session, address)).content.decode()
        for secret in ("Because.", "Why Option", "Your answer", "In the notes", "Right:"):
            assert secret not in page
    assert "checked" in client.get(at(session, "1/")).content.decode()
    assert Card.objects.count() == 0


def test_nothing_of_an_open_exam_can_be_taken_along(client: Client, learner: Learner) -> None:
    session = make_exam(learner)
    for address in ("sheet/", "questions.csv", "questions.gift", "questions.apkg"):
        response = client.get(at(session, address))
        assert response.status_code == 409
        assert b"Option 1" not in response.content


def test_a_flag_is_set_and_taken_away_and_saves_what_was_chosen(
    client: Client, learner: Learner
) -> None:
    session = make_exam(learner)
    response = client.post(at(session, "1/flag/"), form(session, 1))
    assert response["Location"] == at(session, "1/")
    assert Answer.objects.count() == 1
    assert '1<span class="vh">, answered, flagged' in client.get(at(session)).content.decode()
    client.post(at(session, "1/unflag/"))
    assert not SessionItem.objects.of(session)[0].flagged


def test_handing_in_gives_the_report_and_every_item_to_read(
    client: Client, learner: Learner
) -> None:
    session = make_exam(learner)
    client.post(at(session, "1/"), form(session, 1))
    client.post(at(session, "2/"), form(session, 2, right=False))
    page = client.get(at(session)).content.decode()
    assert "2 of 3 answered" in page
    assert "1 unanswered will count as wrong" in page
    assert client.post(at(session, "finish/"))["Location"] == at(session)
    page = client.get(at(session)).content.decode()
    for words in ("33% right", "As an estimate", "no official score", "By domain",
                  "What to study", "unanswered", "All items"):  # fmt: skip
        assert words in page
    assert "Not answered" in client.get(at(session, "3/")).content.decode()
    assert "Because." in client.get(at(session, "1/")).content.decode()
    assert ReviewLog.objects.count() == 2


def test_the_deadline_hands_in_whatever_is_asked_for_next(client: Client, learner: Learner) -> None:
    for address in ("", "2/"):
        session = make_exam(learner)
        client.post(at(session, "1/"), form(session, 1))
        over(session)
        page = client.get(at(session, address), follow=True).content.decode()
        assert "33% right" in page
        session.refresh_from_db()
        assert not session.is_open


def test_an_answer_after_the_deadline_is_refused_and_hands_in(
    client: Client, learner: Learner
) -> None:
    session = make_exam(learner)
    over(session)
    response = client.post(at(session, "1/"), form(session, 1))
    assert response.status_code == 409
    assert "Time is up" in response.content.decode()
    session.refresh_from_db()
    assert not session.is_open
    assert Answer.objects.count() == 0


def test_when_the_pages_clock_runs_out_what_is_chosen_counts(
    client: Client, learner: Learner
) -> None:
    for chosen in (True, False):
        session = make_exam(learner)
        sent = form(session, 1) if chosen else {}
        response = client.post(at(session, "1/"), {**sent, "over": "1"})
        assert response["Location"] == at(session)
        session.refresh_from_db()
        assert not session.is_open
    assert Answer.objects.count() == 1


def test_unscored_items_are_told_in_the_report_alone(client: Client, learner: Learner) -> None:
    session = make_exam(learner)
    SessionItem.objects.of(session).filter(position=1).update(scored=False)
    assert "t count" not in client.get(at(session, "1/")).content.decode()
    assert "t count" not in client.get(at(session)).content.decode()
    client.post(at(session, "finish/"))
    page = client.get(at(session)).content.decode()
    assert page.count("didn't count") == 1
    assert "2 of 3" in page


def due(learner: Learner, outline: Outline) -> Card:
    """A card of the outline that is due, of a fact that questions are about."""
    stock = make_stock(outline)
    fact = next(iter(stock.by_fact))
    card: Card = Card.objects.create(
        learner=learner, fact_id=fact, text="x", due=NOW, last_review=NOW - DAY, stability=1.0,
        difficulty=5.0, state=2, step=None,
    )  # fmt: skip
    return card


def test_a_review_asks_what_is_due_and_says_how_many_are_left(
    client: Client, learner: Learner, outline: Outline
) -> None:
    card = due(learner, outline)
    assert "1 due today" in client.get(f"/o/{outline.slug}/review/").content.decode()
    response = client.post(f"/o/{outline.slug}/review/")
    page = client.get(response["Location"]).content.decode()
    assert "1 left" in page
    item = SessionItem.objects.get()
    assert card.fact_id in {one.fact_id for one in item.asked_facts.all()}


def test_a_second_click_goes_on_with_the_review_that_is_open(
    client: Client, learner: Learner, outline: Outline
) -> None:
    due(learner, outline)
    for _ in range(2):
        client.post(f"/o/{outline.slug}/review/")
    assert StudySession.objects.count() == 1


@pytest.mark.parametrize(("act", "left"), [("bury", False), ("suspend", True)])
def test_a_card_is_put_off_or_away_and_the_review_goes_on(
    client: Client, learner: Learner, outline: Outline, act: str, left: bool
) -> None:
    card = due(learner, outline)
    session = client.post(f"/o/{outline.slug}/review/")["Location"].rsplit("/", 2)[0]
    response = client.post(f"{session}/1/{act}/")
    assert response["Location"] == f"{session}/"
    card.refresh_from_db()
    assert (card.suspended, card.buried_until is not None) == (left, not left)
    assert not StudySession.objects.get().is_open
    page = client.get(f"/o/{outline.slug}/review/").content.decode()
    assert "Nothing is due now" in page or "Nothing to review yet" in page


def test_what_was_put_away_can_be_asked_again(
    client: Client, learner: Learner, outline: Outline
) -> None:
    card = due(learner, outline)
    card.suspended = True
    card.save()
    page = client.get(f"/o/{outline.slug}/review/").content.decode()
    assert "Never in reviews" in page
    client.post(f"/o/{outline.slug}/review/{card.fact_id}/")
    card.refresh_from_db()
    assert not card.suspended


def test_without_anything_due_it_says_when_the_next_comes(
    client: Client, learner: Learner, outline: Outline
) -> None:
    assert "Nothing to review yet" in client.get(f"/o/{outline.slug}/review/").content.decode()
    card = due(learner, outline)
    card.due = timezone.now() + 3 * DAY
    card.save()
    page = client.get(f"/o/{outline.slug}/review/").content.decode()
    assert "The next comes in 3 days, on" in page
    refused = client.post(f"/o/{outline.slug}/review/")
    assert refused.status_code == 409
    assert "Nothing is due now" in refused.content.decode()


def test_what_no_question_asks_is_told_apart(
    client: Client, learner: Learner, outline: Outline
) -> None:
    stock = make_stock(outline)
    card = due(learner, outline)
    facts = Fact.objects.for_outline(outline).values_list("pk", flat=True)
    card.fact_id = next(key for key in facts if key not in stock.by_fact)
    card.save()
    page = client.get(f"/o/{outline.slug}/review/").content.decode()
    assert "due today" not in page
    assert "1 fact would be due, but no question" in page


def test_a_wording_is_not_asked_twice_in_a_row(
    client: Client, learner: Learner, outline: Outline
) -> None:
    stock = make_stock(outline)
    fact = next(key for key, entries in stock.by_fact.items() if len(entries) > 1)
    last = stock.by_fact[fact][0].item.id
    Card.objects.create(
        learner=learner, fact_id=fact, text="x", due=NOW, last_review=NOW - DAY, stability=1.0,
        difficulty=5.0, state=2, step=None, last_question=last,
    )  # fmt: skip
    client.post(f"/o/{outline.slug}/review/")
    assert SessionItem.objects.get().question["id"] != last


def test_nobody_brings_back_a_card_for_someone_else(client: Client, outline: Outline) -> None:
    fact: Any = Fact.objects.for_outline(outline).first()
    assert client.post(f"/o/{outline.slug}/review/{fact.pk}/").status_code == 404
    assert Card.objects.count() == 0
