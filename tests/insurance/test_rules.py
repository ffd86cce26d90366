"""What the record says, decided without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.building import a_span
from vssid.insurance import rules
from vssid.insurance.records import (
    BenefitDetails,
    BenefitEntryDetails,
    CardDetails,
    CostLine,
    PaidSpan,
    Period,
)
from vssid.insurance.rules import CardStatus, LastPaid, MonthState, Shares, Totals, YearStrip
from vssid.kernel.months import Month, MonthSpan

PAID, LATE, NONE = MonthState.PAID, MonthState.LATE, MonthState.NONE

CARD = CardDetails(
    card_number="DN4010123456789",
    group_code="DN",
    benefit_level=4,
    issuing_province="01",
    facility_code="01003",
    facility_name="Bệnh viện Thử nghiệm",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    five_year_date=None,
    living_area="",
    issued_on=date(2025, 12, 1),
)
SICK_PAY = BenefitDetails(
    id=UUID(int=1),
    kind="ngan-han",
    regime="Ốm đau",
    decision_number="",
    decision_date=date(2025, 1, 2),
    from_date=date(2024, 12, 30),
    to_date=None,
    employer_name="",
    amount=500_000,
    account_number="",
    bank="",
    impairment_percent=None,
    months=None,
    entries=(),
)

months = st.builds(
    lambda index: index // 12 * 100 + index % 12 + 1, st.integers(2000 * 12, 2003 * 12)
)
paid_spans = st.builds(
    lambda state, two: PaidSpan(state, min(two), max(two), "", "compulsory"),
    st.sampled_from(["paid", "late"]),
    st.tuples(months, months),
)
month_spans = st.tuples(months, months).map(
    lambda two: MonthSpan(Month.from_yyyymm(min(two)), Month.from_yyyymm(max(two)))
)


def _months(spans: list[PaidSpan], state: str) -> set[Month]:
    return {month for span in spans if span.state == state for month in span.span}


@given(st.lists(paid_spans, max_size=6), st.lists(month_spans, max_size=2))
def test_totals_count_each_month_once(spans: list[PaidSpan], settled: list[MonthSpan]) -> None:
    paid, late = _months(spans, "paid"), _months(spans, "late")
    used = {month for span in settled for month in span}
    assert rules.contribution_totals(spans, settled) == Totals(
        paid=len(paid - used), late=len(late - paid - used), settled=len(paid & used)
    )


def test_totals_of_two_employers_at_once_do_not_add_up() -> None:
    spans = [a_span("paid", 202401, 202412), a_span("paid", 202407, 202506)]
    assert rules.contribution_totals(spans) == Totals(paid=18, late=0, settled=0)


def test_late_month_paid_elsewhere_is_paid() -> None:
    spans = [a_span("late", 202401, 202403), a_span("paid", 202403, 202404)]
    assert rules.contribution_totals(spans) == Totals(paid=2, late=2, settled=0)


def test_withdrawn_months_no_longer_count() -> None:
    spans = [a_span("paid", 201901, 201912), a_span("paid", 202501, 202506)]
    withdrawn = [MonthSpan(Month(2019, 1), Month(2019, 12))]
    assert rules.contribution_totals(spans, withdrawn) == Totals(paid=6, late=0, settled=12)


def test_nobody_without_periods_has_paid() -> None:
    assert rules.contribution_totals([]) == Totals(0, 0, 0)
    assert rules.last_paid([]) is None
    assert rules.year_strips([]) == ()
    assert rules.salary_steps([]) == ()


def test_last_paid_month_is_told_with_its_employer() -> None:
    spans = [
        a_span("paid", 202401, 202506, "Công ty A"),
        a_span("paid", 202501, 202506, "Công ty B"),
        a_span("late", 202507, 202509, "Công ty B"),
        a_span("paid", 202001, 202312, "Công ty C"),
    ]
    assert rules.last_paid(spans) == LastPaid(Month(2025, 6), "Công ty B")
    assert rules.last_paid(spans[2:3]) is None


def test_strip_tells_paid_late_and_uninsured_months_apart() -> None:
    spans = [
        a_span("paid", 202411, 202411),
        a_span("paid", 202501, 202502),
        a_span("late", 202502, 202503),
    ]
    assert rules.year_strips(spans) == (
        YearStrip(2025, (PAID, PAID, LATE, *[NONE] * 9)),
        YearStrip(2024, (*[NONE] * 10, PAID, NONE)),
    )


def test_years_between_two_jobs_are_not_called_unpaid() -> None:
    spans = [a_span("paid", 202012, 202012), a_span("paid", 202201, 202201)]
    assert rules.year_strips(spans)[1] == YearStrip(2021, (NONE,) * 12)


@given(st.lists(paid_spans, max_size=6))
def test_strip_agrees_with_the_totals(spans: list[PaidSpan]) -> None:
    strips = rules.year_strips(spans)
    totals = rules.contribution_totals(spans)
    assert sum(strip.count(PAID) for strip in strips) == totals.paid
    assert sum(strip.count(LATE) for strip in strips) == totals.late
    assert all(len(strip.months) == 12 for strip in strips)
    years = [strip.year for strip in strips]
    assert years == sorted(set(years), reverse=True)


def _pay(first: int, last: int, salary: int, kind: str = "compulsory") -> Period:
    return Period("paid", first, last, "", kind, "", "", "", "VND", salary, salary)


def test_salary_steps_only_where_it_changes_and_pauses_in_a_gap() -> None:
    periods = [
        _pay(202506, 202507, 7),
        _pay(202401, 202406, 5),
        _pay(202407, 202412, 5),
        _pay(202410, 202503, 6),
    ]
    assert rules.salary_steps(periods) == (
        (Month(2024, 1), 5),
        (Month(2024, 10), 6),
        (Month(2025, 4), None),
        (Month(2025, 6), 7),
    )


@pytest.mark.parametrize("kind", ["household", "supported"])
def test_base_wage_of_household_cover_is_nobodys_salary(kind: str) -> None:
    cover = _pay(202301, 202312, 9, kind)
    assert rules.salary_steps([cover]) == ()
    assert rules.salary_steps([cover, _pay(202401, 202401, 5)]) == ((Month(2024, 1), 5),)


def test_chosen_income_of_a_voluntary_payer_is_drawn() -> None:
    assert rules.salary_steps([_pay(202401, 202412, 3, "voluntary")]) == ((Month(2024, 1), 3),)


def test_salary_of_a_fund_without_pay_has_no_line() -> None:
    assert rules.salary_steps([_pay(202401, 202412, 0)]) == ()


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 12, 31), CardStatus.NOT_YET),
        (date(2026, 1, 1), CardStatus.VALID),
        (date(2026, 12, 31), CardStatus.VALID),
        (date(2027, 1, 1), CardStatus.EXPIRED),
    ],
)
def test_card_is_valid_on_both_of_its_dates(day: date, status: CardStatus) -> None:
    assert rules.card_status(CARD, day) is status


def test_card_without_an_end_stays_valid() -> None:
    assert rules.card_status(replace(CARD, valid_to=None), date(2050, 1, 1)) is CardStatus.VALID


def test_person_without_a_card_has_none() -> None:
    assert rules.card_status(None, date(2026, 1, 1)) is CardStatus.NONE
    assert rules.card_to_go_by([], date(2026, 1, 1)) is None


def test_card_to_go_by_is_the_valid_then_the_next_then_the_last() -> None:
    old = replace(CARD, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31))
    older = replace(CARD, valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31))
    later = replace(CARD, valid_from=date(2028, 1, 1), valid_to=date(2028, 12, 31))
    cards = [older, CARD, later, old]
    assert rules.card_to_go_by(cards, date(2026, 6, 1)) is CARD
    assert rules.card_to_go_by(cards, date(2025, 6, 1)) is CARD
    assert rules.card_to_go_by(cards, date(2027, 6, 1)) is later
    assert rules.card_to_go_by([older, old], date(2027, 6, 1)) is old


@given(
    st.lists(
        st.builds(
            lambda start, length: replace(
                CARD, valid_from=start, valid_to=start + timedelta(days=length)
            ),
            st.dates(date(2020, 1, 1), date(2030, 1, 1)),
            st.integers(0, 800),
        ),
        min_size=1,
    ),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_valid_card_is_never_passed_over(cards: list[CardDetails], day: date) -> None:
    chosen = rules.card_to_go_by(cards, day)
    has_valid = any(rules.card_status(card, day) is CardStatus.VALID for card in cards)
    assert (rules.card_status(chosen, day) is CardStatus.VALID) == has_valid


def test_benefits_stand_under_their_kinds() -> None:
    pension = replace(SICK_PAY, kind="hang-thang")
    groups = rules.benefits_by_kind([SICK_PAY, pension, SICK_PAY])
    assert groups == {"ngan-han": (SICK_PAY, SICK_PAY), "hang-thang": (pension,)}


def test_sums_count_in_the_year_they_were_decided() -> None:
    undecided = replace(SICK_PAY, decision_date=None, amount=7)
    pension = replace(SICK_PAY, kind="hang-thang")
    assert rules.received_by_year([SICK_PAY, pension, undecided, SICK_PAY]) == (
        (2025, 1_000_000),
        (2024, 7),
    )
    assert rules.received_by_year([pension]) == ()


def test_pension_changes_with_each_adjustment() -> None:
    entries = (
        BenefitEntryDetails("adjustment", date(2026, 7, 1), 700_000, ""),
        BenefitEntryDetails("payment", date(2026, 7, 5), 1, ""),
        BenefitEntryDetails("adjustment", date(2025, 7, 1), 600_000, ""),
    )
    first = (SICK_PAY.from_date, 500_000)
    assert rules.amount_steps(SICK_PAY) == (first,)
    assert rules.monthly_amount(SICK_PAY, Month(2026, 7)) == 500_000
    adjusted = replace(SICK_PAY, entries=entries)
    amounts = [rules.monthly_amount(adjusted, Month(2026, month)) for month in (6, 7, 12)]
    assert amounts == [600_000, 700_000, 700_000]
    assert rules.amount_steps(replace(SICK_PAY, entries=entries)) == (
        first,
        (date(2025, 7, 1), 600_000),
        (date(2026, 7, 1), 700_000),
    )


def test_shares_add_up_over_lines() -> None:
    line = CostLine(1, "x", "Thuốc", "Viên", Decimal(2), 50, 80, 100, 60, 20, 15, 5)
    assert rules.shares_of([line, line]) == Shares(120, 40, 30, 10)
    assert rules.shares_of([line]).total == line.amount
    assert rules.shares_of([]) == Shares(0, 0, 0, 0)
