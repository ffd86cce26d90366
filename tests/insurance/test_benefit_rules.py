"""This month's pension and the months of unemployment benefit."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.building import a_span
from vssid.insurance import benefit_rules
from vssid.insurance.records import BenefitDetails, BenefitEntryDetails, MonthlyBenefit
from vssid.kernel.months import Month

TODAY = date(2026, 11, 28)
PENSION = MonthlyBenefit("Lương hưu", date(2020, 1, 1), None, 5_000_000, "0011223344", "A", ())
JOBLESS = BenefitDetails(
    id=UUID(int=1),
    kind="bhtn",
    regime="Trợ cấp thất nghiệp",
    decision_number="",
    decision_date=None,
    from_date=date(2026, 1, 1),
    to_date=date(2026, 5, 31),
    employer_name="",
    amount=3_000_000,
    account_number="",
    bank="",
    impairment_percent=None,
    months=5,
    entries=(),
)


def _paid(day: date, amount: int = 5_000_000) -> BenefitEntryDetails:
    return BenefitEntryDetails("payment", day, amount, "")


def _rise(day: date, amount: int) -> BenefitEntryDetails:
    return BenefitEntryDetails("adjustment", day, amount, "")


def test_pension_of_this_month_is_the_one_after_the_last_rise() -> None:
    rises = (_rise(date(2026, 12, 1), 9), _rise(date(2026, 7, 1), 8), _rise(date(2024, 7, 1), 7))
    found = benefit_rules.this_month(replace(PENSION, entries=rises), TODAY)
    assert (found.month, found.amount) == (Month(2026, 11), 8)


def test_payment_of_this_month_is_told_with_its_day() -> None:
    entries = (_paid(date(2026, 11, 5)), _paid(date(2026, 10, 4)))
    found = benefit_rules.this_month(replace(PENSION, entries=entries), TODAY)
    assert (found.paid_on, found.paid, found.usual_day) == (date(2026, 11, 5), 5_000_000, 4)


def test_two_payments_of_one_month_are_summed_up() -> None:
    entries = (_paid(date(2026, 11, 25), 400_000), _paid(date(2026, 11, 5)))
    found = benefit_rules.this_month(replace(PENSION, entries=entries), TODAY)
    assert (found.paid_on, found.paid) == (date(2026, 11, 25), 5_400_000)


def test_without_a_payment_this_month_the_day_of_the_one_before_is_told() -> None:
    found = benefit_rules.this_month(replace(PENSION, entries=(_paid(date(2026, 10, 4)),)), TODAY)
    assert (found.paid_on, found.paid, found.usual_day) == (None, None, 4)
    assert benefit_rules.this_month(PENSION, TODAY).usual_day is None


def test_pension_to_come_is_told_with_its_first_month() -> None:
    found = benefit_rules.this_month(replace(PENSION, from_date=date(2027, 1, 1)), TODAY)
    assert found.month == Month(2027, 1)
    assert not found.has_begun(TODAY)


@pytest.mark.parametrize(
    ("changes", "today", "drawn"),
    [
        # By the payments there are.
        ({"entries": (_paid(date(2026, 1, 12)), _paid(date(2026, 2, 12)))}, date(2026, 3, 1),
         (5, 2, 3, True)),
        # Without any: by the months that have begun.
        ({}, date(2026, 3, 15), (5, 3, 2, True)),
        ({}, TODAY, (5, 5, 0, False)),
        # Work was found after two months.
        ({"to_date": date(2026, 2, 28)}, TODAY, (5, 2, 3, False)),
        # Decided, not begun.
        ({}, date(2025, 12, 20), (5, 0, 5, True)),
        # Nobody wrote down for how long.
        ({"months": None}, TODAY, (None, 5, 0, False)),
        # More payments than months granted.
        ({"months": 1, "entries": (_paid(date(2026, 1, 2)), _paid(date(2026, 2, 2)))}, TODAY,
         (1, 1, 0, False)),
    ],
)  # fmt: skip
def test_months_granted_drawn_and_left(
    changes: dict[str, object], today: date, drawn: tuple[int | None, int, int, bool]
) -> None:
    found = benefit_rules.months_drawn(replace(JOBLESS, **changes), today)  # type: ignore[arg-type] # facts of a case
    assert (found.granted, found.used, found.left, found.is_running) == drawn


def test_months_not_used_up_are_kept() -> None:
    paid = [a_span("paid", 202001, 202512), a_span("late", 202601, 202603)]
    assert benefit_rules.months_kept(paid, [], TODAY) == 72
    # Five months of benefit use up sixty of the seventy-two.
    assert benefit_rules.months_kept(paid, [JOBLESS], TODAY) == 12
    stopped = replace(JOBLESS, to_date=date(2026, 2, 28))
    assert benefit_rules.months_kept(paid, [stopped], TODAY) == 48
    # What a running benefit will still pay is used, too.
    assert benefit_rules.months_kept(paid, [JOBLESS], date(2026, 2, 1)) == 12
    again = [*paid, a_span("paid", 202606, 202610)]
    assert benefit_rules.months_kept(again, [JOBLESS], TODAY) == 17


def test_of_what_is_disputed_nothing_is_said() -> None:
    paid = [a_span("paid", 201001, 202512)]
    assert benefit_rules.months_kept(paid, [JOBLESS], TODAY) is None
    assert benefit_rules.months_kept(paid[:0], [replace(JOBLESS, months=None)], TODAY) is None


@given(st.integers(1, 144), st.integers(1, 12))
def test_never_more_is_kept_than_was_paid(paid: int, months: int) -> None:
    first = Month(2026, 1) - paid
    spans = [a_span("paid", first.yyyymm, 202512)]
    kept = benefit_rules.months_kept(spans, [replace(JOBLESS, months=months)], date(2026, 1, 1))
    assert kept == max(0, paid - 12 * months)


def test_payments_are_summed_up_by_year() -> None:
    entries = (_paid(date(2026, 1, 5), 3), _paid(date(2025, 12, 5), 2), _paid(date(2025, 1, 5), 1))
    benefit = replace(JOBLESS, entries=(*entries, _rise(date(2025, 7, 1), 9)))
    payments = benefit_rules.payments_of(benefit)
    assert payments == entries
    assert benefit_rules.paid_by_year(payments) == ((2026, 1, 3), (2025, 2, 3))
    assert [one.amount for one in benefit_rules.adjustments_of(benefit)] == [9]


def test_only_what_runs_today_is_running() -> None:
    coming = replace(JOBLESS, from_date=date(2027, 1, 1), to_date=None)
    endless = replace(JOBLESS, to_date=None)
    last_day = replace(JOBLESS, to_date=TODAY)
    assert benefit_rules.running([JOBLESS, coming, endless, last_day], TODAY) == (
        endless,
        last_day,
    )
