"""The months of a working life that count, made from contribution periods.

A month is counted once, whoever paid it: compulsory before voluntary, of two pays the higher. What
an employer has not paid yet, and what a one-time withdrawal has used up, does not count.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import inf

from vssid.insurance.estimates.codes import Caveat
from vssid.insurance.estimates.working import index_of, month_at, when
from vssid.insurance.records import Period
from vssid.insurance.rules import PAY_KINDS
from vssid.insurance.tables.base_wage import CEILING_FROM, contribution_ceiling
from vssid.insurance.tables.minimum_wages import unemployment_ceiling
from vssid.kernel.months import Month, MonthSpan

DONG = "VND"


class Basis(StrEnum):
    """By what rule a month's pay is averaged."""

    EMPLOYER = "employer"
    STATE = "state"
    VOLUNTARY = "voluntary"


Ceiling = Callable[[int, int], float]
"""The most that counts of a pay: from a wage region (0: not known) and a month's plain number."""


@lru_cache(maxsize=8192)
def social_ceiling(_region: int, at: int) -> float:
    """Of BHXH: 20 base wages, since there is a ceiling."""
    month = month_at(at).yyyymm
    return contribution_ceiling(month) if month >= CEILING_FROM else inf


@lru_cache(maxsize=8192)
def jobs_ceiling(region: int, at: int) -> float:
    """Of BHTN: 20 regional minimum wages; of an unknown region those of the first."""
    month = month_at(at).yyyymm
    return unemployment_ceiling(region or 1, month) if month >= CEILING_FROM else inf


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One month that counts; `salary` 0: not known in đồng. `region` 0: not known."""

    salary: int
    basis: Basis
    region: int = 0


@dataclass(frozen=True, slots=True)
class Career:
    """The counted months by their plain number, how many were left out, and why; `above` had pay
    above the ceiling.
    """

    months: Mapping[int, PaidMonth]
    late: int = 0
    withdrawn: int = 0
    overlaps: int = 0
    above: int = 0

    @property
    def first(self) -> Month | None:
        """The first month that counts."""
        return month_at(min(self.months)) if self.months else None

    @property
    def last(self) -> Month | None:
        """The last month that counts."""
        return month_at(max(self.months)) if self.months else None

    def between(self, first: Month, last: Month) -> "Career":
        """The same career within two months, both included."""
        within = range(index_of(first), index_of(last) + 1)
        return Career({at: paid for at, paid in self.months.items() if at in within})

    def of(self, *bases: Basis) -> "Career":
        """Only the months of some bases."""
        return Career({at: paid for at, paid in self.months.items() if paid.basis in bases})

    @property
    def compulsory(self) -> "Career":
        """Only what was paid in work."""
        return self.of(Basis.EMPLOYER, Basis.STATE)

    @property
    def voluntary(self) -> "Career":
        """Only what was paid by choice."""
        return self.of(Basis.VOLUNTARY)

    def last_salaries(self, many: int) -> tuple[int, ...]:
        """The pay of the last counted months, the latest first; unknown pay is passed over."""
        latest = sorted(self.months.items(), key=lambda item: item[0], reverse=True)
        return tuple(paid.salary for _at, paid in latest if paid.salary)[:many]

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What was left out, or counted in a way worth saying."""
        return when(
            (Caveat.LATE_MONTHS, self.late > 0),
            (Caveat.WITHDRAWN_MONTHS, self.withdrawn > 0),
            (Caveat.OVERLAPS, self.overlaps > 0),
            (Caveat.PAY_ABOVE_CEILING, self.above > 0),
            (Caveat.UNKNOWN_PAY, any(not paid.salary for paid in self.months.values())),
        )


def career_of(
    periods: Iterable[Period],
    settled: Iterable[MonthSpan] = (),
    *,
    state_scale: bool = False,
    ceiling: Ceiling = social_ceiling,
) -> Career:
    """The months of a fund's periods that count, each with its pay up to the fund's ceiling.

    The record does not say whose pay follows the State's scale: with `state_scale` all pay of
    work does. Pay in another currency is taken as unknown.
    """
    used = {index_of(at) for span in settled for at in span}
    in_work = Basis.STATE if state_scale else Basis.EMPLOYER
    paid: dict[int, PaidMonth] = {}
    late: set[int] = set()
    overlaps: set[int] = set()
    above: set[int] = set()
    for period in periods:
        if period.kind not in PAY_KINDS:
            continue
        if period.state != "paid":
            late.update(period.counted)
            continue
        for at, found in _paid_months(period, in_work, ceiling):
            if at in paid:
                overlaps.add(at)
            if found.salary < period.salary and period.currency == DONG:
                above.add(at)
            paid[at] = max(paid.get(at, found), found, key=_rank)
    return Career(
        {at: month for at, month in paid.items() if at not in used},
        late=len(late - paid.keys() - used),
        withdrawn=len(paid.keys() & used),
        overlaps=len(overlaps - used),
        above=len(above - used),
    )


def _paid_months(
    period: Period, in_work: Basis, ceiling: Ceiling
) -> Iterator[tuple[int, PaidMonth]]:
    """The months of a period, each with its pay up to the ceiling."""
    found = _paid_month(period, in_work)
    for at in period.counted:
        most = ceiling(found.region, at)
        yield at, found if found.salary <= most else replace(found, salary=int(most))


def _paid_month(period: Period, in_work: Basis) -> PaidMonth:
    return PaidMonth(
        salary=period.salary if period.currency == DONG else 0,
        basis=Basis.VOLUNTARY if period.kind == "voluntary" else in_work,
        region=period.wage_region,
    )


def _rank(month: PaidMonth) -> tuple[bool, int]:
    return month.basis is not Basis.VOLUNTARY, month.salary
