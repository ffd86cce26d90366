"""Takes uploads without ever keeping more of a file than it may have: a photo, or a directory."""

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

DIRECTORY_FIELD: Final = "directory_csv"
"""The field whose file may be as large as a directory."""


class CappedUpload(TemporaryUploadedFile):
    """A file of which only the first bytes were kept; `is_too_large` says that there were more."""

    is_too_large = False


class CappedUploadHandler(FileUploadHandler):
    """Writes to a temporary file and lets the rest of an oversized one pass by.

    The other fields of the form stay readable, so that nothing typed is lost.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = CappedUpload(
            self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
        )
        self.kept = 0
        is_directory = self.field_name == DIRECTORY_FIELD
        self.most = (
            settings.VSSID_DIRECTORY_MAX_BYTES if is_directory else settings.VSSID_PHOTO_MAX_BYTES
        )
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk, up to the cap."""
        if self.kept > self.most:
            self.file.is_too_large = True
            return
        self.file.write(raw_data)
        self.kept += len(raw_data)

    def file_complete(self, file_size: int) -> CappedUpload:
        """Hand the file over."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """A connection that broke leaves nothing behind."""
        if hasattr(self, "file"):
            self.file.close()
