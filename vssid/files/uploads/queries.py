"""How far uploads are. Who may go on with one is who began it."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from vssid.files import errors
from vssid.files.commands import Actor
from vssid.files.models import PartialUpload, UploadPart
from vssid.files.sealing import Sealed, SealError, unseal


def owner_of(by: Actor) -> str:
    """Whose an upload is, as its row says it."""
    return f"{by.kind}:{by.name}"


def live(by: Actor, now: datetime) -> QuerySet[PartialUpload]:
    """The uploads of one owner whose time is not over."""
    since = now - settings.VSSID_UPLOAD_LIFETIME
    return PartialUpload.objects.filter(owner=owner_of(by), created_at__gte=since)


def find_upload(*, upload_id: UUID, by: Actor, now: datetime) -> PartialUpload:
    """How far an upload is. Raises UploadMissingError."""
    upload = live(by, now).filter(pk=upload_id).first()
    if upload is None:
        raise errors.UploadMissingError
    return upload


def unfinished_bytes(network: str) -> int:
    """How many bytes from a network lie here, of files that are not whole yet."""
    lying = PartialUpload.objects.filter(network=network, stored__isnull=True)
    return lying.aggregate(bytes=Sum("received", default=0))["bytes"] or 0


def whole_content(upload: PartialUpload) -> bytes:
    """All parts in their order. Raises FileDamagedError where one cannot be opened."""
    parts = UploadPart.objects.filter(upload=upload).order_by("offset")
    try:
        return b"".join(
            unseal(
                part.id,
                Sealed(content=bytes(part.sealed), wrapped_key=bytes(part.wrapped_key)),
                master_key=settings.VSSID_MASTER_KEYS[part.key_id],
            )
            for part in parts
        )
    except (SealError, KeyError) as error:
        raise errors.FileDamagedError from error
