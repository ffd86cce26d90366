"""One limiter. Every count is a single statement, so parallel requests cannot slip through."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from vssid.limits.models import Bucket

_HIT = """
INSERT INTO limits_bucket AS b (name, key, count, window_ends_at)
VALUES (%(name)s, %(key)s, 1, %(now)s::timestamptz + %(period)s::interval)
ON CONFLICT (name, key) DO UPDATE SET
  count = CASE WHEN b.window_ends_at <= %(now)s THEN 1 ELSE b.count + 1 END,
  window_ends_at = CASE
    WHEN b.window_ends_at <= %(now)s THEN %(now)s::timestamptz + %(period)s::interval
    WHEN %(locks)s AND b.count + 1 = %(allowed)s THEN %(now)s::timestamptz + %(period)s::interval
    ELSE b.window_ends_at END
RETURNING count, window_ends_at
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """`allowed` times in `period`. With `locks` the last allowed one starts the period anew."""

    name: str
    allowed: int
    period: timedelta
    locks: bool = False


def hit(*, limit: Limit, key: str, now: datetime) -> timedelta | None:
    """Count one. Returns None when it is within the limit, otherwise how long to wait.

    Locks the bucket's row until the caller's transaction ends.
    """
    arguments: dict[str, Any] = {
        "name": limit.name,
        "key": _hidden(key),
        "now": now,
        "period": limit.period,
        "allowed": limit.allowed,
        "locks": limit.locks,
    }
    with connection.cursor() as cursor:
        cursor.execute(_HIT, arguments)
        row = cursor.fetchone()
    count, ends_at = row or (0, now)
    return None if count <= limit.allowed else ends_at - now


def wait(*, limit: Limit, key: str, now: datetime) -> timedelta | None:
    """How long until `key` may again, without counting; None when it may now."""
    row = (
        Bucket.objects.filter(name=limit.name, key=_hidden(key), window_ends_at__gt=now)
        .values_list("count", "window_ends_at")
        .first()
    )
    if row is None or row[0] < limit.allowed:
        return None
    return row[1] - now


def clear(*, limit: Limit, key: str) -> None:
    """Forget what was counted for `key`."""
    Bucket.objects.filter(name=limit.name, key=_hidden(key)).delete()


def forget_past(*, now: datetime) -> int:
    """Delete windows that have ended; returns how many."""
    return Bucket.objects.filter(window_ends_at__lte=now).delete()[0]


def _hidden(key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()
