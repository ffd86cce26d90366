"""«BHXH một lần»: who, when, and how much."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import codes, laws, named, shown
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.one_time import OneTime, OneTimeInput, Reason, estimate
from vssid.insurance.estimates.working import Refusal
from vssid.insurance.tables.grants import one_time_sum
from vssid.kernel.months import Month

ON = date(2026, 10, 10)


def an_input(**changes: Any) -> OneTimeInput:
    """Who stopped in 6/2024 after four years until 2013 and ten since, at 12 million."""
    ordinary = OneTimeInput(
        reason=Reason.AFTER_A_YEAR,
        joined=Month(2010, 1),
        last_paid=Month(2024, 6),
        months_before_2014=48,
        months_since_2014=120,
        mean_salary=12_000_000,
        paid_salaries=1_500_000_000,
        state_support=0,
        pension_from=Month(2045, 1),
    )
    return replace(ordinary, **changes)


def withdrawn(on: date = ON, **changes: Any) -> OneTime:
    """The estimate, which must be one."""
    found = estimate(an_input(**changes), on)
    assert isinstance(found, OneTime)
    return found


def refused(on: date = ON, **changes: Any) -> Refusal:
    """The refusal, which must be one."""
    found = estimate(an_input(**changes), on)
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("before", "since", "mean", "amount"),
    [
        # Luật 41/2024 Đ.70.3a, b: (1.5 × 4 + 2 × 10) × 12 M.
        (48, 120, 12_000_000, 312_000_000),
        # Only before 2014: 1.5 × 2 × 5 M.
        (24, 0, 5_000_000, 15_000_000),
        # Only since: 2 × 1 × 5 M; twelve months are a year.
        (0, 12, 5_000_000, 10_000_000),
        # Đ.5.6: 13 to 18 months are a year and a half, 19 to 23 two years.
        (0, 13, 4_000_000, 12_000_000),
        (0, 18, 4_000_000, 12_000_000),
        (0, 19, 4_000_000, 16_000_000),
        (0, 23, 4_000_000, 16_000_000),
        (0, 24, 4_000_000, 16_000_000),
        # The same before 2014, where nothing followed: 1.5 × 1.5, 1.5 × 2.
        (18, 0, 4_000_000, 9_000_000),
        (19, 0, 4_000_000, 12_000_000),
        # Đ.70.3a: seven odd months until 12/2013 move: 1 year at 1.5, 1 + 7 → 1 year at 2.
        (19, 1, 4_000_000, 14_000_000),
        # Eleven odd months and one: a whole year since 2014.
        (23, 1, 4_000_000, 14_000_000),
        # None to move.
        (24, 1, 4_000_000, 16_000_000),
        # Less than a year before, more than one in all: everything at 2.
        (6, 6, 4_000_000, 8_000_000),
        (11, 1, 4_000_000, 8_000_000),
    ],
)
def test_each_year_brings_one_and_a_half_or_two_means(
    before: int, since: int, mean: int, amount: int
) -> None:
    found = withdrawn(months_before_2014=before, months_since_2014=since, mean_salary=mean)
    assert found.amount == amount


@pytest.mark.parametrize(
    ("months", "paid", "amount"),
    [
        # Đ.70.3c: what was paid in, 22 % of the pay, at most two means.
        (1, 5_000_000, 1_100_000),
        (9, 45_000_000, 9_900_000),
        (10, 50_000_000, 10_000_000),
        (11, 55_000_000, 10_000_000),
    ],
)
def test_below_a_year_what_was_paid_in_comes_back(months: int, paid: int, amount: int) -> None:
    found = withdrawn(
        months_before_2014=0, months_since_2014=months, mean_salary=5_000_000, paid_salaries=paid
    )
    assert found.amount == amount
    assert codes(found.working) == [LineCode.PAID_IN, LineCode.TWO_MEANS]
    assert Caveat.UNDER_A_YEAR in found.working.caveats


def test_eleven_months_are_below_a_year_and_twelve_are_one() -> None:
    below, at = (withdrawn(months_before_2014=0, months_since_2014=n) for n in (11, 12))
    assert Caveat.UNDER_A_YEAR in below.working.caveats
    assert Caveat.UNDER_A_YEAR not in at.working.caveats


@pytest.mark.parametrize(
    ("reason", "support", "amount"),
    [
        # Đ.70.3, 102.3: without what the State paid; Đ.70.4: but the gravely ill keep it.
        (Reason.AFTER_A_YEAR, 1_980_000, 310_020_000),
        (Reason.ABROAD, 1_980_000, 310_020_000),
        (Reason.ILLNESS, 1_980_000, 312_000_000),
        (Reason.IMPAIRED, 1_980_000, 312_000_000),
        (Reason.AFTER_A_YEAR, 400_000_000, 0),
    ],
)
def test_support_of_the_state_is_taken_off(reason: Reason, support: int, amount: int) -> None:
    found = withdrawn(reason=reason, state_support=support)
    assert found.amount == amount
    assert (LineCode.STATE_SUPPORT in codes(found.working)) == (amount < 312_000_000)
    assert TableCode.VOLUNTARY_SUPPORT in [table.code for table in found.working.tables]


@pytest.mark.parametrize(
    ("last_paid", "on", "from_month"),
    [
        # Đ.70.1đ: twelve months outside: stopped after 6/2025, from 7/2026.
        (Month(2025, 6), date(2026, 6, 30), Month(2026, 7)),
        (Month(2025, 6), date(2026, 7, 1), None),
        (Month(2026, 9), ON, Month(2027, 10)),
        (None, ON, None),
    ],
)
def test_withdrawal_waits_for_twelve_months_outside(
    last_paid: Month | None, on: date, from_month: Month | None
) -> None:
    assert withdrawn(on, last_paid=last_paid).possible_from == from_month


@pytest.mark.parametrize("reason", [Reason.ABROAD, Reason.ILLNESS, Reason.IMPAIRED])
def test_grave_grounds_wait_for_nothing_and_ask_for_proof(reason: Reason) -> None:
    """Đ.70.1b–d: also after 20 years, also for who joined since 7/2025, also while paying."""
    found = withdrawn(
        reason=reason,
        joined=Month(2025, 7),
        last_paid=Month(2026, 9),
        months_before_2014=0,
        months_since_2014=300,
    )
    assert found.possible_from is None
    assert found.amount == 600_000_000
    assert Caveat.PROOF_NEEDED in found.working.caveats


@pytest.mark.parametrize(
    ("joined", "on", "is_refused"),
    [
        # Đ.70.1đ: time paid before 1/7/2025.
        (Month(2025, 6), ON, False),
        (Month(2025, 7), ON, True),
        (Month(2025, 7), date(2025, 7, 1), True),
    ],
)
def test_who_joined_since_july_2025_may_not_withdraw_after_a_year(
    joined: Month, on: date, *, is_refused: bool
) -> None:
    found = estimate(an_input(joined=joined, months_before_2014=0, months_since_2014=15), on)
    assert isinstance(found, Refusal) == is_refused
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.JOINED_TOO_LATE
        assert named(found) == {"joined": 202507}


def test_twenty_years_bar_the_withdrawal_and_a_month_less_does_not() -> None:
    """Đ.70.1đ: below 20 years; 19 years and 11 months: 4 × 1.5 + 16 × 2 means."""
    assert withdrawn(months_since_2014=191).amount == 38 * 12_000_000
    found = refused(months_since_2014=192)
    assert found.code is RefusalCode.TWENTY_YEARS
    assert named(found) == {"paid": 240}


@pytest.mark.parametrize(
    ("on", "months", "code"),
    [
        # Luật 58/2014 Đ.60.1a: below 20 years until 30/6/2025; Luật 41/2024 Đ.70.1a: below 15.
        (date(2025, 6, 30), 239, None),
        (date(2025, 6, 30), 240, RefusalCode.ENOUGH_FOR_PENSION),
        (date(2025, 7, 1), 179, None),
        (date(2025, 7, 1), 180, RefusalCode.ENOUGH_FOR_PENSION),
    ],
)
def test_who_has_the_years_for_a_pension_draws_it(
    on: date, months: int, code: RefusalCode | None
) -> None:
    found = estimate(
        an_input(
            reason=Reason.PENSION_AGE,
            pension_from=Month(2025, 6),
            months_before_2014=0,
            months_since_2014=months,
        ),
        on,
    )
    assert (found.code if isinstance(found, Refusal) else None) is code


@pytest.mark.parametrize(
    ("since", "is_refused"), [(Month(2026, 10), False), (Month(2026, 11), True)]
)
def test_pension_age_must_be_reached(since: Month, *, is_refused: bool) -> None:
    found = estimate(
        an_input(
            reason=Reason.PENSION_AGE,
            pension_from=since,
            months_before_2014=0,
            months_since_2014=100,
        ),
        ON,
    )
    assert isinstance(found, Refusal) == is_refused
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.BELOW_PENSION_AGE


def test_nothing_comes_of_nothing() -> None:
    empty = refused(months_before_2014=0, months_since_2014=0)
    assert empty.code is RefusalCode.NOTHING_PAID
    assert refused(mean_salary=0).code is RefusalCode.PAY_UNKNOWN


@pytest.mark.parametrize(
    ("on", "law", "prices"),
    [
        (date(2025, 6, 30), "Luật 58/2014/QH13", "TT 01/2025"),
        (date(2025, 7, 1), "Luật 41/2024/QH15", "TT 01/2025"),
        (date(2025, 12, 31), "Luật 41/2024/QH15", "TT 01/2025"),
        (date(2026, 1, 1), "Luật 41/2024/QH15", "CV 340"),
    ],
)
def test_law_and_prices_are_those_of_the_day(on: date, law: str, prices: str) -> None:
    found = withdrawn(on).working
    assert laws(found)[0] == law
    assert found.tables[0].source.startswith(prices)
    assert Caveat.OTHER_PRICES not in found.caveats


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2027, 1, 1)])
def test_prices_of_another_year_are_said(on: date) -> None:
    assert Caveat.OTHER_PRICES in withdrawn(on).working.caveats


@pytest.mark.parametrize(("last", "is_said"), [(Month(2026, 8), True), (Month(2026, 7), False)])
def test_who_pays_still_is_told_to_stop_first(last: Month, *, is_said: bool) -> None:
    assert (Caveat.STILL_PAYING in withdrawn(last_paid=last).working.caveats) == is_said


def test_steps_say_which_months_moved() -> None:
    found = withdrawn(months_before_2014=19, months_since_2014=1, mean_salary=4_000_000)
    assert shown(found.working, LineCode.ODD_MONTHS_MOVED).value == 7
    assert shown(found.working, LineCode.YEARS_BEFORE_2014).value == 6_000_000
    assert shown(found.working, LineCode.YEARS_SINCE_2014).value == 8_000_000
    assert dict(found.working.lines[1].how)["years"].value == 2


@given(
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(1, 46_800_000),
    st.integers(0, 20_000_000),
    st.sampled_from([Reason.ABROAD, Reason.ILLNESS]),
)
def test_steps_add_up_and_more_months_never_bring_less(
    before: int, since: int, mean: int, support: int, reason: Reason
) -> None:
    if before + since < 12:
        before += 12
    found = withdrawn(
        reason=reason,
        months_before_2014=before,
        months_since_2014=since,
        mean_salary=mean,
        state_support=support,
    )
    money = [line.result.value for line in found.working.lines if line.result.unit == "dong"]
    assert found.amount == max(0, sum(money))
    kept = 0 if reason is Reason.ILLNESS else support
    assert found.amount == max(0, one_time_sum(before, since, mean, 0) - kept)
    more = withdrawn(
        reason=reason,
        months_before_2014=before,
        months_since_2014=since + 1,
        mean_salary=mean,
        state_support=support,
    )
    assert more.amount >= found.amount


@given(st.integers(1, 11), st.integers(1, 60_000_000))
def test_below_a_year_never_more_than_two_means(months: int, pay: int) -> None:
    found = withdrawn(
        months_before_2014=0,
        months_since_2014=months,
        mean_salary=pay,
        paid_salaries=pay * months,
    )
    assert 0 <= found.amount <= 2 * pay
