"""Graph analysis of an outline: related topics, paths, the map, what holds the subject together.

Pure: records, linked names and relations go in, plain values come out (docs/decisions/0008).
NetworkX and SciPy take a third of a second to import, which only a load needs: `analyse` and
`lay_out` bring them in when first asked for. `topics`, `paths` and `compare` need neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.graph.building import analyse
    from knowledge.graph.layout import lay_out

__all__ = ["analyse", "lay_out"]

_HOMES = {"analyse": "building", "lay_out": "layout"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
