"""«Lương hưu»: from when, at which rate, how much."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import codes, laws, named, shown
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.pension import (
    Circumstance,
    Pension,
    PensionEstimate,
    PensionInput,
    estimate,
)
from vssid.insurance.estimates.working import Refusal
from vssid.kernel.months import Month

ON = date(2026, 10, 10)
HEAVY, WEAK, WEAKEST = (
    Circumstance.HEAVY_WORK,
    Circumstance.IMPAIRED_61,
    Circumstance.IMPAIRED_81,
)


def an_input(**changes: Any) -> PensionInput:
    """A woman of pension age this month, 25 years in work, ten million on the mean, not going on.

    Born in 9/1969: 57 years (NĐ 135/2020, annex I: 5/1969 to 12/1969), reached in 9/2026.
    """
    ordinary = PensionInput(
        sex="F",
        born=date(1969, 9, 15),
        circumstance=Circumstance.ORDINARY,
        joined=Month(2001, 1),
        compulsory=300,
        voluntary=0,
        past_age=0,
        mean_salary=10_000_000,
        averaged=300,
        window=0,
        pay=0,
        pay_is_voluntary=False,
        unpaid_from=Month(2026, 10),
    )
    return replace(ordinary, **changes)


def stopping(on: date = ON, **changes: Any) -> Pension:
    """The pension of who pays no further month."""
    found = estimate(an_input(**changes), on).stopping
    assert isinstance(found, Pension)
    return found


def refused(on: date = ON, **changes: Any) -> Refusal:
    """Why who pays no further month has no pension."""
    found = estimate(an_input(**changes), on).stopping
    assert isinstance(found, Refusal)
    return found


def going_on(on: date = ON, **changes: Any) -> PensionEstimate:
    """Both ways, of somebody 55 years old at 12 million a month."""
    young = {"born": date(1975, 5, 15), "pay": 12_000_000, "unpaid_from": Month(2026, 10)}
    return estimate(an_input(**{**young, **changes}), on)


# --- the rate (Luật 41/2024 Đ.66.1, Đ.5.6) --------------------------------------------------------


@pytest.mark.parametrize(
    ("sex", "months", "rate"),
    [
        ("F", 180, 450),  # 15 years: 45 %
        ("F", 181, 460),  # 1 to 6 odd months: half a year, 1 %
        ("F", 186, 460),
        ("F", 187, 470),  # 7 to 11: a year, 2 %
        ("F", 191, 470),
        ("F", 192, 470),
        ("F", 300, 650),  # 25 years: 45 % + 10 × 2 %
        ("F", 353, 740),  # 29 years 5 months: 29.5 years, 45 % + 14.5 × 2 %
        ("F", 355, 750),  # 29 years 7 months: 30 years
        ("F", 420, 750),  # at most 75 %
        ("M", 180, 400),  # 15 years: 40 %
        ("M", 204, 420),  # 17 years: 40 % + 2 × 1 %
        ("M", 234, 445),  # 19 years 6 months: 40 % + 4.5 × 1 %
        ("M", 235, 450),  # 19 years 7 months count as 20
        ("M", 239, 450),
        ("M", 240, 450),
        ("M", 241, 460),  # beyond 20 years 2 % again
        ("M", 300, 550),
        ("M", 419, 750),
        ("M", 420, 750),  # 35 years
    ],
)
def test_rate_grows_with_the_years(sex: str, months: int, rate: int) -> None:
    born = date(1969, 9, 15) if sex == "F" else date(1964, 12, 15)
    found = stopping(sex=sex, born=born, compulsory=months)
    assert found.rate == rate
    assert found.monthly == max(10_000 * rate, 2_530_000 if months >= 240 else 0)


@pytest.mark.parametrize(
    ("sex", "months", "code"),
    [
        ("F", 200, LineCode.RATE_WOMAN),
        ("M", 234, LineCode.RATE_MAN_SHORT),
        ("M", 235, LineCode.RATE_MAN),
        ("M", 240, LineCode.RATE_MAN),
    ],
)
def test_step_says_by_which_rule_the_rate_was_found(sex: str, months: int, code: LineCode) -> None:
    born = date(1969, 9, 15) if sex == "F" else date(1964, 12, 15)
    assert code in codes(stopping(sex=sex, born=born, compulsory=months).working)


# --- age and first month (NĐ 135/2020 Đ.4, annex I) -----------------------------------------------


@pytest.mark.parametrize(
    ("sex", "born", "age", "earliest"),
    [
        ("M", date(1964, 12, 31), 61 * 12 + 6, Month(2026, 7)),
        ("M", date(1965, 6, 30), 61 * 12 + 6, Month(2027, 1)),
        ("M", date(1965, 7, 1), 61 * 12 + 9, Month(2027, 5)),
        ("M", date(1966, 3, 31), 61 * 12 + 9, Month(2028, 1)),
        ("M", date(1966, 4, 1), 62 * 12, Month(2028, 5)),
        ("F", date(1969, 4, 30), 56 * 12 + 8, Month(2026, 1)),
        ("F", date(1969, 5, 1), 57 * 12, Month(2026, 6)),
        ("F", date(1969, 12, 31), 57 * 12, Month(2027, 1)),
        ("F", date(1970, 1, 1), 57 * 12 + 4, Month(2027, 6)),
    ],
)
def test_pension_can_begin_in_the_month_after_the_age(
    sex: str, born: date, age: int, earliest: Month
) -> None:
    found = estimate(an_input(sex=sex, born=born), date(2025, 12, 1))
    assert (found.age_months, found.earliest) == (age, earliest)
    assert found.begins == earliest


def test_who_is_past_the_age_begins_now_and_may_wish_for_later() -> None:
    past = an_input(born=date(1960, 1, 1))
    assert estimate(past, ON).begins == Month(2026, 10)
    assert estimate(replace(past, begins=Month(2027, 3)), ON).begins == Month(2027, 3)
    assert estimate(replace(past, begins=Month(2020, 1)), ON).begins == Month(2026, 10)
    too_soon = replace(past, born=date(1975, 5, 15), begins=Month(2030, 1))
    assert estimate(too_soon, ON).begins == Month(2035, 6)


# --- who has the years (Đ.64, 65, 98) -------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "months", "missing"),
    [
        # Luật 58/2014 Đ.54: 20 years until 30/6/2025; Luật 41/2024 Đ.64: 15 since 1/7/2025.
        (date(2025, 6, 30), 239, 1),
        (date(2025, 6, 30), 240, 0),
        (date(2025, 7, 1), 179, 1),
        (date(2025, 7, 1), 180, 0),
    ],
)
def test_years_needed_are_those_of_the_first_month(on: date, months: int, missing: int) -> None:
    found = estimate(an_input(born=date(1960, 1, 1), compulsory=months), on).stopping
    assert isinstance(found, Refusal) == (missing > 0)
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.TOO_FEW_MONTHS
        assert named(found)["missing"] == missing


def test_voluntary_time_counts_towards_the_fifteen_years() -> None:
    """Đ.98; NĐ 159/2025 Đ.11: both kinds together."""
    found = stopping(compulsory=100, voluntary=80)
    assert (found.months, found.rate) == (180, 450)
    assert Caveat.MIXED_TIME in found.working.caveats
    assert named(refused(compulsory=100, voluntary=79))["missing"] == 1


@pytest.mark.parametrize(
    ("circumstance", "compulsory", "missing"),
    [
        # Đ.64.1b: 15 years in work; Đ.65.1: 20 years in work; voluntary time does not help.
        (HEAVY, 179, 1),
        (HEAVY, 180, 0),
        (WEAK, 239, 1),
        (WEAK, 240, 0),
        (WEAKEST, 239, 1),
        (WEAKEST, 240, 0),
    ],
)
def test_going_early_needs_years_in_work(
    circumstance: Circumstance, compulsory: int, missing: int
) -> None:
    found = estimate(
        an_input(circumstance=circumstance, compulsory=compulsory, voluntary=100), ON
    ).stopping
    assert isinstance(found, Refusal) == (missing > 0)
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.TOO_FEW_COMPULSORY
        assert named(found)["missing"] == missing


@pytest.mark.parametrize(
    ("circumstance", "age", "earliest"),
    [
        # Annex I: born in 5/1975: 60 years.
        (Circumstance.ORDINARY, 60 * 12, Month(2035, 6)),
        # Annex II: five years below the 57 years 4 months of 2027.
        (HEAVY, 52 * 12 + 4, Month(2027, 10)),
        (WEAK, 52 * 12 + 4, Month(2027, 10)),
        # Ten years below the 55 years of 2020.
        (WEAKEST, 45 * 12, Month(2020, 6)),
    ],
)
def test_circumstances_bring_the_age_down(
    circumstance: Circumstance, age: int, earliest: Month
) -> None:
    found = estimate(
        an_input(sex="F", born=date(1975, 5, 15), circumstance=circumstance), date(2020, 1, 1)
    )
    assert (found.age_months, found.earliest) == (age, earliest)


# --- going early costs (Đ.66.3) -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "early", "less"),
    [
        # A man born in 4/1976: 57 years by annex II, 5/2033; the year's age is 62.
        (Month(2033, 5), 60, 100),
        (Month(2033, 6), 59, 90),
        (Month(2033, 11), 54, 90),
        (Month(2033, 12), 53, 80),
        (Month(2037, 5), 12, 20),
        (Month(2037, 6), 11, 10),
        (Month(2037, 11), 6, 10),
        (Month(2037, 12), 5, 0),
        (Month(2038, 5), 0, 0),
    ],
)
def test_each_year_early_takes_two_percent(begins: Month, early: int, less: int) -> None:
    found = stopping(
        sex="M", born=date(1976, 4, 20), circumstance=WEAK, compulsory=300, begins=begins
    )
    assert found.begins == begins
    assert found.rate == 550 - less
    if less:
        line = next(one for one in found.working.lines if one.code is LineCode.EARLY)
        assert (line.result.value, dict(line.how)["early"].value) == (-less, early)
    assert Caveat.EARLY_AGE in found.working.caveats


def test_heavy_work_costs_nothing() -> None:
    """Đ.64.1b, Đ.66.1."""
    found = stopping(sex="M", born=date(1976, 4, 20), circumstance=HEAVY)
    assert (found.begins, found.rate) == (Month(2033, 5), 550)
    assert LineCode.EARLY not in codes(found.working)
    assert Caveat.HEAVY_YEARS in found.working.caveats


# --- least and extra (Đ.68, 141.11) ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "compulsory", "joined", "monthly"),
    [
        (ON, 240, Month(2001, 1), 2_530_000),
        (ON, 239, Month(2001, 1), 550_000),
        (ON, 240, Month(2025, 6), 2_530_000),
        (ON, 240, Month(2025, 7), 550_000),
        (date(2026, 6, 30), 240, Month(2001, 1), 2_340_000),
        (date(2026, 7, 1), 240, Month(2001, 1), 2_530_000),
    ],
)
def test_small_pension_is_lifted_to_the_reference_level(
    on: date, compulsory: int, joined: Month, monthly: int
) -> None:
    found = stopping(
        on, born=date(1960, 1, 1), compulsory=compulsory, joined=joined, mean_salary=1_000_000
    )
    assert found.monthly == monthly
    is_lifted = monthly > 1_000_000
    assert (LineCode.LEAST_PENSION in codes(found.working)) == is_lifted
    assert (TableCode.BASE_WAGE in [one.code for one in found.working.tables]) == is_lifted


def test_voluntary_time_alone_has_no_least_pension() -> None:
    assert stopping(compulsory=0, voluntary=240, mean_salary=1_000_000).monthly == 550_000


@pytest.mark.parametrize(
    ("sex", "months", "past_age", "one_off"),
    [
        ("F", 360, 0, 0),  # 30 years
        ("F", 361, 0, 2_500_000),  # half a year: 0.5 × 0.5 × 10 M
        ("F", 366, 0, 2_500_000),
        ("F", 367, 0, 5_000_000),
        ("F", 384, 0, 10_000_000),  # two years: 2 × 0.5 × 10 M
        ("M", 420, 0, 0),  # 35 years
        ("M", 421, 0, 2_500_000),
        ("M", 432, 12, 20_000_000),  # the year after the age: 2 × 10 M
        ("F", 384, 12, 25_000_000),  # one until the age, one after: 5 M + 20 M
        ("F", 360, 24, 0),  # years after the age, but none above 30
        ("F", 372, 24, 20_000_000),  # of the two, one is above 30
    ],
)
def test_years_above_the_full_rate_bring_a_sum_once(
    sex: str, months: int, past_age: int, one_off: int
) -> None:
    """Luật 41/2024 Đ.68: half a mean for each year above 30 (men: 35), two after the age."""
    born = date(1969, 9, 15) if sex == "F" else date(1964, 12, 15)
    found = stopping(sex=sex, born=born, compulsory=months, past_age=past_age)
    assert found.one_off == one_off
    assert found.rate == 750


# --- going on until then --------------------------------------------------------------------------


def test_going_on_adds_the_months_until_the_pension() -> None:
    """10/2026 to 5/2035 are 104 months: 404 in all, 33 years 8 months, at most 75 %.

    The mean: (300 × 10 M + 104 × 12 M) / 404 = 10.514.851,49.
    """
    found = going_on().going_on
    assert isinstance(found, Pension)
    assert (found.begins, found.months, found.rate) == (Month(2035, 6), 404, 750)
    assert found.mean_salary == 10_514_851
    assert found.monthly == 7_886_138
    # 34 years, four above 30: 4 × 0.5 means.
    assert found.one_off == 21_029_702
    assert shown(found.working, LineCode.PAYING_ON).value == 104
    assert Caveat.GOES_ON_PAYING in found.working.caveats


def test_stopping_keeps_the_months_and_the_mean() -> None:
    found = going_on().stopping
    assert isinstance(found, Pension)
    assert (found.months, found.rate, found.monthly) == (300, 650, 6_500_000)
    assert {Caveat.FUTURE_FIGURES} <= set(found.working.caveats)


def test_going_on_may_earn_the_years_that_stopping_lacks() -> None:
    both = going_on(compulsory=100, averaged=100)
    assert isinstance(both.stopping, Refusal)
    assert named(both.stopping) == {"paid": 100, "missing": 80, "needed": 180}
    assert isinstance(both.going_on, Pension)
    assert both.going_on.months == 204


def test_going_on_by_choice_adds_voluntary_months() -> None:
    found = going_on(pay_is_voluntary=True).going_on
    assert isinstance(found, Pension)
    assert Caveat.MIXED_TIME in found.working.caveats


def test_going_on_past_the_age_earns_two_means_a_year() -> None:
    found = estimate(
        an_input(compulsory=360, pay=10_000_000, averaged=360, begins=Month(2027, 10)), ON
    )
    assert isinstance(found.going_on, Pension)
    assert isinstance(found.stopping, Pension)
    assert (found.stopping.one_off, found.going_on.one_off) == (0, 20_000_000)


def test_nobody_goes_on_without_pay_or_without_months_left() -> None:
    assert going_on(pay=0).going_on is None
    assert going_on(unpaid_from=Month(2035, 6)).going_on is None
    last = going_on(unpaid_from=Month(2035, 5)).going_on
    assert isinstance(last, Pension)
    assert last.months == 301


def test_state_scale_going_on_moves_its_window_only() -> None:
    """Ten years averaged, 104 of them at 12 M: (16 × 10 M + 104 × 12 M) / 120."""
    found = going_on(window=120, averaged=120).going_on
    assert isinstance(found, Pension)
    assert found.mean_salary == 11_733_333


def test_who_never_paid_can_begin_today() -> None:
    both = going_on(joined=None, compulsory=0, averaged=0, mean_salary=0)
    assert isinstance(both.stopping, Refusal)
    assert both.stopping.code is RefusalCode.NOTHING_PAID
    assert isinstance(both.going_on, Refusal)
    assert named(both.going_on)["missing"] == 180 - 104


def test_time_without_known_pay_has_no_amount() -> None:
    assert refused(mean_salary=0).code is RefusalCode.PAY_UNKNOWN


# --- what is named --------------------------------------------------------------------------------


def test_tables_name_the_births_that_an_age_is_for() -> None:
    ages = stopping().working.tables[0]
    assert ages.code is TableCode.RETIREMENT_AGES
    assert (ages.valid_from, ages.valid_to) == (date(1969, 5, 1), date(1969, 12, 31))
    moved = stopping(circumstance=WEAKEST, born=date(1986, 2, 1)).working.tables[0]
    assert (moved.valid_from, moved.valid_to) == (date(1985, 5, 1), None)


def test_births_of_the_second_annex_are_those_of_the_first_moved() -> None:
    born = date(1973, 12, 1)
    heavy = stopping(circumstance=HEAVY, born=born).working.tables[0]
    assert heavy.valid_from == date(1973, 9, 1)
    assert heavy.valid_to == date(1974, 4, 30)


@pytest.mark.parametrize(
    ("on", "law"),
    [(date(2025, 6, 30), "Luật 58/2014/QH13"), (date(2025, 7, 1), "Luật 41/2024/QH15")],
)
def test_law_is_that_of_the_first_month(on: date, law: str) -> None:
    assert laws(stopping(on, born=date(1960, 1, 1)).working)[0] == law


def test_twenty_years_by_choice_may_go_by_the_old_age() -> None:
    """Luật 41/2024 Đ.141.9 is said, not decided."""
    for voluntary, is_said in ((239, False), (240, True)):
        found = stopping(compulsory=0, voluntary=voluntary)
        assert (Caveat.OLD_VOLUNTARY in found.working.caveats) == is_said


@given(
    st.sampled_from("MF"),
    st.dates(date(1960, 1, 1), date(2005, 1, 1)),
    st.integers(0, 500),
    st.integers(0, 200),
    st.integers(1, 50_000_000),
    st.integers(0, 50_000_000),
)
def test_more_months_never_bring_less_and_nothing_passes_three_quarters(
    sex: str, born: date, compulsory: int, voluntary: int, mean: int, pay: int
) -> None:
    given_ = an_input(
        sex=sex, born=born, compulsory=compulsory, voluntary=voluntary, mean_salary=mean, pay=pay
    )
    one, more = (
        estimate(who, ON).stopping for who in (given_, replace(given_, compulsory=compulsory + 1))
    )
    if isinstance(one, Pension):
        assert isinstance(more, Pension)
        assert more.monthly >= one.monthly >= 0
        assert more.one_off >= one.one_off >= 0
        assert one.rate <= 750
        assert one.monthly <= max(mean * 3 // 4 + 1, 2_530_000)
