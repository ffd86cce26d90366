"""One limiter. Every count is a single statement, so parallel requests cannot slip through."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from vssid.limits.models import Bucket

_HIT = """
INSERT INTO limits_bucket AS b (name, key, count, window_ends_at)
VALUES (%(name)s, %(key)s, %(times)s, %(now)s::timestamptz + %(period)s::interval)
ON CONFLICT (name, key) DO UPDATE SET
  count = CASE WHEN b.window_ends_at <= %(now)s THEN %(times)s ELSE b.count + %(times)s END,
  window_ends_at = CASE
    WHEN b.window_ends_at <= %(now)s THEN %(now)s::timestamptz + %(period)s::interval
    WHEN %(locks)s AND b.count < %(allowed)s AND b.count + %(times)s >= %(allowed)s
      THEN %(now)s::timestamptz + %(period)s::interval
    ELSE b.window_ends_at END
RETURNING count, window_ends_at
"""
_CLEAR = "DELETE FROM limits_bucket WHERE name = %s AND key = %s"
_RUNNING = """
SELECT name, key, count, window_ends_at FROM limits_bucket
WHERE (name, key) IN (SELECT * FROM unnest(%(names)s::text[], %(keys)s::text[]))
  AND window_ends_at > %(now)s
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """`allowed` times in `period`. With `locks` the last allowed one starts the period anew."""

    name: str
    allowed: int
    period: timedelta
    locks: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Where one that was counted stands: `wait` when it is past the limit, None when it is not.

    `is_last`: it was the last one that was allowed.
    """

    wait: timedelta | None
    is_last: bool


@dataclass(frozen=True, slots=True)
class Running:
    """What was counted so far: how many, and how long until one more may; None when it may now."""

    count: int
    wait: timedelta | None


def hit(*, limit: Limit, key: str, now: datetime, times: int = 1) -> timedelta | None:
    """Count one, or several at once.

    Returns None when it is within the limit, otherwise how long to wait.
    Locks the bucket's row until the caller's transaction ends.
    """
    return count(limit=limit, key=key, now=now, times=times).wait


def hit_in_turn(*, of: Sequence[tuple[Limit, str]], now: datetime) -> timedelta | None:
    """Count one in each (limit, key), up to the first that is past its limit.

    What is refused by one is not counted in those behind it: who asks too often uses up nothing of
    what they share with others. Returns how long to wait, None when all let it through.
    """
    waits = (hit(limit=limit, key=key, now=now) for limit, key in of)
    return next((wait for wait in waits if wait is not None), None)


def count(*, limit: Limit, key: str, now: datetime, times: int = 1) -> Tally:
    """Count one, as `hit`; tells besides whether it was the last."""
    arguments: dict[str, Any] = {
        "name": limit.name,
        "key": _hidden(key),
        "now": now,
        "times": times,
        "period": limit.period,
        "allowed": limit.allowed,
        "locks": limit.locks,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HIT, arguments)
        row = cursor.fetchone()
    counted, ends_at = row or (0, now)
    return Tally(None if counted <= limit.allowed else ends_at - now, counted == limit.allowed)


def wait(*, limit: Limit, key: str, now: datetime) -> timedelta | None:
    """How long until `key` may again, without counting; None when it may now."""
    return running(of=[(limit, key)], now=now)[0].wait


def running(*, of: Sequence[tuple[Limit, str]], now: datetime) -> list[Running]:
    """Where each (limit, key) stands in its running window, without counting, in one statement."""
    keys = [(limit.name, _hidden(key)) for limit, key in of]
    names, hidden = [name for name, _ in keys], [key for _, key in keys]
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"names": names, "keys": hidden, "now": now})
        found = {(name, key): (number, ends_at) for name, key, number, ends_at in cursor.fetchall()}
    stand = [found.get(key, (0, now)) for key in keys]
    return [
        Running(number, ends_at - now if number >= limit.allowed else None)
        for (limit, _), (number, ends_at) in zip(of, stand, strict=True)
    ]


def clear(*, limit: Limit, key: str) -> None:
    """Forget what was counted for `key`."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, [limit.name, _hidden(key)])


def forget_past(*, now: datetime) -> int:
    """Delete windows that have ended; returns how many."""
    return Bucket.objects.filter(window_ends_at__lte=now).delete()[0]


def _hidden(key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()
