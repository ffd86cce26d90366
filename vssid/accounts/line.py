"""The line before sign-in: as many come in as can be served soon, the rest get their turn.

A sign-in holds a core for one hash. More of them at once would only make everybody wait, so each
process lets a handful in and gives everybody else a moment to come back at, one behind the other
at the pace it is really working at. Who comes back at that moment goes in before any newcomer; a
turn nobody takes is used by newcomers, so that no capacity is lost.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Half of a process's threads, and three quarters with those whose turn has come: pages are still
# served while all of these wait for a core.
AT_ONCE, AT_MOST = 8, 12
# How much one more sign-in changes what is believed about the pace.
_WEIGHT = 0.05
_FIRST_GUESS_SECONDS = 0.05


@dataclass
class Line:
    """One process's line. Times are seconds since the epoch, the same for all processes."""

    at_once: int = AT_ONCE
    at_most: int = AT_MOST
    inside: int = 0
    seconds_each: float = _FIRST_GUESS_SECONDS
    tail: float = 0.0
    delayed: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

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
            if turn is not None:
                # It went slower than was believed. They stay before everybody still in line.
                self.delayed = self._behind(self.delayed, now)
                return self.delayed
            self.tail = self._behind(self.tail, now)
            return self.tail

    def _behind(self, last: float, now: float) -> float:
        return max(now, last) + self.seconds_each

    def leave(self, seconds: float) -> None:
        """One less inside, after so many seconds; tells how fast the line moves."""
        with self._lock:
            each = seconds / self.inside
            self.seconds_each += _WEIGHT * (each - self.seconds_each)
            self.inside -= 1

    @contextmanager
    def enter(self, turn: float | None = None) -> Iterator[float | None]:
        """Hold a place inside for the block, or give the moment to come back at."""
        wait = self.turn_of(turn, time.time())
        if wait is not None:
            yield wait
            return
        started = time.perf_counter()
        try:
            yield None
        finally:
            self.leave(time.perf_counter() - started)


LINE = Line()
"""The line of this process."""
