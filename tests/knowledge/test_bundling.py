"""The files that a page loads, as one each."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from knowledge.bundling import SCRIPTS, STYLES, bundle_scripts, write_bundles


def test_all_scripts_and_styles_are_in_the_bundles(tmp_path: Path) -> None:
    static = settings.BASE_DIR / "static"
    write_bundles(static, tmp_path, settings.STYLES, settings.SCRIPTS)
    styles = (tmp_path / STYLES).read_text("utf-8")
    scripts = (tmp_path / SCRIPTS).read_text("utf-8")
    assert "--ink:" in styles
    assert "/*" not in styles
    assert scripts.count("htmx:beforeSwap") >= 1
    assert styles.count("{") == styles.count("}")


def test_a_script_that_imports_is_refused() -> None:
    with pytest.raises(ValueError, match="import"):
        bundle_scripts(['import { a } from "./a.js";'])
