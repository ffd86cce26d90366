"""Sums are shown with dots and rounded half up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.money import format_dong, round_to_dong


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0\u00a0đ"),
        (999, "999\u00a0đ"),
        (1000, "1.000\u00a0đ"),
        (12345000, "12.345.000\u00a0đ"),
        (-700000, "-700.000\u00a0đ"),
    ],
)
def test_a_sum_is_grouped_by_dots_and_does_not_break(amount: int, shown: str) -> None:
    assert format_dong(amount) == shown


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("-0.5", -1), ("7" * 40 + ".5", None)],
)
def test_halves_are_rounded_up(amount: str, rounded: int | None) -> None:
    expected = int("7" * 39 + "8") if rounded is None else rounded
    assert round_to_dong(Decimal(amount)) == expected


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_rounding_moves_by_at_most_half_a_dong(amount: Decimal) -> None:
    assert abs(round_to_dong(amount) - amount) <= Decimal("0.5")
