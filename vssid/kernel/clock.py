"""Time is stored in UTC and shown in Vietnam's; a date is the date in Vietnam."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> datetime:
    """Return the present moment in UTC, with its zone."""
    return datetime.now(UTC)


def vietnam_today(now: datetime) -> date:
    """Return the date in Vietnam at a moment. Raises ValueError for a moment without a zone."""
    return _in_vietnam(now).date()


def format_date(day: date) -> str:
    """Return a date as it is read, `21/11/2026`; of a moment, its date in Vietnam."""
    # A datetime is a date to Python, and its own date may be yesterday's in Vietnam.
    if isinstance(day, datetime):
        day = vietnam_today(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_datetime(moment: datetime) -> str:
    """Return a moment in Vietnam's time as it is read, `14:05 21/11/2026`."""
    local = _in_vietnam(moment)
    return f"{local:%H:%M} {format_date(local)}"


def _in_vietnam(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be placed in Vietnam.")
    return moment.astimezone(VIETNAM)
