"""A day's figures of an office for its head, and the days before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings

from vssid.kernel.clock import VIETNAM
from vssid.people.reading import read_rows

DAYS: Final = 14

_DAYS = """
SELECT day.at::date,
    (SELECT count(*) FROM registration_declaration d
     WHERE d.office = ANY (%(offices)s::text[]) AND d.filed_at >= day.begins
     AND d.filed_at < day.ends),
    count(d.id) FILTER (WHERE d.state = 'approved'),
    count(d.id) FILTER (WHERE d.state = 'refused'),
    count(d.id) FILTER (WHERE d.decided_at > d.received_at + %(due)s),
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM d.decided_at - d.received_at) / 3600
    ) FILTER (WHERE d.received_at IS NOT NULL)
FROM (
    SELECT one AS at, one AT TIME ZONE %(zone)s AS begins,
        (one + interval '1 day') AT TIME ZONE %(zone)s AS ends
    FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS one
) AS day
LEFT JOIN registration_declaration d
    ON d.office = ANY (%(offices)s::text[]) AND d.decided_at >= day.begins
    AND d.decided_at < day.ends
GROUP BY day.at, day.begins, day.ends
ORDER BY day.at
"""
_NOW = """
SELECT count(*) FILTER (WHERE received_at IS NOT NULL),
    count(*) FILTER (WHERE received_at < %(late)s), count(*)
FROM registration_declaration
WHERE office = ANY (%(offices)s::text[]) AND state IN ('filed', 'received')
"""


@dataclass(frozen=True, slots=True)
class Day:
    """One day in Vietnam. `median_hours`: complete dossier to decision; None when none was."""

    day: date
    filed: int
    approved: int
    refused: int
    decided_late: int
    median_hours: float | None

    @property
    def decided(self) -> int:
        """Both ways."""
        return self.approved + self.refused


@dataclass(frozen=True, slots=True)
class Open:
    """What waits at this moment: complete dossiers, overdue ones among them, and all."""

    complete: int
    overdue: int
    all: int


def days(offices: Sequence[str], last: date) -> list[Day]:
    """The figures of the offices for the days up to `last`, the oldest first."""
    first = last - timedelta(days=DAYS - 1)
    params = {
        "offices": list(offices),
        "first": datetime.combine(first, time()),
        "last": datetime.combine(last, time()),
        "zone": VIETNAM.key,
        "due": settings.VSSID_DECISION_DUE,
    }
    return [
        Day(day, filed, approved, refused, late, None if hours is None else float(hours))
        for day, filed, approved, refused, late, hours in read_rows(_DAYS, params)
    ]


def waiting(offices: Sequence[str], now: datetime) -> Open:
    """What is open at the offices now."""
    late = now - settings.VSSID_DECISION_DUE
    return Open(*read_rows(_NOW, {"offices": list(offices), "late": late})[0])
