"""Files: what is known of them. Their content lies encrypted in the store (`storage`)."""

from typing import ClassVar

from django.db import models

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7


class StoredFile(models.Model):
    """One encrypted file. Its content never changes; a new content is a new file.

    `wrapped_key` is the file's own key, encrypted by the master key `key_id`; without it the
    content is noise, so erasing it erases the file, in every copy of the store. `sealed_sha256` is
    the digest of the encrypted bytes: a backup can be checked with it without any key, and it tells
    nothing about what they hold, as a digest of the plain content would. `findings` says of a photo
    what makes it hard to read (`quality.Finding`); it tells nothing of who is on it. `note` is what
    a program read from the content, sealed under the file's own key; NULL: nothing has read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=40)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sealed_sha256 = models.BinaryField()
    key_id = models.CharField(max_length=40)
    wrapped_key = models.BinaryField(null=True)
    findings = models.JSONField(default=list)
    note = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    delete_after = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=80, blank=True, default="")

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "purpose": Privacy.INTERNAL,
        "media_type": Privacy.INTERNAL,
        "size": Privacy.INTERNAL,
        "sealed_sha256": Privacy.INTERNAL,
        "key_id": Privacy.INTERNAL,
        "wrapped_key": Privacy.SECRET,
        "findings": Privacy.INTERNAL,
        "note": Privacy.IDENTITY,
        "created_at": Privacy.INTERNAL,
        "created_by": Privacy.IDENTITY,
        "delete_after": Privacy.INTERNAL,
        "erased_at": Privacy.INTERNAL,
        "erased_by": Privacy.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["delete_after"],
                name="files_to_erase",
                condition=models.Q(erased_at__isnull=True, delete_after__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="files_erased_keeps_no_key",
                condition=models.Q(erased_at__isnull=True, wrapped_key__isnull=False)
                | models.Q(erased_at__isnull=False, wrapped_key__isnull=True),
            ),
            models.CheckConstraint(
                name="files_erased_keeps_no_note",
                condition=models.Q(erased_at__isnull=True) | models.Q(note__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class PartialUpload(models.Model):
    """A file that arrives in parts over a line that breaks; `owner` alone may go on with it.

    `network`: a keyed hash of where it was begun from; all bytes that lie here unfinished are
    counted by it. `stored` is the file that it became: who missed the last answer is told it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField(max_length=80)
    network = models.CharField(max_length=64, blank=True, default="")
    purpose = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    stored = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "owner": Privacy.IDENTITY,
        "network": Privacy.IDENTITY,
        "purpose": Privacy.INTERNAL,
        "size": Privacy.INTERNAL,
        "received": Privacy.INTERNAL,
        "stored": Privacy.INTERNAL,
        "created_at": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="files_upload_age"),
            models.Index(
                fields=["network"],
                condition=models.Q(stored__isnull=True),
                name="files_upload_of_network",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "purpose"], name="files_one_upload_each"),
            models.CheckConstraint(
                name="files_upload_within_its_size",
                condition=models.Q(received__lte=models.F("size")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class UploadPart(models.Model):
    """One part, sealed under a key of its own as a stored file is; it goes with its upload."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upload = models.ForeignKey(PartialUpload, on_delete=models.CASCADE)
    offset = models.PositiveIntegerField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=40)
    wrapped_key = models.BinaryField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "upload": Privacy.INTERNAL,
        "offset": Privacy.INTERNAL,
        "sealed": Privacy.IDENTITY,
        "key_id": Privacy.INTERNAL,
        "wrapped_key": Privacy.SECRET,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "offset"], name="files_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.offset}"
