"""Lương tối thiểu vùng, and the ceiling of unemployment insurance that hangs on it.

Amounts in đồng a month, one for each of the regions I to IV. Before 1/1/2008 there was one common
minimum, the base wage. The decrees of 2008 until 9/2011 set higher minima for enterprises with
foreign capital; the table holds those of domestic enterprises. In 2008 there were three regions:
the fourth takes the figure of the third.
"""

from datetime import date

from vssid.insurance.tables.base_wage import BASE_WAGE, CEILING_TIMES
from vssid.insurance.tables.steps import Step, StepTable

Regions = tuple[int, int, int, int]

MINIMUM_WAGES: StepTable[Regions] = StepTable(
    "lương tối thiểu vùng",
    [
        Step(date(2008, 1, 1), (620_000, 580_000, 540_000, 540_000), "NĐ 167/2007/NĐ-CP", "M"),
        Step(date(2009, 1, 1), (800_000, 740_000, 690_000, 650_000), "NĐ 110/2008/NĐ-CP", "M"),
        Step(date(2010, 1, 1), (980_000, 880_000, 810_000, 730_000), "NĐ 97/2009/NĐ-CP", "M"),
        Step(
            date(2011, 1, 1),
            (1_350_000, 1_200_000, 1_050_000, 830_000),
            "NĐ 108/2010/NĐ-CP",
            "M",
        ),
        Step(
            date(2011, 10, 1),
            (2_000_000, 1_780_000, 1_550_000, 1_400_000),
            "NĐ 70/2011/NĐ-CP",
            "M",
        ),
        Step(
            date(2013, 1, 1),
            (2_350_000, 2_100_000, 1_800_000, 1_650_000),
            "NĐ 103/2012/NĐ-CP",
            "M",
        ),
        Step(
            date(2014, 1, 1),
            (2_700_000, 2_400_000, 2_100_000, 1_900_000),
            "NĐ 182/2013/NĐ-CP",
            "M",
        ),
        Step(
            date(2015, 1, 1),
            (3_100_000, 2_750_000, 2_400_000, 2_150_000),
            "NĐ 103/2014/NĐ-CP",
            "M",
        ),
        Step(date(2016, 1, 1), (3_500_000, 3_100_000, 2_700_000, 2_400_000), "NĐ 122/2015/NĐ-CP"),
        Step(date(2017, 1, 1), (3_750_000, 3_320_000, 2_900_000, 2_580_000), "NĐ 153/2016/NĐ-CP"),
        Step(date(2018, 1, 1), (3_980_000, 3_530_000, 3_090_000, 2_760_000), "NĐ 141/2017/NĐ-CP"),
        Step(date(2019, 1, 1), (4_180_000, 3_710_000, 3_250_000, 2_920_000), "NĐ 157/2018/NĐ-CP"),
        Step(date(2020, 1, 1), (4_420_000, 3_920_000, 3_430_000, 3_070_000), "NĐ 90/2019/NĐ-CP"),
        Step(date(2022, 7, 1), (4_680_000, 4_160_000, 3_640_000, 3_250_000), "NĐ 38/2022/NĐ-CP"),
        Step(date(2024, 7, 1), (4_960_000, 4_410_000, 3_860_000, 3_450_000), "NĐ 74/2024/NĐ-CP"),
        Step(date(2026, 1, 1), (5_310_000, 4_730_000, 4_140_000, 3_700_000), "NĐ 293/2025/NĐ-CP"),
    ],
)

FIRST_REGIONAL_MONTH = 200801
UNEMPLOYMENT_REGIONAL_FROM = 201501
"""Luật Việc làm 38/2013 Đ.58 ties the ceiling of BHTN to the region from 1/1/2015."""


def minimum_wage(region: int, month: int) -> int:
    """The least monthly wage of a region (1 to 4) in a stored month (`YYYYMM`), in đồng."""
    if not 1 <= region <= 4:
        raise ValueError(f"there is no wage region {region}")
    if month < FIRST_REGIONAL_MONTH:
        return BASE_WAGE.in_month(month)
    return MINIMUM_WAGES.in_month(month)[region - 1]


def minimum_wage_changes(first: int, last: int) -> list[int]:
    """The stored months after `first` and up to `last` in which a minimum wage changed."""
    before = BASE_WAGE.changes_after(first, min(last, FIRST_REGIONAL_MONTH - 1))
    return before + MINIMUM_WAGES.changes_after(first, last)


def unemployment_ceiling(region: int, month: int) -> int:
    """The most that BHTN is reckoned on: 20 regional minima, before 2015 20 base wages."""
    if month < UNEMPLOYMENT_REGIONAL_FROM:
        return CEILING_TIMES * BASE_WAGE.in_month(month)
    return CEILING_TIMES * minimum_wage(region, month)
