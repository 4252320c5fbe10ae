"""Which words mean the same in notes and sentences: roots, short forms, words for one thing."""
# ruff: noqa: SIM905

from __future__ import annotations

import re
from functools import lru_cache

from quiz.items.words import stem

# Short forms that people write in notes.
_SHORT = {
    "cert": "certificate", "certs": "certificate", "config": "configuration",
    "configs": "configuration", "auth": "authentication", "authn": "authentication",
    "authz": "authorization", "org": "organization", "orgs": "organization", "app": "application",
    "apps": "application", "env": "environment", "envs": "environment", "info": "information",
    "db": "database", "dbs": "database", "dest": "destination", "src": "source", "acct": "account",
    "accts": "account", "perm": "permission", "perms": "permission", "param": "parameter",
    "params": "parameter", "repo": "repository", "repos": "repository", "creds": "credential",
    "cred": "credential", "pwd": "password", "pw": "password", "msg": "message",
    "msgs": "message", "req": "request", "reqs": "request", "resp": "response", "auto": "automatic",
    "max": "maximum", "min": "minimum", "prod": "production", "dev": "development",
    "freq": "frequency", "attr": "attribute", "attrs": "attribute", "admin": "administrator",
    "admins": "administrator", "doc": "document", "docs": "document", "vuln": "vulnerability",
    "vulns": "vulnerability", "temp": "temporary", "encr": "encryption", "onprem": "premises",
    "premise": "premises", "prem": "premises", "id": "identifier", "ids": "identifier",
    "subdomain": "subdomain", "realtime": "real", "wildcard": "wildcard", "func": "function",
    "funcs": "function", "cmd": "command", "cmds": "command", "mgmt": "management",
    "infra": "infrastructure", "instr": "instruction", "ip": "ip", "ips": "ip", "yearly": "year",
    "annual": "year", "annually": "year", "monthly": "month", "daily": "day", "weekly": "week",
    "hourly": "hour", "practize": "practice", "practizes": "practice", "catalogue": "catalog",
}  # fmt: skip
# Words that stand for each other in such lines; none of them turns what is said.
_ALIKE = """
    require|need|must|mandatory|necessary|have to
    delete|remove|erase
    create|make|generate|build
    send|deliver|forward|push|publish|transmit
    store|keep|save|retain|hold
    change|modify|edit|alter|update
    find|identify|detect|discover
    check|verify|validate|confirm
    charge|bill|cost|price|pay|fee
    choose|select|pick
    call|invoke
    several|multiple|many|various
    start|begin|launch
    end|finish|terminate
    integrate|work
    view|see|show|display|visualize
    examine|inspect|analyze|analyse
    own|belong
    fetch|retrieve|obtain|get
    limit|restrict
    isolate|quarantine
    connect|link
    tie|bind
    attach|associate
    fast|quick|rapid
    complete|full|entire
    frequency|often
    maximum|most
    minimum|least
    decouple|decoupled
    visible|visibility
    transform|convert|turn
    detail|detailed
    permission|permit
    reach|access
    copy|replicate|duplicate
    protect|secure|guard
    respond|response|answer|reply
    monitor|watch
    federate|federated
    expire|expiry|expiration
    encrypt|encipher
    prove|proof|prove
    rotate|rollover
    notify|alert
    central|centralize
    abort|cancel
    stream|flow
    latest|newest
    older|old|previous
    regular|periodic|recurring
    breach|compromise
    person|people|user|human
    company|business
"""
# What a thing is called beside its name: 'the `X` key', 'CIDR blocks'.
KINDS_OF_THING = frozenset(
    """account action address agent api attribute block call check command condition console
    database document element endpoint event feature field file format function group header
    id instance key list metric mode name number object operation operator option page
    parameter permission plan policy protocol query record report resource rule setting
    software solution standard statement string system table tag tool type user value""".split()
)
# Words that carry little: a sentence has them because it is one.
_LIGHT = frozenset(
    """ability able according across act action additional adds again allow along already appear
    apply available base because behind belong call capable carry case caused certain come
    consist contain current customer data define describe determine different directly
    element enable example exist existing feature follow form give go help hold identify
    include instead issue itself keep keeps kind later lead let like listed mainly managed
    mark mean name new normal now occur offer option own part particular permit place
    possible present progress project provide purpose rather receive record request resource
    result run same seen separate serve set so solution specific specify stand state support
    take therefore thing together toward turn type user usual value way well whether whole
    within without work""".split()
)
# Words whose lack turns or narrows what is said.
STRICT = frozenset(
    """always asymmetric asynchronous automatic block continuous cross custom day default deny
    deprecated disable dynamic egress exact explicit external faster fewer first free full
    global half higher highest horizontal hour immediate immutable implicit inbound incoming
    individual ingress inline internal irreversible last less local lower lowest manual
    maximum minimum minute month never next optional outbound outgoing partial percent
    permanent physical prevent primary private proactive public rare reactive recommend
    refuse regional reject remote second secondary single slower stateful stateless static
    symmetric synchronous temporary typical unencrypted vertical virtual week year""".split()
)


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A word's root, or that of the first of the words that mean the same.

    >>> root("rotation") == root("rotates"), root("certs") == root("certificate")
    (True, True)
    """
    small = word.lower().removesuffix("'s")
    if small in _KEPT:
        return small
    small = _BRITISH.sub(_american, small)
    bare = _bare(_SHORT.get(small, _IRREGULAR.get(small, small)))
    return _SAME.get(bare, bare)


# Words whose stem is that of another word.
_KEPT = frozenset({"stateful", "stateless", "custom", "customer", "customers", "static"})
_IRREGULAR = {
    form: verb
    for row in """send sent|keep kept|hold held|build built|find found|leave left|meet met|
    write written wrote|choose chosen chose|give given gave|take taken took|run ran|
    show shown|begin begun began|lose lost|pay paid|tell told|see seen saw|know known knew|
    hide hidden hid|break broken broke|steal stolen stole|catch caught|bind bound|bring brought|
    drive driven|draw drawn|grow grown|throw thrown|speak spoken|get got|go gone|do done|
    make made|mean meant|spend spent|sell sold|lead led|lend lent|become became|
    center centre""".split("|")
    for verb, *forms in [row.split()]
    for form in forms
}

_BRITISH = re.compile(r"(?<=\w\w\w)(?:is(?=e[drs]?$|ing$|ation)|ys(?=e[drs]?$|ing$)|our)")


def _american(match: re.Match[str]) -> str:
    return {"is": "iz", "ys": "yz", "our": "or"}[match[0]]


_TAILS = (
    "ation", "ition", "ator", "itor", "ance", "ence", "ment", "anc", "enc", "ant", "ent", "ible",
    "able", "ibl", "abl", "ion", "iv", "al", "ic", "er", "or", "i", "y",
)  # fmt: skip


def _bare(word: str) -> str:
    short = stem(word)
    for tail in _TAILS:
        if short.endswith(tail) and len(short) - len(tail) >= 5:
            return short.removesuffix(tail)
    return short


_SAME: dict[str, str] = {}
for _row in _ALIKE.split("\n"):
    _words = [word.strip() for word in _row.split("|") if word.strip() and " " not in word.strip()]
    for _one in _words:
        _SAME.setdefault(_bare(_one), _bare(_words[0]))
LIGHT_ROOTS = frozenset(_bare(word) for word in _LIGHT) | {
    root(word) for word in ("hold", "work", "call")
}
STRICT_ROOTS = frozenset(root(word) for word in STRICT)
