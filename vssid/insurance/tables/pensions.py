"""The rate of an old-age pension by the law of its first month, and the later increases."""

from dataclasses import dataclass
from datetime import date

from vssid.insurance.tables.base_wage import BASE_WAGE

LAW_41_2024_FROM = 202507


@dataclass(frozen=True, slots=True)
class Increase:
    """One increase of pensions: in thousandths, for pensions that began before its first day.

    `late_per_mille` replaces it for pensions that began on or after `late_from` (they had missed
    the increase before).
    """

    valid_from: date
    per_mille: int
    source: str
    confidence: str = "H"
    late_from: date | None = None
    late_per_mille: int = 0

    def for_pension_from(self, began: date) -> int:
        """The thousandths by which a pension that began on a day rises; 0 if not at all."""
        if began >= self.valid_from:
            return 0
        if self.late_from is not None and began >= self.late_from:
            return self.late_per_mille
        return self.per_mille


INCREASES: tuple[Increase, ...] = (
    Increase(date(2015, 1, 1), 80, "NĐ 09/2015/NĐ-CP", "M"),
    Increase(date(2017, 7, 1), 74, "NĐ 76/2017/NĐ-CP", "M"),
    Increase(date(2018, 7, 1), 69, "NĐ 88/2018/NĐ-CP", "M"),
    Increase(date(2019, 7, 1), 72, "NĐ 44/2019/NĐ-CP", "M"),
    Increase(date(2022, 1, 1), 74, "NĐ 108/2021/NĐ-CP", "M"),
    Increase(date(2023, 7, 1), 125, "NĐ 42/2023/NĐ-CP", "M", date(2022, 1, 1), 208),
    Increase(date(2024, 7, 1), 150, "NĐ 75/2024/NĐ-CP", "M"),
    Increase(date(2026, 7, 1), 80, "NĐ 162/2026/NĐ-CP"),
)


def least_months(first_month: int) -> int:
    """The months of contribution an old-age pension needs (20 years; 15 since 7/2025)."""
    return 180 if first_month >= LAW_41_2024_FROM else 240


def least_pension(compulsory_months: int, first_month: int, joined: int) -> int:
    """The least first pension after 20 years of compulsory BHXH: the base wage; 0: there is none.

    Luật 58/2014 Đ.56.5; since 7/2025 only for who joined before (Luật 41/2024 Đ.141.11).
    """
    if compulsory_months < 240 or joined >= LAW_41_2024_FROM:
        return 0
    return BASE_WAGE.in_month(first_month)


def full_years(sex: str) -> int:
    """The years beyond which each one brings a one-time sum (Luật 41/2024 Đ.68): 35 and 30."""
    return 35 if sex == "M" else 30


def early_reduction(months_early: int) -> int:
    """What retiring early takes off the rate, in thousandths (Luật 41/2024 Đ.66.3).

    20 for each whole year, 10 for a rest of six months or more, nothing for less.
    """
    years, rest = divmod(max(0, months_early), 12)
    return years * 20 + (10 if rest >= 6 else 0)


def base_years(sex: str, first_month: int) -> int:
    """The years that earn 45 % when a pension begins in a stored month (Luật 58/2014 Đ.56)."""
    year = first_month // 100
    if sex == "F" or year < 2018:
        return 15
    return min(20, 16 + year - 2018)


def half_years(months: int) -> int:
    """Years doubled: 1 to 6 odd months count as half a year, 7 to 11 as a whole one."""
    years, odd = divmod(months, 12)
    if odd == 0:
        return years * 2
    return years * 2 + (1 if odd <= 6 else 2)


def pension_rate(sex: str, months: int, first_month: int) -> int:
    """The pension in thousandths of the mean salary (450 = 45 %), at most 750.

    Until 2017 women gained 3 % a year (Luật 71/2006 Đ.52); since then 2 % (Luật 58/2014 Đ.56);
    since 7/2025 men with 15 to 20 years have 40 % and 1 % a year more (Luật 41/2024 Đ.66).
    Raises `ValueError` when the months are too few for a pension.
    """
    if months < least_months(first_month):
        raise ValueError(f"{months} months do not earn a pension in {first_month}")
    halves = half_years(months)
    if first_month >= LAW_41_2024_FROM and sex == "M" and halves < 40:
        return 400 + (halves - 30) * 5
    a_half_year = 15 if sex == "F" and first_month < 201801 else 10
    return min(750, 450 + (halves - 2 * base_years(sex, first_month)) * a_half_year)


def state_scale_years(joined: int) -> int:
    """How many last years are averaged on the State's wage scale, by first month of joining.

    0 means the whole time (joined since 2025). Luật 58/2014 Đ.62, Luật 41/2024 Đ.72.
    """
    steps = ((1995, 5), (2001, 6), (2007, 8), (2016, 10), (2020, 15), (2025, 20))
    return next((years for before, years in steps if joined // 100 < before), 0)
