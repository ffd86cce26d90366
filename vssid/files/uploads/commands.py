"""The only writers of uploads in parts: a line that breaks costs one part, not the photo.

Who may begin one, and what the whole becomes, is the caller's. A part is sealed as soon as it is
here; at most one upload of each owner and purpose is kept, for `VSSID_UPLOAD_LIFETIME`. From one
network at most `VSSID_UPLOADS_PER_NETWORK` MiB lie here unfinished: counted are the bytes that
came, so that who only begins takes nobody's room.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from vssid.files import errors, keys
from vssid.files.commands import Actor
from vssid.files.models import PartialUpload, UploadPart
from vssid.files.sealing import seal
from vssid.files.uploads.queries import live, owner_of, unfinished_bytes
from vssid.kernel.uuid7 import uuid7

PART_BYTES = 128 * 1024
_MEBIBYTE = 1024 * 1024


def begin_upload(
    *, size: int, purpose: str, by: Actor, network: str, max_bytes: int, now: datetime
) -> PartialUpload:
    """Expect a file of `size` bytes; an earlier one of the same owner and purpose is given up.

    `network`: where it comes from, in any words; kept as a keyed hash. Raises PhotoEmptyError,
    PhotoTooLargeError; UploadsCrowdedError where the network has no room left; UploadMissingError
    for the second of two at once.
    """
    if size <= 0:
        raise errors.PhotoEmptyError
    if size > max_bytes:
        raise errors.PhotoTooLargeError(limit_mb=max_bytes // _MEBIBYTE)
    hidden = salted_hmac("uploads.network", network, algorithm="sha256").hexdigest()
    fresh = {"id": uuid7(), "size": size, "network": hidden, "created_at": now}
    try:
        with transaction.atomic():
            PartialUpload.objects.filter(owner=owner_of(by), purpose=purpose).delete()
            _check_room(hidden, 1)
            return PartialUpload.objects.create(owner=owner_of(by), purpose=purpose, **fresh)
    except IntegrityError as error:
        raise errors.UploadMissingError from error


def receive_part(
    *, upload_id: UUID, offset: int, content: bytes, by: Actor, now: datetime
) -> PartialUpload:
    """Keep the bytes from `offset` on. Locks the upload.

    Raises UploadMissingError for a stranger's or an old one, and UploadOffsetError, with what is
    there, for a part that is empty, longer than PART_BYTES, past the end, or does not follow;
    UploadsCrowdedError where the network it was begun from has no room left.
    """
    with transaction.atomic():
        upload = live(by, now).select_for_update().filter(pk=upload_id).first()
        if upload is None:
            raise errors.UploadMissingError
        fits = 0 < len(content) <= min(PART_BYTES, upload.size - upload.received)
        if offset != upload.received or not fits:
            raise errors.UploadOffsetError(received=upload.received)
        _check_room(upload.network, len(content))
        _keep_part(upload, offset, content)
        upload.received = offset + len(content)
        upload.save(update_fields=["received"])
    return upload


def finish_upload(*, upload_id: UUID, stored: UUID | None) -> None:
    """Forget the parts; with `stored`, remember for a while which file they became."""
    with transaction.atomic():
        UploadPart.objects.filter(upload_id=upload_id).delete()
        uploads = PartialUpload.objects.filter(pk=upload_id)
        if stored is None:
            uploads.delete()
        else:
            uploads.update(stored=stored)


def forget_uploads(*, now: datetime) -> int:
    """Forget what was not finished in time, parts included; returns how many uploads."""
    old = PartialUpload.objects.filter(created_at__lt=now - settings.VSSID_UPLOAD_LIFETIME)
    return old.delete()[1].get(PartialUpload._meta.label, 0)


def _check_room(network: str, more: int) -> None:
    most = settings.VSSID_UPLOADS_PER_NETWORK * _MEBIBYTE
    if unfinished_bytes(network) + more > most:
        raise errors.UploadsCrowdedError


def _keep_part(upload: PartialUpload, offset: int, content: bytes) -> None:
    key_id, master_key = keys.current()
    part_id = uuid7()
    sealed = seal(part_id, content, master_key=master_key)
    UploadPart.objects.create(
        id=part_id,
        upload=upload,
        offset=offset,
        sealed=sealed.content,
        key_id=key_id,
        wrapped_key=sealed.wrapped_key,
    )
