"""Sessions on a real database: what counts, what counts once, what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from knowledge.loading import load_outline
from knowledge.models import Fact
from knowledge.packs import NO_PACK
from quiz import study
from quiz.blueprints import proportional
from quiz.exam import choose, sitting
from quiz.grading import AnswerError
from quiz.models import Answer, Card, Learner, Report, ReviewLog, SessionItem, StudySession
from quiz.questions import Asked
from quiz.scheduling import Rating
from quiz.standing import StudyError, standing
from tests.factories import SMALL, make_outline
from tests.questions import make_question
from tests.sessions import DAY, MINUTE, NOW, form, make_learner, make_session, reviewed

pytestmark = pytest.mark.django_db


def test_an_answer_counts_rates_its_fact_and_moves_on() -> None:
    session = make_session()
    outcome = study.answer(session, 1, form(session, 1), NOW + MINUTE)
    assert (outcome.first, outcome.grade.right) == (True, True)
    assert (outcome.standing.answered, outcome.standing.right, outcome.standing.next) == (1, 1, 2)
    card = Card.objects.get()
    assert (card.fact_id, card.text, card.line) == (
        SessionItem.objects.of(session)[0].asked_facts.get().fact_id,
        "Stateless",
        4,
    )
    log = ReviewLog.objects.get()
    assert (log.rating, log.card_id, log.answer_id) == (
        Rating.GOOD,
        card.pk,
        outcome.answer.pk,
    )
    assert log.log.after == card.memory


@pytest.mark.parametrize(
    ("right", "more", "rating"),
    [
        (False, {}, Rating.AGAIN),
        (True, {}, Rating.GOOD),
        (True, {"guessed": "on"}, Rating.AGAIN),
        (True, {"ms": "1500"}, Rating.EASY),
        (True, {"ms": "50000"}, Rating.GOOD),
    ],
)
def test_answers_rate_their_fact(right: bool, more: dict[str, str], rating: Rating) -> None:
    session = make_session(make_learner(easy_at_choice=True))
    study.show(session, 1, NOW)
    study.answer(session, 1, form(session, 1, right, **more), NOW + MINUTE)
    assert ReviewLog.objects.get().rating == rating


def test_a_matching_rates_the_fact_of_each_pair() -> None:
    session = make_session(kinds=("matching",))
    outcome = study.answer(session, 1, form(session, 1, right=False), NOW)
    assert not outcome.grade.right
    ratings = ReviewLog.objects.order_by("card__line").values_list("rating", flat=True)
    assert list(ratings) == [Rating.GOOD, Rating.AGAIN, Rating.AGAIN]


def test_a_second_answer_to_a_question_counts_for_nothing() -> None:
    session = make_session()
    study.answer(session, 1, form(session, 1, right=False), NOW)
    again = study.answer(session, 1, form(session, 1, right=True), NOW + MINUTE)
    assert (again.first, again.grade.right, again.answer.right) == (False, False, False)
    assert (Answer.objects.count(), ReviewLog.objects.count()) == (1, 1)


def test_the_database_itself_takes_one_answer_only() -> None:
    session = make_session()
    first = study.answer(session, 1, form(session, 1), NOW).answer
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.booleans()), max_size=12))
@limits(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_submits_counts_each_question_once(
    submits: list[tuple[int, bool, bool]],
) -> None:
    with transaction.atomic():
        session = make_session()
        first: dict[int, bool] = {}
        for step, (position, right, undone) in enumerate(submits):
            now = NOW + step * MINUTE
            if undone and first:
                last = Answer.objects.in_session(session).last()
                assert last is not None
                study.undo(session, now)
                del first[last.item.position]
            outcome = study.answer(session, position, form(session, position, right), now)
            first.setdefault(position, right)
            assert outcome.answer.right == first[position]
            assert outcome.standing.answered == len(first)
            assert outcome.standing.right == sum(first.values())
        assert ReviewLog.objects.standing().count() == len(first)
        assert Card.objects.met().count() == len(first)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "bad",
    [{}, {"choice": ["9"]}, {"choice": ["1"]}, {"question": ["ffff"], "choice": ["1"]}],
)
def test_what_is_no_answer_leaves_all_as_it_was(bad: dict[str, list[str]]) -> None:
    session = make_session()
    before = list(SessionItem.objects.values())
    with pytest.raises(AnswerError):
        study.answer(session, 1, bad, NOW)
    assert (Answer.objects.count(), Card.objects.count()) == (0, 0)
    assert list(SessionItem.objects.values()) == before


def test_a_position_that_is_none_is_refused() -> None:
    session = make_session()
    with pytest.raises(StudyError, match="no such question"):
        study.answer(session, 4, {}, NOW)


def test_the_last_answer_ends_a_quiz() -> None:
    session = make_session()
    for position in (1, 2, 3):
        outcome = study.answer(session, position, form(session, position), NOW)
    assert outcome.standing.next is None
    assert not outcome.standing.session.is_open


def test_skipped_items_come_last_and_flags_stay() -> None:
    session = make_session()
    assert study.skip(session, 1, NOW).next == 2
    assert study.flag(session, 2, True, NOW).marks[1].flagged
    study.answer(session, 2, form(session, 2), NOW)
    assert study.answer(session, 3, form(session, 3), NOW).standing.next == 1


def test_a_quiz_can_be_ended_early_and_then_takes_nothing() -> None:
    session = make_session()
    study.answer(session, 1, form(session, 1), NOW)
    assert not study.finish(session, NOW).session.is_open
    assert study.finish(session, NOW + MINUTE).session.done_at == NOW
    for act in (
        lambda: study.answer(session, 2, form(session, 2), NOW),
        lambda: study.skip(session, 2, NOW),
        lambda: study.flag(session, 2, True, NOW),
    ):
        with pytest.raises(StudyError, match="over"):
            act()


def test_undo_brings_the_memory_back_and_keeps_the_log() -> None:
    learner, outline = make_learner(), make_outline()
    one = make_session(learner, outline, ("single",))
    study.answer(one, 1, form(one, 1), NOW)
    before = Card.objects.get().memory
    two = make_session(learner, outline, ("single",))
    study.answer(two, 1, form(two, 1, right=False), NOW + MINUTE)
    found = study.undo(two, NOW + 2 * MINUTE)
    assert (found.answered, found.next, found.session.is_open) == (0, 1, True)
    assert Card.objects.get().memory == before
    assert ReviewLog.objects.count() == 3
    assert ReviewLog.objects.standing().get().rating == Rating.GOOD
    with pytest.raises(StudyError, match="no answer to undo"):
        study.undo(two, NOW)


def test_what_was_reviewed_since_is_not_undone() -> None:
    learner, outline = make_learner(), make_outline()
    one, two = (make_session(learner, outline, ("single",)) for _ in range(2))
    study.answer(one, 1, form(one, 1), NOW)
    study.answer(two, 1, form(two, 1), NOW + MINUTE)
    with pytest.raises(StudyError, match="reviewed since"):
        study.undo(one, NOW + 2 * MINUTE)
    assert Answer.objects.count() == 2


def test_i_guessed_can_be_said_after_the_verdict() -> None:
    session = make_session()
    study.answer(session, 1, form(session, 1), NOW)
    for _ in range(2):
        assert study.mark_guessed(session, 1, NOW + MINUTE).answer.guessed
    assert ReviewLog.objects.standing().get().rating == Rating.AGAIN
    with pytest.raises(StudyError, match="Answer the question first"):
        study.mark_guessed(session, 2, NOW)


def make_exam(learner: Learner | None = None) -> StudySession:
    return make_session(learner, kinds=("single", "single", "matching"), kind="exam", minutes=10)


def test_an_exam_tells_and_rates_nothing_before_it_is_handed_in() -> None:
    session = make_exam()
    study.answer(session, 1, form(session, 1, right=False), NOW)
    changed = study.answer(session, 1, form(session, 1, right=True), NOW + MINUTE)
    assert (changed.first, Answer.objects.count(), changed.standing.right) == (False, 1, 0)
    assert changed.standing.remaining == timedelta(minutes=9)
    assert Card.objects.count() == 0
    study.answer(session, 3, form(session, 3), NOW + MINUTE)
    assert session.is_open
    done = study.hand_in(session, NOW + 2 * MINUTE)
    assert [mark.right for mark in done.marks] == [True, None, True]
    assert ReviewLog.objects.count() == 4
    study.hand_in(session, NOW + 3 * MINUTE)
    assert ReviewLog.objects.count() == 4
    with pytest.raises(StudyError, match="changed by answering again"):
        study.undo(session, NOW)


def test_the_server_keeps_an_exams_time() -> None:
    session = make_exam()
    study.answer(session, 1, form(session, 1), NOW)
    assert not study.close_if_over(session, NOW + 10 * MINUTE)
    late = NOW + 11 * MINUTE
    with pytest.raises(StudyError, match="Time is up"):
        study.answer(session, 2, form(session, 2), late)
    session.refresh_from_db()
    assert (session.state, session.done_at) == ("done", session.deadline)
    assert (Answer.objects.count(), ReviewLog.objects.count()) == (1, 1)


def test_a_paper_becomes_a_session() -> None:
    outline = make_outline()
    bank = [
        Asked(make_question(topic="VPC"), (key,))
        for key in Fact.objects.for_outline(outline).values_list("pk", flat=True)
    ]
    paper = choose(bank, sitting(proportional({"VPC": 5}).default), "1")
    session = study.start(
        make_learner(), outline, paper, kind="exam", seed="1", now=NOW, minutes=170
    )
    items = SessionItem.objects.of(session)
    assert {(item.domain, item.scored) for item in items} == {("VPC", True)}
    assert session.deadline == NOW + timedelta(minutes=170)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(StudyError, match="no questions"):
        make_session(kinds=())
    with pytest.raises(StudyError, match="at most 200"):
        make_session(kinds=("single",) * 201)


def test_a_reload_leaves_the_questions_as_they_were_asked_and_says_so() -> None:
    outline = make_outline()
    session = make_session(outline=outline)
    study.answer(session, 1, form(session, 1), NOW)
    text = SMALL.replace("- Stateless\n", "").replace("- Evaluated by rule number\n", "- New\n")
    load_outline(text.encode(), slug=outline.slug, pack=NO_PACK)
    fresh = StudySession.objects.at(session.learner, session.key)
    assert fresh is not None
    assert standing(fresh, NOW).notice == (
        "The outline has been loaded anew since; the questions stay as they were asked."
    )
    card = Card.objects.get()
    assert (card.fact, card.text, card.line) == (None, "Stateless", 4)
    assert study.answer(fresh, 2, form(fresh, 2), NOW).first
    assert study.answer(fresh, 3, form(fresh, 3), NOW).first
    assert ReviewLog.objects.filter(card=card).count() == 1


def test_a_deleted_outline_leaves_the_history() -> None:
    outline = make_outline()
    session = make_session(outline=outline)
    study.answer(session, 1, form(session, 1), NOW)
    outline.delete()
    fresh = StudySession.objects.at(session.learner, session.key)
    assert fresh is not None
    assert standing(fresh, NOW).notice.startswith("The outline isn't here any more")
    assert study.answer(fresh, 2, form(fresh, 2), NOW).standing.answered == 2
    assert (fresh.outline_title, ReviewLog.objects.count()) == ("Network notes", 1)


def test_a_session_is_found_by_its_own_learner_only() -> None:
    session = make_session()
    assert StudySession.objects.at(session.learner, session.key) == session
    assert StudySession.objects.at(make_learner(), session.key) is None
    assert StudySession.objects.at(None, session.key) is None


def test_a_learner_is_known_by_the_token_alone() -> None:
    learner, token = Learner.objects.born(NOW)
    assert Learner.objects.with_token(token) == learner
    for other in ("", None, learner.token_hash, token + "x", "\ud800"):
        assert Learner.objects.with_token(other) is None


def test_a_report_hides_a_question_and_is_filed_once() -> None:
    session = make_session()
    for note in ("The key is wrong.", "again"):
        report = study.report_question(session, 1, note, NOW)
    assert report.note == "The key is wrong."
    assert Report.objects.hidden_from(session.learner) == {report.question["id"]}
    assert Report.objects.hidden_from(make_learner()) == set()
    assert Report.objects.unsettled().count() == 1
    with pytest.raises(StudyError, match="at most 2000"):
        study.report_question(session, 2, "x" * 2001, NOW)


def test_an_answer_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    learner, outline = make_learner(exam_date=date(2026, 6, 1)), make_outline()
    reviewed(learner, outline)
    session = make_session(learner, outline, ("single", "matching", "single"))
    for position in (1, 2, 3):
        sent = form(session, position)
        with django_assert_max_num_queries(12):
            study.answer(session, position, sent, NOW + 9 * DAY)
