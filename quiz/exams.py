"""Which exams there are to aim at: those of the bundled packs, and each outline's own."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from knowledge.models import Outline, Service
from knowledge.packs import find_packs
from quiz.blueprints import Blueprint, BlueprintError, Exam, proportional, read_blueprint


def blueprint_of(outline: Outline) -> Blueprint | None:
    """The blueprint of the outline's pack, else one in proportion to what it holds; None for an
    outline that holds nothing."""
    found = _blueprints().get(outline.pack)
    if found is not None:
        return found
    try:
        return proportional(Service.objects.for_outline(outline).sizes(), outline.title)
    except BlueprintError:
        return None


def exam_of(outline: Outline, code: str = "") -> Exam | None:
    """The exam of that code where the outline's pack has it, else the outline's own."""
    blueprint = blueprint_of(outline)
    if blueprint is None:
        return None
    return next((exam for exam in blueprint.exams if exam.code == code), blueprint.default)


def known_exams() -> list[Exam]:
    """All exams of all packs, the default one of each first."""
    exams = [exam for blueprint in _blueprints().values() for exam in blueprint.exams]
    return sorted(exams, key=lambda exam: (not exam.default, exam.code))


@cache
def _blueprints() -> dict[str, Blueprint]:
    """Read once a process: packs are part of the program."""
    found = {}
    for pack in find_packs(settings.PACKS_DIR):
        file = pack.folder / "blueprint.toml" if pack.folder else None
        if file and file.is_file():
            found[pack.name] = read_blueprint(file)
    return found
