"""Relations that a clause states: subject, trigger, objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.relations.masking import NAME, is_name
from knowledge.relations.openings import Openings
from knowledge.relations.patterns import ACTORS, NEGATIONS, Row

# Where a word that may be a noun ('logs', 'queries') is a verb: first, or behind these.
_BEFORE_VERB = re.compile(
    r"(?:^|[,:→] |\b(?:can|to|and|that|which|then|also|may|could|or|will|only|must|should|it|let"
    r"|instances) )$"
)
_AFTER_NAME = re.compile(rf"{NAME} $")
# A few words without the end of a sentence; they may hold a name.
_GAP = r"(?: (?!if\b)[^\s.;]+){0,8}?"
# What may stand between a trigger and its object: an article and adjectives.
_STOPS = (
    r"to|for|if|when|that|which|who|and|or|is|are|be|can|must|by|with|from|of|in|into|on|only"
    r"|against"
    r"|before|after|via|using|use|query|add|create|then|let|not|no|without|at|as|per|than|between"
)
_BEFORE = rf"(?:(?!(?:{_STOPS})\b)[^\s,;:.→{NAME[1:-1]}]+ ){{0,4}}"
# 'databases such as …', and one item without a name before the first that has one.
_PLAIN = rf"[^\s,;:.→{NAME[1:-1]}]+"
_SUCH = rf"(?:(?!to\b){_PLAIN}(?: {_PLAIN}){{0,4}})?,? ?(?:such as|for example|including) "
_ITEM = rf"(?!(?:{_STOPS})\b){_PLAIN}(?: {_PLAIN}){{0,3}}, (?:and |or )?"
# What triggers read: a clause with a door for the space before what may be an object's words (so
# that they needn't look for them), one sign for every name, and a kind of space for an arrow. Each
# is a sign by itself: a pattern with ranges of rare signs takes three times as long to compile.
_DOOR, _ANY_NAME, _ARROW = "\x1e", "\uf8ff", "\x1f"
_SPACE = re.compile(" ")
_NAME = re.compile(NAME)
_LAST_NAME = re.compile(rf".*{NAME}", re.DOTALL)
_OBJECT = re.compile(rf" ?-?(?:{_SUCH}|{_ITEM})?{_BEFORE}(?P<name>{NAME})(?!:\w)")
_TAIL = rf"(?:'s|’s|s)?(?: (?!(?:{_STOPS})\b)[^\s,;:.+/&→{NAME[1:-1]}]+){{0,3}}?"
_NEXT = re.compile(
    rf"{_TAIL}(?:, (?:and|or|und|oder|e|o|et|ou|y) |, | (?:and|or|und|oder|e|o|et|ou|y) | ?[+/&|] ?"
    rf"| as well as |(?: for [a-z]+)? (?:and|or) (?:to|with|in|from|by|through|via) )"
    rf"{_BEFORE}(?P<name>{NAME})"
)
_NEGATIONS = re.compile(NEGATIONS)
_DENIED_AFTER = re.compile(
    r"(?:\bnot|n't|n’t|no longer) (?:be |yet )?(?:supported|possible|available|required|needed"
    r"|recorded|compatible|allowed)"
)
_ACTORS = re.compile(rf"(?<!{NAME} )(?:{ACTORS})")
# 'NAME that …', 'NAME to …': the last name before the trigger acts, whatever came before.
_NEAREST = re.compile(
    rf"(?P<name>{NAME})(?: [^\s,{NAME[1:-1]}]+){{0,4}}? (?:that|which|to|then)"
    r"(?: (?:can|then|is|are|be|was|were|automatically))*$"
)
_COORDINATED = re.compile(
    rf"(?:, | and | then |, and )(?:(?:the|a|an) )?(?P<name>{NAME})(?:'s|’s)?(?: [^\s,]+){{0,2}}?$"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b")
# Relative clauses that leave the name as what acts: 'resources that WAF can protect', 'Athena is a
# service that …'.
_HARMLESS = re.compile(
    rf"\b(?:that|which) (?:an? |the )?{NAME}(?: [^\s,]+){{0,3}}$"
    rf"|^{NAME} is an? [^,]* that(?: \w+)?$"
)
# A line that begins so speaks of something else: 'For images pushed to …'.
_ASIDE = re.compile(r"^(?:for|when|if|after|on|once|until|of|they|them)\b")
# A clause of its own before the trigger, without a name: 'scans images when they are pushed to …'.
_SUBORDINATE = re.compile(rf"\b(?:when|whenever|once|until|before|while)\b[^,:{NAME[1:-1]}]*$")
# What an action needs is not what the page needs.
GERUND = re.compile(r"^(?!us|enabl|runn|activat)\w+ing\b")
_LETS = re.compile(rf"\b(?:lets?|helps?|makes?|has|have) {NAME} $")
_INTRODUCTION = re.compile(
    rf"^(?:with|in|for|by|on|under|when|if|after|from|at|before|once|as|besides?) [^,]*?, "
    rf"(?=.*{NAME})"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a clause says: `subjects` are signs, none where the clause names no subject."""

    row: Row
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    start: int
    stop: int
    words: str
    nearest: bool = False
    blocked: bool = False


def read_list(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The names of a list that begins at a place, and where it ends."""
    match = _OBJECT.match(text, at)
    if (
        match
        and "," in match[0]
        and len(re.split(r"[,;]| and | or ", text[match.end() :])[0].split()) > 2
    ):
        # 'reads both ways, GPT left to right' goes on with another sentence, not with a list.
        return (), at
    names: list[str] = []
    end = at
    while match:
        names.append(match["name"])
        end = match.end()
        match = _NEXT.match(text, end)
    return tuple(names), end


class Reader:
    """The patterns of a language, ready to use."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._openings = Openings([row.trigger for row in rows])
        self._known: dict[int, tuple[re.Pattern[str], re.Pattern[str] | None]] = {}

    def _patterns(self, place: int) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        """A row's trigger and what has to come after; compiled when a clause first wants it."""
        known = self._known.get(place)
        if known is None:
            row = self._rows[place]
            trigger = row.trigger.lstrip("!").replace("~", _GAP).replace("[- ]", "[-\0]")
            trigger = trigger.replace(" ", f"[ {_DOOR}]").replace("\0", f" {_DOOR}")
            trigger = trigger.replace(NAME, _ANY_NAME)
            pattern = re.compile(rf"(?<![\w-])(?:{trigger})(?!\w)(?:(?={_DOOR})|(?={_ANY_NAME}))")
            known = pattern, re.compile(row.after) if row.after else None
            self._known[place] = known
        return known

    def read(self, clause: str, least: int = 0) -> Iterator[Stated]:
        """Everything a clause may state by a trigger that ends at `least` or later."""
        last = _LAST_NAME.match(clause)
        if last is None:
            return
        # What stands after the last name has no object.
        head = last[0]
        doors = _SPACE.sub(lambda m: _DOOR if _OBJECT.match(clause, m.start()) else " ", head)
        doors = _NAME.sub(_ANY_NAME, doors + clause[len(head) :]).replace("→", _ARROW)
        for place in self._openings.find(head):
            row = self._rows[place]
            pattern, after = self._patterns(place)
            for match in pattern.finditer(doors):
                said = clause[match.start() : match.end()]
                if row.trigger[0] == "!" and not _is_verb(clause[: match.start()], said):
                    continue
                objects, end = read_list(clause, match.end())
                if not objects:
                    continue
                first = clause.index(objects[0], match.end())
                if match.end() < least:
                    continue
                if after and not (after.match(clause, first + 1) or after.match(clause, end)):
                    continue
                if _NEGATIONS.search(clause, 0, end) or _DENIED_AFTER.search(clause, end):
                    continue
                left = clause[: match.start()]
                subjects = _subjects(left)
                if not subjects:
                    subjects = tuple(sign for sign in said if is_name(sign))
                yield Stated(
                    row, subjects, objects, match.start(), match.end(), clause[: match.end()],
                    nearest=bool(_NEAREST.search(left.rstrip())),
                    blocked=_is_blocked(left) or (row.kind == "requires" and _is_action(left)),
                )  # fmt: skip


def _is_verb(left: str, said: str) -> bool:
    if _LETS.search(left):
        return True
    if _AFTER_NAME.search(left):
        return said.split()[0].endswith("s")
    return bool(_BEFORE_VERB.search(left))


def _is_action(left: str) -> bool:
    return bool(GERUND.match(left)) and not any(map(is_name, left))


def _is_blocked(left: str) -> bool:
    """Whether what acts is someone or something that the clause doesn't name."""
    if _ACTORS.search(left) or _SUBORDINATE.search(left, 1):
        return True
    bare = left.strip()
    if any(map(is_name, bare)):
        settled = _NEAREST.search(bare) or _HARMLESS.search(bare)
        return bool(_RELATIVE.search(bare)) and not settled
    return bool(_ASIDE.match(bare)) and "," not in bare


def _subjects(left: str) -> tuple[str, ...]:
    """The names that act, of what stands before a trigger."""
    left = left.rstrip()
    nearest = _NEAREST.search(left)
    if nearest:
        return (nearest["name"],)
    if left.startswith("to "):
        return ()
    rest = _INTRODUCTION.sub("", left)
    first = next((place for place, sign in enumerate(rest) if is_name(sign)), -1)
    if first < 0:
        return ()
    listed, end = read_list(rest, first)
    last = _COORDINATED.search(rest, end)
    return (last["name"],) if last else listed
