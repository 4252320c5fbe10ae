"""What somebody wants to be asked: read from a form or an address, kept with a session.

The same spec, seed and version of an outline give the same questions to anyone, unless it says
`wrong`: what one learner got wrong is theirs alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from quiz.questions import KINDS
from quiz.standing import StudyError

COUNT, MOST = 10, 100
COUNTS = (5, 10, 20, 50)
LEVELS = ("any", "easier", "harder")
MOST_TOPICS, LONGEST_SEED = 200, 40

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Spec:
    """`topics` are `service` or `service/feature` slugs; with none, and no domain: everything."""

    topics: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    wrong: bool = False
    count: int = COUNT
    kinds: tuple[str, ...] = ()
    level: str = "any"

    @property
    def is_everything(self) -> bool:
        return not (self.topics or self.domains or self.wrong)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def as_query(self, seed: str) -> str:
        """The part of an address that gives the same questions to anyone."""
        pairs = [("topic", topic) for topic in self.topics]
        pairs += [("domain", domain) for domain in self.domains]
        pairs += [("kind", kind) for kind in self.kinds]
        if self.level != "any":
            pairs.append(("level", self.level))
        return urlencode([*pairs, ("count", str(self.count)), ("seed", seed)])


def read_spec(form: Form) -> Spec:
    """The spec in a form; raises StudyError with a sentence."""
    count = _one(form, "count") or str(COUNT)
    if not (count.isascii() and count.isdigit() and len(count) < 6 and 1 <= int(count) <= MOST):
        raise StudyError(f"A quiz can have from 1 to {MOST} questions.")
    kinds = tuple(dict.fromkeys(form.get("kind", ())))
    if any(kind not in KINDS for kind in kinds):
        raise StudyError("There is no such kind of question.")
    level = _one(form, "level") or "any"
    if level not in LEVELS:
        raise StudyError("There is no such difficulty.")
    topics, domains = _texts(form, "topic"), _texts(form, "domain")
    scope = _one(form, "scope")
    if scope not in ("", "all", "some", "wrong"):
        raise StudyError("There is no such choice of questions.")
    if scope in ("all", "wrong"):
        topics = domains = ()
    elif scope == "some" and not topics and not domains:
        raise StudyError("Choose a topic or a domain first.")
    return Spec(
        topics, domains, scope == "wrong", int(count), () if len(kinds) == len(KINDS) else kinds,
        level,
    )  # fmt: skip


def stored_spec(stored: Mapping[str, Any]) -> Spec | None:
    """The spec that a session was started with; None where it holds none."""
    try:
        return read_spec({
            "topic": [str(one) for one in stored["topics"]],
            "domain": [str(one) for one in stored["domains"]],
            "scope": ["wrong"] if stored["wrong"] else [],
            "count": [str(stored["count"])],
            "kind": [str(one) for one in stored["kinds"]],
            "level": [str(stored["level"])],
        })  # fmt: skip
    except (KeyError, TypeError, StudyError):
        return None


def read_seed(form: Form) -> str:
    """The seed in a form, empty without one; raises StudyError."""
    seed = _one(form, "seed")
    if seed and not (seed.isascii() and seed.isdigit() and len(seed) <= 10):
        raise StudyError("This link isn't whole: its number is wrong.")
    return seed


def _one(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[-1].strip() if values else ""


def _texts(form: Form, name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in form.get(name, ()) if value.strip()))
    if len(values) > MOST_TOPICS or any(len(value) > 300 for value in values):
        raise StudyError("That is more than a quiz can be about.")
    return values
