"""The line before sign-in: as many come in as can be served soon, the rest get their turn.

A sign-in holds a core for one hash. More of them at once would only make everybody wait, so each
process lets a handful in and gives everybody else a moment to come back at, one behind the other
at the pace at which all processes together are working. Who comes back at that moment goes in
before any newcomer; a turn nobody takes is used by newcomers, so that no capacity is lost.

The pace is the fastest of late: while a crowd is being told to wait, fewer get in than afterwards,
and turns at that pace would leave cores idle. Whose turn comes too early waits a moment more.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from vssid.accounts.board import Board, Notes, SharedBoard

# Enough to keep the cores busy while some wait for the database; half of a process's threads with
# those whose turn has come, so that pages are still served while all of these wait for a core.
AT_ONCE, AT_MOST = 6, 8
_FIRST_GUESS_SECONDS = 0.05
# The pace is taken over so many who leave; a faster one is believed by a quarter, a slower one by a
# few hundredths a second.
_COUNTED = 32
_FASTER_WEIGHT = 0.25
_SLOWER_A_SECOND = 0.05
_MORE_THAN_THE_HASH = 1.25
# A few more are called than seem to fit: only then can it show that more fit.
_EAGER = 0.92


class Line:
    """One process's place at the line. Times are seconds since the epoch."""

    def __init__(
        self, board: Board | None = None, *, at_once: int = AT_ONCE, at_most: int = AT_MOST
    ) -> None:
        self.board = board or Board(_FIRST_GUESS_SECONDS)
        self.at_once, self.at_most = at_once, at_most
        self.inside = 0
        self._lock = threading.Lock()

    def turn_of(self, turn: float | None, now: float) -> float | None:
        """None for who may come in and then must `leave`; otherwise when to come (back).

        `turn` is what an earlier call answered; None for a newcomer.
        """
        with self._lock:
            if turn is not None and now < turn:
                return turn
            if self.inside < (self.at_once if turn is None else self.at_most):
                self.inside += 1
                return None
            with self.board.notes(now) as notes:
                seconds = _EAGER * notes.seconds_each
                if turn is None:
                    notes.tail = max(now, notes.tail) + seconds
                    return notes.tail
                # It went slower than was believed. They stay before everybody still in line.
                notes.delayed = max(now, notes.delayed) + seconds
                return notes.delayed

    def leave(self, now: float) -> None:
        """One less inside; tells how fast the line moves."""
        with self._lock:
            self.inside -= 1
            with self.board.notes(now) as notes:
                if not self.inside:
                    # Nobody here is waiting for a core, whatever turns were given.
                    notes.since = 0.0
                else:
                    # Also who is refused at once leaves: the pace stays within reason.
                    _count(notes, now)
                    notes.seconds_each = self.board.believable(notes.seconds_each)

    @contextmanager
    def enter(self, turn: float | None = None) -> Iterator[float | None]:
        """Hold a place inside for the block, or give the moment to come back at."""
        wait = self.turn_of(turn, time.time())
        if wait is not None:
            yield wait
            return
        try:
            yield None
        finally:
            self.leave(time.time())


def _count(notes: Notes, now: float) -> None:
    """Take the pace whenever enough have left while others were waiting all the time."""
    if now >= max(notes.tail, notes.delayed):
        notes.since = 0.0
        return
    if not notes.since or now < notes.since:
        notes.since, notes.left = now, 0.0
        return
    notes.left += 1
    if notes.left < _COUNTED:
        return
    seconds = now - notes.since
    each = seconds / notes.left
    if each < notes.seconds_each:
        notes.seconds_each += _FASTER_WEIGHT * (each - notes.seconds_each)
    else:
        notes.seconds_each *= min(each / notes.seconds_each, 1 + _SLOWER_A_SECOND * seconds)
    notes.since, notes.left = now, 0.0


@cache
def line() -> Line:
    """The line of this process, on the board of this machine."""
    return Line(SharedBoard(Path(settings.VSSID_LINE_FILE), _fastest_pace()))


def _fastest_pace() -> float:
    """Little more than the hashes take, seconds each: a guess that leaves no core idle."""
    stored, seconds = make_password("a password"), []
    for _ in range(2):
        started = time.perf_counter()
        check_password("another", stored)
        seconds.append(time.perf_counter() - started)
    return _MORE_THAN_THE_HASH * min(seconds) / len(os.sched_getaffinity(0))
