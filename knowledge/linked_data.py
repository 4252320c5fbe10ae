"""JSON-LD of a topic (https://www.w3.org/TR/json-ld11/): what its page says, for machines.

Addresses are those of the pages, relative to the page that holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.export.turtle import PREFIXES, property_of

# What would end the script that holds the data, or begin something in it.
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def describe(
    address: str,
    scheme: str,
    name: str,
    *,
    language: str,
    about: str = "",
    others: Sequence[str] = (),
    related: Iterable[str] = (),
    relations: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """A topic as a SKOS concept, safe inside a script element.

    `address` and `scheme` are those of its page and of the outline's home; `related` are addresses
    of topics, `relations` those that it is tied to by kind.
    """

    def text(words: str) -> dict[str, str]:
        return {"@value": words, "@language": language}

    data: dict[str, Any] = {
        "@context": {prefix: PREFIXES[prefix] for prefix in ("skos", "og")},
        "@id": address,
        "@type": "skos:Concept",
        "skos:prefLabel": text(name),
        "skos:inScheme": {"@id": scheme},
    }
    if others:
        data["skos:altLabel"] = [text(other) for other in dict.fromkeys(others)]
    if about:
        data["skos:definition"] = text(about)
    if near := list(dict.fromkeys(related)):
        data["skos:related"] = [{"@id": each} for each in near]
    for kind, targets in (relations or {}).items():
        data[f"og:{property_of(kind)}"] = [{"@id": each} for each in dict.fromkeys(targets)]
    written = json.dumps(data, ensure_ascii=False)
    return "".join(_ESCAPES.get(sign, sign) for sign in written)
