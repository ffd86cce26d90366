"""Lương cơ sở, the measure of ceilings, one-off grants and household contributions.

Until 30/6/2013 it was called lương tối thiểu chung. Since 1/7/2025 the law says mức tham chiếu,
which equals it (Luật 41/2024 Đ.141.13). Amounts in đồng a month.
"""

from datetime import date

from vssid.insurance.tables.steps import Step, StepTable

BASE_WAGE: StepTable[int] = StepTable(
    "lương cơ sở",
    [
        Step(date(1993, 4, 1), 120_000, "NĐ 25/CP/1993", "M"),
        Step(date(1997, 1, 1), 144_000, "NĐ 06/CP/1997", "M"),
        Step(date(2000, 1, 1), 180_000, "NĐ 175/1999/NĐ-CP"),
        Step(date(2001, 1, 1), 210_000, "NĐ 77/2000/NĐ-CP"),
        Step(date(2003, 1, 1), 290_000, "NĐ 03/2003/NĐ-CP"),
        Step(date(2005, 10, 1), 350_000, "NĐ 118/2005/NĐ-CP"),
        Step(date(2006, 10, 1), 450_000, "NĐ 94/2006/NĐ-CP"),
        Step(date(2008, 1, 1), 540_000, "NĐ 166/2007/NĐ-CP"),
        Step(date(2009, 5, 1), 650_000, "NĐ 33/2009/NĐ-CP"),
        Step(date(2010, 5, 1), 730_000, "NĐ 28/2010/NĐ-CP"),
        Step(date(2011, 5, 1), 830_000, "NĐ 22/2011/NĐ-CP"),
        Step(date(2012, 5, 1), 1_050_000, "NĐ 31/2012/NĐ-CP"),
        Step(date(2013, 7, 1), 1_150_000, "NĐ 66/2013/NĐ-CP"),
        Step(date(2016, 5, 1), 1_210_000, "NĐ 47/2016/NĐ-CP"),
        Step(date(2017, 7, 1), 1_300_000, "NĐ 47/2017/NĐ-CP"),
        Step(date(2018, 7, 1), 1_390_000, "NĐ 72/2018/NĐ-CP"),
        Step(date(2019, 7, 1), 1_490_000, "NĐ 38/2019/NĐ-CP"),
        Step(date(2023, 7, 1), 1_800_000, "NĐ 24/2023/NĐ-CP"),
        Step(date(2024, 7, 1), 2_340_000, "NĐ 73/2024/NĐ-CP"),
        Step(date(2026, 7, 1), 2_530_000, "NĐ 161/2026/NĐ-CP"),
    ],
)

CEILING_TIMES = 20
"""A contribution is reckoned on at most this many base wages (Luật 41/2024 Đ.31)."""
CEILING_FROM = 200701
"""Since the first law of social insurance (Luật 71/2006 Đ.94.3)."""


def contribution_ceiling(month: int) -> int:
    """The most that BHXH, BHTNLĐ-BNN and BHYT are reckoned on in a stored month, in đồng."""
    return CEILING_TIMES * BASE_WAGE.in_month(month)
