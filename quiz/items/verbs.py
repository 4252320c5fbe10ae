"""Verbs of statements: which word is the finite one, and its other forms."""
# ruff: noqa: SIM905

from __future__ import annotations

AUXILIARIES = frozenset(
    """can cannot can't could must mustn't may should shouldn't will won't is are isn't aren't was
    were has have hasn't haven't does do doesn't don't""".split()
)
NEGATIVE = frozenset(
    "cannot can't mustn't shouldn't won't isn't aren't hasn't haven't doesn't don't".split()
)

# Third persons that are hardly ever nouns.
THIRD = frozenset(
    """requires supports sends allows encrypts defines manages analyzes holds covers stores shows
    receives keeps generates restricts protects collects provides creates offers connects blocks
    reads takes serves detects matches integrates accepts helps publishes reaches adds includes
    starts delivers denies builds recommends belongs makes expires relies turns carries stops
    applies finds centralizes contains owns automates deletes updates replicates specifies enforces
    tracks rotates fetches advises compares processes performs discovers verifies governs decides
    comes lasts gets identifies assumes reduces administers drops replaces appears forwards answers
    renews stays simplifies references reuses writes removes aggregates searches initiates
    classifies loads visualizes captures installs remediates decrypts resets pushes diagnoses
    authenticates injects represents rejects revokes secures admits transfers examines solves
    extends determines maps trades separates inspects distributes picks chooses leaves lives
    implements fails supplies retrieves reflects exists normalizes enables raises combines converts
    reacts ingests consumes complies triages assesses correlates divides follows describes tells
    involves suppresses mobilizes associates executes joins bundles retries previews prevents
    restores troubleshoots fixes gathers produces triggers communicates ensures orchestrates
    customizes resolves hides exposes enters intercepts begins selects bypasses guarantees consists
    disregards uploads transforms overwrites lets gives needs uses grants limits names sets tests
    checks marks measures evaluates operates traces treats terminates terminates translates
    delegates attaches detaches validates invokes launches launches registers signs scans counts
    costs charges controls calls changes lists works runs opens closes maintains monitors records
    logs filters queries links routes lasts expands scales spreads shares acts sees reviews exports
    imports caches masks copies reserves resides differs remains returns grows becomes knows wants
    asks considers delays shifts sorts splits feeds watches provisions generates permits forbids
    organizes groups hosts presents reports archives audits accesses issues places flags speeds
    powers begins reaches quickens assists trusts handles loads deploys delivers protects queries
    publishes counts suits adds stops warns tells simplifies advertises reconciles guards
    spans""".split()
)

_IRREGULAR = {
    "has": "have", "is": "be", "does": "do", "denies": "deny", "relies": "rely",
    "applies": "apply", "specifies": "specify", "verifies": "verify", "identifies": "identify",
    "simplifies": "simplify", "classifies": "classify", "carries": "carry", "queries": "query",
    "copies": "copy", "complies": "comply", "retries": "retry", "supplies": "supply",
}  # fmt: skip


def base(third: str) -> str:
    """The base form of a third person.

    >>> [base(verb) for verb in ("lasts", "relies", "publishes", "reaches", "uses", "passes")]
    ['last', 'rely', 'publish', 'reach', 'use', 'pass']
    """
    if third in _IRREGULAR:
        return _IRREGULAR[third]
    if third.endswith(("shes", "ches", "sses", "xes", "zzes")):
        return third[:-1] if third.endswith("caches") else third[:-2]
    return third.removesuffix("s")


BASES = frozenset(base(verb) for verb in THIRD)
# Base forms that are safe to take for the verb of a plural subject.
PLURAL_VERBS = frozenset(
    """need use support require include come work let give contain cover keep help record send
    allow protect connect apply provide run store share define collect prevent enforce encrypt
    belong exist receive restrict scan analyze detect show grant limit evaluate compare deliver
    hold last expire rely carry take detect start match test consist represent identify reach read
    inherit simplify""".split()
) & (BASES | {"inherit"})

# Third persons that are as often nouns.
AMBIGUOUS = frozenset(
    """records logs reports tests checks controls uses limits grants stores names sets calls changes
    groups needs lists signs marks scans runs queries filters routes links costs charges copies
    places flags issues loads points archives audits accesses hosts exports imports""".split()
)
