"""Contribution rates of each fund, as parts in ten thousand of the contributing salary.

A rate of 8 % is 800. The employee's and the employer's parts stand apart.
"""

from dataclasses import dataclass
from datetime import date

from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.steps import Step, StepTable

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """What the employee and the employer pay, in ten-thousandths of the salary."""

    employee: int
    employer: int

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.employee + self.employer


PENSION_RATES: StepTable[Rate] = StepTable(
    "BHXH (hưu trí, tử tuất, ốm đau, thai sản)",
    [
        Step(date(1995, 1, 1), Rate(500, 1500), "NĐ 12/CP/1995"),
        Step(date(2010, 1, 1), Rate(600, 1600), "Luật 71/2006 Đ.91, 92"),
        Step(date(2012, 1, 1), Rate(700, 1700), "Luật 71/2006 Đ.91, 92"),
        Step(date(2014, 1, 1), Rate(800, 1800), "Luật 71/2006 Đ.91, 92"),
        Step(date(2016, 7, 1), Rate(800, 1700), "Luật 84/2015: 1 % for accidents stands apart"),
    ],
)

ACCIDENT_RATES: StepTable[Rate] = StepTable(
    "BHTNLĐ-BNN",
    [
        Step(date(2016, 7, 1), Rate(0, 100), "Luật 84/2015 Đ.44"),
        Step(date(2017, 6, 1), Rate(0, 50), "NĐ 44/2017/NĐ-CP"),
        Step(date(2021, 7, 1), Rate(0, 0), "NQ 68/NQ-CP/2021"),
        Step(date(2022, 7, 1), Rate(0, 50), "NĐ 58/2020/NĐ-CP"),
    ],
)

UNEMPLOYMENT_RATES: StepTable[Rate] = StepTable(
    "BHTN",
    [
        Step(date(2009, 1, 1), Rate(100, 100), "Luật 71/2006 Đ.102"),
        Step(date(2021, 10, 1), Rate(100, 0), "NQ 116/NQ-CP/2021"),
        Step(date(2022, 10, 1), Rate(100, 100), "Luật 38/2013 Đ.57"),
    ],
)

HEALTH_RATES: StepTable[Rate] = StepTable(
    "BHYT",
    [
        Step(date(1995, 1, 1), Rate(100, 200), "NĐ 299/HĐBT/1992", "M"),
        Step(date(2010, 1, 1), Rate(150, 300), "NĐ 62/2009/NĐ-CP"),
    ],
)

VOLUNTARY_RATES: StepTable[int] = StepTable(
    "BHXH tự nguyện",
    [
        Step(date(2008, 1, 1), 1600, "Luật 71/2006 Đ.100"),
        Step(date(2010, 1, 1), 1800, "Luật 71/2006 Đ.100"),
        Step(date(2012, 1, 1), 2000, "Luật 71/2006 Đ.100"),
        Step(date(2014, 1, 1), 2200, "Luật 71/2006 Đ.100; Luật 58/2014 Đ.87"),
    ],
)

_VOLUNTARY_FLOORS: StepTable[int] = StepTable(
    "mức thu nhập thấp nhất đóng BHXH tự nguyện",
    [
        Step(date(2016, 1, 1), 700_000, "QĐ 59/2015/QĐ-TTg"),
        Step(date(2022, 1, 1), 1_500_000, "NĐ 07/2021/NĐ-CP"),
        Step(date(2027, 1, 1), 2_200_000, "NĐ 351/2025/NĐ-CP"),
    ],
)

HOUSEHOLD_SHARES: tuple[int, ...] = (10_000, 7_000, 6_000, 5_000, 4_000)
"""First to fifth and later member of a household: 100, 70, 60, 50, 40 % (NĐ 188/2025)."""

HEALTH_OF_BASE_WAGE = 450
"""4.5 % of the base wage a month: the full contribution of a household's first member."""


def voluntary_floor(month: int) -> int:
    """The least income for voluntary BHXH in a stored month; until 2015 the base wage [M]."""
    return BASE_WAGE.in_month(month) if month < 201601 else _VOLUNTARY_FLOORS.in_month(month)


def household_health_contribution(member: int, month: int) -> int:
    """What the n-th member (from 1) of a household pays for BHYT in a stored month, in đồng."""
    if member < 1:
        raise ValueError("members are counted from 1")
    share = HOUSEHOLD_SHARES[min(member, len(HOUSEHOLD_SHARES)) - 1]
    return BASE_WAGE.in_month(month) * HEALTH_OF_BASE_WAGE * share // (WHOLE * WHOLE)
