"""The board of a line: what its processes on one machine tell each other."""

import fcntl
import math
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

# A turn further ahead comes from another clock, a pace beyond these from a damaged file.
_FURTHEST_SECONDS = 3600.0
_FASTEST_SECONDS, _SLOWEST_SECONDS = 0.0005, 60.0


@dataclass
class Notes:
    """What stands on a board; times are seconds since the epoch.

    `seconds_each`: the pace of all processes together. `tail`: the last turn given to a newcomer;
    `delayed`: to somebody whose turn had come. `since`, `left`: when the count of those who leave
    began (0: not yet), and how many have left.
    """

    seconds_each: float
    tail: float = 0.0
    delayed: float = 0.0
    since: float = 0.0
    left: float = 0.0


class Board:
    """A board for one process alone."""

    def __init__(self, seconds_each: float) -> None:
        self.first_guess = seconds_each
        self._notes = Notes(seconds_each)

    @contextmanager
    def notes(self, now: float) -> Iterator[Notes]:
        """What stands there; changes stay. One thread at a time."""
        yield self._notes


class SharedBoard(Board):
    """A board that all processes of this machine read and write: a few numbers in a file.

    A process that dies while it writes leaves numbers that are at worst a little old, and no lock.
    """

    def __init__(self, path: Path, seconds_each: float) -> None:
        super().__init__(seconds_each)
        self._path = path
        self._layout = struct.Struct(f"{len(fields(Notes))}d")
        self._opened: tuple[int, mmap.mmap] | None = None

    @contextmanager
    def notes(self, now: float) -> Iterator[Notes]:
        """The same for one thread of one process at a time. Raises OSError without the file."""
        file, memory = self._opened or self._open()
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            notes = Notes(*self._layout.unpack_from(memory))
            if not self._is_sound(notes, now):
                notes = Notes(self.first_guess)
            yield notes
            self._layout.pack_into(memory, 0, *astuple(notes))
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def _open(self) -> tuple[int, mmap.mmap]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.ftruncate(file, self._layout.size)
        self._opened = file, mmap.mmap(file, self._layout.size)
        return self._opened

    def _is_sound(self, notes: Notes, now: float) -> bool:
        return (
            all(math.isfinite(number) for number in astuple(notes))
            and _FASTEST_SECONDS <= notes.seconds_each <= _SLOWEST_SECONDS
            and max(notes.tail, notes.delayed) <= now + _FURTHEST_SECONDS
        )
