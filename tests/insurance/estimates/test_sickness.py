"""«Ốm đau»: pay for days of illness, within the limits of a year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import laws, named, shown
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode
from vssid.insurance.estimates.sickness import (
    Patient,
    Sickness,
    SicknessInput,
    age_on,
    estimate,
)
from vssid.insurance.estimates.working import Refusal
from vssid.insurance.tables.grants import sick_pay

BEGIN = date(2026, 10, 5)


def an_input(**changes: Any) -> SicknessInput:
    """Five days off at 12 million, after five years of work."""
    ordinary = SicknessInput(
        patient=Patient.ONESELF,
        begin=BEGIN,
        half_days=10,
        drawn_half_days=0,
        salary=12_000_000,
        paid=60,
    )
    return replace(ordinary, **changes)


def paid(**changes: Any) -> Sickness:
    """The estimate, which must be one."""
    found = estimate(an_input(**changes))
    assert isinstance(found, Sickness)
    return found


def refused(**changes: Any) -> Refusal:
    """The refusal, which must be one."""
    found = estimate(an_input(**changes))
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("salary", "half_days", "amount"),
    [
        # Luật 41/2024 Đ.45.2, 45.5: 12 M × 75 % / 24 = 375.000 a day.
        (12_000_000, 10, 1_875_000),
        (12_000_000, 2, 375_000),
        # Half a day is half of it.
        (12_000_000, 1, 187_500),
        (12_000_000, 3, 562_500),
        (9_600_000, 4, 600_000),
        (46_800_000, 60, 43_875_000),
        # 5.000.001 × 75 % / 24 = 156.250,03; halves of a đồng go up.
        (5_000_001, 2, 156_250),
        (5_000_016, 2, 156_251),
    ],
)
def test_each_day_pays_three_quarters_of_a_twenty_fourth(
    salary: int, half_days: int, amount: int
) -> None:
    assert paid(salary=salary, half_days=half_days).amount == amount


@pytest.mark.parametrize(
    ("months", "heavy", "limit"),
    [
        # Luật 41/2024 Đ.43.1: by years paid, 10 days more in heavy work.
        (179, False, 30),
        (180, False, 40),
        (359, False, 40),
        (360, False, 60),
        (179, True, 40),
        (180, True, 50),
        (359, True, 50),
        (360, True, 70),
        (1, False, 30),
    ],
)
def test_days_of_a_year_are_limited_by_years_paid(months: int, limit: int, *, heavy: bool) -> None:
    found = paid(paid=months, is_heavy=heavy, half_days=2 * limit)
    assert (found.limit, found.half_days, found.left_half_days) == (limit, 2 * limit, 0)
    assert Caveat.DAYS_CUT not in found.working.caveats
    more = paid(paid=months, is_heavy=heavy, half_days=2 * limit + 1)
    assert more.half_days == 2 * limit
    assert {Caveat.DAYS_CUT, Caveat.LONG_ILLNESS} <= set(more.working.caveats)


@pytest.mark.parametrize(
    ("drawn", "paid_for"), [(0, 10), (50, 10), (51, 9), (59, 1), (60, None), (61, None)]
)
def test_days_drawn_before_in_the_year_are_gone(drawn: int, paid_for: int | None) -> None:
    found = estimate(an_input(drawn_half_days=drawn))
    if paid_for is None:
        assert isinstance(found, Refusal)
        assert found.code is RefusalCode.NO_DAYS_LEFT
        assert named(found) == {"limit": 60}
    else:
        assert isinstance(found, Sickness)
        assert found.half_days == paid_for


@pytest.mark.parametrize(
    ("born", "limit"),
    [
        # Luật 41/2024 Đ.44.1: below 3 years 20 days, from 3 to below 7 years 15.
        (date(2023, 10, 6), 20),
        (date(2023, 10, 5), 15),
        (date(2019, 10, 6), 15),
        (date(2019, 10, 5), None),
        (BEGIN, 20),
    ],
)
def test_child_has_days_by_its_age(born: date, limit: int | None) -> None:
    found = estimate(an_input(patient=Patient.CHILD, child_born=born, half_days=100))
    if limit is None:
        assert isinstance(found, Refusal)
        assert found.code is RefusalCode.CHILD_TOO_OLD
    else:
        assert isinstance(found, Sickness)
        assert (found.limit, found.half_days) == (limit, 2 * limit)
        assert found.amount == 375_000 * limit
        assert Caveat.LONG_ILLNESS not in found.working.caveats


@pytest.mark.parametrize("born", [None, date(2026, 10, 6)])
def test_child_must_be_born(born: date | None) -> None:
    found = refused(patient=Patient.CHILD, child_born=born)
    assert found.code is RefusalCode.CHILD_NOT_BORN


def test_heavy_work_gives_no_more_days_for_a_child() -> None:
    child = {"patient": Patient.CHILD, "child_born": date(2024, 1, 1)}
    assert paid(**child, is_heavy=True).limit == paid(**child, paid=400).limit == 20


def test_who_never_worked_has_no_sick_fund() -> None:
    assert refused(paid=0).code is RefusalCode.NO_SICK_FUND
    assert refused(salary=0).code is RefusalCode.PAY_UNKNOWN


@pytest.mark.parametrize(
    ("begin", "law"),
    [(date(2025, 6, 30), "Luật 58/2014/QH13"), (date(2025, 7, 1), "Luật 41/2024/QH15")],
)
def test_law_is_that_of_the_first_day(begin: date, law: str) -> None:
    assert laws(paid(begin=begin).working) == [law, law]


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2020, 2, 29), date(2023, 2, 28), 2),
        (date(2020, 2, 29), date(2023, 3, 1), 3),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2020, 5, 1), date(2023, 4, 30), 2),
        (date(2020, 5, 1), date(2023, 5, 1), 3),
    ],
)
def test_age_grows_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


def test_steps_say_what_is_left() -> None:
    found = paid(drawn_half_days=4)
    assert shown(found.working, LineCode.SICK_DAYS_LEFT).value == 56
    assert shown(found.working, LineCode.SICK_DAY).value == 375_000
    assert found.left_half_days == 46


@given(st.integers(1, 50_600_000), st.integers(1, 200), st.integers(0, 200), st.integers(1, 500))
def test_never_more_than_the_limit_and_whole_days_as_the_record_pays_them(
    salary: int, half_days: int, drawn: int, months: int
) -> None:
    found = estimate(
        an_input(salary=salary, half_days=half_days, drawn_half_days=drawn, paid=months)
    )
    if isinstance(found, Refusal):
        assert drawn >= 60
        return
    assert 0 < found.half_days <= min(half_days, 2 * found.limit - drawn)
    assert abs(found.amount - sick_pay(salary, found.half_days) / 2) <= 1
