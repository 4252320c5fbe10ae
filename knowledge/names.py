"""What a person types for a service or feature → its row: names, abbreviations, slugs, slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.lexicon import fold, names_in_heading
from knowledge.models import Alias, Feature, Outline, Service
from knowledge.search.naming import initials

SHOWN = 3
# A name this much alike is shown as a near one.
NEAR = 0.45
_BETWEEN = ("›", "»", ">", "/", "\\", ":", "·")


@dataclass(frozen=True, slots=True)
class Place:
    """A service or feature; `slug` is of the form `service` or `service/feature`."""

    kind: str
    pk: int
    name: str
    slug: str
    line: int | None
    service: int
    official: str = ""

    @property
    def key(self) -> str:
        """The public id."""
        return f"{self.kind[0]}{self.pk}"


class UnknownName(Exception):  # noqa: N818
    """Nothing is called so; `nearest` are names that are. Its text is a sentence."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        self.name, self.nearest = name, list(nearest)
        hint = f" Did you mean {_or(nearest)}?" if nearest else ""
        super().__init__(f"Nothing in this outline is called {name!r}.{hint}")


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


class Names:
    """All names of an outline, read once; good for any number of questions."""

    def __init__(self, outline: Outline) -> None:
        self._places: dict[str, Place] = {}
        self._services: dict[str, Place] = {}
        self._features: dict[str, list[Place]] = {}
        self._short: dict[str, Place] = {}
        self.by_key: dict[str, Place] = {}
        services = self._read_services(outline)
        self._read_features(outline, services)

    def _read_services(self, outline: Outline) -> dict[int, Place]:
        places: dict[int, Place] = {}
        rows = Service.objects.for_outline(outline).order_by("position", "id")
        columns = ("pk", "name", "slug", "line", "first_line", "official", "short")
        others: list[tuple[str, Place]] = []
        for pk, name, slug, line, first_line, official, short in rows.values_list(*columns):
            place = Place("service", pk, name, slug, line or first_line, pk, official)
            places[pk] = self.by_key[place.key] = place
            self._services.setdefault(fold(name), place)
            others += [(text, place) for text in (official, short, slug, *names_in_heading(name))]
            for text in initials(name, whole_only=True):
                self._short.setdefault(fold(text), place)
        for pk, _, folded, _ in Alias.objects.for_outline(outline).for_loading():
            if pk in places:
                self._services.setdefault(folded, places[pk])
        for text, place in others:
            if text:
                self._services.setdefault(fold(text), place)
        return places

    def _read_features(self, outline: Outline, services: dict[int, Place]) -> None:
        rows = Feature.objects.for_outline(outline).order_by("position")
        columns = ("pk", "service_id", "name", "slug", "line", "official", "aliases")
        for pk, service, name, slug, line, official, aliases in rows.values_list(*columns):
            home = services[service]
            place = Place(
                "feature", pk, name, f"{home.slug}/{slug}", line, service, official
            )  # fmt: skip
            self.by_key[place.key] = place
            texts: Iterable[str] = [*names_in_heading(name), official, slug, *(aliases or ())]
            for text in dict.fromkeys(fold(text) for text in texts if text):
                self._features.setdefault(text, []).append(place)
            for text in initials(name, whole_only=True):
                self._short.setdefault(fold(text), place)

    def find(self, typed: str) -> Place:
        """The place that is meant; UnknownName with the nearest names if there is none."""
        name = " ".join(typed.split())
        if not name:
            raise UnknownName(name, [])
        return (
            self._exactly(name)
            or self._beneath(name)
            or self.by_key.get(name)
            or self._mended(name)
            or self._refuse(name)
        )

    def _exactly(self, name: str) -> Place | None:
        folded = fold(name)
        service = self._services.get(folded)
        if service is not None:
            return service
        features = self._features.get(folded)
        if features:
            # Of features of one name that which the lexicon knows, else the first.
            return next((place for place in features if place.official), features[0])
        return self._short.get(folded)

    def _beneath(self, name: str) -> Place | None:
        """`S3 > Lifecycle rules`, `s3/lifecycle-rules`."""
        for sign in _BETWEEN:
            first, between, rest = name.partition(sign)
            if not between or not first.strip() or not rest.strip():
                continue
            home = self._services.get(fold(first))
            if home is None:
                continue
            for place in self._features.get(fold(rest), ()):
                if place.service == home.pk:
                    return place
        return None

    def _mended(self, name: str) -> Place | None:
        """With a letter more, less, other, or two swapped; two in long names."""
        folded = fold(name)
        slips = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
        if not slips:
            return None
        for known in (self._services, self._features):
            found = process.extract(
                folded, list(known), scorer=OSA.distance, score_cutoff=slips, limit=5
            )
            if found:
                best = min(found, key=lambda each: (each[1], each[2]))
                value: Any = known[best[0]]
                return value if isinstance(value, Place) else value[0]
        return None

    def _refuse(self, name: str) -> Place:
        raise UnknownName(name, self.nearest(name))

    def nearest(self, name: str, most: int = SHOWN) -> list[str]:
        """The names most like one that isn't there, best first."""
        folded = fold(name)
        known = {**{text: places[0] for text, places in self._features.items()}, **self._services}
        found = process.extract(
            folded, list(known), scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=20
        )
        ranked = sorted(found, key=lambda each: (-each[1], each[2]))
        inside = [text for text in known if len(folded) > 3 and folded in text]
        names = [known[text].name for text in [*inside, *(text for text, _, _ in ranked)]]
        return list(dict.fromkeys(names))[:most]
