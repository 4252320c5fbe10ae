"""Tiny outlines as rows: `##` topics, `###` parts, bullets by two spaces; no reader involved."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.text import slugify

from knowledge.models import Alias, Fact, Feature, Outline, Service
from knowledge.search.naming import compact

# A heading: two or three marks, at the start of a line, and words that aren't a shell comment's.
_HEADING = re.compile(r"(#{2,3}) (?!(?:--|add-permission|Host:|Origin:))(.*)$")
_BULLET = re.compile(r"( *)- (.*)$")


def make_rows(
    text: str,
    *,
    slug: str = "notes",
    language: str = "en",
    aliases: dict[str, list[str]] | None = None,
    official: dict[str, str] | None = None,
) -> Outline:
    """An outline's rows, not indexed yet. `aliases` and `official` are other names by topic."""
    outline = Outline.objects.create(
        slug=slug,
        title=slug,
        language=language,
        sha256="0" * 64,
        fingerprint=slug,
        loaded_at=timezone.now(),
    )
    services: list[Service] = []
    features: list[Feature] = []
    facts: list[Fact] = []
    open_facts: list[tuple[int, Fact]] = []
    used: set[str] = set()

    def slug_of(name: str) -> str:
        base = found = slugify(name, allow_unicode=True)[:80] or "topic"
        number = 2
        while found in used:
            found, number = f"{base}-{number}", number + 1
        used.add(found)
        return found

    home: Feature | None = None
    for line, words in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(words):
            open_facts = []
            name = heading[2].strip()
            if heading[1] == "##":
                home = None
                services.append(
                    Service(
                        outline=outline,
                        name=name,
                        slug=slug_of(name),
                        line=line,
                        position=len(services),
                        official=(official or {}).get(name, ""),
                    )
                )
                services[-1].save()
            else:
                home = Feature(
                    outline=outline,
                    service=services[-1],
                    name=name,
                    slug=slug_of(name),
                    line=line,
                    position=line,
                )
                home.save()
                features.append(home)
        elif (bullet := _BULLET.match(words)) and services:
            indent = len(bullet[1])
            while open_facts and open_facts[-1][0] >= indent:
                open_facts.pop()
            fact = Fact(
                outline=outline,
                service=services[-1],
                feature=home,
                text=bullet[2].strip(),
                parent=open_facts[-1][1] if open_facts else None,
                line=line,
                position=line,
                depth=len(open_facts),
            )
            facts.append(fact)
            open_facts.append((indent, fact))
    _save(facts)
    by_name = {service.name: service for service in services}
    for name, others in (aliases or {}).items():
        for other in others:
            Alias.objects.create(
                outline=outline,
                service=by_name[name],
                text=other,
                folded=compact(other),
                origin=Alias.Origin.SPELLING,
            )
    return outline


def _save(facts: list[Fact]) -> None:
    """Level by level: a parent has to have its key first."""
    for depth in range(max((fact.depth for fact in facts), default=-1) + 1):
        level = [fact for fact in facts if fact.depth == depth]
        for fact in level:
            fact.parent = fact.parent  # takes the key that the parent has got meanwhile
        Fact.objects.bulk_create(level, batch_size=500)
