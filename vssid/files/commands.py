"""The only writers of files. Who may do it, and the audit event, are the caller's."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.files import errors, keys, quality, storage
from vssid.files.models import StoredFile
from vssid.files.queries import read_file
from vssid.files.sealing import SealError, rewrap, seal, seal_note
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7

_BATCH = 200
# A write and the transaction around it are over long before.
_ORPHAN_AGE = timedelta(days=1)


class Actor(Protocol):
    """Who acts, as `audit` knows them; files do not know audit, which stands on the same level."""

    @property
    def kind(self) -> str:
        """Citizen, officer, visitor or system."""

    @property
    def name(self) -> str:
        """A number, a user name, a draft's id or a task's name."""


def store_file(
    *,
    content: bytes,
    media_type: str,
    purpose: str,
    by: Actor,
    delete_after: datetime | None = None,
) -> StoredFile:
    """Encrypt and keep `content` (not empty), in the caller's transaction.

    The bytes are on disk before the row is written: a row never names what is not there. If the
    transaction fails, bytes without a key remain, which `remove_orphans` takes away. `delete_after`
    is when `erase_expired` erases it. Raises ValueError for an empty content, OSError when the
    store is full.
    """
    if not content:
        raise ValueError("An empty file is a mistake of the caller.")
    key_id, master_key = keys.current()
    file_id = uuid7()
    sealed = seal(file_id, content, master_key=master_key)
    storage.current().write(file_id, sealed.content)
    return StoredFile.objects.create(
        id=file_id,
        purpose=purpose,
        media_type=media_type,
        size=len(content),
        sealed_sha256=hashlib.sha256(sealed.content).digest(),
        key_id=key_id,
        wrapped_key=sealed.wrapped_key,
        created_at=utc_now(),
        created_by=_signed(by),
        delete_after=delete_after,
    )


def examine_photo(*, file_id: UUID, subject: quality.Subject) -> tuple[quality.Finding, ...]:
    """Judge a stored photo by what was really kept, and note the findings beside it.

    Nothing is refused (guides R04): the person is asked whether to take it again, the officer sees
    the mark. Raises FileMissingError, FileErasedError, FileDamagedError.
    """
    findings = quality.judge(read_file(file_id), subject)
    StoredFile.objects.filter(pk=file_id).update(findings=list(findings))
    return findings


def write_note(*, file_id: UUID, note: bytes) -> None:
    """Keep what was read from a file, under the file's own key; one erased meanwhile keeps none.

    Locks the row. Raises FileMissingError, FileDamagedError.
    """
    with transaction.atomic():
        file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
        if file is None:
            raise errors.FileMissingError
        if file.wrapped_key is None:
            return
        try:
            master_key = settings.VSSID_MASTER_KEYS[file.key_id]
            file.note = seal_note(file_id, note, bytes(file.wrapped_key), master_key=master_key)
        except (SealError, KeyError) as error:
            raise errors.FileDamagedError from error
        file.save(update_fields=["note"])


def keep_until(*, file_id: UUID, until: datetime | None) -> None:
    """Set when `erase_expired` erases a file; None keeps it until somebody erases it."""
    StoredFile.objects.filter(pk=file_id).update(delete_after=until)


def erase_file(*, file_id: UUID, by: Actor) -> None:
    """Erase the key and, once committed, the bytes of a file; erasing it again changes nothing.

    Locks the row. Raises FileMissingError.
    """
    with transaction.atomic():
        file = StoredFile.objects.select_for_update().filter(pk=file_id).first()
        if file is None:
            raise errors.FileMissingError
        if file.erased_at is None:
            _erase([file_id], now=utc_now(), by=by)


def erase_expired(*, now: datetime, by: Actor) -> int:
    """Erase every file whose time is over, 200 in a transaction; returns how many.

    Locks the rows and passes over those that somebody else holds.
    """
    erased = 0
    due = StoredFile.objects.filter(erased_at__isnull=True, delete_after__lte=now)
    while True:
        with transaction.atomic():
            rows = due.select_for_update(skip_locked=True).order_by("delete_after", "pk")
            batch = list(rows.values_list("pk", flat=True)[:_BATCH])
            _erase(batch, now=now, by=by)
        erased += len(batch)
        if len(batch) < _BATCH:
            return erased


def remove_orphans(*, now: datetime) -> int:
    """Remove bytes older than a day that no living row knows: rolled-back writes, failed deletions.

    Nothing readable is lost, since their keys are not kept anywhere. Returns how many.
    """
    store, removed = storage.current(), 0
    for batch in _batches(file_id for file_id in store.ids() if _is_older(file_id, now)):
        living = StoredFile.objects.filter(pk__in=batch, erased_at__isnull=True)
        orphans = set(batch) - set(living.values_list("pk", flat=True))
        for file_id in orphans:
            store.delete(file_id)
        removed += len(orphans)
    return removed


def rewrap_keys() -> int:
    """Wrap the keys of up to 200 files by the current master key; returns how many.

    Called until it returns 0, after which an old master key may leave the settings: `manage.py
    rewrap_files` does. Locks the rows. Raises FileDamagedError where a key cannot be read.
    """
    key_id, master_key = keys.current()
    with transaction.atomic():
        rows = StoredFile.objects.filter(erased_at__isnull=True).exclude(key_id=key_id)
        batch = list(rows.select_for_update(skip_locked=True).order_by("pk")[:_BATCH])
        for file in batch:
            file.wrapped_key = _rewrapped(file, master_key)
            file.key_id = key_id
        StoredFile.objects.bulk_update(batch, ["wrapped_key", "key_id"])
    return len(batch)


def _rewrapped(file: StoredFile, new: bytes) -> bytes:
    try:
        old = settings.VSSID_MASTER_KEYS[file.key_id]
        return rewrap(file.pk, bytes(file.wrapped_key or b""), old=old, new=new)
    except (SealError, KeyError) as error:
        raise errors.FileDamagedError from error


def _erase(ids: list[UUID], *, now: datetime, by: Actor) -> None:
    rows = StoredFile.objects.filter(pk__in=ids)
    rows.update(wrapped_key=None, note=None, erased_at=now, erased_by=_signed(by))
    # Not before the commit: a rolled-back erasure must find its bytes again.
    transaction.on_commit(lambda: _delete_content(ids))


def _delete_content(ids: list[UUID]) -> None:
    store = storage.current()
    for file_id in ids:
        store.delete(file_id)


def _signed(by: Actor) -> str:
    return f"{by.kind}:{by.name}"


def _is_older(file_id: UUID, now: datetime) -> bool:
    # The first 48 bits of a version 7 UUID are the milliseconds of its making.
    made_ms = file_id.int >> 80
    return made_ms < (now - _ORPHAN_AGE).timestamp() * 1000


def _batches(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    batch: list[UUID] = []
    for file_id in ids:
        batch.append(file_id)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
