"""The mean monthly pay that pensions and withdrawals are reckoned on, and the simple ones.

Luật 58/2014 Đ.62, 63, 79; Luật 41/2024 Đ.72, 73, 104; NĐ 159/2025 Đ.11.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from vssid.insurance.estimates.career import Basis, Career, PaidMonth
from vssid.insurance.estimates.working import month_at, rounded
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.pensions import state_scale_years
from vssid.insurance.tables.prices import price_level
from vssid.kernel.months import Month

STATE_BY_PRICES_FROM = 201601
"""Who joined from then on has the State's pay raised by prices too (Luật 41/2024 Đ.73.1b)."""

Paid = Sequence[tuple[int, PaidMonth]]


@dataclass(frozen=True, slots=True)
class MeanRow:
    """The pay of one year: so many months, their sum, and the factor `times`/`per` it rises by."""

    basis: Basis
    year: int
    months: int
    total: int
    times: int
    per: int

    @property
    def exact(self) -> Fraction:
        """The sum as it counts."""
        return Fraction(self.total * self.times, self.per)

    @property
    def adjusted(self) -> int:
        """The same in whole đồng."""
        return rounded(self.exact)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean in đồng a month over `months`; `window`: how many months of the State's scale are
    averaged at most, 0 where all are. `paid` is the sum of the pay as it was paid.
    """

    amount: int
    months: int
    window: int
    paid: int
    rows: tuple[MeanRow, ...]


def mean_salary(career: Career, settled_on: date) -> Mean | None:
    """The mean pay of all counted months at the prices of the day; None when none is known.

    Pay of the State's scale counts by its last years, as many as the first month of joining asks;
    the others over their whole time; both together weighed by their months.
    """
    known = [(at, paid) for at, paid in sorted(career.months.items()) if paid.salary]
    if not known:
        return None
    joined = month_at(min(career.months)).yyyymm
    state = [one for one in known if one[1].basis is Basis.STATE]
    others = [one for one in known if one[1].basis is not Basis.STATE]
    window = state_scale_years(joined) * 12 if state else 0
    averaged = state[-window:] if window else state
    by_prices = tuple(_rows(others, settled_on, by_base=False))
    by_scale = tuple(_rows(averaged, settled_on, by_base=joined < STATE_BY_PRICES_FROM))
    total = sum((row.exact for row in by_prices), Fraction(0))
    if averaged:
        total += sum((row.exact for row in by_scale), Fraction(0)) / len(averaged) * len(state)
    return Mean(
        amount=rounded(total / len(known)),
        months=len(known),
        window=window if not others else 0,
        paid=sum(paid.salary for _at, paid in known),
        rows=tuple(sorted((*by_scale, *by_prices), key=lambda row: row.year)),
    )


def _rows(paid: Paid, settled_on: date, *, by_base: bool) -> Iterable[MeanRow]:
    """The pay by basis, year and factor."""
    keyed = [(_key(at, one, settled_on, by_base=by_base), one.salary) for at, one in paid]
    keyed.sort(key=lambda one: one[0])
    for (basis, year, times, per), group in groupby(keyed, key=lambda one: one[0]):
        salaries = [salary for _key, salary in group]
        yield MeanRow(Basis(basis), year, len(salaries), sum(salaries), times, per)


def _key(at: int, paid: PaidMonth, settled_on: date, *, by_base: bool) -> tuple[str, int, int, int]:
    year = at // 12
    if by_base:
        then = BASE_WAGE.in_month(month_at(at).yyyymm)
        return paid.basis.value, year, BASE_WAGE.on(settled_on), then
    return paid.basis.value, year, price_level(year, settled_on.year), 100


def mean_going_on(now: int, now_months: int, pay: int, more: int, window: int = 0) -> int:
    """The mean after `more` further months of a pay, at today's prices, in đồng.

    Future price levels are not known: every later month counts as it is. With a `window` only
    the last months are averaged.
    """
    late = min(more, window) if window else more
    early = min(now_months, window - late) if window else now_months
    if late + early == 0:
        return now
    return rounded(Fraction(now * early + pay * late, early + late))


def plain_mean(salaries: Sequence[int]) -> int:
    """The mean of some months' pay as it was paid; 0 of none."""
    return rounded(Fraction(sum(salaries), len(salaries))) if salaries else 0


def months_within(career: Career, before: Month, many: int) -> int:
    """How many of the `many` months before a month count."""
    return len(career.between(before - many, before - 1).months)
