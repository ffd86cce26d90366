"""Reading files. Who may read which is the caller's to decide and to record."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import JSONObject

from vssid.files import errors, storage
from vssid.files.models import StoredFile
from vssid.files.quality import Finding
from vssid.files.sealing import Sealed, SealError, unseal, unseal_note


def living(file_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these files still hold their content."""
    rows = StoredFile.objects.filter(pk__in=list(file_ids), erased_at__isnull=True)
    return frozenset(rows.values_list("pk", flat=True))


def read_file(file_id: UUID) -> bytes:
    """The content of a file as it was stored.

    Raises FileMissingError, FileErasedError, or FileDamagedError when the stored bytes or key were
    changed or the master key is not in the settings.
    """
    row = StoredFile.objects.filter(pk=file_id).values_list("key_id", "wrapped_key").first()
    if row is None:
        raise errors.FileMissingError
    key_id, wrapped_key = row
    if wrapped_key is None:
        raise errors.FileErasedError
    try:
        sealed = Sealed(content=storage.current().read(file_id), wrapped_key=bytes(wrapped_key))
        return unseal(file_id, sealed, master_key=settings.VSSID_MASTER_KEYS[key_id])
    except FileNotFoundError as error:
        raise errors.FileMissingError from error
    except (SealError, KeyError) as error:
        raise errors.FileDamagedError from error


def is_kept(file_id: UUID, *, purpose: str, by: str) -> bool:
    """Whether a file of this purpose, brought by `by` («kind:name»), still holds its content."""
    rows = StoredFile.objects.filter(pk=file_id, erased_at__isnull=True)
    return rows.filter(purpose=purpose, created_by=by).exists()


def findings(file_ids: Iterable[UUID | None]) -> dict[UUID, tuple[Finding, ...]]:
    """What makes each of these photos hard to read; good and unknown ones are left out."""
    wanted = [file_id for file_id in file_ids if file_id is not None]
    rows = StoredFile.objects.filter(pk__in=wanted, erased_at__isnull=True).exclude(findings=[])
    return {
        file_id: tuple(Finding(one) for one in found)
        for file_id, found in rows.values_list("pk", "findings")
    }


def findings_subquery(column: str) -> Subquery:
    """The same as a list of codes beside a row that holds a photo's id in `column`."""
    photo = StoredFile.objects.filter(pk=OuterRef(column), erased_at__isnull=True)
    return Subquery(photo.values("findings"))


def notes(file_ids: Iterable[UUID | None]) -> dict[UUID, bytes]:
    """What was read from each of these files; those that nothing has read are left out."""
    wanted = [file_id for file_id in file_ids if file_id is not None]
    rows = StoredFile.objects.filter(pk__in=wanted, note__isnull=False)
    found = rows.values_list("pk", "key_id", "wrapped_key", "note")
    opened = {pk: _note(pk, key_id, bytes(key or b""), note) for pk, key_id, key, note in found}
    return {pk: note for pk, note in opened.items() if note is not None}


def note_subquery(column: str) -> Subquery:
    """The same, still sealed, beside a row that holds a file's id in `column`: for `open_note`."""
    file = StoredFile.objects.filter(pk=OuterRef(column), note__isnull=False)
    sealed = JSONObject(key_id="key_id", key=_base64("wrapped_key"), note=_base64("note"))
    return Subquery(file.values(sealed=sealed))


def open_note(file_id: UUID, sealed: Mapping[str, Any] | None) -> bytes | None:
    """What `note_subquery` found; None for nothing, and for what no key opens."""
    if not sealed:
        return None
    key, note = (base64.b64decode(sealed[part]) for part in ("key", "note"))
    return _note(file_id, str(sealed["key_id"]), key, note)


def unread(file_ids: Iterable[UUID | None]) -> frozenset[UUID]:
    """Which of these files hold their content, and nothing has read it."""
    wanted = [file_id for file_id in file_ids if file_id is not None]
    rows = StoredFile.objects.filter(pk__in=wanted, erased_at__isnull=True, note__isnull=True)
    return frozenset(rows.values_list("pk", flat=True))


def _base64(column: str) -> Func:
    return Func(F(column), Value("base64"), function="encode", output_field=TextField())


def _note(
    file_id: UUID, key_id: str, wrapped_key: bytes, note: bytes | memoryview | None
) -> bytes | None:
    # A note helps; a page that shows the file itself is not to fail for it.
    try:
        master_key = settings.VSSID_MASTER_KEYS[key_id]
        return unseal_note(file_id, Sealed(bytes(note or b""), wrapped_key), master_key=master_key)
    except (SealError, KeyError):
        return None


def keys_in_use() -> Mapping[str, int]:
    """How many living files each master key wraps."""
    rows = StoredFile.objects.filter(erased_at__isnull=True).values_list("key_id")
    return dict(rows.annotate(files=Count("pk")).order_by("key_id"))
