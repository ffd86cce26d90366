"""The mean pay, and which months it is made from."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import paid, span
from vssid.insurance.estimates.averages import (
    mean_going_on,
    mean_salary,
    months_within,
    plain_mean,
)
from vssid.insurance.estimates.career import Basis, Career, PaidMonth, career_of
from vssid.insurance.estimates.codes import Caveat
from vssid.insurance.records import Period
from vssid.kernel.months import Month

ON = date(2026, 10, 10)

months = st.builds(
    lambda index: index // 12 * 100 + index % 12 + 1, st.integers(2005 * 12, 2026 * 12)
)
periods = st.lists(
    st.builds(
        lambda two, pay, kind, state: paid(min(two), max(two), pay, kind=kind, state=state),
        st.tuples(months, months),
        st.integers(1, 40_000_000),
        st.sampled_from(["compulsory", "voluntary"]),
        st.sampled_from(["paid", "late"]),
    ),
    max_size=5,
)


# --- the months that count ----------------------------------------------------------------------


def test_month_at_two_employers_counts_once_at_the_higher_pay() -> None:
    career = career_of([paid(202401, 202412, 5), paid(202407, 202506, 7)])
    assert len(career.months) == 18
    assert [career.months[2024 * 12 + at].salary for at in (5, 6, 11)] == [5, 7, 7]
    assert career.overlaps == 6


def test_month_in_work_goes_before_a_voluntary_one_of_higher_income() -> None:
    both = career_of([paid(202401, 202401, 5), paid(202401, 202401, 9, kind="voluntary")])
    assert both.months == {2024 * 12: PaidMonth(5, Basis.EMPLOYER, 1)}


def test_late_month_counts_only_if_somebody_else_paid_it() -> None:
    career = career_of([paid(202401, 202403, 5, state="late"), paid(202403, 202404, 5)])
    assert (len(career.months), career.late) == (2, 2)
    assert career.caveats == (Caveat.LATE_MONTHS,)


def test_withdrawn_months_no_longer_count() -> None:
    career = career_of([paid(201901, 202012, 5)], [span("01/2019", "12/2019")])
    assert (len(career.months), career.withdrawn) == (12, 12)
    assert career.first == Month(2020, 1)


@pytest.mark.parametrize("kind", ["household", "supported"])
def test_cover_reckoned_on_the_base_wage_is_no_pay(kind: str) -> None:
    assert career_of([paid(202401, 202412, 9, kind=kind)]).months == {}


def test_pay_in_another_currency_counts_as_time_but_not_as_pay() -> None:
    career = career_of([paid(200001, 200012, 300, currency="USD"), paid(202501, 202512, 8)])
    assert len(career.months) == 24
    assert career.caveats == (Caveat.UNKNOWN_PAY,)
    mean = mean_salary(career, ON)
    assert mean is not None
    assert (mean.amount, mean.months) == (8, 12)


@given(periods)
def test_each_month_counts_at_most_once(spans: list[Period]) -> None:
    career = career_of(spans)
    named = {at for one in spans if one.state == "paid" for at in one.counted}
    assert set(career.months) == named
    assert len(career.compulsory.months) + len(career.voluntary.months) == len(named)


def test_months_within_a_window_stop_before_the_month() -> None:
    career = career_of([paid(202501, 202512, 5)])
    assert months_within(career, Month(2026, 1), 6) == 6
    assert months_within(career, Month(2026, 7), 6) == 0
    assert months_within(career, Month(2026, 2), 12) == 11


# --- the mean -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "pay", "on", "mean"),
    [
        # TT 01/2025/TT-BLĐTBXH: 2008 counts 2.21 times in 2025; CV 340: 2.29 times in 2026.
        (200801, 200812, 1_000_000, date(2025, 12, 31), 2_210_000),
        (200801, 200812, 1_000_000, date(2026, 1, 1), 2_290_000),
        # Before 1995 all years share one factor: 5.81 in 2026.
        (199401, 199412, 100_000, ON, 581_000),
        (199501, 199512, 100_000, ON, 491_000),
        # The year before the settlement and its own count as they are.
        (202501, 202512, 7_654_321, ON, 7_654_321),
        (202601, 202609, 7_654_321, ON, 7_654_321),
        (202401, 202412, 10_000_000, ON, 10_300_000),
    ],
)
def test_pay_counts_at_the_prices_of_the_settlement(
    first: int, last: int, pay: int, on: date, mean: int
) -> None:
    found = mean_salary(career_of([paid(first, last, pay)]), on)
    assert found is not None
    assert found.amount == mean


def test_mean_of_an_enterprise_is_over_the_whole_time() -> None:
    """Luật 41/2024 Đ.72.2: (12 × 4 M × 1.42 + 6 × 6 M × 1.36 + 12 × 10 M × 1.03) / 30."""
    career = career_of(
        [paid(201301, 201312, 4_000_000), paid(201401, 201406, 6_000_000),
         paid(202401, 202412, 10_000_000)]
    )  # fmt: skip
    found = mean_salary(career, ON)
    assert found is not None
    assert found.amount == (68_160_000 + 48_960_000 + 123_600_000) // 30 == 8_024_000
    assert [(row.year, row.months, row.total, row.times) for row in found.rows] == [
        (2013, 12, 48_000_000, 142),
        (2014, 6, 36_000_000, 136),
        (2024, 12, 120_000_000, 103),
    ]
    assert sum(row.adjusted for row in found.rows) == 240_720_000
    assert found.paid == 204_000_000


STATE_PAY = (
    (201001, 201104, 730_000), (201610, 201706, 1_210_000), (201707, 201806, 1_300_000),
    (201807, 201906, 1_390_000), (201907, 202306, 1_490_000), (202307, 202406, 1_800_000),
    (202407, 202606, 2_340_000), (202607, 202609, 2_530_000),
)  # fmt: skip


def test_mean_of_the_state_scale_is_over_the_last_years_at_todays_base_wage() -> None:
    """Luật 41/2024 Đ.72.1d, 73.1a: joined 2007–2015, ten years; coefficient 3, before that 9."""
    times = [9, *[3] * (len(STATE_PAY) - 1)]
    career = career_of(
        [
            paid(first, last, base * coefficient)
            for (first, last, base), coefficient in zip(STATE_PAY, times, strict=True)
        ],
        state_scale=True,
    )
    found = mean_salary(career, ON)
    assert found is not None
    assert found.amount == 3 * 2_530_000
    assert found.window == 120
    assert sum(row.months for row in found.rows) == 120
    assert {row.year for row in found.rows} == set(range(2016, 2027))


@pytest.mark.parametrize(("joined", "raised"), [(201512, True), (201601, False)])
def test_state_pay_follows_prices_for_who_joined_since_2016(joined: int, *, raised: bool) -> None:
    """Luật 41/2024 Đ.73.1: by the reference level for who joined before 2016."""
    career = career_of(
        [paid(joined, joined, 1_150_000), paid(202401, 202406, 1_800_000)], state_scale=True
    )
    found = mean_salary(career, ON)
    assert found is not None
    last = found.rows[-1]
    assert (last.times, last.per) == ((2_530_000, 1_800_000) if raised else (103, 100))


def test_work_and_voluntary_time_are_weighed_by_their_months() -> None:
    """NĐ 159/2025 Đ.11.4: 12 × 10 M in work, 24 × 2 M by choice, both in 2025."""
    career = career_of(
        [paid(202501, 202512, 10_000_000), paid(202601, 202606, 2_000_000, kind="voluntary")]
    )
    found = mean_salary(career, ON)
    assert found is not None
    assert found.amount == (120_000_000 + 12_000_000 + 9) // 18


def test_state_and_enterprise_time_are_averaged_together() -> None:
    """Luật 41/2024 Đ.72.3: the State's mean for its months, the others as they are."""
    months = {2025 * 12 + at: PaidMonth(10_000_000, Basis.EMPLOYER) for at in range(12)}
    months |= {2024 * 12 + at: PaidMonth(2_340_000, Basis.STATE) for at in range(6, 12)}
    found = mean_salary(Career(months), date(2026, 6, 30))
    assert found is not None
    # Joined in 7/2024: the State's pay rises by prices, 2.340.000 × 1.03.
    assert found.amount == round(Fraction(12 * 10_000_000 + 6 * 2_410_200, 18))
    assert found.window == 0


def test_nothing_known_has_no_mean() -> None:
    assert mean_salary(career_of([]), ON) is None
    assert mean_salary(career_of([paid(202501, 202512, 0)]), ON) is None


@given(periods)
def test_mean_lies_between_the_lowest_and_the_highest_raised_pay(spans: list[Period]) -> None:
    career = career_of(spans)
    found = mean_salary(career, ON)
    if found is None:
        assert not career.months
        return
    raised = [Fraction(row.exact, row.months) for row in found.rows]
    assert min(raised) - 1 <= found.amount <= max(raised) + 1
    assert found.months == len(career.months) == sum(row.months for row in found.rows)
    assert found.paid == sum(one.salary for one in career.months.values())


@pytest.mark.parametrize(
    ("now", "months_now", "pay", "more", "window", "mean"),
    [
        (10_000_000, 120, 10_000_000, 60, 0, 10_000_000),
        (6_000_000, 120, 12_000_000, 60, 0, 8_000_000),
        (6_000_000, 0, 12_000_000, 60, 0, 12_000_000),
        (6_000_000, 120, 12_000_000, 0, 0, 6_000_000),
        (6_000_000, 120, 12_000_000, 60, 120, 9_000_000),
        (6_000_000, 120, 12_000_000, 119, 120, 11_950_000),
        (6_000_000, 120, 12_000_000, 120, 120, 12_000_000),
        (6_000_000, 120, 12_000_000, 300, 120, 12_000_000),
    ],
)
def test_going_on_paying_moves_the_mean_by_its_months(
    now: int, months_now: int, pay: int, more: int, window: int, mean: int
) -> None:
    assert mean_going_on(now, months_now, pay, more, window) == mean


def test_plain_mean_rounds_halves_up() -> None:
    assert plain_mean([5, 6]) == 6
    assert plain_mean([]) == 0
