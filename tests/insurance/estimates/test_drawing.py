"""What a person draws already, and what is then said instead of an estimate."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.insurance.estimates.cases import a_life, drawn, named, paid
from vssid.insurance.estimates import drawing, filling
from vssid.insurance.estimates.codes import RefusalCode, TableCode
from vssid.insurance.estimates.working import Refusal
from vssid.insurance.records import BenefitEntryDetails, MonthlyBenefit, WorkingLife

ON = date(2026, 11, 28)
MILLION = 1_000_000
PENSION = MonthlyBenefit("Lương hưu", date(2018, 3, 1), None, 2 * MILLION, "", "", ())


def _rises(*steps: tuple[date, int]) -> MonthlyBenefit:
    entries = tuple(BenefitEntryDetails("adjustment", day, amount, "") for day, amount in steps)
    return replace(PENSION, entries=entries)


def _retired(*monthly: MonthlyBenefit) -> WorkingLife:
    return a_life(paid(199501, 201802, 3 * MILLION), monthly=monthly)


# --- a pension ----------------------------------------------------------------------------------


def test_pensioner_is_told_their_pension_and_the_last_rise() -> None:
    life = _retired(_rises((date(2026, 7, 1), 3 * MILLION), (date(2026, 12, 1), 4 * MILLION)))
    found = drawing.no_second_pension(life, ON)
    assert found is not None
    assert found.code is RefusalCode.DRAWING_PENSION
    # NĐ 162/2026: 8 % from 1/7/2026.
    assert named(found) == {
        "monthly": 3 * MILLION,
        "since": date(2018, 3, 1).toordinal(),
        "rise": 80,
        "raised": date(2026, 7, 1).toordinal(),
    }
    (table,) = found.tables
    assert (table.code, table.source) == (TableCode.PENSION_INCREASES, "NĐ 162/2026/NĐ-CP")


@pytest.mark.parametrize(
    ("on", "rise"), [(date(2026, 6, 30), 150), (date(2026, 7, 1), 80), (date(2024, 6, 30), 125)]
)
def test_last_rise_is_the_one_that_has_begun(on: date, rise: int) -> None:
    found = drawing.no_second_pension(_retired(PENSION), on)
    assert found is not None
    assert named(found)["rise"] == rise


def test_pension_to_come_is_told_with_its_first_sum() -> None:
    found = drawing.no_second_pension(_retired(replace(PENSION, from_date=date(2027, 1, 1))), ON)
    assert found is not None
    assert named(found)["monthly"] == 2 * MILLION


@pytest.mark.parametrize(
    ("regime", "bars"),
    [
        ("Lương hưu", True),
        ("LƯƠNG HƯU HẰNG THÁNG", True),
        ("Hưu trí", True),
        ("Trợ cấp hưu trí xã hội", False),
        ("Hưu trí xã hội", False),
        ("Trợ cấp tuất hằng tháng", False),
        ("Trợ cấp tai nạn lao động hằng tháng", False),
    ],
)
def test_only_a_pension_bars_what_a_pension_bars(regime: str, *, bars: bool) -> None:
    life = _retired(replace(PENSION, regime=regime))
    jobless = filling.unemployment(life, ON).given
    found = [
        drawing.no_second_pension(life, ON),
        drawing.no_withdrawal(life, ON),
        drawing.no_unemployment(life, jobless, ON),
    ]
    assert [one is not None for one in found] == [bars] * 3


def test_pension_bars_withdrawal_and_unemployment_benefit() -> None:
    life = _retired(PENSION)
    withdrawal = drawing.no_withdrawal(life, ON)
    jobless = drawing.no_unemployment(life, filling.unemployment(life, ON).given, ON)
    assert withdrawal is not None
    assert jobless is not None
    assert withdrawal.code is RefusalCode.PENSION_BARS_WITHDRAWAL
    assert jobless.code is RefusalCode.PENSION_BARS_UNEMPLOYMENT


# --- unemployment benefit -----------------------------------------------------------------------


def _jobless(on: date = ON, ended: date | None = None, **benefit: Any) -> Refusal | None:
    """Nine years at 10 million until 6/2026, and nine months of benefit since 1/8/2026."""
    facts = {"from_date": date(2026, 8, 1), "months": 9, "amount": 6 * MILLION, **benefit}
    life = a_life(
        paid(201707, 202606, 10 * MILLION),
        drawn=(replace(drawn(date(2026, 8, 1), 9), **facts),),
    )
    return drawing.no_unemployment(life, filling.unemployment(life, on, ended=ended).given, on)


def test_who_draws_a_benefit_is_told_what_is_left() -> None:
    found = _jobless()
    assert found is not None
    assert found.code is RefusalCode.DRAWING_UNEMPLOYMENT
    assert named(found) == {
        "monthly": 6 * MILLION,
        "since": date(2026, 8, 1).toordinal(),
        "granted": 9,
        "left": 5,
    }


def test_what_is_left_goes_by_the_payments() -> None:
    payments = tuple(
        BenefitEntryDetails("payment", date(2026, at, 12), 6 * MILLION, "") for at in (9, 10)
    )
    found = _jobless(entries=payments)
    assert found is not None
    assert named(found)["left"] == 7


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        (date(2026, 6, 30), RefusalCode.DRAWING_UNEMPLOYMENT),
        # Nine months from 1/8/2026 end on 30/4/2027.
        (date(2027, 4, 30), RefusalCode.DRAWING_UNEMPLOYMENT),
        (date(2027, 5, 1), RefusalCode.UNEMPLOYMENT_USED_UP),
    ],
)
def test_work_that_ends_while_a_benefit_runs_brings_no_other(
    ended: date, code: RefusalCode
) -> None:
    found = _jobless(ended=ended)
    assert found is not None
    assert found.code is code


def test_length_that_is_not_on_record_is_said_so() -> None:
    found = _jobless(months=0)
    assert found is not None
    assert found.code is RefusalCode.DRAWING_UNEMPLOYMENT_UNKNOWN


@pytest.mark.parametrize(
    ("benefit", "on"),
    [
        ({"to_date": date(2026, 10, 31)}, ON),
        # One month of grace for the last payment to come in, then it is over.
        ({"entries": (BenefitEntryDetails("payment", date(2026, 9, 1), 1, ""),)}, date(2027, 6, 1)),
        ({"months": 0}, date(2027, 9, 1)),
    ],
)
def test_benefit_that_is_over_is_not_drawn(benefit: dict[str, Any], on: date) -> None:
    found = _jobless(on, **benefit)
    assert found is None or found.code is RefusalCode.UNEMPLOYMENT_USED_UP


def test_months_used_up_are_no_months_never_paid() -> None:
    found = _jobless(date(2027, 9, 1))
    assert found is not None
    assert found.code is RefusalCode.UNEMPLOYMENT_USED_UP
    assert drawing.no_unemployment(a_life(), filling.unemployment(a_life(), ON).given, ON) is None
