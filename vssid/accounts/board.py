"""The board of a line: what its processes on one machine tell each other."""

import fcntl
import math
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path

# A turn further ahead comes from another clock.
_FURTHEST_SECONDS = 900.0


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

    def believable(self, seconds_each: float) -> float:
        """A pace within reason: the guess was measured, perhaps at a busy moment."""
        return min(max(seconds_each, self.first_guess / 2), self.first_guess * 10)

    @contextmanager
    def notes(self, now: float) -> Iterator[Notes]:
        """What stands there; changes stay. One thread at a time."""
        yield self._notes


class SharedBoard(Board):
    """A board that all processes of this machine read and write: a few numbers in a file.

    A process that dies while it writes leaves numbers that are at worst a little old, and no lock.
    Where the file cannot be used, as on a full disk, each process goes by its own numbers.
    """

    def __init__(self, path: Path, seconds_each: float) -> None:
        super().__init__(seconds_each)
        self._path = path
        self._layout = struct.Struct(f"{len(fields(Notes))}d")
        self._file: int | None = None

    @contextmanager
    def notes(self, now: float) -> Iterator[Notes]:
        """The same for one thread of one process at a time."""
        with suppress(OSError):
            self._take_hold(now)
        try:
            yield self._notes
        finally:
            with suppress(OSError):
                self._let_go()

    def _take_hold(self, now: float) -> None:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        found = os.pread(self._file, self._layout.size, 0)
        if len(found) == self._layout.size:
            notes = Notes(*self._layout.unpack(found))
            self._notes = notes if _is_sound(notes, now) else Notes(self.first_guess)
            self._notes.seconds_each = self.believable(self._notes.seconds_each)

    def _let_go(self) -> None:
        if self._file is None:
            return
        try:
            os.pwrite(self._file, self._layout.pack(*astuple(self._notes)), 0)
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def _is_sound(notes: Notes, now: float) -> bool:
    return (
        all(math.isfinite(number) for number in astuple(notes))
        and 0 < notes.seconds_each < _FURTHEST_SECONDS
        and max(notes.tail, notes.delayed) <= now + _FURTHEST_SECONDS
    )
