"""No pay counts beyond 20 base wages of its month (Luật 41/2024 Đ.31): both sides of it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.insurance.estimates.cases import a_life, codes, laws, paid, shown
from vssid.insurance.estimates import filling
from vssid.insurance.estimates.career import career_of, jobs_ceiling
from vssid.insurance.estimates.codes import Caveat, LineCode, TableCode
from vssid.insurance.estimates.maternity import Maternity, MaternityInput, Parent
from vssid.insurance.estimates.maternity import estimate as give_birth
from vssid.insurance.estimates.one_time import OneTime, OneTimeInput, Reason
from vssid.insurance.estimates.one_time import estimate as withdraw
from vssid.insurance.estimates.pension import Pension
from vssid.insurance.estimates.pension import estimate as retire
from vssid.insurance.estimates.sickness import Patient, Sickness, SicknessInput
from vssid.insurance.estimates.sickness import estimate as fall_ill
from vssid.kernel.months import Month

ON = date(2026, 11, 28)
MILLION = 1_000_000


def _ill(salary: int, begin: date) -> Sickness:
    found = fall_ill(SicknessInput(Patient.ONESELF, begin, 2, 0, salary, 60))
    assert isinstance(found, Sickness)
    return found


def _birth(mean: int, birth: date, parent: Parent = Parent.MOTHER) -> Maternity:
    found = give_birth(MaternityInput(parent, birth, 1, 0, 12, 0, 60, mean))
    assert isinstance(found, Maternity)
    return found


def _withdrawal(mean: int, months: int = 24) -> OneTime:
    given = OneTimeInput(
        Reason.ABROAD, Month(2024, 1), Month(2025, 12), 0, months, mean, mean * months, 0,
        Month(2050, 1),
    )  # fmt: skip
    found = withdraw(given, ON)
    assert isinstance(found, OneTime)
    return found


@pytest.mark.parametrize(
    ("salary", "begin", "amount"),
    [
        # 75 % × 50.600.000 ÷ 24: 20 × 2.530.000 since 7/2026, and the month before counts.
        (50_600_000, date(2026, 8, 1), 1_581_250),
        (50_600_001, date(2026, 8, 1), 1_581_250),
        (999 * MILLION, date(2026, 8, 1), 1_581_250),
        # 20 × 2.340.000 in 6/2026.
        (46_800_000, date(2026, 7, 31), 1_462_500),
        (999 * MILLION, date(2026, 7, 31), 1_462_500),
        (50_599_968, date(2026, 8, 1), 1_581_249),
    ],
)
def test_sick_pay_goes_by_no_more_than_the_ceiling(salary: int, begin: date, amount: int) -> None:
    assert _ill(salary, begin).amount == amount


@pytest.mark.parametrize(("salary", "is_cut"), [(50_600_000, False), (50_600_001, True)])
def test_what_was_cut_is_said_with_its_table_and_law(salary: int, *, is_cut: bool) -> None:
    working = _ill(salary, ON).working
    assert (LineCode.PAY_CEILING in codes(working)) is is_cut
    assert (TableCode.BASE_WAGE in {table.code for table in working.tables}) is is_cut
    assert [ground.topic.value for ground in working.laws].count("pay-ceiling") == is_cut
    if is_cut:
        assert shown(working, LineCode.PAY_CEILING).value == 50_600_000
        assert set(laws(working)) == {"Luật 41/2024/QH15"}


@pytest.mark.parametrize(
    ("mean", "birth", "pay"),
    [
        (50_600_000, date(2026, 8, 1), 6 * 50_600_000),
        (500 * MILLION, date(2026, 8, 1), 6 * 50_600_000),
        (500 * MILLION, date(2026, 7, 31), 6 * 46_800_000),
        (46_799_999, date(2026, 7, 31), 6 * 46_799_999),
    ],
)
def test_leave_is_paid_by_no_more_than_the_ceiling(mean: int, birth: date, pay: int) -> None:
    found = _birth(mean, birth)
    assert found.pay == pay
    assert found.amount == found.pay + found.grant
    most = 50_600_000 if birth.month == 8 else 46_800_000
    assert (LineCode.PAY_CEILING in codes(found.working)) is (mean > most)


def test_days_of_a_father_are_paid_by_no_more_than_the_ceiling() -> None:
    assert _birth(500 * MILLION, ON, Parent.FATHER).pay == round(50_600_000 * 5 / 24)


def test_grant_without_pay_says_nothing_of_a_ceiling() -> None:
    given = MaternityInput(Parent.MOTHER, ON, 1, 0, 0, 12, 0, 500 * MILLION)
    found = give_birth(given)
    assert isinstance(found, Maternity)
    assert codes(found.working) == [LineCode.VOLUNTARY_GRANT]


def test_mean_is_no_higher_than_that_of_the_best_month() -> None:
    """In 2026 20 × 2.530.000 is more than any month before at its price level (46,8 M × 1,03)."""
    best, more = _withdrawal(50_600_000), _withdrawal(50_600_001)
    assert best.amount == more.amount == 4 * 50_600_000
    assert LineCode.MEAN_CEILING not in codes(best.working)
    assert shown(more.working, LineCode.MEAN_CEILING).value == 50_600_000


def test_salaries_of_less_than_a_year_are_cut_alike() -> None:
    assert _withdrawal(500 * MILLION, 6).amount == 50_600_000 * 6 * 22 // 100


def test_mean_of_earlier_prices_may_be_above_the_ceiling_of_the_day() -> None:
    given = OneTimeInput(
        Reason.ABROAD, Month(2024, 7), Month(2025, 6), 0, 12, 48_000_000, 12 * 46_800_000, 0,
        Month(2050, 1),
    )  # fmt: skip
    found = withdraw(given, date(2026, 6, 1))
    assert isinstance(found, OneTime)
    # 46.800.000 × 1,03 = 48.204.000, though 46.800.000 is the ceiling.
    assert found.amount == 2 * 48_000_000


def test_pension_goes_on_with_no_more_than_the_ceiling() -> None:
    life = a_life(paid(200001, 202610, 10 * MILLION), birth_date=date(1970, 5, 1))
    given = filling.pension(life, ON).given
    at, above = (retire(replace(given, pay=pay), ON).going_on for pay in (50_600_000, 10**9))
    assert isinstance(at, Pension)
    assert isinstance(above, Pension)
    assert at.monthly == above.monthly
    assert LineCode.PAY_CEILING in codes(above.working)
    assert LineCode.PAY_CEILING not in codes(at.working)


def test_pay_on_record_above_the_ceiling_is_cut_month_by_month_and_said() -> None:
    career = career_of([paid(202605, 202608, 50 * MILLION)])
    assert career.last_salaries(4) == (50 * MILLION, 50 * MILLION, 46_800_000, 46_800_000)
    assert Caveat.PAY_ABOVE_CEILING in career.caveats
    assert Caveat.PAY_ABOVE_CEILING not in career_of([paid(202605, 202608, 46_800_000)]).caveats


def test_before_2007_there_was_no_ceiling() -> None:
    for last in (200701, 202012):
        months = career_of([paid(198901, last, 10 * MILLION)]).months
        pays = [months[year * 12 + at].salary for year, at in ((1989, 0), (2006, 11), (2007, 0))]
        assert pays == [10 * MILLION, 10 * MILLION, 20 * 450_000]
    assert career_of([paid(198901, 198901, 10)], ceiling=jobs_ceiling).last_salaries(1) == (10,)


def test_unemployment_insurance_has_its_own_ceiling() -> None:
    """20 × 5.310.000 in region I, 20 × 3.700.000 in region IV; unknown: region I."""
    for region, most in ((1, 106_200_000), (4, 74_000_000), (0, 106_200_000)):
        pay = paid(202601, 202601, 200 * MILLION, region=region)
        assert career_of([pay], ceiling=jobs_ceiling).last_salaries(1) == (most,)


def test_pay_of_another_currency_is_unknown_not_cut() -> None:
    career = career_of([paid(202601, 202601, 200 * MILLION, currency="USD")])
    assert career.caveats == (Caveat.UNKNOWN_PAY,)
