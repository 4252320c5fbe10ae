"""A learner's own notes beside facts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.contents import fact_address
from knowledge.models import Fact, Outline, Service
from knowledge.pages import respond
from quiz.note_rows import LONGEST, Note
from quiz.pages import outline_form
from quiz.visitors import get_or_make_learner, learner_of

PAGE = 300


@require_safe
@outline_form
def notes(request: HttpRequest, outline: Outline) -> HttpResponse:
    """All notes of the learner's in this outline."""
    learner = learner_of(request)
    found = list(Note.objects.of(learner).in_outline(outline)) if learner else []
    context = {"title": "Your notes", "notes": found}
    return respond(request, "quiz/notes.html", context)


@require_safe
@outline_form
def facts(request: HttpRequest, outline: Outline, service: str) -> HttpResponse:
    """The facts of a topic, each with the way to a note beside it."""
    found = Service.objects.get_by_slug_or_404(outline, service)
    page = int(number) if (number := request.GET.get("page", "1")[:6]).isdecimal() else 0
    every = Fact.objects.for_service(found)
    pages = max(1, -(-found.fact_count // PAGE))
    if not 1 <= page <= pages:
        raise Http404("There is no such page.")
    shown = list(every[(page - 1) * PAGE : page * PAGE])
    learner = learner_of(request)
    own = Note.objects.of(learner).on_facts(fact.pk for fact in shown) if learner else ()
    noted = {note.fact_id for note in own}
    context = {
        "title": "Choose a fact",
        "service": found,
        "facts": [(fact, fact.pk in noted) for fact in shown],
        "page": page,
        "pages": pages,
    }
    return respond(request, "quiz/note_facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@outline_form
def note(request: HttpRequest, outline: Outline, pk: int) -> HttpResponse:
    """Write a note beside a fact, change it, or take it away by leaving it empty."""
    fact = Fact.objects.for_outline(outline).placed().with_keys([pk]).first()
    if fact is None:
        raise Http404("This line is no longer in the outline.")
    back = fact_address(outline, fact)
    if request.method == "POST":
        now = timezone.now()
        text = request.POST.get("text", "").replace("\r\n", "\n").strip()
        if len(text) <= LONGEST:
            Note.objects.write(get_or_make_learner(request, now), fact, text, now)
            return redirect(back)
        problem = (
            f"That is too long for a note: at most {LONGEST:,} signs, yours has {len(text):,}."
        )
    else:
        learner = learner_of(request)
        held = Note.objects.of(learner).on(fact).first() if learner else None
        text, problem = held.text if held else "", ""
    context = {
        "title": "Your note",
        "fact": fact,
        "text": text,
        "problem": problem,
        "longest": LONGEST,
        "back": back,
    }
    return respond(request, "quiz/note.html", context, status=422 if problem else 200)
