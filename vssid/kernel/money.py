"""Sums of money in đồng: whole numbers, because smaller coins do not exist."""

from decimal import ROUND_HALF_UP, Decimal


def format_dong(amount: int) -> str:
    """Return a sum as it is read, `12.345.000 đ`; the space does not break."""
    figures = f"{amount:,}".replace(",", ".")
    return f"{figures}\N{NO-BREAK SPACE}đ"


def round_to_dong(amount: Decimal) -> int:
    """Return a calculated sum in whole đồng, halves away from zero."""
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))
