"""RDF in Turtle: services and features as SKOS concepts, facts, mentions and relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from knowledge.export.elements import Edge, Node, read_edges, read_nodes
from knowledge.models import Outline

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "og": "urn:outgraph:terms:",
}
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile('[\\\\"\x00-\x1f\x7f\ud800-\udfff]')


def write_turtle(outline: Outline) -> Iterator[str]:
    """Nodes are `urn:outgraph:SLUG:ID`; each relation also says its lines, as an rdf:Statement."""
    base = f"urn:outgraph:{quote(outline.slug, safe='')}:"
    for prefix, address in PREFIXES.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    yield f"@prefix : <{base}> .\n\n"
    tag = f"@{outline.language}" if _LANGUAGE.fullmatch(outline.language) else ""
    yield (
        f"<{base}scheme> a skos:ConceptScheme ;\n"
        f"    dct:title {_text(outline.title, tag)} ;\n"
        f"    dct:identifier {_text(outline.sha256)} .\n\n"
    )
    for node in read_nodes(outline):
        yield _node(node, base, tag)
    yield "\n"
    known: set[tuple[str, str]] = set()
    for edge in read_edges(outline):
        if edge.kind == "mentions":
            yield f":{edge.source} og:mentions :{edge.target} .\n"
        elif edge.kind != "contains":
            yield _relation(edge, tag, known)


def _node(node: Node, base: str, tag: str) -> str:
    says: list[str] = []
    if node.kind == "fact":
        says += ["a og:Fact", f"rdf:value {_text(node.name, tag)}", f"dct:isPartOf :{node.parent}"]
    else:
        says += ["a skos:Concept", f"skos:prefLabel {_text(node.name, tag)}",
                 f"skos:inScheme <{base}scheme>"]  # fmt: skip
        others = [text for text in (node.official, *node.aliases) if text and text != node.name]
        says += [f"skos:altLabel {_text(text, tag)}" for text in dict.fromkeys(others)]
        if node.parent:
            says.append(f"skos:broader :{node.parent}")
        else:
            says.append(f"skos:topConceptOf <{base}scheme>")
    if node.domain and node.kind == "service":
        says.append(f"dct:subject {_text(node.domain, tag)}")
    if node.line is not None:
        says.append(f"og:line {node.line}")
    elif node.first_line is not None:
        says.append(f"og:firstLine {node.first_line}")
    return f":{node.id} " + " ;\n    ".join(says) + " .\n"


def _relation(edge: Edge, tag: str, known: set[tuple[str, str]]) -> str:
    """The relation as a property, skos:related once for a pair, and the lines that state it."""
    name = property_of(edge.kind)
    lines = [f":{edge.source} og:{name} :{edge.target} .\n"]
    pair = (min(edge.source, edge.target), max(edge.source, edge.target))
    # SKOS sets `related` apart from `broader`: a part and its whole aren't related.
    if edge.kind != "part_of" and pair not in known:
        known.add(pair)
        lines.append(f":{edge.source} skos:related :{edge.target} .\n")
    says = [
        "[] a rdf:Statement", f"rdf:subject :{edge.source}", f"rdf:predicate og:{name}",
        f"rdf:object :{edge.target}",
    ]  # fmt: skip
    for each in edge.evidence:
        says.append(
            f"og:evidence [ og:line {each['line']} ; rdf:value {_text(each['text'], tag)} ]"
        )
    lines.append(" ;\n    ".join(says) + " .\n")
    return "".join(lines)


def property_of(kind: str) -> str:
    """`sends_to` → `sendsTo`."""
    first, *rest = kind.split("_")
    return first + "".join(word.title() for word in rest)


def _text(text: str, tag: str = "") -> str:
    def escaped(match: re.Match[str]) -> str:
        sign = match[0]
        if "\ud800" <= sign <= "\udfff":
            return "\ufffd"
        return _ESCAPES.get(sign) or f"\\u{ord(sign):04X}"

    return f'"{_SPECIAL.sub(escaped, text)}"{tag}'
