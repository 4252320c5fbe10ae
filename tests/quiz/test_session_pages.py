"""Quizzes over HTTP: what they ask, what they tell, what they refuse, and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import fmean
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.loading import load_outline
from knowledge.models import Feature, Outline
from knowledge.packs import NO_PACK
from quiz.models import Answer, Card, Learner, Report, SessionItem, StudySession
from quiz.stock import make_stock
from quiz.visitors import COOKIE
from tests.factories import RICH, SMALL, make_outline
from tests.sessions import NOW, form, make_session

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


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


def start(client: Client, outline: Outline, **wanted: Any) -> StudySession:
    response = client.post(f"/o/{outline.slug}/quiz/", wanted)
    assert response.status_code == 303, response.content.decode()
    return StudySession.objects.get(key=response["Location"].split("/")[2])


def asked(session: StudySession) -> list[str]:
    return [item.question["id"] for item in SessionItem.objects.of(session)]


def test_one_click_on_a_topic_starts_ten_questions_and_makes_a_learner(
    client: Client, outline: Outline
) -> None:
    page = client.get(f"/o/{outline.slug}/service/cloudtrail/").content.decode()
    assert f'action="/o/{outline.slug}/quiz/"' in page
    assert 'name="topic" value="cloudtrail"' in page
    session = start(client, outline, topic="cloudtrail", zone="Europe/Berlin")
    items = SessionItem.objects.of(session)
    assert {item.question["topic"] for item in items} == {"CloudTrail"}
    assert 1 <= len(items) <= 10
    assert Learner.objects.get().zone == "Europe/Berlin"


def test_a_feature_and_a_domainless_everything_can_be_asked(
    client: Client, outline: Outline
) -> None:
    key = next(entry.feature for entry in make_stock(outline).entries if entry.feature)
    feature = Feature.objects.select_related("service").get(pk=key)
    one = start(client, outline, topic=f"{feature.service.slug}/{feature.slug}")
    assert {i.question["feature"] for i in SessionItem.objects.of(one)} == {feature.name}
    everything = start(client, outline, scope="all", count="20")
    assert len({i.question["topic"] for i in SessionItem.objects.of(everything)}) > 1


def test_kinds_and_count_are_kept_to(client: Client, outline: Outline) -> None:
    made = Counter(entry.item.kind for entry in make_stock(outline).entries)
    kind, _ = made.most_common(1)[0]
    session = start(client, outline, kind=kind, count="2")
    kinds = [item.question["kind"] for item in SessionItem.objects.of(session)]
    assert kinds == [kind] * 2


def test_harder_questions_are_harder(client: Client, outline: Outline) -> None:
    def mean(level: str) -> float:
        items = SessionItem.objects.of(start(client, outline, level=level))
        return fmean(item.question["difficulty"] for item in items)

    assert mean("harder") > mean("easier")


def test_a_quiz_starts_before_all_questions_are_made(client: Client) -> None:
    outline = make_outline(RICH)
    assert len(asked(start(client, outline, topic="macie"))) > 0
    assert len(asked(start(client, outline))) > 0


@pytest.mark.parametrize(
    ("wanted", "sentence", "status"),
    [
        ({"count": "0"}, "from 1 to 100", 409),
        ({"count": "many"}, "from 1 to 100", 409),
        ({"kind": "essay"}, "no such kind", 409),
        ({"level": "brutal"}, "no such difficulty", 409),
        ({"topic": "nothing-like-it"}, "no such topic", 409),
        ({"scope": "wrong"}, "nothing that you got wrong", 409),
        ({"seed": "x"}, "link isn&#x27;t whole", 409),
        ({"topic": "x" * 400}, "more than a quiz", 409),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_by_a_sentence(
    client: Client, outline: Outline, wanted: dict[str, str], sentence: str, status: int
) -> None:
    response = client.post(f"/o/{outline.slug}/quiz/", wanted)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert Learner.objects.count() == StudySession.objects.count() == 0


def test_a_form_of_another_site_starts_nothing(client: Client, outline: Outline) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        response = client.post(f"/o/{outline.slug}/quiz/", headers=headers)
        assert response.status_code == 403
    assert StudySession.objects.count() == 0


def test_reading_the_pages_to_start_from_writes_nothing(client: Client, outline: Outline) -> None:
    for page in ("quiz/", "exam/", "review/", "quiz/?seed=4&topic=macie"):
        response = client.get(f"/o/{outline.slug}/{page}")
        assert response.status_code == 200
        assert COOKIE not in response.cookies
    assert Learner.objects.count() == 0


def test_an_answer_leads_to_its_verdict_with_why_and_lines(
    client: Client, learner: Learner
) -> None:
    session = make_session(learner)
    response = client.post(at(session, "1/"), form(session, 1, right=False))
    assert (response.status_code, response["Location"]) == (303, at(session, "1/"))
    page = client.get(response["Location"]).content.decode()
    for words in ("Not quite", "Your answer", "The right answer", "Why Option 2.", "Line 3"):
        assert words in page
    assert "no-store" in client.get(at(session, "1/"))["Cache-Control"]


def test_htmx_gets_the_verdict_at_once(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    response = client.post(at(session, "1/"), form(session, 1), headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.startswith("<title>Right: 1 of 3")
    assert "<html" not in page
    assert "data-arrive" in page


def test_a_second_answer_counts_for_nothing_and_says_so(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    client.post(at(session, "1/"), form(session, 1, right=False))
    same = client.post(at(session, "1/"), form(session, 1, right=False))
    assert same["Location"] == at(session, "1/")
    other = client.post(at(session, "1/"), form(session, 1, right=True), follow=True)
    assert "the first answer counts" in other.content.decode()
    assert Answer.objects.get().right is False


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "which question it answers"),
        ({"question": "QUESTION"}, "Choose an option first"),
        ({"question": "QUESTION", "choice": "7"}, "no such option"),
        ({"question": "QUESTION", "choice": "-1"}, "no such option"),
        ({"question": "QUESTION", "choice": "²"}, "no such option"),
        ({"question": "QUESTION", "choice": ["0", "1"]}, "more than one value"),
        ({"question": "forged", "choice": "1"}, "belongs to another question"),
    ],
)
def test_a_forged_or_empty_answer_is_refused_on_the_page(
    client: Client, learner: Learner, sent: dict[str, Any], sentence: str
) -> None:
    session = make_session(learner)
    if sent.get("question") == "QUESTION":
        sent = {**sent, "question": asked(session)[0]}
    for headers in ({}, HTMX):
        response = client.post(at(session, "1/"), sent, headers=headers)
        page = response.content.decode()
        assert response.status_code == 400
        assert sentence in page
        assert "Which one?" in page
    assert Answer.objects.count() == Card.objects.count() == 0


def test_what_was_chosen_stays_beside_what_is_missing(client: Client, learner: Learner) -> None:
    session = make_session(learner, kinds=("multiple",))
    sent = {"question": asked(session)[0], "choice": "2", "guessed": "1"}
    page = client.post(at(session, "1/"), sent).content.decode()
    assert "Choose two options; you chose one." in page
    assert page.count("checked") == 2


def test_an_answer_to_a_session_that_is_over_changes_nothing(
    client: Client, learner: Learner
) -> None:
    session = make_session(learner)
    client.post(at(session, "finish/"))
    response = client.post(at(session, "2/"), form(session, 2))
    assert response.status_code == 409
    assert "This session is over" in response.content.decode()
    assert Answer.objects.count() == 0


def test_the_address_of_a_session_goes_on_where_it_was(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    client.post(at(session, "1/"), form(session, 1))
    client.post(at(session, "2/skip/"))
    assert client.get(at(session))["Location"] == at(session, "3/")
    client.post(at(session, "3/"), form(session, 3))
    assert client.get(at(session))["Location"] == at(session, "2/")
    client.post(at(session, "2/"), form(session, 2))
    assert "3 of 3 right" in client.get(at(session)).content.decode()


def test_undo_asks_the_question_again(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    client.post(at(session, "2/"), form(session, 2, right=False))
    response = client.post(at(session, "undo/"))
    assert response["Location"] == at(session, "2/")
    assert Answer.objects.count() == 0
    refused = client.post(at(session, "undo/"))
    assert refused.status_code == 409
    assert "no answer to undo" in refused.content.decode()


def test_i_guessed_can_be_said_with_the_answer_and_after(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    client.post(at(session, "1/"), form(session, 1, guessed="1"))
    client.post(at(session, "2/"), form(session, 2))
    client.post(at(session, "2/guessed/"))
    assert list(Answer.objects.values_list("guessed", flat=True)) == [True, True]
    assert client.post(at(session, "3/guessed/")).status_code == 409


def test_a_report_is_kept_with_its_note_and_hides_the_question(
    client: Client, learner: Learner
) -> None:
    session = make_session(learner)
    response = client.post(at(session, "1/report/"), {"note": "Two are right."}, follow=True)
    assert "You won&#x27;t be asked" in response.content.decode() or "Reported" in (
        response.content.decode()
    )
    report = Report.objects.get()
    assert (report.note, report.question_key) == ("Two are right.", asked(session)[0])
    long = client.post(at(session, "2/report/"), {"note": "x" * 2001})
    assert long.status_code == 409


def test_a_reported_question_is_not_asked_again(client: Client, outline: Outline) -> None:
    first = start(client, outline, seed="7")
    client.post(at(first, "1/report/"))
    second = start(client, outline, seed="7")
    assert asked(second) == asked(first)[1:]


def test_the_result_shows_what_was_missed_with_its_lines(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    for position in (1, 2, 3):
        client.post(at(session, f"{position}/"), form(session, position, right=position == 1))
    page = client.get(at(session)).content.decode()
    for words in ("1 of 3 right", "What you missed", "no idea", "stateless", "By feature",
                  "By kind of question", "Again with the missed"):  # fmt: skip
        assert words in page


def test_again_with_the_missed_asks_these_alone(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    for position in (1, 2, 3):
        client.post(at(session, f"{position}/"), form(session, position, right=position == 1))
    response = client.post(at(session, "again/"))
    new = StudySession.objects.get(key=response["Location"].split("/")[2])
    assert asked(new) == asked(session)[1:]
    client.post(at(new, "finish/"))
    assert client.post(at(make_session(learner), "again/")).status_code == 409


def test_a_shared_link_gives_the_same_questions_and_nothing_of_the_sharer(
    client: Client, outline: Outline
) -> None:
    session = start(client, outline, count="5")
    client.post(at(session, "finish/"))
    page = client.get(at(session)).content.decode()
    link = page.split('id="share"')[1].split('value="')[1].split('"')[0].replace("&amp;", "&")
    parts = urlsplit(link)
    assert str(session.key) not in link
    friend = Client()
    shown = friend.get(f"{parts.path}?{parts.query}").content.decode()
    assert "5 questions" in shown
    fields = dict(pair.split("=") for pair in parts.query.split("&"))
    assert asked(start(friend, outline, **fields)) == asked(session)
    assert Learner.objects.count() == 2


def test_what_one_got_wrong_is_asked_again_and_not_shared(
    client: Client, learner: Learner, outline: Outline
) -> None:
    first = start(client, outline, kind="true_false", count="2")
    for item in SessionItem.objects.of(first):
        wrong = next(n for n, o in enumerate(item.question["options"]) if not o["correct"])
        sent = {"question": item.question["id"], "choice": wrong}
        client.post(at(first, f"{item.position}/"), sent)
    again = start(client, outline, scope="wrong")
    facts = {item.asked_facts.all()[0].fact_id for item in SessionItem.objects.of(first)}
    for item in SessionItem.objects.of(again):
        assert facts & {fact.fact_id for fact in item.asked_facts.all()}
    client.post(at(again, "finish/"))
    assert 'id="share"' not in client.get(at(again)).content.decode()


def test_a_sheet_has_its_key_behind_the_questions(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    page = client.get(at(session, "sheet/")).content.decode()
    assert page.index("Which one?") < page.index(">Key<") < page.rindex("Option 1")


@pytest.mark.parametrize("form_of", ["gift", "csv", "apkg"])
def test_questions_can_be_taken_along(client: Client, learner: Learner, form_of: str) -> None:
    session = make_session(learner)
    response = client.get(at(session, f"questions.{form_of}"))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(at(session, "questions.exe")).status_code == 404


def test_the_line_is_shown_in_its_place(client: Client, learner: Learner) -> None:
    outline = make_outline()
    session = make_session(learner, outline, ("single",))
    SessionItem.objects.of(session).update(question={**session.items.get().question,
        "evidence": [{"line": 4, "text": "Stateless", "path": ["VPC"]}]})  # fmt: skip
    client.post(at(session, "1/"), form(session, 1))
    for address, headers in (("1/?line=4", {}), ("1/?part=source&line=4", HTMX)):
        page = client.get(at(session, address), headers=headers).content.decode()
        assert "<mark>Stateless</mark>" in page
        assert "Evaluated by rule number" in page
        assert "Open line 4 in the notes" in page
    other = client.get(at(session, "1/?line=99")).content.decode()
    assert "rest on line 99" in other


def test_nothing_is_told_before_the_answer(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    for address in ("1/", "1/?line=3", "1/?part=source&line=3"):
        page = client.get(at(session, address)).content.decode()
        assert "Because." not in page
        assert "In the notes" not in page


def test_a_changed_outline_leaves_the_questions_and_says_so(
    client: Client, learner: Learner
) -> None:
    outline = make_outline()
    session = make_session(learner, outline)
    text = SMALL.replace("- Stateless\n", "- Without state\n")
    load_outline(text.encode(), slug=outline.slug, pack=NO_PACK)
    page = client.get(at(session, "1/")).content.decode()
    assert "loaded anew since; the questions stay as they were asked" in page
    client.post(at(session, "1/"), form(session, 1))
    assert Answer.objects.get().right
    outline.delete()
    assert "isn&#x27;t here any more" in client.get(at(session, "2/")).content.decode()
    client.post(at(session, "2/"), form(session, 2))
    client.post(at(session, "finish/"))
    assert client.get(at(session)).status_code == 200


READ = ("", "1/", "sheet/", "questions.csv")
DONE = ("finish/", "undo/", "again/", "1/", "1/skip/", "1/flag/", "1/unflag/", "1/guessed/",
        "1/bury/", "1/suspend/", "1/report/")  # fmt: skip


@pytest.mark.parametrize("someone", ["another learner", "a stranger"])
def test_nobody_else_sees_or_touches_a_session(client: Client, someone: str) -> None:
    session = make_session()
    if someone == "another learner":
        client.cookies[COOKIE] = Learner.objects.born(NOW)[1]
    for address in READ:
        assert client.get(at(session, address)).status_code == 404
    for address in DONE:
        assert client.post(at(session, address), form(session, 1)).status_code == 404
    assert Answer.objects.count() == Report.objects.count() == Card.objects.count() == 0
    session.refresh_from_db()
    assert session.is_open


def test_addresses_beyond_the_last_question_are_not_found(client: Client, learner: Learner) -> None:
    session = make_session(learner)
    for position in ("0", "4", "99999999999999999999"):
        assert client.get(at(session, f"{position}/")).status_code == 404
        assert client.post(at(session, f"{position}/"), {}).status_code in (404, 409)


def queries(act: Callable[[], Any]) -> list[str]:
    """What reads or writes rows, without what opens and closes transactions."""
    with CaptureQueriesContext(connection) as seen:
        act()
    words = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return [one["sql"] for one in seen.captured_queries if one["sql"].startswith(words)]


def test_a_start_takes_few_queries(client: Client, learner: Learner, outline: Outline) -> None:
    made = queries(
        lambda: client.post(f"/o/{outline.slug}/quiz/", {"topic": "macie"}, headers=HTMX)
    )
    assert StudySession.objects.count() == 1
    assert len(made) <= 12


@pytest.mark.parametrize("kind", ["single", "cloze", "matching"])
def test_an_answer_and_its_verdict_take_few_queries(
    client: Client, learner: Learner, kind: str
) -> None:
    learner.exam_date = NOW.date() + timedelta(days=4000)
    learner.save()
    outline = make_outline()
    for _ in range(2):
        session = make_session(learner, outline, kinds=(kind,))
        client.get(at(session, "1/"))
        sent = form(session, 1)
        made = queries(partial(client.post, at(session, "1/"), sent, headers=HTMX))
        assert Answer.objects.in_session(session).count() == 1
        assert len(made) <= 12, made
