"""Storing, reading and erasing files."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from vssid.files import commands, errors
from vssid.files.models import StoredFile
from vssid.files.queries import notes, read_file, unread
from vssid.files.storage import LocalStorage, current
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
PHOTO = b"the bytes of a portrait"


@dataclass(frozen=True)
class Somebody:
    kind: str
    name: str


VISITOR = Somebody("visitor", "draft-1")
TASK = Somebody("system", "erase")


Erase = Callable[..., None]


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: Settings) -> None:
    settings.VSSID_FILES_DIR = tmp_path
    settings.VSSID_MASTER_KEYS = {"2026": OLD}


def stored(content: bytes = PHOTO, **options: object) -> StoredFile:
    return commands.store_file(
        content=content, media_type="image/jpeg", purpose="portrait", by=VISITOR, **options
    )


@pytest.fixture
def erase(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Erase:
    """Erase a file as if the transaction had been committed."""

    def run(file: StoredFile, by: Somebody = TASK) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            commands.erase_file(file_id=file.pk, by=by)

    return run


def on_disk() -> set[object]:
    return set(current().ids())


# --- storing and reading -------------------------------------------------------------------------


def test_what_is_stored_is_read_again() -> None:
    file = stored()
    assert read_file(file.pk) == PHOTO


def test_the_row_says_what_it_is_and_nothing_of_what_it_holds() -> None:
    file = StoredFile.objects.get(pk=stored().pk)
    assert (file.purpose, file.media_type, file.size) == ("portrait", "image/jpeg", len(PHOTO))
    assert (file.key_id, file.created_by) == ("2026", "visitor:draft-1")
    sealed = current().read(file.pk)
    assert PHOTO not in sealed
    assert bytes(file.sealed_sha256) == hashlib.sha256(sealed).digest()
    assert bytes(file.sealed_sha256) != hashlib.sha256(PHOTO).digest()


def test_an_empty_content_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="empty"):
        stored(b"")
    assert not on_disk()


def test_a_full_disk_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LocalStorage, "write", full)
    with pytest.raises(OSError, match="No space"):
        stored()
    assert not StoredFile.objects.exists()


def test_an_unknown_file_is_missing() -> None:
    with pytest.raises(errors.FileMissingError):
        read_file(uuid7())


def test_a_content_that_vanished_is_missing() -> None:
    file = stored()
    current().delete(file.pk)
    with pytest.raises(errors.FileMissingError):
        read_file(file.pk)


def test_a_changed_content_is_damaged() -> None:
    file = stored()
    sealed = bytearray(current().read(file.pk))
    sealed[20] ^= 1
    current().write(file.pk, bytes(sealed))
    with pytest.raises(errors.FileDamagedError):
        read_file(file.pk)


def test_two_contents_cannot_be_exchanged() -> None:
    mine, theirs = stored(), stored(b"another portrait")
    current().write(mine.pk, current().read(theirs.pk))
    StoredFile.objects.filter(pk=mine.pk).update(wrapped_key=theirs.wrapped_key)
    with pytest.raises(errors.FileDamagedError):
        read_file(mine.pk)


def test_a_master_key_that_is_gone_opens_nothing(settings: Settings) -> None:
    file = stored()
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    with pytest.raises(errors.FileDamagedError):
        read_file(file.pk)


# --- erasing -------------------------------------------------------------------------------------


def test_an_erased_file_is_gone_from_row_and_disk(erase: Erase) -> None:
    file = stored()
    erase(file)
    with pytest.raises(errors.FileErasedError):
        read_file(file.pk)
    file.refresh_from_db()
    assert file.wrapped_key is None
    assert file.erased_at is not None
    assert file.erased_by == "system:erase"
    assert not on_disk()


def test_an_old_backup_of_the_content_does_not_bring_an_erased_file_back(erase: Erase) -> None:
    file = stored()
    backup = current().read(file.pk)
    erase(file)
    current().write(file.pk, backup)
    with pytest.raises(errors.FileErasedError):
        read_file(file.pk)


def test_erasing_again_keeps_the_first_erasure(erase: Erase) -> None:
    file = stored()
    erase(file)
    file.refresh_from_db()
    first = file.erased_at
    erase(file, VISITOR)
    file.refresh_from_db()
    assert (file.erased_at, file.erased_by) == (first, "system:erase")


def test_erasing_an_unknown_file_is_refused() -> None:
    with pytest.raises(errors.FileMissingError):
        commands.erase_file(file_id=uuid7(), by=TASK)


def test_a_rolled_back_erasure_keeps_the_file() -> None:
    file = stored()

    def fail() -> None:
        with transaction.atomic():
            commands.erase_file(file_id=file.pk, by=TASK)
            raise RuntimeError("auditing failed")

    with pytest.raises(RuntimeError, match="auditing"):
        fail()
    assert read_file(file.pk) == PHOTO


def test_what_is_over_is_erased_and_nothing_else(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    now = utc_now()
    over = stored(delete_after=now)
    later = stored(delete_after=now + timedelta(seconds=1))
    kept = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert commands.erase_expired(now=now, by=TASK) == 1
    assert commands.erase_expired(now=now, by=TASK) == 0
    assert on_disk() == {later.pk, kept.pk}
    with pytest.raises(errors.FileErasedError):
        read_file(over.pk)


def test_more_than_one_batch_is_erased(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(commands, "_BATCH", 2)
    now = utc_now()
    for _ in range(5):
        stored(delete_after=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert commands.erase_expired(now=now, by=TASK) == 5
    assert not on_disk()


@pytest.mark.django_db(transaction=True)
def test_files_that_somebody_holds_are_left_for_the_next_time() -> None:
    now = utc_now()
    held, free = stored(delete_after=now), stored(delete_after=now)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            StoredFile.objects.select_for_update().get(pk=held.pk)
            taken.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(10)
    try:
        assert commands.erase_expired(now=now, by=TASK) == 1
    finally:
        done.set()
        holder.join()
    assert on_disk() == {held.pk}
    assert free.pk not in on_disk()


@pytest.mark.parametrize(
    "change",
    [{"wrapped_key": None}, {"erased_at": utc_now()}],
)
def test_the_database_refuses_a_half_erased_row(change: dict[str, object]) -> None:
    file = stored()
    with pytest.raises(IntegrityError, match="files_erased_keeps_no_key"), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**change)


# --- orphans -------------------------------------------------------------------------------------


def test_a_rolled_back_file_is_removed_after_a_day() -> None:
    kept = stored()

    def fail() -> None:
        with transaction.atomic():
            stored()
            raise DatabaseError("later in the same transaction")

    with pytest.raises(DatabaseError, match="later"):
        fail()
    assert len(on_disk()) == 2
    assert commands.remove_orphans(now=utc_now() + timedelta(hours=23)) == 0
    assert commands.remove_orphans(now=utc_now() + timedelta(hours=25)) == 1
    assert on_disk() == {kept.pk}


def test_a_deletion_that_failed_after_the_commit_is_made_up_for(erase: Erase) -> None:
    file = stored()
    left = current().read(file.pk)
    erase(file)
    current().write(file.pk, left)
    assert commands.remove_orphans(now=utc_now() + timedelta(hours=25)) == 1
    assert not on_disk()


# --- a new master key ----------------------------------------------------------------------------


def test_a_new_master_key_takes_over_without_touching_contents(settings: Settings) -> None:
    file = stored()
    before = current().read(file.pk)
    settings.VSSID_MASTER_KEYS = {"2027": NEW, "2026": OLD}
    assert read_file(file.pk) == PHOTO
    assert commands.rewrap_keys() == 1
    assert commands.rewrap_keys() == 0
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    assert read_file(file.pk) == PHOTO
    assert current().read(file.pk) == before


def test_rewrapping_without_the_old_master_key_changes_nothing(settings: Settings) -> None:
    file = stored()
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    with pytest.raises(errors.FileDamagedError):
        commands.rewrap_keys()
    settings.VSSID_MASTER_KEYS = {"2026": OLD}
    assert read_file(file.pk) == PHOTO


def test_rewrapping_passes_over_erased_files(settings: Settings) -> None:
    commands.erase_file(file_id=stored().pk, by=TASK)
    settings.VSSID_MASTER_KEYS = {"2027": NEW, "2026": OLD}
    assert commands.rewrap_keys() == 0


# --- what was read from a file --------------------------------------------------------------------


def test_note_is_sealed_under_the_files_own_key_and_outlives_a_new_master_key(
    settings: Settings,
) -> None:
    file = stored()
    commands.write_note(file_id=file.pk, note=b"001190000011")
    kept = StoredFile.objects.get(pk=file.pk).note
    assert kept
    assert b"001190000011" not in bytes(kept)
    settings.VSSID_MASTER_KEYS = {"2027": NEW, "2026": OLD}
    assert commands.rewrap_keys() == 1
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    assert notes([file.pk, None]) == {file.pk: b"001190000011"}
    assert unread([file.pk]) == frozenset()


def test_note_of_another_file_or_without_its_key_says_nothing(settings: Settings) -> None:
    one, other = stored(), stored()
    commands.write_note(file_id=one.pk, note=b"of one")
    moved = StoredFile.objects.get(pk=one.pk).note
    StoredFile.objects.filter(pk=other.pk).update(note=moved)
    assert notes([one.pk, other.pk]) == {one.pk: b"of one"}
    settings.VSSID_MASTER_KEYS = {"2027": NEW}
    assert notes([one.pk]) == {}


def test_note_ends_with_its_file(erase: Erase) -> None:
    file = stored()
    commands.write_note(file_id=file.pk, note=b"read")
    erase(file)
    commands.write_note(file_id=file.pk, note=b"read again")
    assert StoredFile.objects.get(pk=file.pk).note is None
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(note=b"read")
    with pytest.raises(errors.FileMissingError):
        commands.write_note(file_id=uuid7(), note=b"read")
