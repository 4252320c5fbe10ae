"""An estimate of difficulty, 0 (easy) to 1 (hard): no learner's answer is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.items.drafts import Candidate, Draft

_BY_SHAPE = {
    "scenario": 0.6, "scenario_reversed": 0.55, "value": 0.65, "which_service": 0.35,
    "which_part": 0.5, "which_code": 0.6, "contrast": 0.55, "statement": 0.6, "two_statements": 0.7,
    "not_true": 0.65, "true_false": 0.4, "cloze": 0.6, "ordering": 0.6, "matching": 0.55,
    "two_of_list": 0.6,
}  # fmt: skip


def estimate(draft: Draft, chosen: Sequence[Candidate]) -> float:
    """Closer wrong options make an item harder, a more distinctive fact makes it easier."""
    near = sum(candidate.closeness for candidate in chosen) / (len(chosen) or 1)
    shape = _BY_SHAPE.get(draft.shape, 0.5)
    value = 0.55 * shape + 0.35 * near + 0.1 * (1 - draft.distinctive)
    return max(0.05, min(0.95, value))
