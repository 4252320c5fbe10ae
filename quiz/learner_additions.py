"""What a learner has of their own on the pages of an outline: today, and marks of mastery.

Who has done nothing gets a first step on home, and no marks. See docs/decisions/0011-mastery.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from knowledge.additions import Additions, Page
from knowledge.models import Feature, Outline
from quiz.charts import ring
from quiz.guidance import guide, open_sessions
from quiz.knowing import Knowing, Memo, know
from quiz.learner_rows import Learner
from quiz.mastery import NOTHING, Mastery
from quiz.models import Answer, AskedFact
from quiz.visitors import learner_of

LEGEND = "The fuller the mark of a topic, the more of it you probably know today."
LAST_ANSWERS = 5
FACT = ' <span class="known" lang="en" title="{}">{}</span>'


def state_of(request: HttpRequest, outline: Outline) -> Hashable | None:
    """A learner's pages are made anew each time: what is known falls from day to day by itself."""
    if not outline.counts.get("facts"):
        return None
    learner = learner_of(request)
    return "visitor" if learner is None else (learner.pk, timezone.now())


def add_to(request: HttpRequest, outline: Outline, page: Page) -> Additions:
    if page.kind == "home":
        return _home(request, outline)
    learner = learner_of(request)
    if learner is None:
        return Additions()
    knowing = know(learner, outline, timezone.now())
    if not knowing.memos:
        return Additions()
    if page.kind == "map":
        return _map(knowing)
    if page.kind == "service":
        return _service(outline, page, knowing)
    return _feature(learner, outline, page, knowing)


def _home(request: HttpRequest, outline: Outline) -> Additions:
    learner = learner_of(request)
    guidance = guide(learner, outline, timezone.now(), most=1)
    context = {
        "outline": outline,
        "language": outline.language,
        "learner": learner,
        "guidance": guidance,
        "step": next(iter(guidance.steps), None),
        "open": open_sessions(learner, outline),
    }
    parts = {"today": render_to_string("quiz/today.html", context)}
    knowing = guidance.knowing
    if not knowing.memos:
        return Additions(parts)
    marks = _marks("service", knowing.by_service.items())
    numbers = {name: number for number, name in enumerate(outline.domains, 1)}
    homes = {place.key: place.domain for place in knowing.ground.places if place.domain}
    for name, mastery in knowing.by_domain(homes).items():
        if name in numbers and mastery.seen:
            marks[f"domain-{numbers[name]}"] = known_mark(mastery)
    return Additions(parts, marks)


def _service(outline: Outline, page: Page, knowing: Knowing) -> Additions:
    key = next((place.key for place in knowing.ground.places if place.slug == page.service), None)
    mastery = knowing.by_service.get(key, NOTHING) if key is not None else NOTHING
    if not mastery.seen:
        return Additions()
    features = {memo.feature for memo in knowing.memos if memo.service == key}
    held = ((f, m) for f, m in knowing.by_feature.items() if f in features)
    marks = _marks("feature", held) | _fact_marks(knowing, lambda memo: memo.service == key)
    return Additions({"beside": _beside(outline, mastery, "topic")}, marks)


def _feature(learner: Learner, outline: Outline, page: Page, knowing: Knowing) -> Additions:
    feature = Feature.objects.for_outline(outline).under(page.service, page.feature)
    mastery = knowing.by_feature.get(feature, NOTHING) if feature is not None else NOTHING
    if not mastery.seen:
        return Additions()
    marks = _fact_marks(knowing, lambda memo: memo.feature == feature)
    facts = [memo.fact for memo in knowing.memos if memo.feature == feature]
    answers = AskedFact.objects.last_answers(learner, facts, LAST_ANSWERS)
    beside = _beside(outline, mastery, "feature", answers)
    return Additions({"beside": beside}, marks)


def _map(knowing: Knowing) -> Additions:
    values = {key: m.share for key, m in knowing.by_service.items() if m.seen}
    return Additions({"legend": LEGEND}, values=values)


def _beside(outline: Outline, mastery: Mastery, what: str, answers: Sequence[Answer] = ()) -> str:
    context = {
        "outline": outline,
        "language": outline.language,
        "mastery": mastery,
        "what": what,
        "mark": known_mark(mastery),
        "answers": answers,
    }
    return render_to_string("quiz/mastery.html", context)


def _marks(kind: str, held: Iterable[tuple[int, Mastery]]) -> dict[str, str]:
    return {f"{kind}-{key}": known_mark(m) for key, m in held if m.seen}


def _fact_marks(knowing: Knowing, holds: Callable[[Memo], bool]) -> dict[str, str]:
    """A ring beside each fact that was asked."""
    marks: dict[str, str] = {}
    for memo in knowing.memos:
        if holds(memo):
            words = f"{knowing.recall[memo.fact]:.0%} probably known"
            svg = mark_safe(ring(knowing.recall[memo.fact], words))  # noqa: S308
            marks[f"fact-{memo.fact}"] = format_html(FACT, words, svg)
    return marks


def known_mark(mastery: Mastery) -> str:
    """A ring and the share that is probably known."""
    share = mastery.share
    words = f"{share:.0%} probably known"
    return format_html(
        '<span class="known" lang="en" title="{}">{}{}</span>',
        words, mark_safe(ring(share, words)), f"{share:.0%}",  # noqa: S308
    )  # fmt: skip
