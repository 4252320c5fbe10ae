"""What is deployed names only variables, files and commands that there are."""

from __future__ import annotations

import configparser
import re
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.conftest import ROOT

READ = re.compile(r"""(?:environ(?:\.get)?[(\[]|read_\w+\()\s*["']([A-Z_]+)["']""")


def variables_read() -> set[str]:
    """Every environment variable that the settings look at."""
    files = [*(ROOT / "config").glob("*.py")]
    return {name for file in files for name in READ.findall(file.read_text("utf-8"))}


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))  # type: ignore[no-any-return]


def test_compose_sets_only_what_is_read() -> None:
    services = compose()["services"]
    assert {"web", "worker", "database", "proxy"} <= set(services)
    assert set(services["web"]["environment"]) - variables_read() == set()


def test_compose_waits_only_for_services_that_there_are() -> None:
    services = compose()["services"]
    waits = {name for service in services.values() for name in service.get("depends_on", {})}
    assert waits <= set(services)
    volumes = {v.split(":")[0] for s in services.values() for v in s.get("volumes", [])}
    assert volumes == set(compose()["volumes"])


def test_compose_has_no_secret_of_its_own() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "SITE"):
        assert f"${{{name}:?" in text


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml"])
def test_commands_of_manage_are_there(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    named = set(re.findall(r"python\W+manage\.py\W+([a-z_]+)", text))
    assert named
    assert named <= set(get_commands())


def test_the_image_copies_what_is_there_and_sets_what_is_read() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    copied = [
        word
        for line in re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    ours = {name.split(".")[0] for name in settings.INSTALLED_APPS}
    apps = {name for name in ours if (ROOT / name).is_dir()}
    assert apps | {"config", "templates", "static", "manage.py"} <= set(copied)
    ours = set(re.findall(r"\b(DATA_DIR|HOST|PORT)=", text))
    assert ours <= variables_read()


def test_the_unit_starts_what_there_is() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(ROOT / "docs" / "systemd" / "outgraph.service")
    service = unit["Service"]
    start = service["ExecStart"].removeprefix(service["WorkingDirectory"] + "/")
    assert (ROOT / start).is_file()
    assert service["Restart"] == "always"


def test_every_variable_of_the_guide_is_read() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    table = text.partition("## Settings")[2].partition("##")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert len(named) > 8
    assert named <= variables_read()
