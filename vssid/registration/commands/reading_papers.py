"""A worker reads what the photos of identity papers say by themselves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from vssid.files import commands as files
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import read_file, unread
from vssid.kernel.clock import vietnam_today
from vssid.registration import jobs
from vssid.registration.identity.reading import read_paper
from vssid.registration.readings import note_of


def ask_for_reading(*, photos: Iterable[UUID | None]) -> None:
    """Let a worker read the photos that nothing has read, in the caller's transaction."""
    for photo in sorted(unread(photos)):
        jobs.defer_reading(photo=photo)


def read_photo(*, photo: UUID, now: datetime) -> None:
    """Read one photo and keep what its codes say beside it, sealed; a second call does nothing.

    Takes seconds, in a process of its own, while no row is locked. A photo that was taken anew or
    erased meanwhile is passed over. Raises FileDamagedError.
    """
    if not unread([photo]):
        return
    try:
        found = read_paper([read_file(photo)], today=vietnam_today(now))
        files.write_note(file_id=photo, note=note_of(found.texts))
    except (FileErasedError, FileMissingError):
        return
