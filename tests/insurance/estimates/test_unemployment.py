"""«Trợ cấp thất nghiệp»: how much, how long, from when, what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.insurance.estimates.cases import laws, named
from vssid.insurance.estimates.codes import Caveat, RefusalCode
from vssid.insurance.estimates.unemployment import (
    Unemployment,
    UnemploymentInput,
    estimate,
    file_by,
    working_day_after,
)
from vssid.insurance.estimates.working import Refusal
from vssid.insurance.tables.unemployment import kept_months

ENDED = date(2026, 9, 30)


def an_input(**changes: Any) -> UnemploymentInput:
    """Six years at 15 million in region I, filed five days after the end."""
    ordinary = UnemploymentInput(
        ended=ENDED,
        filed=date(2026, 10, 5),
        paid=72,
        in_window=24,
        mean_salary=15_000_000,
        region=1,
    )
    return replace(ordinary, **changes)


def granted(**changes: Any) -> Unemployment:
    """The estimate, which must be one."""
    found = estimate(an_input(**changes))
    assert isinstance(found, Unemployment)
    return found


def refused(**changes: Any) -> Refusal:
    """The refusal, which must be one."""
    found = estimate(an_input(**changes))
    assert isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("mean", "region", "ended", "monthly"),
    [
        # Luật 74/2025 Đ.39.1: 60 % of 15 M.
        (15_000_000, 1, ENDED, 9_000_000),
        # At most 5 × 5.310.000 in region I (NĐ 293/2025), from 44.250.000 on.
        (44_250_000, 1, ENDED, 26_550_000),
        (44_249_999, 1, ENDED, 26_549_999),
        (44_250_002, 1, ENDED, 26_550_000),
        (50_000_000, 1, ENDED, 26_550_000),
        (50_000_000, 2, ENDED, 23_650_000),
        (50_000_000, 3, ENDED, 20_700_000),
        (50_000_000, 4, ENDED, 18_500_000),
        # The minimum of the month in which work ended: NĐ 74/2024 until 31/12/2025.
        (50_000_000, 1, date(2025, 12, 31), 24_800_000),
        (50_000_000, 1, date(2026, 1, 1), 26_550_000),
    ],
)
def test_each_month_pays_sixty_percent_up_to_five_minimum_wages(
    mean: int, region: int, ended: date, monthly: int
) -> None:
    found = granted(mean_salary=mean, region=region, ended=ended, filed=ended)
    assert found.monthly == monthly
    assert found.amount == 6 * monthly


@pytest.mark.parametrize(
    ("paid", "months", "kept"),
    [
        # Luật 74/2025 Đ.39.2: 12 to 36 months bring three, each further 12 one more, at most 12.
        (12, 3, 0),
        (35, 3, 0),
        (36, 3, 0),
        (37, 3, 1),
        (47, 3, 11),
        (48, 4, 0),
        (59, 4, 11),
        (60, 5, 0),
        (72, 6, 0),
        (143, 11, 11),
        (144, 12, 0),
        (145, 12, 0),
        (300, 12, 0),
    ],
)
def test_months_paid_bring_months_of_benefit_and_the_rest_is_kept(
    paid: int, months: int, kept: int
) -> None:
    found = granted(paid=paid, in_window=min(paid, 24))
    assert (found.months, found.kept) == (months, kept)
    assert found.amount == months * 9_000_000
    assert (Caveat.KEPT_MONTHS in found.working.caveats) == (kept > 0)
    assert (Caveat.KEPT_ABOVE_TWELVE_YEARS in found.working.caveats) == (paid > 144)


@pytest.mark.parametrize(
    ("paid", "in_window", "is_short", "is_refused"),
    [
        # Luật 74/2025 Đ.38.1b: 12 of 24 months; of 36 for a contract of less than 12 months.
        (11, 11, False, True),
        (12, 12, False, False),
        (100, 11, False, True),
        (100, 12, False, False),
        (100, 11, True, True),
        (11, 12, True, True),
    ],
)
def test_twelve_months_of_the_window_are_needed(
    paid: int, in_window: int, *, is_short: bool, is_refused: bool
) -> None:
    found = estimate(an_input(paid=paid, in_window=in_window, is_short=is_short))
    assert isinstance(found, Refusal) == is_refused
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.UNEMPLOYMENT_MONTHS
        assert named(found) == {"paid": 11, "needed": 12, "window": 36 if is_short else 24}


@pytest.mark.parametrize(
    ("ended", "last_day"),
    [
        # Đ.38.1c: within three months.
        (date(2026, 9, 30), date(2026, 12, 30)),
        (date(2026, 9, 15), date(2026, 12, 15)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
    ],
)
def test_one_files_within_three_months(ended: date, last_day: date) -> None:
    assert file_by(ended) == last_day
    assert granted(ended=ended, filed=last_day).file_by == last_day
    late = refused(ended=ended, filed=date.fromordinal(last_day.toordinal() + 1))
    assert late.code is RefusalCode.FILED_TOO_LATE
    assert named(late) == {"until": last_day.toordinal()}


@pytest.mark.parametrize(
    ("ended", "filed", "begins"),
    [
        # Luật 74/2025 Đ.39.3: the 11th working day; Luật 38/2013 Đ.50.3: the 16th.
        (date(2026, 9, 30), date(2026, 10, 5), date(2026, 10, 20)),
        (date(2026, 9, 30), date(2026, 10, 2), date(2026, 10, 19)),
        (date(2026, 1, 1), date(2026, 1, 5), date(2026, 1, 20)),
        (date(2025, 12, 31), date(2026, 1, 5), date(2026, 1, 27)),
    ],
)
def test_benefit_begins_some_working_days_after_filing(
    ended: date, filed: date, begins: date
) -> None:
    assert granted(ended=ended, filed=filed).begins == begins


@pytest.mark.parametrize(
    ("ended", "is_refused"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)]
)
def test_who_could_draw_a_pension_has_none_since_2026(ended: date, *, is_refused: bool) -> None:
    """Luật 74/2025 Đ.38.1a; until then only who drew one."""
    found = estimate(an_input(ended=ended, filed=ended, could_draw_pension=True))
    assert isinstance(found, Refusal) == is_refused
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.COULD_DRAW_PENSION


def test_nothing_comes_of_nothing() -> None:
    assert refused(paid=0, in_window=0).code is RefusalCode.NOTHING_PAID
    assert refused(mean_salary=0).code is RefusalCode.PAY_UNKNOWN


@pytest.mark.parametrize(
    ("ended", "law"),
    [(date(2025, 12, 31), "Luật 38/2013/QH13"), (date(2026, 1, 1), "Luật 74/2025/QH15")],
)
def test_law_is_that_of_the_end_of_work(ended: date, law: str) -> None:
    assert laws(granted(ended=ended, filed=ended, paid=36).working) == [law, law]


def test_working_days_pass_over_the_weekend() -> None:
    friday = date(2026, 10, 9)
    assert working_day_after(friday, 1) == date(2026, 10, 12)
    assert working_day_after(friday, 5) == date(2026, 10, 16)
    assert working_day_after(date(2026, 10, 11), 1) == date(2026, 10, 12)


@given(st.integers(12, 400), st.integers(1, 120_000_000), st.integers(1, 4))
def test_never_above_the_cap_and_more_months_never_bring_less(
    paid: int, mean: int, region: int
) -> None:
    one = granted(paid=paid, mean_salary=mean, region=region)
    more = granted(paid=paid + 1, mean_salary=mean, region=region)
    assert 0 < one.monthly <= 26_550_000
    assert 3 <= one.months <= 12
    assert more.amount >= one.amount
    assert one.amount == one.monthly * one.months


@given(st.integers(12, 144))
def test_what_is_used_and_what_is_kept_are_all_that_was_paid(paid: int) -> None:
    length = granted(paid=paid, in_window=12).months
    kept = kept_months(paid, length)
    assert 0 <= kept < 12
    if paid > 36:
        assert kept + 12 * length == paid
