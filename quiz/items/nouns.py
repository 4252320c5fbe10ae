"""Number and article of nouns, where a statement is turned from one thing to several. Pure."""

from __future__ import annotations

import re

# Nouns that aren't counted take no article.
_MASS = re.compile(
    r"(?:access|storage|software|traffic|data|support|code|material|hardware|networking|monitoring|"
    r"logging|capacity|rotation|encryption|management|protection|authentication|authorization|"
    r"inspection|information|validation|replication|isolation|approval|compression|scaling|health|"
    r"maintenance|redundancy|latency|trust|use|evidence|effect|time)$",
    re.I,
)


def is_plural(noun: str) -> bool:
    """
    >>> is_plural("keys"), is_plural("access"), is_plural("Status"), is_plural("SCPs")
    (True, False, False, True)
    """
    return noun.endswith("s") and not noun.lower().endswith(("ss", "us", "is", "dns", "sms", "tls"))


def plural(noun: str) -> str:
    """
    >>> plural("policy"), plural("key"), plural("address"), plural("ACL")
    ('policies', 'keys', 'addresses', 'ACLs')
    """
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def singular(noun: str) -> str:
    """
    >>> singular("policies"), singular("addresses"), singular("Zones"), singular("prefixes")
    ('policy', 'address', 'Zone', 'prefix')
    """
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if re.search(r"(?:ss|x|z|ch|sh)es$", noun):
        return noun[:-2]
    return noun.removesuffix("s")


def article(phrase: str) -> str:
    """The article before a phrase, by its first letter; abbreviations by how they are spelled out.

    >>> article("AMI"), article("user"), article("SSH key"), article("role"), article("NAT")
    ('an', 'a', 'an', 'a', 'a')
    """
    first = re.split(r"[\s-]", phrase, maxsplit=1)[0]
    if len(first) > 1 and first.isupper() and first not in {"NAT", "LAN", "SAML", "RAM"}:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    if re.match(r"(?:uni|use|usual|one|eu)", first, re.I):
        return "a"
    return "an" if first[:1].lower() in "aeiou" else "a"


def counted(phrase: str) -> str:
    """A noun phrase with the article that it needs, if any.

    >>> counted("Lambda function"), counted("SSH keys"), counted("persistent storage")
    ('a Lambda function', 'SSH keys', 'persistent storage')
    """
    head = re.split(
        r" (?:of|in|for|to|by|from|on|with|that|which|at|while|if|when|as)\b", phrase, maxsplit=1
    )[0]
    last = head.split(" ")[-1]
    if (
        any(is_plural(word) for word in head.split(" ")[-2:])
        or _MASS.search(last)
        or last.isupper()
    ):
        return phrase
    return f"{article(phrase)} {phrase}"
