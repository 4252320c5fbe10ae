"""The operator's view of what is loaded: to look at; outlines are changed by loading them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from knowledge.models import Outline


@admin.register(Outline)
class OutlineAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "slug", "pack", "version", "loaded_at")
    search_fields = ("title", "slug")
    ordering = ("id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
