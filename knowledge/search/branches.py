"""What a database is asked for: branches, each a condition on tokens with a cap. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.search.query import Alternative, Plan

# How many documents a branch brings home to be ranked.
MOST_FOUND = 240
MOST_LABELLED = 40
MOST_PARTIAL = 100
MOST_NAMES = 40
# Of more words than this, leaving out each in turn makes too long a question.
MOST_SUBSETS = 6


@dataclass(frozen=True, slots=True)
class Branch:
    """Documents that fulfil one of `any_of`: each a list of words of which all must be there,
    anywhere, and of which at least one must be among the document's own. At most `limit`, of
    services and features alone if `names_only`."""

    any_of: tuple[tuple[tuple[Alternative, ...], ...], ...]
    limit: int
    names_only: bool = False


def _words(plan: Plan) -> list[tuple[Alternative, ...]]:
    return [tuple(word.alternatives) for word in plan.required]


def whole_branches(plan: Plan, most: int) -> list[Branch]:
    """All words there; and the texts that are just what was typed."""
    branches = []
    words = _words(plan)
    if plan.key:
        label = Alternative((f"={plan.key}",), 1.0)
        branches.append(Branch((((label,),),), MOST_LABELLED))
    if words:
        branches.append(Branch((tuple(words),), max(MOST_FOUND, 2 * most)))
    if 3 <= len(words) <= MOST_SUBSETS:
        # 'what to do when an EC2 instance is compromised' is the feature Compromised EC2.
        branches.append(Branch(_all_but_one(words), MOST_NAMES, names_only=True))
    return branches


def _all_but_one(
    words: list[tuple[Alternative, ...]],
) -> tuple[tuple[tuple[Alternative, ...], ...], ...]:
    return tuple(tuple(word for j, word in enumerate(words) if j != i) for i in range(len(words)))


def partial_branches(plan: Plan) -> list[Branch]:
    """All words but one; and the rarest words, one by one."""
    words = _words(plan)
    if len(words) < 2:
        return []
    branches = []
    if 3 <= len(words) <= MOST_SUBSETS:
        branches.append(Branch(_all_but_one(words), MOST_PARTIAL))
    rarest = sorted(plan.required, key=lambda word: -word.rarity)[:3]
    branches += [Branch(((tuple(word.alternatives),),), MOST_PARTIAL) for word in rarest]
    return branches
