"""Is the process alive, and can it serve? For load balancers and service managers."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

# Migrations are looked for until they are all there; they don't go away in a running process.
_ready = {"migrated": False}


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks nothing of anybody."""
    return _answer(200, status="alive")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503 with the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _ready["migrated"]:
            executor = MigrationExecutor(connection)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            _ready["migrated"] = not waiting
    except DatabaseError:
        connection.close()
        return _answer(503, status="unavailable", reason="the database doesn't answer")
    if not _ready["migrated"]:
        return _answer(503, status="unavailable", reason="the database isn't migrated")
    return _answer(200, status="ready")


def _answer(code: int, **content: str) -> JsonResponse:
    response = JsonResponse(content, status=code)
    response["Cache-Control"] = "no-store"
    return response
