"""What a statement says of a record."""

from dataclasses import replace
from datetime import date

import pytest

from vssid.insurance.papers.contents import (
    FUNDS,
    Contents,
    contents_of,
    mask_name,
    shares_months,
)
from vssid.insurance.papers.rules import TELLING, CheckState, state_of
from vssid.insurance.records import CardHolder, ContributionHistory, Period
from vssid.kernel.months import Month, MonthSpan
from vssid.kernel.uuid7 import uuid7

HOLDER = CardHolder("0123456789", "Nguyễn Thị Hồng Ánh", date(1970, 5, 12), "day", "F", "Hà Nội")


def a_period(from_month: int, to_month: int, **changes: object) -> Period:
    """Months of work at one employer."""
    period = Period(
        state="paid",
        from_month=from_month,
        to_month=to_month,
        employer_name="Công ty A",
        kind="compulsory",
        occupation="Công nhân may",
        position="",
        workplace="Hà Nội",
        currency="VND",
        salary=6_000_000,
        wage=6_500_000,
    )
    return replace(period, **changes)  # type: ignore[arg-type] # by name


ON = date(2026, 11, 28)


def saying(
    *periods: Period,
    settled: tuple[MonthSpan, ...] = (),
    holder: CardHolder = HOLDER,
    on: date = ON,
) -> Contents:
    """Contents whose BHXH is this, and nothing else."""
    histories = {fund: ContributionHistory(fund, (), ()) for fund in FUNDS}
    histories["bhxh"] = ContributionHistory("bhxh", periods, settled)
    return contents_of(holder, histories, on)


def test_periods_stand_in_the_order_of_time_fund_by_fund() -> None:
    contents = saying(a_period(202001, 202012), a_period(199001, 199412))
    assert [part.fund for part in contents.parts] == ["bhxh", "bhtn", "bhtnld-bnn"]
    assert [row.period.from_month for row in contents.parts[0].rows] == [199001, 202001]


def test_months_at_two_employers_are_shown_twice_and_counted_once() -> None:
    contents = saying(a_period(202001, 202012), a_period(202010, 202103, employer_name="B"))
    (part, *_rest) = contents.parts
    assert [row.shared for row in part.rows] == [3, 3]
    assert part.totals.paid == 15
    assert shares_months(contents.parts)
    assert not shares_months(saying(a_period(202001, 202012)).parts)


def test_late_months_stand_apart_and_settled_ones_count_no_more() -> None:
    settled = (MonthSpan(Month(2020, 1), Month(2020, 6)),)
    contents = saying(
        a_period(202001, 202012), a_period(202101, 202103, state="late"), settled=settled
    )
    assert contents.months["bhxh"] == [6, 3, 6, 0, 0]
    assert contents.months["bhtn"] == [0, 0, 0, 0, 0]


def test_months_before_1995_count() -> None:
    assert saying(a_period(198501, 199412)).months["bhxh"] == [120, 0, 0, 0, 120]


def test_voluntary_months_are_told_apart() -> None:
    contents = saying(a_period(202001, 202012), a_period(202101, 202103, kind="voluntary"))
    assert contents.months["bhxh"] == [15, 0, 0, 3, 0]


def test_running_job_counts_the_months_that_are_over() -> None:
    job = a_period(202001, 209912)
    for on, months in ((ON, 82), (date(2026, 11, 1), 82), (date(2026, 12, 1), 83)):
        contents = saying(job, on=on)
        assert contents.months["bhxh"] == [months, 0, 0, 0, 0]
        ((row,), *_nothing) = (part.rows for part in contents.parts)
        assert row.is_running
        assert len(row.period.counted) == months


def test_job_that_has_not_begun_is_nothing_to_state() -> None:
    assert saying(a_period(202612, 209912)).is_empty
    assert not saying(a_period(202611, 209912)).is_empty
    # What one pays oneself may be paid ahead.
    assert saying(a_period(202612, 202712, kind="voluntary")).months["bhxh"] == [13, 0, 0, 13, 0]


def test_statement_of_a_day_says_the_same_later() -> None:
    """The job runs on, and its end comes in when it is known."""
    issued = saying(a_period(202001, 209912))
    assert saying(a_period(202001, 202706)).sha256 == issued.sha256
    assert saying(a_period(202001, 202610)).sha256 != issued.sha256


def test_nothing_on_record_is_empty() -> None:
    assert saying().is_empty
    assert not saying(a_period(202001, 202001)).is_empty


def test_same_rows_in_another_order_say_the_same() -> None:
    first, second = a_period(202001, 202012), a_period(202001, 202012, employer_name="B")
    assert saying(first, second).sha256 == saying(second, first).sha256


@pytest.mark.parametrize(
    "change",
    [
        {"salary": 1},
        {"state": "late"},
        {"employer_name": "B"},
        {"to_month": 202011},
        {"kind": "voluntary"},
        {"currency": "USD"},
        {"occupation": "Thợ may"},
        {"position": "Tổ trưởng"},
        {"workplace": "Huế"},
    ],
)
def test_another_record_says_something_else(change: dict[str, object]) -> None:
    period = a_period(202001, 202012)
    changed = replace(period, **change)  # type: ignore[arg-type] # by name
    assert saying(period).sha256 != saying(changed).sha256


@pytest.mark.parametrize(
    "change", [{"id": uuid7()}, {"wage_region": 3}, {"wage": 9_000_000}, {"id": uuid7(), "wage": 1}]
)
def test_what_is_not_printed_changes_nothing(change: dict[str, object]) -> None:
    period = a_period(202001, 202012)
    changed = replace(period, **change)  # type: ignore[arg-type] # by name
    assert saying(period).sha256 == saying(changed).sha256


def test_occupation_is_not_printed_beside_a_position() -> None:
    first = a_period(202001, 202012, position="Tổ trưởng", occupation="A", workplace="Huế")
    second = replace(first, occupation="B", workplace="Hà Nội")
    anew = replace(first, occupation="C")
    assert saying(first, second).sha256 == saying(anew, second).sha256


def test_copies_delivered_anew_say_the_same() -> None:
    one, other = (a_period(202001, 202012, id=uuid7(), wage=wage) for wage in (1, 2))
    anew = [replace(one, id=uuid7()) for one in (other, one)]
    assert saying(one, other).sha256 == saying(*anew).sha256
    assert saying(one, other).sha256 != saying(one).sha256


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        ({"address": "Đà Nẵng"}, False),
        ({"full_name": "Nguyễn Thị Hồng"}, True),
        ({"sex": "M"}, True),
        ({"birth_date": date(1970, 5, 13)}, True),
        ({"birth_date_precision": "year"}, True),
    ],
)
def test_what_is_told_of_the_person_counts(change: dict[str, object], *, is_told: bool) -> None:
    changed = replace(HOLDER, **change)  # type: ignore[arg-type] # by name
    period = a_period(202001, 202012)
    assert (saying(period, holder=changed).sha256 != saying(period).sha256) is is_told


def test_of_a_year_of_birth_the_day_is_not_told() -> None:
    holder = replace(HOLDER, birth_date_precision="year")
    other = replace(holder, birth_date=date(1970, 1, 1))
    assert saying(holder=holder).sha256 == saying(holder=other).sha256


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Hồng Ánh", "Nguyễn T*** H*** Á***"),
        ("Đỗ Ý", "Đỗ Ý***"),
        ("Lê", "Lê"),
        ("", ""),
    ],
)
def test_name_is_masked_but_for_the_first_word(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_revoked_comes_before_expired_before_changed() -> None:
    facts = {"revoked": True, "over": True, "same_file": False, "same_record": False}
    found = []
    for name in ("revoked", "over", "same_file", "same_record"):
        found.append(state_of(**facts))
        facts[name] = not facts[name]
    assert [*found, state_of(**facts)] == [
        CheckState.REVOKED,
        CheckState.EXPIRED,
        CheckState.FILE_CHANGED,
        CheckState.RECORD_CHANGED,
        CheckState.VALID,
    ]
    assert {CheckState.VALID, CheckState.RECORD_CHANGED} == TELLING
