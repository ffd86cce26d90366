"""Mức điều chỉnh tiền lương đã đóng (hệ số trượt giá) by year of salary, in hundredths.

Columns of 2025 (TT 01/2025/TT-BLĐTBXH) and 2026 (CV 340/BHXH-CSXH) are known [H]. For an earlier
year of settlement the column of 2025 is divided by its own figure for that year, which comes
within a few hundredths of what was published then [M]; for a later one the last column holds.
"""

FIRST_YEAR = 1994
"""Stands for every year before 1995."""

_COLUMN_2025 = (
    *(563, 478, 451, 437, 406, 389, 395, 397, 382, 370, 343, 317, 295, 272, 221, 207),
    *(190, 160, 147, 137, 132, 131, 128, 123, 119, 116, 112, 110, 107, 104, 100, 100),
)
_COLUMN_2026 = (
    *(581, 491, 465, 450, 418, 401, 407, 409, 394, 381, 354, 327, 305, 281, 229, 214),
    *(196, 165, 151, 142, 136, 136, 132, 128, 123, 120, 116, 114, 111, 107, 103, 100, 100),
)


def _figure(column: tuple[int, ...], year: int) -> int:
    index = max(year, FIRST_YEAR) - FIRST_YEAR
    return column[min(index, len(column) - 1)]


def price_level(salary_year: int, settled_in: int) -> int:
    """By how many hundredths a salary of one year counts when settled in another (100 = as is)."""
    if salary_year >= settled_in:
        return 100
    if settled_in >= 2026:
        return _figure(_COLUMN_2026, salary_year)
    if settled_in == 2025:
        return _figure(_COLUMN_2025, salary_year)
    old, new = _figure(_COLUMN_2025, salary_year), _figure(_COLUMN_2025, settled_in)
    return max(100, (old * 100 + new // 2) // new)
