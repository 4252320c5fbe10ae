"""Reviews: what is due today, one card after another; what was put away."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.models import Fact, Outline
from knowledge.pages import respond
from quiz.drawing import questions_on, unasked_of
from quiz.memory_rows import Card
from quiz.models import Learner, Report, StudySession
from quiz.pace import paced
from quiz.pages import go_to, outline_form
from quiz.reviewing import choose_reviews, due_today, suspend
from quiz.standing import StudyError
from quiz.study import start as start_session
from quiz.visitors import learner_of

# A session holds so many at most; who has more due goes on with the next.
MOST = 50


@outline_form
@paced
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, outline: Outline) -> HttpResponse:
    """What is due today; a POST starts with it, or goes on with what was started."""
    learner, now = learner_of(request), timezone.now()
    problem, status = "", 200
    if learner is not None and request.method == "POST":
        open_one = StudySession.objects.of(learner).on(outline).of_kind("review").open()
        going = open_one.latest_first().first()
        if going is not None:
            return go_to("quiz:session", going.key)
        try:
            return _start(outline, learner, now)
        except StudyError as refused:
            problem, status = str(refused), 409
    elif request.method == "POST":
        problem, status = "Nothing is due yet: answer some questions first.", 409
    context = {"title": "Review", "problem": problem, "due": 0, "learner": learner, "now": now}
    if learner is not None:
        cards = Card.objects.of(learner).for_outline(outline)
        waiting = {card.fact_id for card in due_today(learner, outline, now)}
        unasked = unasked_of(outline, {fact for fact in waiting if fact is not None})
        context |= {
            "due": len(waiting) - len(unasked),
            "unasked": len(unasked),
            "coming": cards.coming(now),
            "put_away": list(cards.suspended()),
        }
    return respond(request, "quiz/review.html", context, status=status)


def _start(outline: Outline, learner: Learner, now: datetime) -> HttpResponse:
    seed = str(secrets.randbelow(10**9))
    cards = due_today(learner, outline, now)
    bank = questions_on(outline, [card.fact_id for card in cards if card.fact_id is not None])
    hidden = Report.objects.hidden_from(learner)
    asked = choose_reviews(cards, bank, seed, MOST, hidden)
    if not asked:
        raise StudyError("Nothing is due now.")
    session = start_session(
        learner, outline, asked, kind="review", seed=seed, now=now,
        spec={"name": "Review", "due": len(cards)},
    )  # fmt: skip
    return go_to("quiz:item", session.key, 1)


@outline_form
@require_POST
def bring_back(request: HttpRequest, outline: Outline, fact: int) -> HttpResponse:
    """Ask a fact again that was put away."""
    learner = learner_of(request)
    found = Fact.objects.for_outline(outline).with_keys([fact]).first()
    if learner is None or found is None:
        raise Http404("This line is no longer in the outline.")
    suspend(learner, found, False, timezone.now())
    return go_to("quiz:review", outline.slug)
