"""What the querysets of services, features and facts have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models

from knowledge.models.outlines import Outline

_M = TypeVar("_M", bound=models.Model)


class NodeQuerySet(models.QuerySet[_M]):
    """What the querysets of services, features and facts have in common."""

    def for_outline(self, outline: Outline) -> Any:
        return self.filter(outline=outline)

    def for_loading(self, fields: Sequence[str]) -> Any:
        """Primary key and the raw values of the fields named, as tuples."""
        columns = [self.model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
        return self.order_by().values_list("pk", *columns).iterator(chunk_size=5000)

    def with_keys(self, keys: Sequence[int]) -> Any:
        return self.filter(pk__in=keys)

    def up_to(self, line: int) -> Any:
        """Those that begin on that line of the file or before it, the last of them first."""
        return self.filter(line__lte=line).order_by("-position")
