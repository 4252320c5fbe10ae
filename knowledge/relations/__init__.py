"""Relation extraction: what the lines of an outline say about how its services relate. Pure."""

from knowledge.relations.relating import Relation, relate
from knowledge.relations.wording import KINDS, OF_MANY, explain

__all__ = ["KINDS", "OF_MANY", "Relation", "explain", "relate"]
