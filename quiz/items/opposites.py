"""Words with one opposite: a statement that says one of them denies the other."""

from __future__ import annotations

import re

from quiz.items.facts import Clause

# Opposites between which there is nothing. Whether a thing is the one or the other, it isn't both.
_STATES = (
    ("stateful", "stateless"), ("symmetric", "asymmetric"), ("synchronous", "asynchronous"),
    ("encrypted", "unencrypted"), ("mutable", "immutable"), ("temporary", "permanent"),
    ("static", "dynamic"), ("regional", "global"), ("mandatory", "optional"),
    ("enabled", "disabled"), ("online", "offline"),
    ("case-sensitive", "case-insensitive"), ("centralized", "decentralized"),
    ("reversible", "irreversible"), ("public", "private"), ("authenticated", "unauthenticated"),
    ("free", "chargeable"), ("visible", "hidden"), ("required", "optional"),
    ("allowed", "denied"), ("short-lived", "long-lived"), ("idempotent", "non-idempotent"),
    ("prohibited", "permitted"), ("forbidden", "permitted"), ("internal", "external"),
    ("identity-based", "resource-based"), ("single-tenant", "multi-tenant"),
    ("read-only", "writable"), ("opt-in", "opt-out"), ("reliable", "unreliable"),
    ("incremental", "full"), ("reachable", "unreachable"), ("physical", "virtual"),
)  # fmt: skip
# Opposites that hold wherever they stand in a statement.
_EVERYWHERE = (
    ("inbound", "outbound"), ("ingress", "egress"), ("incoming", "outgoing"),
    ("highest", "lowest"), ("minimum", "maximum"), ("in the same", "in a different"),
    ("more than", "less than"), ("faster", "slower"), ("cheaper", "more expensive"),
    ("larger than", "smaller than"), ("longer than", "shorter than"), ("increases", "decreases"),
    ("higher", "lower"), ("upstream", "downstream"), ("implicit", "explicit"),
    ("allows all", "denies all"), ("encrypts", "decrypts"),
    ("proactively", "reactively"), ("in advance", "afterwards"), ("oldest", "newest"),
    ("allow by default", "deny by default"), ("successful", "failed"),
    ("horizontally", "vertically"), ("client-side", "server-side"),
    ("on the client side", "on the server side"), ("private key", "public key"),
    ("plaintext", "ciphertext"), ("by the customer", "by the service"),
    ("on premises", "in the cloud"),
    ("off by default", "on by default"), ("in real time", "in batches once a day"),
    ("ascending", "descending"), ("case-sensitively", "case-insensitively"),
    ("at the edge", "at the origin"), ("one-way", "two-way"), ("read-only", "read-write"),
    ("explicitly", "implicitly"), ("successor", "predecessor"), ("agentless", "agent-based"),
)  # fmt: skip
_OTHER: dict[str, str] = {}
for _one, _two in (*_STATES, *_EVERYWHERE):
    _OTHER.setdefault(_one, _two)
    _OTHER.setdefault(_two, _one)
# What a state turns into, for those who turn it behind 'only'.
STATE_OPPOSITES = {
    word: _OTHER[word]
    for pair in (*_STATES, ("inbound", "outbound"), ("incoming", "outgoing"))
    for word in pair
    if word not in {"required", "optional", "permitted", "free", "full"}
}
_STATE_WORDS = frozenset(word for pair in _STATES for word in pair)
_FIND = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(sorted(map(re.escape, _OTHER), key=len, reverse=True))
    + r")(?![\w-])"
)
# What a thing can do or needs, it may do or need the opposite of as well.
_OPEN = re.compile(
    r"\b(?:can|may|could|might|also|either|both|or|whether|even|supports?|works?|allows? \w+ to|"
    r"unless|if|such as|example|including|not only|regardless|too|as well|between|any|optionally|"
    r"sometimes|usually|often|typically|no|not|only|never)\b",
    re.I,
)
# Where the turned word would contradict what stands beside it, or say what nobody believes.
_CLASHES = re.compile(
    r"\bup to a maximum\b|\bleft before\b|\bthan\b.*\bthan\b"
    r"|\b(?:with|for|needs?) the (?:highest|lowest) (?:latency|performance|throughput|cost)\b"
    r"|\b(?:inbound|outbound|ingress|egress)\b.* (?:from|to|into)\b"
)
# What a reader would guess without having read anything.
PRICE = re.compile(r"\b(?:costs?|prices?|cheaper|expensive|charged?)\b", re.I)
# What follows says more of the pole that the line names: turned, it would contradict itself.
_HANGS = re.compile(
    r",? (?:so|because|since|therefore|thus|of which|which|who|whose|instead of|rather than)\b"
    r"|,? (?:and|but|nor) (?:\w+ )?(?:does|do|is|are|can|has|have)(?:n['’]t| not)\b"
    r"|,? and must\b|,? and (?:can['’]?t|cannot|not|never|doesn['’]t|don['’]t|isn['’]t|aren['’]t)\b"
    r"|,? but\b"
)


def hangs_on(clause: Clause) -> bool:
    """Whether the rest of a line depends on what would be turned.

    >>> from quiz.items.facts import split_clause
    >>> hangs_on(split_clause("Athena runs faster on columnar formats, of which ORC is one."))
    True
    """
    return bool(_HANGS.search(clause.rest))


_COPULAS = frozenset({"is", "are", "stays", "remains", "becomes"})


def with_opposite(clause: Clause, rest: str) -> str | None:
    """What follows the verb with its one word of a pair turned, or None where both may be true.

    >>> from quiz.items.facts import split_clause
    >>> clause = split_clause("A security group is stateful.")
    >>> with_opposite(clause, clause.rest)
    'stateless'
    """
    whole = f"{clause.lead} {clause.subject} {clause.verb} {rest}"
    if clause.negative or _OPEN.search(whole) or PRICE.search(whole) or hangs_on(clause):
        return None
    if _CLASHES.search(rest):
        return None
    found = list(_FIND.finditer(rest))
    if len(found) != 1 or _OTHER[found[0][0]] in f"{whole} {clause.rest}":
        return None
    word = found[0][0]
    if any(part in clause.subject.lower() for part in word.split() if len(part) > 3):
        return None  # the subject's name says it
    if word in _STATE_WORDS:
        before = rest[: found[0].start()].split()
        if clause.verb not in _COPULAS or len(before) > 2 or "by" in before:
            return None
        behind = rest[found[0].end() :].strip()
        if behind and not behind.startswith((",", "by default", "for", "and", "on", "in", "so")):
            return None
        if before[-1:] in (["a"], ["an"], ["the"], ["and"]) or behind.startswith("by default with"):
            return None
    behind = rest[found[0].end() :]
    if word == "in the same":
        behind = re.sub(r" as\b", " from", behind, count=1)
    elif word == "in a different":
        behind = re.sub(r" (?:from|than)\b", " as", behind, count=1)
    return rest[: found[0].start()] + _OTHER[word] + behind


def is_pole(word: str) -> bool:
    """Whether a word is one of a pair: where the one fits, the other does.

    >>> is_pole("inbound"), is_pole("socket")
    (True, False)
    """
    return word.casefold() in _OTHER
