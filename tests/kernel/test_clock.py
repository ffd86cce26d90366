"""Moments are kept in UTC and read in Vietnam, seven hours ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vssid.kernel.clock import VIETNAM, format_date, format_datetime, utc_now, vietnam_today

EVENING_UTC = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)


def test_now_bears_its_zone() -> None:
    assert utc_now().utcoffset() == timedelta(0)


def test_the_day_in_vietnam_begins_at_17_utc() -> None:
    assert vietnam_today(EVENING_UTC) == date(2026, 11, 21)
    assert vietnam_today(EVENING_UTC - timedelta(minutes=6)) == date(2026, 11, 20)


def test_a_date_is_read_day_first() -> None:
    assert format_date(date(2026, 3, 1)) == "01/03/2026"


def test_the_date_of_a_moment_is_the_date_in_vietnam() -> None:
    assert format_date(EVENING_UTC) == "21/11/2026"


def test_a_moment_is_read_in_vietnam_time() -> None:
    assert format_datetime(EVENING_UTC) == "00:05 21/11/2026"
    assert format_datetime(datetime(2026, 11, 21, 14, 5, tzinfo=VIETNAM)) == "14:05 21/11/2026"


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    naive = EVENING_UTC.replace(tzinfo=None)

    for use in (vietnam_today, format_datetime, format_date):
        with pytest.raises(ValueError, match="time zone"):
            use(naive)
