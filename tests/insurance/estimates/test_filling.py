"""What is filled in from a record, and what is said about it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import a_life, drawn, paid, span
from vssid.insurance.estimates import filling
from vssid.insurance.estimates.codes import Caveat
from vssid.insurance.estimates.maternity import Parent
from vssid.insurance.estimates.one_time import OneTime, Reason
from vssid.insurance.estimates.one_time import estimate as withdraw
from vssid.insurance.estimates.pension import Circumstance, Pension
from vssid.insurance.estimates.pension import estimate as retire
from vssid.insurance.records import WorkingLife
from vssid.insurance.tables.support import SupportGroup
from vssid.kernel.months import Month

ON = date(2026, 10, 10)
MILLION = 1_000_000


# --- one-time -----------------------------------------------------------------------------------


def test_withdrawal_is_filled_with_months_on_both_sides_of_2014() -> None:
    life = a_life(paid(201301, 201412, 5 * MILLION))
    found = filling.one_time(life, ON)
    assert (found.given.months_before_2014, found.given.months_since_2014) == (12, 12)
    assert (found.given.joined, found.given.last_paid) == (Month(2013, 1), Month(2014, 12))
    # CV 340/BHXH-CSXH: (12 × 5 M × 1.42 + 12 × 5 M × 1.36) / 24.
    assert found.given.mean_salary == 6_950_000
    assert found.given.paid_salaries == 120 * MILLION
    assert found.caveats == (Caveat.NOT_STATE_SCALE,)
    assert found.mean is not None
    estimated = withdraw(found.given, ON)
    assert isinstance(estimated, OneTime)
    assert estimated.amount == 6_950_000 * 7 // 2


def test_month_of_december_2013_and_of_january_2014_stand_apart() -> None:
    before = filling.one_time(a_life(paid(201312, 201312, 5)), ON).given
    since = filling.one_time(a_life(paid(201401, 201401, 5)), ON).given
    assert (before.months_before_2014, before.months_since_2014) == (1, 0)
    assert (since.months_before_2014, since.months_since_2014) == (0, 1)


def test_withdrawn_late_and_double_months_are_left_out_and_said() -> None:
    life = a_life(
        paid(201501, 201512, 5 * MILLION),
        paid(202001, 202012, 6 * MILLION),
        paid(202007, 202012, 4 * MILLION),
        paid(202101, 202103, 6 * MILLION, state="late"),
        settled=(span("01/2015", "12/2015"),),
    )
    found = filling.one_time(life, ON)
    assert found.given.months == 12
    assert found.given.joined == Month(2020, 1)
    assert {Caveat.WITHDRAWN_MONTHS, Caveat.LATE_MONTHS, Caveat.OVERLAPS} <= set(found.caveats)


@pytest.mark.parametrize(
    ("group", "amount"),
    [
        # NĐ 134/2015 Đ.14: 10 % of 22 % of 1.500.000; NĐ 159/2025 Đ.5: 20 %; six months each.
        (SupportGroup.OTHER, 6 * 33_000 + 6 * 66_000),
        (SupportGroup.POOR, 6 * 99_000 + 6 * 165_000),
    ],
)
def test_support_of_the_state_is_reckoned_from_voluntary_months(
    group: SupportGroup, amount: int
) -> None:
    life = a_life(
        paid(202501, 202512, 3 * MILLION, kind="voluntary"), paid(202401, 202412, 8 * MILLION)
    )
    assert filling.one_time(life, ON, group=group).given.state_support == amount


@pytest.mark.parametrize(("last", "months"), [(202712, 120), (202801, 120), (202711, 119)])
def test_the_state_supports_a_hundred_and_twenty_months(last: int, months: int) -> None:
    life = a_life(paid(201701, last, 3 * MILLION, kind="voluntary"))
    found = filling.one_time(life, date(2028, 6, 1)).given.state_support
    # From 1/2018: 48 × 15.400, 42 × 33.000, 18 × 66.000, then 96.800.
    assert found == 48 * 15_400 + 42 * 33_000 + 18 * 66_000 + (months - 108) * 96_800


def test_reason_is_passed_on_and_the_pension_month_is_known() -> None:
    found = filling.one_time(a_life(paid(202001, 202012, 5)), ON, reason=Reason.PENSION_AGE)
    assert found.given.reason is Reason.PENSION_AGE
    assert found.given.pension_from == Month(2050, 6)


def test_year_of_birth_alone_counts_from_its_first_day() -> None:
    life = a_life(
        paid(202001, 202012, 5), birth_date=date(1965, 12, 31), birth_date_precision="year", sex="M"
    )
    found = filling.pension(life, ON)
    assert found.given.born == date(1965, 1, 1)
    assert Caveat.BIRTH_YEAR_ONLY in found.caveats


# --- pension ------------------------------------------------------------------------------------


def test_pension_is_filled_with_both_kinds_of_months() -> None:
    life = a_life(
        paid(200101, 201512, 5 * MILLION),
        paid(201601, 202609, 3 * MILLION, kind="voluntary"),
        birth_date=date(1971, 3, 1),
    )
    found = filling.pension(life, ON).given
    assert (found.compulsory, found.voluntary) == (180, 129)
    assert found.pay == 3 * MILLION
    assert found.pay_is_voluntary
    assert found.unpaid_from == Month(2026, 10)
    assert (found.averaged, found.window) == (309, 0)


@pytest.mark.parametrize(
    ("last", "unpaid_from"),
    [
        # Of a running job only the months that are over.
        (202610, Month(2026, 10)),
        (202712, Month(2026, 10)),
        (209912, Month(2026, 10)),
        (202609, Month(2026, 10)),
        (202607, Month(2026, 8)),  # the record may lag
        (202606, Month(2026, 10)),  # stopped: only what is to come can be paid
        (202012, Month(2026, 10)),
    ],
)
def test_going_on_begins_after_the_last_month_or_now(last: int, unpaid_from: Month) -> None:
    life = a_life(paid(202001, last, 5 * MILLION))
    assert filling.pension(life, ON).given.unpaid_from == unpaid_from


def test_months_after_the_pension_age_are_counted() -> None:
    """Born in 1/1960: 60 years in 1/2020; the pension could begin in 2/2020."""
    life = a_life(paid(201901, 202012, 5 * MILLION), sex="M", birth_date=date(1960, 1, 20))
    assert filling.pension(life, ON).given.past_age == 11


def test_state_scale_is_said_either_way() -> None:
    life = a_life(paid(201001, 202609, 7 * MILLION), birth_date=date(1970, 2, 1))
    other, state = (filling.pension(life, ON, state_scale=choice) for choice in (False, True))
    assert Caveat.NOT_STATE_SCALE in other.caveats
    assert Caveat.STATE_SCALE in state.caveats
    assert (other.given.window, state.given.window) == (0, 120)
    assert state.given.mean_salary != other.given.mean_salary


def test_voluntary_payer_is_asked_about_no_scale() -> None:
    found = filling.pension(a_life(paid(202001, 202609, 3 * MILLION, kind="voluntary")), ON)
    assert not {Caveat.NOT_STATE_SCALE, Caveat.STATE_SCALE} & set(found.caveats)


def test_empty_record_fills_in_nothing() -> None:
    found = filling.pension(a_life(), ON, circumstance=Circumstance.HEAVY_WORK)
    assert (found.given.months, found.given.mean_salary, found.given.pay) == (0, 0, 0)
    assert found.given.joined is None
    assert found.mean is None


def test_whole_working_life_has_a_pension() -> None:
    life = a_life(paid(199901, 202609, 10 * MILLION), birth_date=date(1969, 9, 15))
    found = retire(filling.pension(life, ON).given, ON)
    assert isinstance(found.stopping, Pension)
    assert found.stopping.months == 333
    assert found.going_on is None


# --- maternity ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "compulsory"),
    [
        # TT 59/2015 Đ.9: the month of birth counts from the 15th on.
        (date(2025, 7, 14), 5),
        (date(2025, 7, 15), 6),
    ],
)
def test_month_of_birth_counts_from_the_fifteenth(birth: date, compulsory: int) -> None:
    life = a_life(paid(202502, 202507, 9 * MILLION))
    assert filling.maternity(life, ON, birth=birth).given.compulsory == compulsory


def test_twelve_months_end_before_the_birth() -> None:
    life = a_life(paid(202001, 202412, 9 * MILLION))
    months = [
        filling.maternity(life, ON, birth=date(2025, at, 1)).given.compulsory
        for at in (1, 2, 7, 8, 12)
    ]
    assert months == [12, 11, 6, 5, 1]


def test_mean_is_that_of_the_last_six_months_before_the_leave() -> None:
    life = a_life(paid(202401, 202512, 6 * MILLION), paid(202601, 202603, 12 * MILLION))
    found = filling.maternity(life, ON, birth=date(2026, 4, 2)).given
    assert found.mean_salary == 9 * MILLION
    assert found.in_all == 27


def test_who_pays_now_is_taken_to_go_on_until_the_birth() -> None:
    life = a_life(paid(202607, 202609, 8 * MILLION))
    found = filling.maternity(life, ON, birth=date(2027, 1, 20))
    assert (found.given.compulsory, found.given.mean_salary) == (7, 8 * MILLION)
    assert Caveat.GOES_ON_PAYING in found.caveats


def test_who_stopped_is_not_taken_to_go_on() -> None:
    life = a_life(paid(202601, 202607, 8 * MILLION))
    found = filling.maternity(life, ON, birth=date(2027, 1, 20))
    assert found.given.compulsory == 6
    assert Caveat.GOES_ON_PAYING not in found.caveats


def test_voluntary_months_of_the_year_stand_apart() -> None:
    life = a_life(paid(202510, 202609, 3 * MILLION, kind="voluntary"))
    found = filling.maternity(life, ON).given
    assert (found.compulsory, found.voluntary, found.mean_salary) == (0, 12, 0)


@pytest.mark.parametrize(("sex", "parent"), [("F", Parent.MOTHER), ("M", Parent.FATHER)])
def test_parent_goes_by_the_sex_in_the_record(sex: str, parent: Parent) -> None:
    assert filling.maternity(a_life(sex=sex), ON).given.parent is parent


# --- sickness -----------------------------------------------------------------------------------


def test_sick_pay_goes_by_the_month_before() -> None:
    life = a_life(paid(202001, 202608, 7 * MILLION), paid(202609, 202610, 9 * MILLION))
    found = filling.sickness(life, ON)
    assert (found.given.salary, found.given.paid) == (9 * MILLION, 81)
    assert filling.sickness(life, ON, begin=date(2026, 9, 30)).given.salary == 7 * MILLION
    assert filling.sickness(life, ON, begin=date(2026, 10, 1)).given.salary == 9 * MILLION


def test_first_month_of_work_counts_itself() -> None:
    """Luật 41/2024 Đ.45.1b."""
    found = filling.sickness(a_life(paid(202610, 202610, 5 * MILLION)), ON).given
    assert (found.salary, found.paid) == (5 * MILLION, 1)


def test_voluntary_months_have_no_sick_pay() -> None:
    life = a_life(paid(202001, 202609, 3 * MILLION, kind="voluntary"))
    assert filling.sickness(life, ON).given.paid == 0


# --- unemployment -------------------------------------------------------------------------------


def test_unemployment_goes_by_the_months_of_bhtn() -> None:
    life = a_life(
        paid(202001, 202609, 9 * MILLION, kind="voluntary"),
        jobs=(paid(202401, 202608, 8 * MILLION, region=2), paid(202609, 202609, 14 * MILLION)),
    )
    found = filling.unemployment(life, ON)
    assert found.given.ended == found.given.filed == ON
    assert (found.given.paid, found.given.in_window) == (33, 24)
    assert found.given.mean_salary == 9 * MILLION
    assert found.given.region == 1
    assert Caveat.REGION_ASSUMED not in found.caveats


@pytest.mark.parametrize(
    ("last", "ended"),
    [(202608, ON), (202607, date(2026, 7, 31)), (202602, date(2026, 2, 28))],
)
def test_work_ended_with_the_last_month_paid(last: int, ended: date) -> None:
    life = a_life(paid(202401, last, 8 * MILLION))
    assert filling.unemployment(life, ON).given.ended == ended


@pytest.mark.parametrize(
    ("first", "in_window"), [(202410, 24), (202411, 23), (202510, 12), (202511, 11)]
)
def test_window_holds_twenty_four_months(first: int, in_window: int) -> None:
    life = a_life(paid(first, 202609, 8 * MILLION))
    found = filling.unemployment(life, ON, ended=date(2026, 9, 30)).given
    assert found.in_window == in_window


def test_short_contract_looks_back_thirty_six_months() -> None:
    life = a_life(paid(202310, 202309 + 100, 8 * MILLION))
    plain, short = (
        filling.unemployment(life, ON, ended=date(2026, 9, 30), is_short=choice).given
        for choice in (False, True)
    )
    assert (plain.in_window, short.in_window) == (0, 12)


@pytest.mark.parametrize(
    ("benefits", "left"),
    [
        ((), 120),
        # 60 months until 12/2020 brought five; all used up, 60 since.
        ((drawn(date(2021, 1, 1), 5),), 60),
        # Only four drawn: 12 are kept.
        ((drawn(date(2021, 1, 1), 4),), 72),
        # 20 months until 8/2017 brought three, and nothing is left of them.
        ((drawn(date(2017, 9, 1), 3),), 100),
        # How long it lasted is not known.
        ((drawn(date(2021, 1, 1), 0),), 60),
        ((drawn(date(2017, 9, 1), 3), drawn(date(2021, 1, 1), 3)), 64),
    ],
)
def test_benefits_drawn_before_use_months_up(benefits: Any, left: int) -> None:
    life = a_life(paid(201601, 202512, 8 * MILLION), drawn=benefits)
    found = filling.unemployment(life, ON, ended=date(2025, 12, 31))
    assert found.given.paid == left
    assert (Caveat.DRAWN_BEFORE in found.caveats) == bool(benefits)


def test_benefit_granted_since_has_used_its_months_up() -> None:
    """However early an end of work is asked for."""
    life = a_life(paid(201601, 202512, 8 * MILLION), drawn=(drawn(date(2026, 1, 20), 9),))
    found = filling.unemployment(life, ON, ended=date(2025, 12, 31))
    assert (found.given.paid, found.given.in_window) == (12, 0)
    assert Caveat.DRAWN_BEFORE in found.caveats


def test_benefit_ended_early_used_what_it_paid_and_a_running_one_all_it_grants() -> None:
    early = replace(drawn(date(2026, 1, 20), 9), to_date=date(2026, 3, 19))
    running = drawn(date(2026, 8, 1), 9)
    left = [
        filling.unemployment(a_life(paid(201601, 202512, 8), drawn=(one,)), ON).given.paid
        for one in (early, running)
    ]
    assert left == [120 - 3 * 12, 120 - 9 * 12]


@pytest.mark.parametrize(
    ("born", "first", "could"),
    [
        # A woman born on 31/8/1969: 57 years in 8/2026, pension from 9/2026.
        (date(1969, 8, 31), 201110, True),
        (date(1969, 10, 1), 201110, False),
        (date(1969, 8, 31), 201111, False),
    ],
)
def test_right_to_a_pension_is_seen_in_the_record(born: date, first: int, *, could: bool) -> None:
    life = a_life(paid(first, 202609, 8 * MILLION), birth_date=born)
    found = filling.unemployment(life, ON, ended=date(2026, 9, 30)).given
    assert found.could_draw_pension is could


def test_unknown_region_is_taken_for_the_first_and_said() -> None:
    found = filling.unemployment(a_life(paid(202401, 202609, 8, region=0)), ON)
    assert found.given.region == 1
    assert Caveat.REGION_ASSUMED in found.caveats


# --- a job without an end ------------------------------------------------------------------------


@pytest.mark.parametrize("last", [202610, 202712, 209912])
def test_job_without_an_end_counts_the_months_that_are_over(last: int) -> None:
    life = a_life(paid(202001, last, 9 * MILLION), birth_date=date(1990, 5, 12))
    one_time, pension = filling.one_time(life, ON).given, filling.pension(life, ON).given
    assert (one_time.months_since_2014, one_time.last_paid) == (81, Month(2026, 9))
    assert (pension.compulsory, pension.averaged) == (81, 81)
    maternity, jobless = filling.maternity(life, ON).given, filling.unemployment(life, ON).given
    assert (maternity.compulsory, maternity.in_all) == (12, 81)
    assert (jobless.paid, jobless.in_window, jobless.ended) == (81, 24, ON)


def test_job_without_an_end_goes_on_until_a_birth_to_come() -> None:
    found = filling.maternity(
        a_life(paid(202607, 209912, 9 * MILLION)), ON, birth=date(2027, 1, 20)
    )
    assert (found.given.compulsory, found.given.in_all) == (7, 7)
    assert Caveat.GOES_ON_PAYING in found.caveats


@pytest.mark.parametrize("last", [202610, 209912])
def test_who_began_this_month_has_sick_pay_but_no_month_yet(last: int) -> None:
    life = a_life(paid(202610, last, 5 * MILLION))
    found = filling.sickness(life, ON).given
    assert (found.salary, found.paid) == (5 * MILLION, 1)
    assert filling.one_time(life, ON).given.months == 0
    assert filling.sickness(a_life(paid(202611, last, 5)), ON).given.paid == 0


@pytest.mark.parametrize(
    ("ended", "months"),
    [
        (None, 81),
        (ON, 81),
        (date(2026, 10, 30), 81),
        (date(2026, 10, 31), 82),
        (date(2027, 3, 31), 87),
    ],
)
def test_running_job_is_paid_until_the_day_it_is_said_to_end(
    ended: date | None, months: int
) -> None:
    life = a_life(paid(202001, 209912, 9 * MILLION))
    assert filling.unemployment(life, ON, ended=ended).given.paid == months


def test_right_to_a_pension_is_not_seen_in_months_to_come() -> None:
    life = a_life(paid(201201, 209912, 8 * MILLION), birth_date=date(1969, 8, 31))
    assert not filling.unemployment(life, ON).given.could_draw_pension


def test_voluntary_months_paid_ahead_count() -> None:
    life = a_life(paid(202001, 202712, 3 * MILLION, kind="voluntary"))
    found = filling.pension(life, ON).given
    assert (found.voluntary, found.unpaid_from) == (96, Month(2028, 1))


# --- household and all --------------------------------------------------------------------------


def test_household_begins_with_oneself_for_a_year() -> None:
    found = filling.household(a_life(), ON).given
    assert (found.members, found.term, found.paid_on, found.first) == (1, 12, ON, 1)


lives = st.builds(
    lambda start, length, pay, kind, sex, age: a_life(
        paid(
            start // 12 * 100 + start % 12 + 1,
            min(start + length, 2026 * 12 + 8) // 12 * 100
            + min(start + length, 2026 * 12 + 8) % 12
            + 1,
            pay,
            kind=kind,
        ),
        sex=sex,
        birth_date=ON - timedelta(days=age),
    ),
    st.integers(2009 * 12, 2026 * 12 + 8),
    st.integers(0, 200),
    st.integers(1, 40 * MILLION),
    st.sampled_from(["compulsory", "voluntary"]),
    st.sampled_from("MF"),
    st.integers(20 * 365, 70 * 365),
)


@given(lives, st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_every_life_can_be_filled_in_and_estimated(life: WorkingLife, on: date) -> None:
    one_time = filling.one_time(life, on, reason=Reason.ABROAD).given
    estimated = withdraw(one_time, on)
    # A job may begin only after that day.
    assert isinstance(estimated, OneTime) is (one_time.months > 0)
    assert not isinstance(estimated, OneTime) or estimated.amount >= 0
    pension = filling.pension(life, on).given
    assert pension.months == one_time.months
    retire(pension, on)
    assert 0 <= filling.maternity(life, on).given.compulsory <= 12
    # Who has only begun to work goes by that month.
    assert filling.sickness(life, on).given.paid <= max(1, pension.compulsory)
    assert filling.unemployment(life, on).given.in_window <= 24
