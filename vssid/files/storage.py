"""Where the encrypted bytes lie. One small protocol: an S3-compatible store can take its place."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

_PART = ".part"


class Storage(Protocol):
    """A store of bytes under the ids of files. It sees encrypted bytes only."""

    def write(self, file_id: UUID, content: bytes) -> None:
        """Keep `content` for good: when this returns, it outlives a power cut. Raises OSError."""

    def read(self, file_id: UUID) -> bytes:
        """What was written. Raises FileNotFoundError."""

    def delete(self, file_id: UUID) -> None:
        """Remove it; nothing happens where there is none."""

    def ids(self) -> Iterator[UUID]:
        """The ids of all that lies there, unfinished writes too, in no order."""


@dataclass(frozen=True, slots=True)
class LocalStorage:
    """Files below `root` in two levels of folders, readable by this program's user only."""

    root: Path

    def write(self, file_id: UUID, content: bytes) -> None:
        """Written beside its place, flushed to disk, then renamed: a file is whole or not there."""
        path = self._path(file_id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(_PART)
        try:
            _write_through(part, content)
            part.rename(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent, self.root):
            _flush_folder(folder)

    def read(self, file_id: UUID) -> bytes:
        """The bytes of one file. Raises FileNotFoundError."""
        return self._path(file_id).read_bytes()

    def delete(self, file_id: UUID) -> None:
        """Remove a file, and what an interrupted write left of it."""
        path = self._path(file_id)
        path.unlink(missing_ok=True)
        path.with_suffix(_PART).unlink(missing_ok=True)

    def ids(self) -> Iterator[UUID]:
        """The ids of all files; others' files below the root are passed over."""
        for path in self.root.glob("??/??/*"):
            with contextlib.suppress(ValueError):
                yield UUID(path.stem)

    def _path(self, file_id: UUID) -> Path:
        # The last digits are random; the first ones are the time and would fill one folder at a
        # time.
        name = file_id.hex
        return self.root / name[-2:] / name[-4:-2] / name


def current() -> Storage:
    """The store that the settings name."""
    return LocalStorage(Path(settings.VSSID_FILES_DIR))


def _write_through(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    # A new name is on disk only when its folder is.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
