"""Months as plain counted numbers, which the generator adds and compares a million times.

A counted month is `year * 12 + month - 1`; everywhere else the house uses `kernel.months.Month`.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache


def counted(day: date) -> int:
    """The counted month of a day."""
    return day.year * 12 + day.month - 1


def counted_from_stored(month: int) -> int:
    """The counted month of a stored month (`YYYYMM`)."""
    return month // 100 * 12 + month % 100 - 1


def stored(month: int) -> int:
    """The stored month (`YYYYMM`) of a counted month."""
    return month // 12 * 100 + month % 12 + 1


@lru_cache(maxsize=2048)
def first_day(month: int) -> date:
    """The first day of a counted month."""
    return date(month // 12, month % 12 + 1, 1)


@lru_cache(maxsize=2048)
def last_day(month: int) -> date:
    """The last day of a counted month."""
    return first_day(month + 1) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it is shorter."""
    month = counted(day) + months
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def leave_months(begin: date, end: date) -> range:
    """The counted months of which at least 15 days lie in a leave: no fund but BHXH and BHYT.

    The regulation speaks of 14 working days of absence in a month (QĐ 595/QĐ-BHXH Đ.42); calendar
    days are used here, and invented leaves begin where both ways of counting agree.
    """
    first, last = counted(begin), counted(end)
    if (last_day(first) - begin).days + 1 < 15:
        first += 1
    if (end - first_day(last)).days + 1 < 15:
        last -= 1
    return range(first, last + 1)
