"""Retirement ages in ordinary working conditions (NĐ 135/2020/NĐ-CP, annex I), and earlier ones.

The annex lists the age by sex and month of birth. The pension begins in the month after the one
in which the age is reached. Who may go some years early goes by the age of the year in which they
go, less those years: their annex (II) is the first one, moved by as many years.
"""

from datetime import date

from vssid.insurance.tables.steps import Step, StepTable

_OLD_LAW = "Luật 58/2014 Đ.54 (before 2021)"
_ANNEX = "NĐ 135/2020/NĐ-CP PL I"


def _ages(rows: list[tuple[int, int, int, int]]) -> list[Step[int]]:
    """Steps of (birth year, birth month, years, months of age)."""
    return [
        Step(date(year, month, 1), years * 12 + months, _ANNEX if year > 1950 else _OLD_LAW)
        for year, month, years, months in rows
    ]


MEN: StepTable[int] = StepTable(
    "tuổi nghỉ hưu nam theo tháng sinh",
    _ages(
        [
            (1900, 1, 60, 0),
            (1961, 1, 60, 3),
            (1961, 10, 60, 6),
            (1962, 7, 60, 9),
            (1963, 4, 61, 0),
            (1964, 1, 61, 3),
            (1964, 10, 61, 6),
            (1965, 7, 61, 9),
            (1966, 4, 62, 0),
        ]
    ),
)

WOMEN: StepTable[int] = StepTable(
    "tuổi nghỉ hưu nữ theo tháng sinh",
    _ages(
        [
            (1900, 1, 55, 0),
            (1966, 1, 55, 4),
            (1966, 9, 55, 8),
            (1967, 5, 56, 0),
            (1968, 1, 56, 4),
            (1968, 9, 56, 8),
            (1969, 5, 57, 0),
            (1970, 1, 57, 4),
            (1970, 9, 57, 8),
            (1971, 5, 58, 0),
            (1972, 1, 58, 4),
            (1972, 9, 58, 8),
            (1973, 5, 59, 0),
            (1974, 1, 59, 4),
            (1974, 9, 59, 8),
            (1975, 5, 60, 0),
        ]
    ),
)


def retirement_age_months(sex: str, born: date, years_early: int = 0) -> int:
    """The retirement age in months for a sex ("M" or "F") and a day of birth.

    `years_early`: 5 for 15 years of heavy work, 5 or 10 with reduced capability.
    """
    as_if = date(born.year - years_early, born.month, 1)
    return (MEN if sex == "M" else WOMEN).on(as_if) - years_early * 12


def first_pension_month(sex: str, born: date, years_early: int = 0) -> int:
    """The stored month (`YYYYMM`) in which an old-age pension can begin."""
    reached = born.year * 12 + born.month - 1 + retirement_age_months(sex, born, years_early)
    return (reached + 1) // 12 * 100 + (reached + 1) % 12 + 1


def age_of_year(sex: str, year: int) -> int:
    """The ordinary retirement age, in months, of who retires in a year (NĐ 135/2020 Đ.4)."""
    since = max(0, year - 2020)
    return min(62 * 12, 60 * 12 + 3 * since) if sex == "M" else min(60 * 12, 55 * 12 + 4 * since)
