"""Entity linking: which services the words of an outline name. Pure."""

from knowledge.linking.linker import Linked, link
from knowledge.linking.matching import Mention
from knowledge.linking.targets import Target

__all__ = ["Linked", "Mention", "Target", "link"]
