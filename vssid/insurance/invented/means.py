"""Mean salaries, as the law reckons them, from contribution periods alone."""

from collections.abc import Iterable, Mapping
from datetime import date

from vssid.insurance.invented.employers import sector_of
from vssid.insurance.invented.life import ContributionPeriod
from vssid.insurance.invented.timeline import counted, counted_from_stored, stored
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.pensions import least_pension, pension_rate, state_scale_years
from vssid.insurance.tables.prices import price_level

Months = Mapping[int, ContributionPeriod]
Paid = list[tuple[int, ContributionPeriod]]


def months_of(periods: Iterable[ContributionPeriod], fund: str) -> dict[int, ContributionPeriod]:
    """The period of each counted month of one fund."""
    months: dict[int, ContributionPeriod] = {}
    for row in periods:
        if row.fund == fund:
            first, last = counted_from_stored(row.from_month), counted_from_stored(row.to_month)
            months.update(dict.fromkeys(range(first, last + 1), row))
    return months


def paid_salaries(months: Months, first: int, last: int) -> Paid:
    """The paid months from `first` to `last` with their rows, in order of time."""
    return [
        (month, row)
        for month, row in sorted(months.items(), key=lambda item: item[0])
        if first <= month <= last and row.state == "paid"
    ]


def last_paid_salaries(months: Months, before: int, count: int) -> list[int]:
    """The salaries of the last paid months before a month, the nearest first."""
    found: list[int] = []
    month = before - 1
    while len(found) < count and month > before - 60:
        row = months.get(month)
        if row is not None and row.state == "paid":
            found.append(row.salary)
        month -= 1
    return found


def mean_salary(paid: Paid, settled_on: date, history: Months) -> int:
    """The mean monthly salary for pensions and withdrawals, in đồng (Luật 58/2014 Đ.62, 63).

    On the State's scale: the last years as many as the first month of joining (in `history`)
    asks, each month's coefficient at the base wage of the day. Elsewhere: the whole time, each
    salary raised by the price level of its year. Both kinds together: weighed by their months.
    """
    state = [(month, row) for month, row in paid if sector_of(row.employer_code) == "HC"]
    others = sum(
        row.salary * price_level(month // 12, settled_on.year) // 100
        for month, row in paid
        if sector_of(row.employer_code) != "HC"
    )
    total = others
    if state:
        total += _state_mean(state, settled_on, stored(min(history))) * len(state)
    return total // len(paid)


def _state_mean(state: Paid, settled_on: date, joined: int) -> int:
    years = state_scale_years(joined)
    counted_in = state[-years * 12 :] if years else state
    base = BASE_WAGE.in_month(stored(counted(settled_on)))
    at_todays_base = sum(
        row.salary * base // BASE_WAGE.in_month(stored(month)) for month, row in counted_in
    )
    return at_todays_base // len(counted_in)


def pension_amount(sex: str, paid: Paid, begins: date, history: Months) -> int:
    """The first monthly pension from the months that count, in đồng.

    Who was in compulsory BHXH long enough has at least the base wage. Raises `ValueError` when the
    months are too few.
    """
    month = stored(counted(begins))
    rate = pension_rate(sex, len(paid), month)
    compulsory = sum(row.kind == "compulsory" for _, row in paid)
    amount = mean_salary(paid, begins, history) * rate // 1000
    return max(amount, least_pension(compulsory, month, stored(min(history))))
