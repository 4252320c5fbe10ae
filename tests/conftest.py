"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A clean checkout has collected no static files yet, of which whitenoise would warn."""
    from django.conf import settings

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """No collected files in tests: addresses of static files come out as they are written."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _empty_cache(settings: object) -> None:
    from django.core.cache import cache

    from knowledge.map_rows import maps
    from knowledge.ways import walks

    cache.clear()
    maps.clear()
    walks.clear()
    # Tests have the questions made where they need them, not by a process of its own.
    settings.STOCK_IN_BACKGROUND = False  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def users_notes() -> Path:
    """The first user's own file, where it is at hand: beside the checkout, or as OUTGRAPH_NOTES."""
    default = ROOT.parent / "shared" / "outlines" / "aws-security-specialty.md"
    path = Path(os.environ.get("OUTGRAPH_NOTES") or default)
    if not path.is_file():
        pytest.skip("the user's notes aren't at hand (OUTGRAPH_NOTES names them)")
    return path
