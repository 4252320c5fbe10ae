"""The operator's view of what learners reported."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from quiz.models import Report
from quiz.summing import key_words


class Settled(admin.SimpleListFilter):
    title = "settled"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "No"), ("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() in ("no", "yes"):
            return queryset.filter(settled_at__isnull=self.value() == "no")
        return queryset


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Reports are read and settled here; what a learner wrote isn't changed."""

    list_display = ("stem", "topic", "note", "outline", "at", "settled_at")
    list_filter = (Settled, "outline")
    list_select_related = ("outline",)
    ordering = ("settled_at", "-at")
    actions = ("settle", "reopen")
    fields = ("stem", "topic", "options", "right", "explanation", "lines", "note", "outline",
              "at", "settled_at")  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="question")
    def stem(self, report: Report) -> str:
        return str(report.question.get("stem", ""))

    @admin.display
    def topic(self, report: Report) -> str:
        parts = (report.question.get("topic"), report.question.get("feature"))
        return " › ".join(str(part) for part in parts if part)

    @admin.display
    def options(self, report: Report) -> str:
        return " | ".join(str(option["text"]) for option in report.question.get("options", ()))

    @admin.display(description="counts as right")
    def right(self, report: Report) -> str:
        return key_words(report.question)

    @admin.display
    def explanation(self, report: Report) -> str:
        return str(report.question.get("explanation", ""))

    @admin.display
    def lines(self, report: Report) -> str:
        evidence = report.question.get("evidence", ())
        return " | ".join(f"{line.get('line')}: {line.get('text')}" for line in evidence)

    @admin.action(description="Settle: looked at, nothing more to do")
    def settle(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        count = queryset.filter(settled_at__isnull=True).update(settled_at=timezone.now())
        self.message_user(request, f"Settled {count}.")

    @admin.action(description="Open again")
    def reopen(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        count = queryset.filter(settled_at__isnull=False).update(settled_at=None)
        self.message_user(request, f"Opened {count} again.")
