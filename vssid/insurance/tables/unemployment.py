"""The terms of unemployment benefit that the law of 2025 changed."""

from dataclasses import dataclass
from datetime import date

from vssid.insurance.tables.steps import Step, StepTable


@dataclass(frozen=True, slots=True)
class Terms:
    """`window` months before the end of work hold the 12 paid ones, `short_window` for short
    contracts; who files within `file_within` months is paid from a working day on, counted from
    the filing; `bars_pensioners_to_be`: who could draw a pension gets nothing.
    """

    window: int
    short_window: int
    file_within: int
    from_working_day: int
    bars_pensioners_to_be: bool


UNEMPLOYMENT_TERMS: StepTable[Terms] = StepTable(
    "điều kiện hưởng trợ cấp thất nghiệp",
    [
        Step(
            date(2015, 1, 1),
            Terms(24, 36, 3, from_working_day=16, bars_pensioners_to_be=False),
            "Luật 38/2013/QH13, Điều 46, 49, 50",
        ),
        Step(
            date(2026, 1, 1),
            Terms(24, 36, 3, from_working_day=11, bars_pensioners_to_be=True),
            "Luật 74/2025/QH15, Điều 38, 39",
        ),
    ],
)

MONTHS_FOR_THREE = 36
"""The first 12 to 36 months bring three months of benefit together."""
MOST_MONTHS_USED = 144
"""What twelve months of benefit use up."""


def kept_months(paid: int, length: int) -> int:
    """Months of `paid` that a benefit of `length` months leaves for the next one.

    Each month of benefit uses up twelve. Above 144 paid none is kept, which is disputed.
    """
    return 0 if paid > MOST_MONTHS_USED else max(0, paid - 12 * length)
