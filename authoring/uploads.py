"""An upload from its arrival to its outline: received, read, agreed to, loaded.

What is small is done within the request, the rest by a worker (`authoring.background`). A step
that is killed leaves the outline as it was, and may be taken again: loading is one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from authoring.archives import Limits, clean_path, pack, size_in_words, unpack
from authoring.errors import AuthoringError, TooManyError
from authoring.models import Original, Upload, packed
from authoring.previews import preview_of
from authoring.versions import keep_version
from knowledge.loading import LoadError, load_outline
from knowledge.models import Outline
from knowledge.outline.tree import OutlineError
from knowledge.outline.vault import join_notes
from knowledge.outline.vault_paths import SUFFIXES
from knowledge.packs import PackError
from knowledge.records import make_slug
from quiz.models import Learner

PASTED = "pasted.md"
LONGEST_TITLE = 200
# Slugs of own outlines end in letters of chance: nobody learns from one what others have.
CHANCE = 6
SLUG_LENGTH = 60
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FAILED = "Something failed on our side. Nothing was changed; you can try again."


def receive(
    learner: Learner,
    files: Iterable[tuple[str, bytes]],
    text: str,
    now: datetime,
    *,
    title: str = "",
    over: Outline | None = None,
) -> Upload:
    """Take in what was chosen or pasted, as an upload that is to be read.

    Raises AuthoringError where it is more than may be, or nothing.
    """
    check_pace(learner, now)
    if over is None:
        check_number(learner)
    chosen = [(name, data) for name, data in files if data]
    if text.strip():
        chosen.append((PASTED, text.encode("utf-8", "surrogatepass")))
    if not chosen:
        raise AuthoringError("Choose a file or paste a text: there is nothing to read yet.")
    try:
        name, data, left_out = _joined(chosen, title)
        sent_name, sent = _sent(chosen, data)
    except OutlineError as problem:
        raise AuthoringError(str(problem)) from None
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise AuthoringError(
            f"That is too large: it has {size_in_words(len(data))}, and an outline of your own "
            f"may have {size_in_words(settings.UPLOAD_MAX_BYTES)}."
        )
    return Upload.objects.create(
        learner=learner, outline=over, over=over.version if over else None, file_name=name,
        given_title=" ".join(title.split())[:LONGEST_TITLE], content=packed(data), size=len(data),
        sent=sent, sent_name=sent_name, left_out=[list(one) for one in left_out[:500]],
        made_at=now, told_at=now,
    )  # fmt: skip


def receive_again(
    learner: Learner,
    outline: Outline,
    data: bytes,
    now: datetime,
    *,
    file_name: str,
    title: str,
    corrected: int | None = None,
) -> Upload:
    """A text that takes the place of an outline's own without a preview: it is known already."""
    check_pace(learner, now)
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise AuthoringError(
            f"With that it would have {size_in_words(len(data))}; an outline of your own may have "
            f"{size_in_words(settings.UPLOAD_MAX_BYTES)}."
        )
    return Upload.objects.create(
        learner=learner, outline=outline, over=outline.version, state=Upload.State.LOADING,
        file_name=file_name, given_title=title, content=packed(data), size=len(data),
        corrected=corrected, made_at=now, told_at=now,
    )  # fmt: skip


def check_pace(learner: Learner, now: datetime) -> None:
    """Raises TooManyError where a learner has sent more than an hour's worth."""
    if Upload.objects.of(learner).since(now - timedelta(hours=1)).count() >= (
        settings.UPLOADS_PER_HOUR
    ):
        raise TooManyError(
            f"You have sent {settings.UPLOADS_PER_HOUR} texts within an hour, the most that is "
            "taken. Wait a little, then go on."
        )


def check_number(learner: Learner) -> None:
    """Raises AuthoringError where a learner has as many outlines as may be."""
    if Outline.objects.of_owner(learner.pk).count() >= settings.OUTLINES_PER_READER:
        raise AuthoringError(
            f"You have {settings.OUTLINES_PER_READER} outlines, the most that one reader may "
            "have; those that you deleted count until they are gone for good."
        )


def read(upload: Upload) -> None:
    """Make the preview, and wait for the learner; or fail with a sentence."""
    try:
        report = preview_of(upload)
    except (OutlineError, LoadError, PackError) as problem:
        _fail(upload, str(problem))
        return
    _move(upload, Upload.State.READY, report=report, stage="")


def agree(upload: Upload) -> bool:
    """The learner wants it as previewed; whether this is the one that is to load it."""
    if Upload.objects.claim(upload.pk, [Upload.State.READY], Upload.State.LOADING):
        upload.refresh_from_db()
        return True
    return False


def load(upload: Upload) -> None:
    """Load it, in place of its outline if it has one; or fail with a sentence."""
    over = upload.outline
    if over is None:
        # Taken again after a kill, the same upload leads to the same outline.
        over = Outline.objects.of_owner(upload.learner_id).under(_slug(upload))
    elif over.deleted_at is not None:
        return _fail(upload, "The outline was deleted meanwhile; take it back, then try again.")
    elif over.version != upload.over and over.sha256 != upload.report.get("sha256"):
        return _fail(
            upload, "The outline was changed meanwhile. Look at it, then send your text again."
        )

    def progress(stage: str) -> None:
        # Within the write itself nobody else could see it.
        if stage in ("parse", "link"):
            Upload.objects.told(upload.pk, stage=stage, told_at=timezone.now())

    try:
        loaded = load_outline(
            upload.text, file_name=upload.file_name, slug=over.slug if over else _slug(upload),
            title=upload.given_title or None, owner=upload.learner_id, progress=progress,
            keep=keep_version, corrected=upload.corrected,
        )  # fmt: skip
    except (OutlineError, LoadError, PackError) as problem:
        return _fail(upload, str(problem))
    report = {
        **upload.report, "changes": loaded.changes, "counts": loaded.counts,
        "unchanged": loaded.unchanged,
    }  # fmt: skip
    if upload.sent_name and loaded.outline:
        Original.objects.keep(loaded.outline, upload.sent_name, bytes(upload.sent))
    _move(
        upload, Upload.State.DONE, outline=loaded.outline, report=report, content=packed(b""),
        sent=b"", stage="",
    )  # fmt: skip
    return None


def _joined(
    chosen: list[tuple[str, bytes]], title: str
) -> tuple[str, bytes, list[tuple[str, str]]]:
    """(file name, text, files left out with the reason) of what was sent."""
    limits = Limits(settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_FILES, settings.UPLOAD_MAX_RATIO)
    files = unpack(chosen, limits, SUFFIXES)
    if len(files) == 1:
        return files[0][0].rsplit("/", 1)[-1], files[0][1], []
    vault = join_notes(files, title=title)
    stem = chosen[0][0].rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return f"{stem}.md", vault.text.encode(), list(vault.left_out)


def _sent(chosen: list[tuple[str, bytes]], text: bytes) -> tuple[str, bytes]:
    """(name, content) of the archive that a text came out of, one made of several files.

    Empty where the text itself is what was sent, and where the archive is larger than a text may
    be: pictures of a vault aren't kept.
    """
    name, data = clean_path(chosen[0][0]).rsplit("/", 1)[-1], chosen[0][1]
    if len(chosen) > 1:
        name, data = f"{name.rsplit('.', 1)[0]}.zip", pack(chosen)
    if data == text or len(data) > settings.UPLOAD_MAX_BYTES:
        return "", b""
    return name, data


def _slug(upload: Upload) -> str:
    """The slug of a new outline: words of its title, letters of chance, the same each time."""
    if slug := upload.report.get("slug"):
        return str(slug)
    title = str(upload.report.get("title") or upload.given_title or upload.file_name)
    words = make_slug(title, set())[:SLUG_LENGTH].strip("-_")
    upload.report["slug"] = f"{words}-{''.join(secrets.choice(LETTERS) for _ in range(CHANCE))}"
    Upload.objects.told(upload.pk, report=upload.report)
    return str(upload.report["slug"])


def _fail(upload: Upload, sentence: str) -> None:
    _move(upload, Upload.State.FAILED, problem=sentence, stage="")


def _move(upload: Upload, state: str, **more: object) -> None:
    upload.state = state
    for name, value in more.items():
        setattr(upload, name, value)
    upload.told_at = timezone.now()
    upload.save(update_fields=["state", "told_at", *more])


def fail(upload: Upload) -> None:
    """Give an upload up that failed on our side."""
    _fail(upload, FAILED)
