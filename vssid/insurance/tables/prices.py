"""Mức điều chỉnh tiền lương đã đóng (hệ số trượt giá) by year of salary, in hundredths.

Columns of 2025 (TT 01/2025/TT-BLĐTBXH) and 2026 (CV 340/BHXH-CSXH) are known [H]; since 2008 those
for voluntary incomes are the same. For an earlier year of settlement the column of 2025 is divided
by its own figure for that year, which comes within a few hundredths of what was published then
[M]; for a later one the last column holds.
"""

from dataclasses import dataclass

FIRST_YEAR = 1994
"""Stands for every year before 1995."""


@dataclass(frozen=True, slots=True)
class Column:
    """The figures for what is settled in one year, from FIRST_YEAR on, and who published them."""

    settled_in: int
    source: str
    figures: tuple[int, ...]
    confidence: str = "H"

    def figure(self, salary_year: int) -> int:
        """The hundredths by which a salary of a year counts."""
        index = max(salary_year, FIRST_YEAR) - FIRST_YEAR
        return self.figures[min(index, len(self.figures) - 1)]


_2025 = Column(
    2025,
    "TT 01/2025/TT-BLĐTBXH, Điều 2, Điều 3",
    (
        *(563, 478, 451, 437, 406, 389, 395, 397, 382, 370, 343, 317, 295, 272, 221, 207),
        *(190, 160, 147, 137, 132, 131, 128, 123, 119, 116, 112, 110, 107, 104, 100, 100),
    ),
)
_2026 = Column(
    2026,
    "CV 340/BHXH-CSXH ngày 03/02/2026",
    (
        *(581, 491, 465, 450, 418, 401, 407, 409, 394, 381, 354, 327, 305, 281, 229, 214),
        *(196, 165, 151, 142, 136, 136, 132, 128, 123, 120, 116, 114, 111, 107, 103, 100, 100),
    ),
)


def column_for(settled_in: int) -> Column:
    """The column that holds for what is settled in a year: its own, or the nearest known."""
    return _2026 if settled_in >= _2026.settled_in else _2025


def price_level(salary_year: int, settled_in: int) -> int:
    """By how many hundredths a salary of one year counts when settled in another (100 = as is)."""
    if salary_year >= settled_in:
        return 100
    column = column_for(settled_in)
    if settled_in >= column.settled_in:
        return column.figure(salary_year)
    old, new = column.figure(salary_year), column.figure(settled_in)
    return max(100, (old * 100 + new // 2) // new)
