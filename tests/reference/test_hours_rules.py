"""Open or closed at a moment, by Vietnam's time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.clock import VIETNAM
from vssid.reference.hours.rules import (
    AFTERNOON,
    MORNING,
    USUAL,
    DayPlan,
    Span,
    Special,
    Timetable,
    Weekly,
    standing,
)

MONDAY = date(2026, 11, 30)
NONE = Timetable((), ())
HERE = ("00114", "001", "")
SHORT = Span(time(8), time(12))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def stands(now: datetime, timetable: Timetable = NONE) -> tuple[datetime | None, datetime | None]:
    found = standing(lambda day: timetable.day_plan(HERE, day), now)
    return found.closes_at, found.opens_at


@pytest.mark.parametrize(
    ("now", "closes", "opens"),
    [
        (at(MONDAY, 7, 29), None, at(MONDAY, 7, 30)),
        (at(MONDAY, 7, 30), at(MONDAY, 11, 30), None),
        (at(MONDAY, 11, 29), at(MONDAY, 11, 30), None),
        (at(MONDAY, 11, 30), None, at(MONDAY, 13, 30)),
        (at(MONDAY, 16, 59), at(MONDAY, 17), None),
        (at(MONDAY, 17), None, at(MONDAY + timedelta(days=1), 7, 30)),
        (at(MONDAY - timedelta(days=2), 9), None, at(MONDAY, 7, 30)),
        # Half past midnight in UTC of a Monday is half past seven in Vietnam.
        (datetime(2026, 11, 30, 0, 30, tzinfo=UTC), at(MONDAY, 11, 30), None),
        # Sunday evening in UTC is Monday already.
        (datetime(2026, 11, 29, 18, 0, tzinfo=UTC), None, at(MONDAY, 7, 30)),
        # Quốc khánh is a Wednesday; the next opening is on Thursday.
        (at(date(2026, 9, 2), 9), None, at(date(2026, 9, 3), 7, 30)),
    ],
)
def test_usual_hours_hold_where_nobody_says_otherwise(
    now: datetime, closes: datetime | None, opens: datetime | None
) -> None:
    assert stands(now) == (closes, opens)


def test_nearest_agency_with_hours_of_its_own_counts() -> None:
    province = Weekly("001", 1, SHORT, date(2026, 1, 1), None)
    own = Weekly("00114", 2, MORNING, date(2026, 1, 1), None)
    below = Timetable((province,), ())
    assert below.usual_day(HERE, MONDAY) == (SHORT,)
    assert below.usual_day(("00200", "002", ""), MONDAY) == USUAL
    # Its own rows stand for the whole week: Monday is no more.
    both = Timetable((province, own), ())
    assert both.usual_day(HERE, MONDAY) == ()
    assert both.usual_day(HERE, MONDAY + timedelta(days=1)) == (MORNING,)


def test_hours_change_on_their_day() -> None:
    rows = (
        Weekly("00114", 1, MORNING, date(2026, 1, 1), MONDAY - timedelta(days=1)),
        Weekly("00114", 1, SHORT, MONDAY, None),
    )
    timetable = Timetable(rows, ())
    assert timetable.usual_day(HERE, MONDAY - timedelta(days=7)) == (MORNING,)
    assert timetable.usual_day(HERE, MONDAY) == (SHORT,)


def test_closed_days_are_passed_over_and_give_their_reason() -> None:
    closed = Special("", MONDAY, MONDAY + timedelta(days=4), None, "Tết Nguyên đán")
    timetable = Timetable((), (closed,))
    found = standing(lambda day: timetable.day_plan(HERE, day), at(MONDAY, 9))
    assert found.reason == "Tết Nguyên đán"
    assert found.opens_at == at(MONDAY + timedelta(days=7), 7, 30)


def test_a_saturday_of_work_is_open_and_a_nearer_word_counts_more() -> None:
    saturday = MONDAY + timedelta(days=5)
    swap = Special("", saturday, saturday, MORNING, "Làm bù")
    assert stands(at(saturday, 8), Timetable((), (swap,))) == (at(saturday, 11, 30), None)
    flood = Special("00114", saturday, saturday, None, "Mất điện")
    assert Timetable((), (swap, flood)).day_plan(HERE, saturday) == DayPlan((), "Mất điện")


def test_spans_that_touch_are_one() -> None:
    rows = [
        Weekly("", 1, Span(time(12), time(17)), date(2026, 1, 1), None),
        Weekly("", 1, Span(time(8), time(12)), date(2026, 1, 1), None),
    ]
    assert stands(at(MONDAY, 9), Timetable(rows, ())) == (at(MONDAY, 17), None)


def test_who_never_opens_has_no_next_opening() -> None:
    closed = Special("", MONDAY, MONDAY + timedelta(days=400), None, "Sửa trụ sở")
    assert stands(at(MONDAY, 9), Timetable((), (closed,))) == (None, None)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - the zone is given
def test_open_at_the_next_opening_and_not_a_minute_before(now: datetime) -> None:
    closes, opens = stands(now)
    assert (closes is None) != (opens is None)
    if opens:
        assert stands(opens)[0] is not None
        before = opens - timedelta(minutes=1)
        assert before <= now or stands(before) == (None, opens)
    if closes:
        assert stands(closes)[0] is None
        assert closes.astimezone(VIETNAM).time() in {MORNING.closes, AFTERNOON.closes}
