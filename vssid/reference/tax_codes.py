"""Numbers of invented employers, which no real one can have."""

from hashlib import sha256
from typing import Final

_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def check_digit(first_nine: str) -> int | None:
    """The tenth digit of a real tax code (mã số thuế); None for nine digits that begin none."""
    rest = (
        10 - sum(int(one) * weight for one, weight in zip(first_nine, _WEIGHTS, strict=True)) % 11
    )
    return rest if rest in range(10) else None


def tax_code(employer: str) -> str:
    """Ten digits, always the same for an employer's code, with a wrong check digit."""
    digits = f"{int(sha256(employer.encode()).hexdigest(), 16) % 10**9:09d}"
    right = check_digit(digits)
    return f"{digits}{((right or 0) + 5) % 10}"
