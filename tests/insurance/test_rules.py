"""What the record says, decided without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
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
    VisitHeading,
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

months_of_1995 = st.builds(
    lambda index: index // 12 * 100 + index % 12 + 1, st.integers(1994 * 12, 1996 * 12)
)
months = st.builds(
    lambda index: index // 12 * 100 + index % 12 + 1, st.integers(2000 * 12, 2003 * 12)
)
# Around 1995 too, reversed now and then.
paid_spans = st.builds(
    lambda state, kind, two: PaidSpan(state, *two, "", kind),
    st.sampled_from(["paid", "late"]),
    st.sampled_from(["compulsory", "voluntary"]),
    st.one_of(st.tuples(months, months), st.tuples(months_of_1995, months_of_1995)),
)
month_spans = st.tuples(months, months).map(
    lambda two: MonthSpan(Month.from_yyyymm(min(two)), Month.from_yyyymm(max(two)))
)


def _told(spans: list[PaidSpan], month: Month) -> set[tuple[str, str]]:
    """What the rows say of one month, asked row by row."""
    return {
        (span.state, span.kind)
        for span in spans
        if span.from_month <= month.yyyymm <= span.to_month
    }


@given(st.lists(paid_spans, max_size=6), st.lists(month_spans, max_size=2))
def test_totals_agree_with_counting_month_by_month(
    spans: list[PaidSpan], settled: list[MonthSpan]
) -> None:
    paid = late = used = voluntary = before = 0
    for month in MonthSpan(Month(1993, 1), Month(2004, 12)):
        told = _told(spans, month)
        is_paid = any(state == "paid" for state, _kind in told)
        is_used = any(month in span for span in settled)
        used += is_paid and is_used
        paid += is_paid and not is_used
        late += not is_paid and not is_used and bool(told)
        voluntary += is_paid and not is_used and ("paid", "compulsory") not in told
        before += is_paid and not is_used and month < Month(1995, 1)
    totals = rules.contribution_totals(spans, settled)
    assert totals == Totals(paid, late, used, voluntary, before)
    assert totals.compulsory == paid - voluntary


@given(st.lists(paid_spans, max_size=5), st.randoms(use_true_random=False))
def test_totals_do_not_depend_on_order_or_copies(spans: list[PaidSpan], chance: Random) -> None:
    shuffled = [*spans, *spans]
    chance.shuffle(shuffled)
    assert rules.contribution_totals(shuffled) == rules.contribution_totals(spans)


@given(st.lists(paid_spans, max_size=6))
def test_each_month_is_owned_by_a_period_that_has_it(spans: list[PaidSpan]) -> None:
    owners = rules.month_owners(spans)
    for month, index in owners.items():
        assert month in spans[index].counted
        told = _told(spans, Month(month // 12, month % 12 + 1))
        assert spans[index].state == ("paid" if any(s == "paid" for s, _k in told) else "late")
    assert set(owners) == {month for span in spans for month in span.counted}


@given(st.lists(paid_spans, max_size=6))
def test_overlaps_are_told_exactly_when_months_are_counted_less(spans: list[PaidSpan]) -> None:
    counted = [month for span in spans for month in span.counted]
    assert rules.has_overlaps(spans) == (len(counted) > len(set(counted)))


def test_months_before_1995_count_and_are_told_apart() -> None:
    spans = [a_span("paid", 199401, 199512)]
    assert rules.contribution_totals(spans) == Totals(24, 0, 0, before_1995=12)


def test_month_paid_in_both_ways_is_compulsory() -> None:
    spans = [a_span("paid", 202401, 202406, kind="voluntary"), a_span("paid", 202406, 202407)]
    totals = rules.contribution_totals(spans)
    assert (totals.paid, totals.voluntary, totals.compulsory) == (7, 5, 2)


def test_reversed_period_has_no_month_and_hides_nothing() -> None:
    spans = [a_span("paid", 202412, 202401, "Công ty ngược"), a_span("paid", 202301, 202302, "A")]
    assert rules.contribution_totals(spans).paid == 2
    assert rules.last_paid(spans) == LastPaid(Month(2023, 2), "A")
    assert [strip.year for strip in rules.year_strips(spans)] == [2023]


def test_job_without_an_end_counts_the_months_that_are_over() -> None:
    today = date(2026, 11, 28)
    spans = [
        a_span("paid", 202601, 209912, "A"),
        a_span("paid", 202601, 203012, kind="voluntary"),
        a_span("paid", 202701, 209912, "B"),
        a_span("paid", 202601, 202610, "C"),
    ]
    until = rules.until_now(spans, today)
    assert [span.to_month for span in until] == [202610, 203012, 202610, 202610]
    assert [len(span.counted) for span in until] == [10, 60, 0, 10]
    assert [rules.is_running(span, today) for span in spans] == [True, False, True, False]


@pytest.mark.parametrize(
    ("last", "today", "counted"),
    [
        (202611, date(2026, 11, 1), 1),
        (202611, date(2026, 11, 30), 1),
        (202612, date(2026, 11, 30), 1),
        (209912, date(2026, 11, 30), 1),
        (202611, date(2026, 12, 1), 2),
        (202612, date(2026, 12, 1), 2),
    ],
)
def test_month_of_today_counts_alike_wherever_the_job_ends(
    last: int, today: date, counted: int
) -> None:
    """It counts when it is over, whether the job ends with it or goes on."""
    (span,) = rules.until_now([a_span("paid", 202610, last, "A")], today)
    assert len(span.counted) == counted


def test_copies_of_a_period_are_one() -> None:
    one, other = _pay(202401, 202412, 5), _pay(202401, 202412, 6)
    copy = replace(one, wage_region=2)
    assert rules.without_copies([one, other, copy]) == ((one, 2), (other, 1))


@pytest.mark.parametrize(
    ("spans", "unpaid"),
    [
        # Last month and the one before.
        ([("late", 202609, 202610, "A")], (202609, 202610, "A")),
        # The record of last month is not in yet.
        ([("late", 202607, 202609, "A")], (202607, 202609, "A")),
        # A month of the present counts for nothing yet.
        ([("late", 202609, 202611, "A")], (202609, 202610, "A")),
        ([("late", 202610, 202610, "A")], None),
        # Owed before another employer paid: still owed, and told for a year.
        ([("late", 202608, 202609, "A"), ("paid", 202610, 202610, "B")], (202608, 202609, "A")),
        ([("late", 202601, 202602, "A"), ("late", 202607, 202608, "B")], (202607, 202608, "B")),
        ([("late", 202401, 202511, "A")], (202401, 202511, "A")),
        ([("late", 202401, 202510, "A")], None),
        # Paid by another employer.
        ([("late", 202609, 202610, "A"), ("paid", 202601, 202612, "B")], None),
        ([("late", 202607, 202610, "A"), ("paid", 202608, 202608, "B")], (202609, 202610, "A")),
        # Two employers, one after the other: who owes last is named.
        ([("late", 202609, 202609, "A"), ("late", 202610, 202610, "B")], (202609, 202610, "B")),
        ([], None),
    ],
)
def test_two_months_owed_in_the_last_year_are_told(
    spans: list[tuple[str, int, int, str]], unpaid: tuple[int, int, str] | None
) -> None:
    found = rules.unpaid_lately([a_span(*one) for one in spans], date(2026, 11, 28))
    told = found and (found.span.first.yyyymm, found.span.last.yyyymm, found.employer_name)
    assert told == unpaid


def test_pause_of_a_voluntary_payer_is_not_owed_by_anybody() -> None:
    pause = [a_span("late", 202601, 202610, kind="voluntary"), a_span("paid", 202501, 202512)]
    assert rules.unpaid_lately(pause, date(2026, 11, 28)) is None


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


@pytest.mark.parametrize(("back", "missing"), [(202004, 1), (202006, 3), (202007, 0)])
def test_months_that_one_employer_left_out_are_missing(back: int, missing: int) -> None:
    spans = [a_span("paid", back, 202012, "May 10"), a_span("paid", 202001, 202002, "May 10")]
    (year,) = rules.year_strips(spans)
    assert year.count(MonthState.MISSING) == missing


def test_months_paid_elsewhere_or_by_oneself_are_not_missing() -> None:
    own = a_span("paid", 202003, 202003, "May 10", "voluntary")
    spans = [a_span("paid", 202001, 202002, "May 10"), a_span("paid", 202004, 202012, "May 10")]
    for between in (own, a_span("paid", 202003, 202003, "Dệt 8"), a_span("late", 202003, 202003)):
        (year,) = rules.year_strips([*spans, between])
        assert year.count(MonthState.MISSING) == 0
    (year,) = rules.year_strips([spans[0], a_span("paid", 202004, 202012, "Dệt 8")])
    assert year.count(MonthState.MISSING) == 0


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


def test_pay_in_another_currency_is_not_drawn_as_dong() -> None:
    dollars = replace(_pay(202301, 202312, 400), currency="USD")
    assert rules.salary_steps([dollars, _pay(202401, 202401, 5)]) == ((Month(2024, 1), 5),)


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


def test_of_two_valid_cards_the_better_goes_then_the_newer() -> None:
    day = date(2026, 6, 1)
    better = replace(CARD, benefit_level=2, valid_from=date(2025, 1, 1))
    newer = replace(CARD, valid_from=date(2026, 5, 1))
    assert rules.valid_cards([CARD, newer, better], day) == (better, newer, CARD)
    assert rules.card_to_go_by([CARD, better, newer], day) is better
    outside_scope = replace(CARD, benefit_level=5, valid_from=date(2024, 1, 1))
    assert rules.card_to_go_by([better, outside_scope], day) is outside_scope


@pytest.mark.parametrize(("day", "goes"), [(date(2025, 12, 31), "HT"), (date(2026, 1, 1), "CN")])
def test_better_card_is_the_one_that_pays_more_by_the_law_of_the_day(day: date, goes: str) -> None:
    """The near poor have 100 % since 1/1/2026, whatever is printed (NQ 261/2025/QH15)."""
    near_poor = replace(
        CARD, group_code="CN", benefit_level=3, valid_from=date(2025, 1, 1), valid_to=None
    )
    retired = replace(near_poor, group_code="HT", valid_from=date(2025, 6, 1))
    chosen = rules.card_to_go_by([near_poor, retired], day)
    assert chosen is not None
    assert chosen.group_code == goes


@pytest.mark.parametrize(
    ("changes", "day", "level"),
    [
        ({}, date(2025, 12, 31), 3),
        ({}, date(2026, 1, 1), 2),
        ({"valid_from": date(2026, 2, 1)}, date(2026, 1, 1), 3),
        ({"valid_to": date(2025, 12, 31)}, date(2026, 1, 1), 3),
        ({"valid_from": date(2010, 1, 1), "valid_to": date(2014, 1, 1)}, date(2026, 1, 1), 3),
    ],
)
def test_level_that_counts_follows_the_law_while_the_card_is_valid(
    changes: dict[str, Any], day: date, level: int
) -> None:
    card = replace(
        CARD, group_code="CN", benefit_level=3, valid_from=date(2015, 1, 1), valid_to=None
    )
    assert rules.level_on(replace(card, **changes), day) == level


def test_card_that_ended_last_is_the_last_one() -> None:
    long = replace(CARD, valid_from=date(2024, 1, 1), valid_to=date(2025, 12, 31))
    short = replace(CARD, valid_from=date(2025, 1, 1), valid_to=date(2025, 3, 31))
    assert rules.card_to_go_by([short, long], date(2026, 6, 1)) is long


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


def test_facility_is_found_by_words_without_accents() -> None:
    def at(name: str) -> VisitHeading:
        return VisitHeading(UUID(int=1), name, datetime(2025, 1, 1, tzinfo=UTC), "", "", 0)

    visits = [at("Bệnh viện Bạch Mai"), at("Trạm y tế Bạch Đằng"), at("")]
    assert rules.visits_at(visits, "mai BACH") == (visits[0],)
    assert rules.visits_at(visits, "bạch") == tuple(visits[:2])
    assert rules.visits_at(visits, "dang") == (visits[1],)
    assert rules.visits_at(visits, "%") == ()
