"""Search of an outline: what is typed leads to services, features and facts.

The way of a query: `query` (what each word may stand for, by the outline's `lexis`) → `branches`
(what a database is asked) → `sqlite` or `postgres` → `ranking` → `finding` (hits as shown).
The way of an outline: rows → `documents` → `index`. See docs/decisions/0003-search.md.
"""

from knowledge.search.finding import Hit, Results, search
from knowledge.search.index import drop_index, index_outline

__all__ = ["Hit", "Results", "drop_index", "index_outline", "search"]
