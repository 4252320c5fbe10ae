"""From a form to an outline: preview first, then load; limits as sentences; nothing lost."""

from __future__ import annotations

import io
import re
import socket
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from authoring.models import Upload, Version
from knowledge.models import Fact, Outline, Source
from quiz.models import Learner
from tests.cast import make_own_outline, make_reader
from tests.factories import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> tuple[Learner, Client]:
    return make_reader()


def send(client: Client, text: str = "", address: str = "/outlines/new/", **more: Any) -> Any:
    return client.post(address, {"text": text, **more})


def load(client: Client, text: str = SMALL, address: str = "/outlines/new/", **more: Any) -> str:
    """The address of the outline that a text became, through preview and load."""
    preview = send(client, text, address, **more).headers["Location"]
    client.post(preview)
    return str(client.get(preview).headers["Location"])


def test_a_paste_is_previewed_then_loaded(client: Client) -> None:
    preview = send(client, SMALL).headers["Location"]
    page = client.get(preview).content.decode()
    assert "Network notes" in page
    assert "Key Management Service (KMS)" in page
    assert not Outline.objects.exists()
    assert client.post(preview).status_code == 302
    home = client.get(preview).headers["Location"]
    assert re.fullmatch(r"/o/network-notes-[a-z2-9]{6}/", home)
    assert "Network ACLs" in client.get(f"{home}service/vpc/").content.decode()
    assert "stateless" in client.get(f"{home}search/?q=stateles").content.decode().lower()


def test_nobody_else_sees_upload_or_outline(client: Client) -> None:
    other = make_reader()[1]
    preview = send(client, SMALL).headers["Location"]
    for stranger in (other, Client()):
        assert stranger.get(preview).status_code == 404
        assert stranger.post(preview).status_code == 404
        assert stranger.post(f"{preview}discard/").status_code == 404
    client.post(preview)
    home = client.get(preview).headers["Location"]
    for stranger in (other, Client()):
        assert stranger.get(home).status_code == 404


def test_two_learners_of_the_same_text_have_two_outlines(client: Client) -> None:
    first, second = load(client), load(Client())
    assert first != second
    assert Outline.objects.count() == 2


def test_loading_twice_makes_one_outline(client: Client) -> None:
    preview = send(client, SMALL).headers["Location"]
    client.post(preview)
    client.post(preview)
    assert Outline.objects.count() == 1
    assert Source.objects.count() == 1


def test_a_file_is_read_byte_for_byte(client: Client) -> None:
    text = "# Café\r\n## Crème\r\n- brûlée\r\n## Thé\r\n- vert\r\n".encode("cp1252")
    home = load(client, "", files=SimpleUploadedFile("menu.md", text))
    response = client.get(f"{home}manage/original/")
    assert response.content == text
    assert response.headers["Content-Disposition"] == 'attachment; filename="menu.md"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "brûlée" in client.get(f"{home}manage/repaired/").content.decode()


def test_several_files_become_one_outline(client: Client) -> None:
    files = [
        SimpleUploadedFile("KMS.md", b"Keys, see [[S3]].\n"),
        SimpleUploadedFile("S3.md", b"Buckets.\n"),
    ]
    home = load(client, "", files=files, title="Cloud")
    page = client.get(home).content.decode()
    assert "KMS" in page
    assert "S3" in page


def test_a_zip_of_a_folder_becomes_one_outline(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("vault/KMS.md", "Keys, see [[S3]].\n")
        archive.writestr("vault/S3.md", "Buckets.\n")
        archive.writestr("vault/picture.png", b"\x89PNG")
    preview = send(client, files=SimpleUploadedFile("vault.zip", packed.getvalue()))
    page = client.get(preview.headers["Location"]).content.decode()
    assert "picture.png" in page
    assert "KMS" in page


def test_the_original_of_a_zip_is_the_zip(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("vault/KMS.md", "Keys, see [[S3]].\n")
        archive.writestr("vault/S3.md", "Buckets.\n")
        archive.writestr("vault/picture.png", b"\x89PNG")
    home = load(client, "", files=SimpleUploadedFile("vault.zip", packed.getvalue()))
    response = client.get(f"{home}manage/original/")
    assert response.content == packed.getvalue()
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="vault.zip"'
    # Another text has another original.
    client.get(load(client, SMALL, f"{home}manage/replace/"))
    assert client.get(f"{home}manage/original/").content.decode() == SMALL


def test_the_original_of_several_files_is_a_zip_of_them(client: Client) -> None:
    files = [
        SimpleUploadedFile("KMS.md", "Schl\u00fcssel\r\n".encode("cp1252")),
        SimpleUploadedFile("KMS.md", b"Keys.\n"),
        SimpleUploadedFile("S3.md", b"Buckets.\n"),
    ]
    home = load(client, "", files=files)
    response = client.get(f"{home}manage/original/")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "KMS.md": b"Schl\xfcssel\r\n", "2-KMS.md": b"Keys.\n", "S3.md": b"Buckets.\n",
        }  # fmt: skip


def test_an_archive_beyond_the_limit_is_not_kept(client: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2500
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("vault/KMS.md", "Keys.\n")
        archive.writestr("vault/picture.png", bytes(3000))
    home = load(client, "", files=SimpleUploadedFile("vault.zip", packed.getvalue()))
    assert "Keys." in client.get(f"{home}manage/original/").content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Choose a file or paste a text"),
        (b"   \n", "The file is empty."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "NUL bytes"),
        (b"\x81\x8d\x8f" * 40, "not text"),
        (b"PK\x03\x04broken", "damaged, or no zip archive"),
        (b"x" * 3000, "too much text"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    client: Client, settings: Any, data: bytes, sentence: str
) -> None:
    settings.UPLOAD_MAX_BYTES = 2500
    response = send(client, files=SimpleUploadedFile("notes.md", data))
    page = response.content if response.status_code != 302 else client.get(response.url).content
    assert sentence in page.decode()
    assert not Outline.objects.exists()


def test_too_many_outlines_are_refused(reader: tuple[Learner, Client], settings: Any) -> None:
    settings.OUTLINES_PER_READER = 1
    make_own_outline(reader[0])
    response = send(reader[1], SMALL)
    assert response.status_code == 422
    assert "You have 1 outlines, the most" in response.content.decode()


def test_too_many_uploads_are_put_off(reader: tuple[Learner, Client], settings: Any) -> None:
    settings.UPLOADS_PER_HOUR = 2
    assert send(reader[1], SMALL).status_code == 302
    assert send(reader[1], SMALL).status_code == 302
    response = send(reader[1], SMALL)
    assert response.status_code == 429
    assert response.headers["Retry-After"]
    assert "Wait a little" in response.content.decode()
    assert send(make_reader()[1], SMALL).status_code == 302  # A class shares its address.


def test_one_address_cannot_send_without_end(settings: Any) -> None:
    settings.UPLOADS_PER_HOUR, settings.PER_ADDRESS = 1, 2
    codes = [send(Client(), SMALL).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_replacing_shows_what_changes_and_keeps_facts(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    fact = Fact.objects.for_outline(outline).get(text="Stateful")
    text = SMALL.replace("- Stateful", "- Stateful at all times") + "- Deletion waits 7 days\n"
    preview = send(client, text, "/o/mine/manage/replace/").headers["Location"]
    page = client.get(preview).content.decode()
    tally = dict(re.findall(r"<dt>\s*(\w+)\s*</dt>\s*<dd>\s*(\d+)", page))
    assert (tally["Edited"], tally["Added"], tally["Removed"]) == ("1", "1", "0")
    client.post(preview)
    fact.refresh_from_db()
    assert fact.text == "Stateful at all times"
    assert Outline.objects.count() == 1


def test_a_replacement_of_what_changed_meanwhile_is_refused(
    reader: tuple[Learner, Client],
) -> None:
    learner, client = reader
    make_own_outline(learner)
    preview = send(client, SMALL + "- New\n", "/o/mine/manage/replace/").headers["Location"]
    make_own_outline(learner, SMALL + "- Other\n")
    client.post(preview)
    assert "changed meanwhile" in client.get(preview).content.decode()
    assert not Fact.objects.filter(text="New").exists()


def test_discarding_leaves_everything(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    make_own_outline(learner)
    preview = send(client, "# Other\n- x\n", "/o/mine/manage/replace/").headers["Location"]
    client.post(f"{preview}discard/")
    assert client.get(preview).status_code == 404
    assert "Network ACLs" in client.get("/o/mine/service/vpc/").content.decode()


class TestLargeUploads:
    """Left to a worker; here its command runs at once."""

    @pytest.fixture(autouse=True)
    def _large(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        # The worker has no connection of its own here, and must leave the test's open.
        worker = "django_tasks_db.management.commands.db_worker"
        monkeypatch.setattr(f"{worker}.close_old_connections", lambda: None)
        settings.UPLOAD_AT_ONCE_BYTES = 10
        settings.START_WORKER = False

    def work(self) -> None:
        call_command("work_uploads", batch=True)

    def test_a_worker_reads_then_loads(self, client: Client) -> None:
        preview = send(client, SMALL).headers["Location"]
        waiting = client.get(preview).content.decode()
        assert "Being read" in waiting
        assert 'http-equiv="refresh"' in waiting
        self.work()
        assert "First topics" in client.get(preview).content.decode()
        client.post(preview)
        assert "Being loaded" in client.get(preview).content.decode()
        state = client.get(f"{preview}?as=state", headers={"HX-Request": "true"})
        assert "<html" not in state.content.decode()
        self.work()
        assert client.get(preview).status_code == 302
        done = client.get(f"{preview}?as=state", headers={"HX-Request": "true"})
        assert done.headers["HX-Redirect"].startswith("/o/network-notes-")

    def test_a_killed_worker_is_taken_over(self, client: Client) -> None:
        preview = send(client, SMALL).headers["Location"]
        task = DBTaskResult.objects.get()
        task.claim(f"uploads@{socket.gethostname()}"[:64])
        self.work()
        assert "First topics" in client.get(preview).content.decode()

    def test_what_is_stuck_can_be_tried_again(self, client: Client) -> None:
        preview = send(client, SMALL).headers["Location"]
        DBTaskResult.objects.all().delete()
        upload = Upload.objects.get()
        upload.told_at -= timedelta(hours=1)
        upload.save()
        assert "It got stuck" in client.get(preview).content.decode()
        client.post(preview)
        self.work()
        assert "First topics" in client.get(preview).content.decode()

    def test_what_fails_each_time_is_given_up_with_a_sentence(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(upload: Upload) -> None:
            raise RuntimeError("a mistake of ours")

        preview = send(client, SMALL).headers["Location"]
        monkeypatch.setattr("authoring.background.read", fails)
        self.work()
        page = client.get(preview).content.decode()
        assert "Something failed on our side" in page
        assert "a mistake of ours" not in page


def test_rename_keeps_facts_and_can_be_undone(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    facts = list(Fact.objects.for_outline(outline).values_list("pk", flat=True))
    client.post("/o/mine/manage/rename/", {"title": "  My   network "})
    outline.refresh_from_db()
    assert outline.title == "My network"
    assert list(Fact.objects.for_outline(outline).values_list("pk", flat=True)) == facts
    client.post("/o/mine/text/1/", {"was": "# Network notes", "words": "# Networks"})
    outline.refresh_from_db()
    assert outline.title == "My network"  # A title that was given stays.
    client.post("/o/mine/manage/rename/", {"title": ""})
    outline.refresh_from_db()
    assert outline.title == "Networks"


def test_a_line_is_corrected_and_its_fact_stays(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    fact = Fact.objects.for_outline(outline).get(text="Stateless")
    assert "- Stateless" in client.get("/o/mine/text/?line=4").content.decode()
    page = client.get("/o/mine/text/4/").content.decode()
    assert ">- Stateless</textarea>" in page
    response = client.post(
        "/o/mine/text/4/", {"was": "- Stateless", "words": "- Keeps no state\r\n- Blocks"}
    )
    assert response.status_code == 302
    fact.refresh_from_db()
    assert (fact.text, fact.line) == ("Keeps no state", 4)
    assert "- Keeps no state\n- Blocks\n" in client.get("/o/mine/manage/original/").content.decode()
    version = Version.objects.get(outline=outline)
    assert version.text.decode() == SMALL


def test_a_line_that_changed_meanwhile_is_not_written_over(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    make_own_outline(learner)
    response = client.post("/o/mine/text/4/", {"was": "- Something", "words": "- Mine"})
    assert response.status_code == 422
    assert "changed meanwhile" in response.content.decode()
    assert "- Mine" in response.content.decode()


def test_a_correction_that_empties_the_text_is_refused(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    make_own_outline(learner, "- Only line\n")
    response = client.post("/o/mine/text/1/", {"was": "- Only line", "words": ""})
    assert response.status_code == 422
    assert "The file is empty." in response.content.decode()


def test_an_earlier_version_comes_back(reader: tuple[Learner, Client]) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    client.post("/o/mine/text/4/", {"was": "- Stateless", "words": "- Wrong"})
    page = client.get("/o/mine/manage/").content.decode()
    assert "/o/mine/manage/versions/1/restore/" in page
    assert client.get("/o/mine/manage/versions/1/").content.decode() == SMALL
    client.post("/o/mine/manage/versions/1/restore/")
    assert Fact.objects.for_outline(outline).filter(text="Stateless").exists()
    numbers = Version.objects.of(outline).values_list("number", flat=True)
    assert list(numbers) == [2, 1]


def test_only_so_many_versions_are_kept(reader: tuple[Learner, Client], settings: Any) -> None:
    settings.VERSIONS_KEPT = 2
    learner, client = reader
    outline = make_own_outline(learner)
    for number in range(4):
        line = client.get("/o/mine/manage/original/").content.decode().split("\n")[3]
        client.post("/o/mine/text/4/", {"was": line, "words": f"- Stateless {number}"})
    assert list(Version.objects.of(outline).values_list("number", flat=True)) == [4, 3]


def test_deleting_can_be_undone_until_it_is_purged(
    reader: tuple[Learner, Client], settings: Any
) -> None:
    learner, client = reader
    outline = make_own_outline(learner)
    client.post("/o/mine/manage/delete/")
    assert client.get("/o/mine/").status_code == 404
    assert client.get("/o/mine/manage/").status_code == 404
    assert "Take back" in client.get("/outlines/own/").content.decode()
    assert make_reader()[1].post("/outlines/own/mine/restore/").status_code == 404
    assert client.post("/outlines/own/mine/restore/").status_code == 302
    assert client.get("/o/mine/").status_code == 200
    client.post("/o/mine/manage/delete/")
    call_command("purge_outlines")
    assert Outline.objects.filter(pk=outline.pk).exists()
    settings.DELETED_KEPT_DAYS = 0
    call_command("purge_outlines")
    assert not Outline.objects.filter(pk=outline.pk).exists()


def test_sharing_by_link_and_its_end(reader: tuple[Learner, Client], client: Client) -> None:
    learner, owner = reader
    make_own_outline(learner)
    owner.post("/o/mine/manage/share/", {"as": "link"})
    link = re.search(
        r"http://testserver(/shared/[\w-]+/)", owner.get("/o/mine/manage/").content.decode()
    )
    assert link
    assert client.get("/o/mine/").status_code == 404
    assert client.get(link[1]).headers["Location"] == "/o/mine/"
    assert client.get("/o/mine/service/vpc/").status_code == 200
    for address in ("manage/", "text/", "text/4/", "manage/original/", "manage/versions/1/"):
        assert client.get(f"/o/mine/{address}").status_code == 404
    for address in ("manage/rename/", "manage/delete/", "manage/share/", "text/4/"):
        assert client.post(f"/o/mine/{address}").status_code == 404
    owner.post("/o/mine/manage/share/", {"as": "link"})
    assert client.get("/o/mine/").status_code == 404
    assert client.get(link[1]).status_code == 404
