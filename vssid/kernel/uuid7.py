"""UUIDs of version 7 (RFC 9562): the second part of the keys of a person's rows, in time's order.

Layout: 48 bits of milliseconds, version, 42 bits of counter, 32 random bits. The counter starts at
a random place in each millisecond and goes up within it (RFC 9562, 6.2, method 1).
"""

import os
import secrets
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Final

_COUNTER_BITS: Final = 42
_RANDOM_BITS: Final = 32
_MILLISECONDS_END: Final = 1 << 48


class _Sequence:
    """Ascending pairs of millisecond and counter, for threads to share."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._lock = threading.Lock()
        self._now_ms = -1
        self._counter = 0

    def take(self, now_ms: int, *, may_go_back: bool) -> tuple[int, int]:
        """Return the next pair; a clock set back does not count unless `may_go_back`."""
        with self._lock:
            if now_ms > self._now_ms or (may_go_back and now_ms != self._now_ms):
                self._start(now_ms)
            elif self._counter + 1 == 1 << _COUNTER_BITS:
                self._start(self._now_ms + 1)
            else:
                self._counter += 1
            return self._now_ms, self._counter

    def _start(self, now_ms: int) -> None:
        self._now_ms = now_ms
        # The highest bit is left free, so that a millisecond has room for 2 ** 41 more.
        self._counter = secrets.randbits(_COUNTER_BITS - 1)


_of_the_clock: Final = _Sequence()
_of_stated_times: Final = _Sequence()


def _reset_after_fork() -> None:
    """A child must neither repeat its parent's counter nor wait for a lock nobody will release."""
    _of_the_clock.reset()
    _of_stated_times.reset()


os.register_at_fork(after_in_child=_reset_after_fork)


def uuid7(now_ms: int | None = None) -> uuid.UUID:
    """Return a new UUIDv7, greater than every earlier one of this process.

    With `now_ms` (milliseconds since 1970 in UTC) it bears exactly that time, for rows that are
    entered later than they happened; then only those of the same time in a row ascend.
    Raises ValueError when the time does not fit in 48 bits.
    """
    if now_ms is None:
        moment, counter = _of_the_clock.take(time.time_ns() // 1_000_000, may_go_back=False)
    elif 0 <= now_ms < _MILLISECONDS_END:
        moment, counter = _of_stated_times.take(now_ms, may_go_back=True)
    else:
        raise ValueError("now_ms does not fit in the 48 bits of a UUIDv7.")
    high, low = divmod(counter, 1 << 30)
    return uuid.UUID(
        int=moment << 80
        | 0x7 << 76
        | high << 64
        | 0b10 << 62
        | low << _RANDOM_BITS
        | secrets.randbits(_RANDOM_BITS)
    )


def made_at(key: uuid.UUID) -> datetime:
    """When a UUIDv7 was made, to the millisecond."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
