"""`manage.py load_outline` as other programs call it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from knowledge.models import Outline
from tests.conftest import ROOT
from tests.factories import SMALL

pytestmark = pytest.mark.django_db


def load(path: Path, *arguments: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("load_outline", str(path), "--format", "json", *arguments, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(SMALL, "utf-8")
    return path


def test_json_has_the_shape_that_others_rely_on(file: Path) -> None:
    answer = load(file)
    assert set(answer) == {"outline", "counts", "changes", "problems", "seconds"}
    assert set(answer["outline"]) == {"slug", "title", "sha256", "pack"}  # type: ignore[call-overload]
    assert set(answer["seconds"]) == {"parse", "link", "write", "index", "total"}  # type: ignore[call-overload]


def test_check_prints_and_writes_nothing(file: Path) -> None:
    assert load(file, "--check")["changes"]["added"] == 10  # type: ignore[index]
    assert not Outline.objects.exists()


def test_people_read_text(file: Path) -> None:
    out = io.StringIO()
    call_command("load_outline", str(file), stdout=out)
    assert "2 services, 3 features, 5 facts" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "empty"), (b"\x00\x01\x02", "NUL"), (b"\n \n", "empty")],
)
def test_bad_input_is_a_sentence(file: Path, content: bytes, sentence: str) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        load(file)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        load(tmp_path / "none.md")


def test_a_folder_that_is_no_pack_is_a_sentence(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no pack"):
        load(file, "--pack", str(tmp_path))


@pytest.mark.parametrize(("flags", "code"), [(["none.md"], 1), (["--wrong"], 2), (["--help"], 0)])
def test_exit_codes_and_one_line_of_reason(flags: list[str], code: int) -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", "load_outline", *flags],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    if code == 1:
        assert len(ran.stderr.strip().splitlines()) == 1
