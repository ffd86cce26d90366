"""Months and spans agree with a model of plain sets of months."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.errors import InvalidInput
from vssid.kernel.months import (
    Month,
    MonthSpan,
    count_months,
    merge_spans,
    years_and_months,
)

months = st.builds(Month, st.integers(1961, 2100), st.integers(1, 12))
# Few months, so that spans meet, touch and overlap often.
near_months = st.builds(Month, st.integers(2018, 2021), st.integers(1, 12))
spans = st.builds(lambda a, b: MonthSpan(min(a, b), max(a, b)), near_months, near_months)


def model(span: MonthSpan) -> set[tuple[int, int]]:
    """Every month of 2018 to 2021 that lies in the span, found without any arithmetic of ours."""
    first, last = (span.first.year, span.first.month), (span.last.year, span.last.month)
    every = [(year, month) for year in range(2018, 2022) for month in range(1, 13)]
    return {month for month in every if first <= month <= last}


def model_of(many: list[MonthSpan]) -> set[tuple[int, int]]:
    return set().union(*map(model, many))


@given(months)
def test_a_month_returns_from_each_of_its_forms(month: Month) -> None:
    assert Month.from_yyyymm(month.yyyymm) == month
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == month
    assert Month.of(month.last_day) == month


@pytest.mark.parametrize(
    "text", ["03/2019", " 3/2019 ", "03-2019", "3.2019", "03 / 2019", "2019-03", "０３／２０１９"]
)
def test_a_month_is_read_however_written(text: str) -> None:
    assert Month.parse(text) == Month(2019, 3)


def test_a_month_is_shown_with_two_and_four_digits() -> None:
    assert str(Month(2019, 3)) == "03/2019"
    assert Month(2019, 3).yyyymm == 201903


@given(months)
def test_the_last_day_is_the_day_before_the_next_month(month: Month) -> None:
    assert month.last_day + timedelta(days=1) == (month + 1).first_day


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Month(2024, 2).last_day == date(2024, 2, 29)


@given(near_months, st.integers(-60, 60))
def test_adding_months_is_counting_them_one_by_one(month: Month, count: int) -> None:
    year, number = month.year, month.month
    for _ in range(abs(count)):
        number += 1 if count > 0 else -1
        if number == 13:
            year, number = year + 1, 1
        elif number == 0:
            year, number = year - 1, 12

    assert month + count == Month(year, number)
    assert Month(year, number) - month == count
    assert Month(year, number) - count == month


@given(months, months)
def test_months_are_ordered_by_time(one: Month, other: Month) -> None:
    assert (one < other) == (one.first_day < other.first_day)
    assert (one.yyyymm < other.yyyymm) == (one < other)


@pytest.mark.parametrize("yyyymm", [201900, 201913, 12, -201903])
def test_a_number_that_is_no_month_is_refused(yyyymm: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        Month.from_yyyymm(yyyymm)
    assert caught.value.code == "month.range"


def test_the_last_month_of_time_has_no_next() -> None:
    with pytest.raises(InvalidInput):
        Month(9999, 12) + 1


@given(spans)
def test_a_span_holds_exactly_the_months_between(span: MonthSpan) -> None:
    listed = [(month.year, month.month) for month in span]

    assert listed == sorted(model(span))
    assert len(span) == len(listed)
    assert all(month in span for month in span)
    assert span.first - 1 not in span
    assert span.last + 1 not in span


@given(spans, spans)
def test_spans_overlap_when_they_share_a_month(one: MonthSpan, other: MonthSpan) -> None:
    assert one.overlaps(other) == bool(model(one) & model(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(st.lists(spans, max_size=6))
def test_merging_keeps_the_months_and_leaves_gaps_between(many: list[MonthSpan]) -> None:
    merged = merge_spans(many)

    assert model_of(list(merged)) == model_of(many)
    for earlier, later in pairwise(merged):
        assert later.first - earlier.last > 1


@given(st.lists(spans, max_size=6))
def test_a_month_in_two_spans_counts_once(many: list[MonthSpan]) -> None:
    assert count_months(iter(many)) == len(model_of(many))


def test_a_span_reads_as_from_to() -> None:
    assert str(MonthSpan(Month(2019, 3), Month(2020, 12))) == "03/2019 – 12/2020"


@given(st.integers(0, 1200))
def test_years_and_months_add_up(count: int) -> None:
    years, left = years_and_months(count)

    assert years * 12 + left == count
    assert 0 <= left < 12


def test_twelve_years_and_four_months() -> None:
    assert years_and_months(148) == (12, 4)


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        years_and_months(-1)
