"""What the State pays towards voluntary BHXH.

A percentage of the contribution on the least income, by who the payer is; for at most 120 months.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vssid.insurance.tables.rates import VOLUNTARY_RATES, WHOLE, voluntary_floor
from vssid.insurance.tables.steps import Step, StepTable


class SupportGroup(StrEnum):
    """Whom the State supports how much."""

    POOR = "poor"
    NEAR_POOR = "near-poor"
    MINORITY = "minority"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shares:
    """Percent of the contribution on the least income."""

    poor: int
    near_poor: int
    minority: int
    other: int

    def of(self, group: SupportGroup) -> int:
        """The percent of one group."""
        return {
            SupportGroup.POOR: self.poor,
            SupportGroup.NEAR_POOR: self.near_poor,
            SupportGroup.MINORITY: self.minority,
            SupportGroup.OTHER: self.other,
        }[group]


SUPPORT: StepTable[Shares] = StepTable(
    "hỗ trợ đóng BHXH tự nguyện (%)",
    [
        # Minorities had no rate of their own until 6/2025.
        Step(date(2018, 1, 1), Shares(30, 25, 10, 10), "NĐ 134/2015/NĐ-CP, Điều 14"),
        Step(date(2025, 7, 1), Shares(50, 40, 30, 20), "NĐ 159/2025/NĐ-CP, Điều 5"),
    ],
)

FIRST_MONTH = 201801
MOST_MONTHS = 120


def support(group: SupportGroup, month: int) -> int:
    """What the State pays for one voluntary month (`YYYYMM`), in đồng; nothing before 2018."""
    if month < FIRST_MONTH:
        return 0
    rate = VOLUNTARY_RATES.in_month(month) * SUPPORT.in_month(month).of(group)
    return voluntary_floor(month) * rate // (WHOLE * 100)
