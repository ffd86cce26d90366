"""When the hotline answers: the hours of the settings, and whether it is open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vssid.kernel.clock import VIETNAM

Row = tuple[int, int, str, str]
"""First and last weekday (Monday is 1), from, to («07:30», «24:00»)."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hotline's hours: rows in their order, and how they stand now."""

    rows: Sequence[Row]
    is_open: bool
    is_always: bool


def hours(rows: Sequence[Row], now: datetime) -> Hours:
    """The hours as a page shows them. `now` with its time zone; hours are those of Vietnam."""
    here = now.astimezone(VIETNAM)
    clock = f"{here:%H:%M}"
    is_open = any(
        first <= here.isoweekday() <= last and opens <= clock < closes
        for first, last, opens, closes in rows
    )
    return Hours(rows, is_open, is_always=(1, 7, "00:00", "24:00") in rows)
