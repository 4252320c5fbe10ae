"""What a database is asked for: branches, each a condition on tokens with a cap. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from knowledge.search.lexis import Lexis
from knowledge.search.query import Plan
from knowledge.search.wording import MOST_COMPLETIONS, SHORT, Alternative

# How many documents a branch brings home to be ranked.
MOST_FOUND = 160
MOST_LABELLED = 40
MOST_PARTIAL = 100
MOST_NAMES = 40
# Of more words than this, to leave out each in turn makes too long a question.
MOST_LEFT_OUT = 6


class Term(NamedTuple):
    """One token, or the beginning of one."""

    token: str
    prefix: bool = False


# Terms that all have to be there; and what of that may stand for one word.
Group = tuple[Term, ...]
Groups = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Documents that have all words, or all but one if `but_one`, anywhere, and at least one of
    them among their own. At most `limit`, of services and features alone if `names_only`."""

    words: tuple[Groups, ...]
    limit: int
    but_one: bool = False
    names_only: bool = False


def _short_branches(plan: Plan, lexis: Lexis) -> list[Branch]:
    branches = []
    for word in plan.words:
        commonest = nlargest(MOST_COMPLETIONS, lexis.completions(word.text, None), lexis.count)
        if commonest:
            groups = tuple((Term(token),) for token in commonest)
            branches.append(Branch((groups,), MOST_PARTIAL))
    return branches


@dataclass(frozen=True)
class Dialect:
    """How a database writes a question: a term anywhere, one of some among the own words."""

    term: Callable[[Term], str]
    own: Callable[[Iterable[Term]], str]
    and_: str
    or_: str


def groups_of(alternatives: Iterable[Alternative]) -> Groups:
    """What a database has to find for a word, each once, without what another one finds anyway."""
    single: dict[str, Term] = {}
    several: dict[Group, None] = {}
    for alternative in alternatives:
        if alternative.prefix and alternative.completions:
            for token in alternative.completions:
                single.setdefault(token, Term(token))
        elif alternative.prefix and len(alternative.tokens[-1]) < SHORT:
            continue
        elif len(alternative.tokens) == 1:
            token = alternative.tokens[0]
            if alternative.prefix or token not in single:
                single[token] = Term(token, alternative.prefix)
        else:
            several[tuple(Term(token) for token in alternative.tokens)] = None
    kept = [group for group in several if not any(term.token in single for term in group)]
    return tuple((term,) for term in single.values()) + tuple(kept)


def own_terms(words: Iterable[Groups]) -> list[Term]:
    """The terms of which one must be among a document's own: of a group, any."""
    return list(dict.fromkeys(term for groups in words for group in groups for term in group))


def _words(plan: Plan) -> tuple[Groups, ...]:
    return tuple(groups_of(word.alternatives) for word in plan.required)


def whole_branches(plan: Plan, most: int) -> list[Branch]:
    """All words there; and the texts that are just what was typed."""
    branches = []
    words = _words(plan)
    if plan.key:
        label: Groups = ((Term(f"={plan.key}"),),)
        branches.append(Branch((label,), MOST_LABELLED))
    if words:
        branches.append(Branch(words, max(MOST_FOUND, 2 * most)))
    if 3 <= len(words) <= MOST_LEFT_OUT:
        # 'what to do when an EC2 instance is compromised' is the feature Compromised EC2.
        branches.append(Branch(words, MOST_NAMES, but_one=True, names_only=True))
    return branches


def partial_branches(plan: Plan, lexis: Lexis) -> list[Branch]:
    """All words but one, and the rarest words, one by one; of a letter or two, what they begin."""
    words = _words(plan)
    if not words:
        return _short_branches(plan, lexis)
    if len(words) < 2:
        return []
    branches = []
    if 3 <= len(words) <= MOST_LEFT_OUT:
        branches.append(Branch(words, MOST_PARTIAL, but_one=True))
    rarest = sorted(plan.required, key=lambda word: -word.rarity)[:3]
    branches += [Branch((groups_of(word.alternatives),), MOST_PARTIAL) for word in rarest]
    return branches


def expression(branch: Branch, dialect: Dialect) -> str:
    """The branch in a database's language.

    All but one of many: all of one half and all but one of the other, either way round; so no word
    is named more often than it has to be.
    """
    words = [_any(groups, dialect) for groups in branch.words]
    own = dialect.own(own_terms(branch.words))
    if len(words) == 1 and all(len(group) == 1 for group in branch.words[0]):
        return own
    anywhere = _but_one(words, dialect) if branch.but_one else _all(words, dialect)
    return f"({anywhere}){dialect.and_}({own})"


def _any(groups: Groups, dialect: Dialect) -> str:
    parts = [_all([dialect.term(term) for term in group], dialect) for group in groups]
    return parts[0] if len(parts) == 1 else "(" + dialect.or_.join(parts) + ")"


def _all(parts: list[str], dialect: Dialect) -> str:
    return parts[0] if len(parts) == 1 else "(" + dialect.and_.join(parts) + ")"


def _but_one(words: list[str], dialect: Dialect) -> str:
    """All but one of at least two words."""
    half = len(words) // 2
    left, right = words[:half], words[half:]
    ways = []
    for whole, other in ((left, right), (right, left)):
        part = _all(whole, dialect)
        if len(other) > 1:
            part = f"({part}{dialect.and_}{_but_one(other, dialect)})"
        ways.append(part)
    return "(" + dialect.or_.join(ways) + ")"
