"""Two learners become one: what a cookie did is taken along into an account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from knowledge.models import Outline
from knowledge.rows import update_rows
from quiz.memory_rows import Card, ReviewLog
from quiz.models import Learner, Note, Report, StudySession
from quiz.scheduling import Log, replay

CHUNK = 400


@transaction.atomic
def merge(source: Learner, target: Learner) -> None:
    """Move everything of one learner to another, whose settings stay, and delete the first.

    A fact that both remember gets the memory that all its reviews leave together.
    """
    if source.pk == target.pk:
        return
    # Always in the same order, so that two merges can't wait for each other.
    list(Learner.objects.select_for_update(of=("self",)).filter(
        pk__in=[source.pk, target.pk]).order_by("pk"))  # fmt: skip
    _drop_doubles(source, target)
    own = {card.fact_id: card.pk for card in Card.objects.of(target).living()}
    shared = {}
    for key, fact in Card.objects.of(source).living().values_list("pk", "fact_id"):
        if fact in own:
            shared[key] = own[fact]
    update_rows(Card, ["suspended"], _suspended(shared))
    for key, mine in shared.items():
        ReviewLog.objects.filter(card=key).update(card=mine)
    for start in range(0, len(shared), CHUNK):
        Card.objects.filter(pk__in=list(shared)[start : start + CHUNK]).delete()
    # All rows that name their learner, of whatever app.
    for relation in Learner._meta.related_objects:
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{name: source})
        rows.update(**{name: target})
    Outline.objects.of_owner(source.pk).update(owner=target.pk)
    remember_anew(target, shared.values())
    source.delete()


def remember_anew(learner: Learner, cards: Collection[int]) -> None:
    """Give cards the memory that their reviews leave, in the order in which they happened."""
    keys = list(cards)
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        logs: dict[int, list[Log]] = defaultdict(list)
        for row in ReviewLog.objects.of(learner).standing().filter(card__in=part):
            logs[row.card_id].append(row.log)
        rows = []
        for key, own in logs.items():
            memory = replay(own, learner.schedule)
            if memory is not None:
                rows.append([*(getattr(memory, name) for name in Card.MEMORY), key])
        update_rows(Card, Card.MEMORY, rows)


def _suspended(shared: dict[int, int]) -> list[list[object]]:
    """What either side had suspended stays so."""
    held = Card.objects.filter(pk__in=list(shared), suspended=True).values_list("pk", flat=True)
    return [[True, shared[key]] for key in held]


def _drop_doubles(source: Learner, target: Learner) -> None:
    """What both have loaded from the same export stays with the target alone."""
    sessions = StudySession.objects.of(target).values("key")
    StudySession.objects.of(source).filter(key__in=sessions).delete()
    reviews = ReviewLog.objects.filter(learner=target).values("key")
    ReviewLog.objects.filter(learner=source, key__in=reviews).delete()
    reports = Report.objects.filter(learner=target).values("question_key")
    Report.objects.filter(learner=source, question_key__in=reports).delete()
    noted = Note.objects.of(target).filter(fact__isnull=False).values("fact")
    for note in Note.objects.of(source).filter(fact__in=noted):
        kept = Note.objects.of(target).get(fact=note.fact_id)
        if note.text not in kept.text:
            kept.text = f"{kept.text}\n{note.text}"
            kept.save(update_fields=["text"])
        note.delete()
