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


def saying(*periods: Period, settled: tuple[MonthSpan, ...] = ()) -> Contents:
    """Contents whose BHXH is this, and nothing else."""
    histories = {fund: ContributionHistory(fund, (), ()) for fund in FUNDS}
    histories["bhxh"] = ContributionHistory("bhxh", periods, settled)
    return contents_of(HOLDER, histories)


def test_periods_stand_in_the_order_of_time_fund_by_fund() -> None:
    contents = saying(a_period(202001, 202012), a_period(199001, 199412))
    assert [part.fund for part in contents.parts] == ["bhxh", "bhtn", "bhtnld-bnn"]
    assert [one.from_month for one in contents.parts[0].periods] == [199001, 202001]


def test_months_at_two_employers_are_shown_twice_and_counted_once() -> None:
    contents = saying(a_period(202001, 202012), a_period(202010, 202103, employer_name="B"))
    (part, *_rest) = contents.parts
    assert part.shared == (3, 3)
    assert part.totals.paid == 15
    assert shares_months(contents.parts)
    assert not shares_months(saying(a_period(202001, 202012)).parts)


def test_late_months_stand_apart_and_settled_ones_count_no_more() -> None:
    settled = (MonthSpan(Month(2020, 1), Month(2020, 6)),)
    contents = saying(
        a_period(202001, 202012), a_period(202101, 202103, state="late"), settled=settled
    )
    assert contents.months["bhxh"] == [6, 3, 6]
    assert contents.months["bhtn"] == [0, 0, 0]


def test_months_before_1995_count() -> None:
    assert saying(a_period(198501, 199412)).months["bhxh"] == [120, 0, 0]


def test_nothing_on_record_is_empty() -> None:
    assert saying().is_empty
    assert not saying(a_period(202001, 202001)).is_empty


def test_same_rows_in_another_order_say_the_same() -> None:
    first, second = a_period(202001, 202012), a_period(202001, 202012, employer_name="B")
    assert saying(first, second).sha256 == saying(second, first).sha256


@pytest.mark.parametrize(
    "change",
    [{"salary": 1}, {"state": "late"}, {"employer_name": "B"}, {"to_month": 202011}],
)
def test_another_record_says_something_else(change: dict[str, object]) -> None:
    period = a_period(202001, 202012)
    changed = replace(period, **change)  # type: ignore[arg-type] # by name
    assert saying(period).sha256 != saying(changed).sha256


def test_address_is_not_told_and_changes_nothing() -> None:
    contents = saying(a_period(202001, 202012))
    moved = replace(contents, holder=replace(HOLDER, address="Đà Nẵng"))
    renamed = replace(contents, holder=replace(HOLDER, full_name="Nguyễn Thị Hồng"))
    assert moved.sha256 == contents.sha256
    assert renamed.sha256 != contents.sha256


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
