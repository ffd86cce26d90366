"""The most that a month's pay counts, however much was typed or is on record.

Luật 41/2024 Đ.31, Luật 58/2014 Đ.87, 89: 20 base wages of the month.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from vssid.insurance.estimates.codes import LineCode, TableCode
from vssid.insurance.estimates.working import Line, Working, dong, grounds, line, used
from vssid.insurance.tables.base_wage import BASE_WAGE, CEILING_FROM, contribution_ceiling
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.prices import price_level
from vssid.kernel.months import Month


@dataclass(frozen=True, slots=True)
class Cut:
    """A pay as it counts on a day; `lines` say so where it was above the ceiling."""

    pay: int
    on: date
    lines: tuple[Line, ...] = ()

    def told(self, working: Working) -> Working:
        """The working with what was cut, its table and its law."""
        if not self.lines:
            return working
        tables = (*working.tables, used(TableCode.BASE_WAGE, BASE_WAGE, self.on))
        laws = (*working.laws, *grounds(self.on, Topic.PAY_CEILING))
        return replace(
            working,
            lines=(*self.lines, *working.lines),
            tables=tuple(dict.fromkeys(tables)),
            laws=tuple(dict.fromkeys(laws)),
        )


def cut_pay(pay: int, month: Month) -> Cut:
    """A pay of a month, at most 20 base wages of it."""
    most, on = contribution_ceiling(month.yyyymm), month.first_day
    if pay <= most:
        return Cut(pay, on)
    base = dong(BASE_WAGE.in_month(month.yyyymm))
    return Cut(most, on, (line(LineCode.PAY_CEILING, dong(most), base=base),))


def cut_mean(mean: int, on: date) -> Cut:
    """A mean at the prices of a day: at most what the best month can have brought."""
    most = _highest_mean(Month.of(on))
    if mean <= most:
        return Cut(mean, on)
    return Cut(most, on, (line(LineCode.MEAN_CEILING, dong(most)),))


@lru_cache(maxsize=64)
def _highest_mean(settled: Month) -> int:
    """The best month's ceiling at the prices of the month in which it is settled."""
    since = Month.from_yyyymm(CEILING_FROM)
    months = (since + later for later in range(settled - since + 1))
    return max(
        contribution_ceiling(at.yyyymm) * price_level(at.year, settled.year) // 100 for at in months
    )
