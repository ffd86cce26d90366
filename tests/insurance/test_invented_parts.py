"""The small parts under invented lives: counted months, leaves, spans, means, names."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.insurance.invented.contributions import pieces
from vssid.insurance.invented.cover import small_child_until
from vssid.insurance.invented.life import ContributionPeriod
from vssid.insurance.invented.means import (
    last_paid_salaries,
    mean_salary,
    months_of,
    paid_salaries,
    pension_amount,
)
from vssid.insurance.invented.names import full_name
from vssid.insurance.invented.numbers import random_for, row_id
from vssid.insurance.invented.plan import plan_leave
from vssid.insurance.invented.timeline import (
    add_months,
    age_on,
    counted,
    counted_from_stored,
    first_day,
    last_day,
    leave_months,
    stored,
)
from vssid.insurance.invented.wages import market_steps, state_steps
from vssid.insurance.tables.minimum_wages import minimum_wage
from vssid.kernel.months import Month

days = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@given(days)
def test_counted_months_agree_with_months(day: date) -> None:
    month = Month.of(day)
    assert stored(counted(day)) == month.yyyymm
    assert counted_from_stored(month.yyyymm) == counted(day)
    assert first_day(counted(day)) == month.first_day
    assert last_day(counted(day)) == month.last_day


@given(days, st.integers(-200, 200))
def test_adding_months_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert counted(later) - counted(day) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


def test_age_grows_on_the_birthday() -> None:
    assert age_on(date(2000, 5, 10), date(2026, 5, 9)) == 25
    assert age_on(date(2000, 5, 10), date(2026, 5, 10)) == 26


@given(days, st.integers(1, 3))
def test_a_leave_holds_the_birth_and_counts_whole_months(birth: date, child: int) -> None:
    leave = plan_leave(birth, child)
    assert timedelta(0) <= birth - leave.begin <= timedelta(days=9)
    expected = 4 if birth < date(2013, 5, 1) else 6
    if child == 2 and birth >= date(2026, 7, 1):
        expected = 7
    assert len(leave.months) == expected
    assert leave.end == add_months(leave.begin, expected) - timedelta(days=1)


def test_a_month_counts_as_leave_from_fifteen_days_on() -> None:
    june, december = 2025 * 12 + 5, 2025 * 12 + 11
    assert leave_months(date(2025, 6, 16), date(2025, 12, 15)) == range(june, december + 1)
    assert leave_months(date(2025, 6, 17), date(2025, 12, 14)) == range(june + 1, december)


@given(st.integers(0, 50), st.integers(0, 50), st.lists(st.integers(-10, 110)))
def test_pieces_are_the_span_cut_before_each_cut(first: int, length: int, cuts: list[int]) -> None:
    last = first + length
    found = list(pieces(first, last, cuts))
    assert [m for a, b in found for m in range(a, b + 1)] == list(range(first, last + 1))
    assert [a for a, _ in found[1:]] == sorted({c for c in cuts if first < c <= last})


@pytest.mark.parametrize(
    ("born", "until"),
    [(date(2020, 3, 5), 202609), (date(2020, 9, 30), 202609), (date(2020, 10, 1), 202610)],
)
def test_a_small_child_is_covered_until_september_or_its_sixth_birthday(
    born: date, until: int
) -> None:
    assert stored(small_child_until(born)) == until


def period(
    first: int, last: int, salary: int, code: str = "TA1", state: str = "paid"
) -> ContributionPeriod:
    """A period of BHXH at an enterprise (TA) or a unit of the State (HC)."""
    return ContributionPeriod(
        "0100000000", UUID(int=first), "bhxh", "compulsory", state, first, last, code, "x", "", "",
        "", "VND", salary, salary, 1,
    )  # fmt: skip


def test_the_last_paid_salaries_leave_out_what_is_owed_and_gaps() -> None:
    owed = period(202507, 202508, 9, "TA1", "late")
    months = months_of([period(202501, 202503, 5), period(202505, 202506, 7), owed], "bhxh")
    assert last_paid_salaries(months, counted_from_stored(202509), 4) == [7, 7, 5, 5]
    assert last_paid_salaries(months, counted_from_stored(202502), 4) == [5]


def test_the_mean_of_an_enterprise_raises_every_salary_to_the_price_level() -> None:
    months = months_of([period(202301, 202312, 10_000), period(202401, 202412, 20_000)], "bhxh")
    paid = paid_salaries(months, 0, 10**6)
    assert len(paid) == 24
    assert mean_salary(paid, date(2026, 1, 1), months) == (10_700 + 20_600) // 2


def test_the_mean_of_the_state_takes_the_last_years_at_the_base_wage_of_the_day() -> None:
    rows = [period(199501, 199912, 180_000, "HC1"), period(201001, 201512, 2_300_000, "HC1")]
    months = months_of(rows, "bhxh")
    paid = paid_salaries(months, 0, 10**6)
    mean = mean_salary(paid, date(2016, 1, 1), months)
    # Joined in 1995: six years, the last 72 months. The base wage was 730, 830, 1,050 and 1,150
    # thousand in them (650 in the first four months), and is 1,150 on the day.
    spans = ((4, 650), (12, 730), (12, 830), (14, 1050), (30, 1150))
    assert sum(months for months, _ in spans) == 72
    assert mean == sum(n * (2_300_000 * 1150 // base) for n, base in spans) // 72


def test_both_kinds_of_work_are_weighed_by_their_months() -> None:
    rows = [period(202401, 202406, 2_340_000, "HC1"), period(202501, 202512, 5_000_000)]
    months = months_of(rows, "bhxh")
    paid = paid_salaries(months, 0, 10**6)
    state = 2_340_000 * 2_340 // 1_800
    assert mean_salary(paid, date(2025, 12, 1), months) == (state * 6 + 5_000_000 * 12) // 18


def test_a_small_pension_is_lifted_to_the_base_wage() -> None:
    months = months_of([period(200001, 202412, 1_000_000)], "bhxh")
    paid = paid_salaries(months, 0, 10**6)
    assert pension_amount("F", paid, date(2025, 1, 1), months) == 2_340_000
    assert pension_amount("F", paid, date(2025, 7, 1), months) == 2_340_000
    assert pension_amount("F", paid[-239:], date(2025, 7, 1), months) < 2_340_000


@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(2000 * 12, 2020 * 12))
def test_wages_of_an_enterprise_never_fall_and_keep_to_the_minimum(
    seed: int, region: int, first: int
) -> None:
    steps = market_steps(random_for(seed, "test", 0), region, (first, first + 70), 1.1, ("a", "b"))
    assert steps[0].first == first
    for earlier, later in pairwise(steps):
        assert earlier.wage <= later.wage
        assert earlier.wage >= minimum_wage(region, stored(later.first - 1))


@given(st.integers(0, 10**6), st.integers(1996 * 12, 2020 * 12))
def test_wages_of_the_state_are_coefficients_of_the_base_wage(seed: int, first: int) -> None:
    steps = state_steps(random_for(seed, "test", 0), (first, first + 70), 234, ("a", "b"))
    assert steps[0].first == first
    assert all(a.wage <= b.wage for a, b in pairwise(steps))


@given(st.integers(0, 10**6), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_row_ids_ascend_with_their_days(seed: int, day: date) -> None:
    rng = random_for(seed, "test", 0)
    one, two = row_id(rng, day), row_id(rng, day + timedelta(days=1))
    assert one.version == two.version == 7
    assert one.variant == UUID(int=0x8000 << 48).variant
    assert one < two


def test_a_row_cannot_be_older_than_the_epoch() -> None:
    with pytest.raises(ValueError, match="1970"):
        row_id(random_for(1, "test", 0), date(1969, 12, 31))


@given(st.integers(0, 10**6), st.sampled_from("MF"), st.integers(1935, 2026))
def test_a_name_has_three_different_words(seed: int, sex: str, year: int) -> None:
    words = full_name(random_for(seed, "test", 0), "Nguyễn", sex, year).split()
    assert len(words) == len(set(words)) == 3
