"""What is paid, by whom, on what, and what goes together."""

from datetime import timedelta
from itertools import pairwise

from vssid.insurance.invented.employers import sector_of
from vssid.insurance.invented.invariants.case import Case
from vssid.insurance.invented.life import ContributionPeriod
from vssid.insurance.invented.timeline import (
    add_months,
    counted,
    counted_from_stored,
    first_day,
    last_day,
    stored,
)
from vssid.insurance.invented.wages import LEAST_COEFFICIENT
from vssid.insurance.tables.base_wage import BASE_WAGE, contribution_ceiling
from vssid.insurance.tables.minimum_wages import minimum_wage, unemployment_ceiling
from vssid.insurance.tables.rates import voluntary_floor

WORKING_AGE_MONTHS = 15 * 12
UNEMPLOYMENT_SINCE = 2009 * 12
ACCIDENTS_SINCE = 2016 * 12 + 6


def check_working_age(case: Case) -> list[str]:
    """Nobody pays BHXH, BHTN or BHTNLĐ-BNN before turning 15 (Bộ luật Lao động 2019 Đ.3)."""
    of_age = add_months(case.life.person.birth_date, WORKING_AGE_MONTHS)
    return [
        f"{row.fund} from {row.from_month} before the age of fifteen"
        for row in case.life.periods
        if row.fund != "bhyt" and last_day(counted_from_stored(row.from_month)) < of_age
    ]


def check_months_are_past(case: Case) -> list[str]:
    """Work is recorded up to last month, own contributions up to this one; spans run forward."""
    found = []
    for row in case.life.periods:
        latest = case.last_month + (row.kind != "compulsory")
        if counted_from_stored(row.to_month) > latest:
            found.append(f"{row.fund} until {row.to_month} lies in the future")
        if row.from_month > row.to_month:
            found.append(f"{row.fund} from {row.from_month} ends before it begins")
    return found


def check_no_overlaps(case: Case) -> list[str]:
    """Within one fund a month is paid once."""
    found = []
    for fund in case.months:
        rows = sorted(
            (row for row in case.life.periods if row.fund == fund), key=lambda row: row.from_month
        )
        found += [
            f"{fund}: {a.to_month} and {b.from_month} overlap"
            for a, b in pairwise(rows)
            if b.from_month <= a.to_month
        ]
    return found


def check_no_work_in_retirement(case: Case) -> list[str]:
    """From the first month of the pension nothing is paid to the work funds."""
    begins = [b.from_date for b in case.life.benefits if b.kind == "hang-thang"]
    if not begins:
        return []
    return [
        f"{row.fund} until {row.to_month} after the pension began"
        for row in case.life.periods
        if row.fund != "bhyt" and counted_from_stored(row.to_month) >= counted(min(begins))
    ]


def check_employers_exist(case: Case) -> list[str]:
    """An employer is founded before it pays and open while it pays; without one nobody is hired."""
    found = []
    for row in case.life.periods:
        if row.kind != "compulsory":
            if row.employer_code or row.wage_region:
                found.append(f"{row.kind} names an employer")
            continue
        unit = case.employers.get(row.employer_code)
        if unit is None:
            found.append(f"no employer {row.employer_code}")
            continue
        if first_day(counted_from_stored(row.from_month)) < unit.founded_on:
            found.append(f"{unit.code} pays before it is founded")
        end = last_day(counted_from_stored(row.to_month)) - timedelta(days=1)
        if unit.closed_on is not None and end >= unit.closed_on:
            found.append(f"{unit.code} pays after it is closed")
        if (row.employer_name, row.wage_region) != (unit.name, unit.wage_region):
            found.append(f"{unit.code} has another name or region in a period")
    return found


def check_minimum_wage(case: Case) -> list[str]:
    """No wage under the regional minimum of its months (Bộ luật Lao động 2019 Đ.90).

    On the State's scale none under the lowest coefficient; voluntary income not under the floor.
    """
    found = []
    for row in case.life.periods:
        if row.fund == "bhyt" and row.kind != "compulsory":
            continue
        if row.kind == "voluntary":
            least = voluntary_floor(row.to_month)
        elif sector_of(row.employer_code) == "HC":
            least = LEAST_COEFFICIENT * BASE_WAGE.in_month(row.to_month) // 100
        else:
            least = minimum_wage(row.wage_region, row.to_month)
        if row.wage < least:
            found.append(f"{row.wage} in {row.to_month} is under the least of {least}")
    return found


def check_ceilings(case: Case) -> list[str]:
    """Contributions are reckoned on the wage, at most on 20 base wages; BHTN: 20 regional minima.

    Luật 58/2014 Đ.89, Luật 41/2024 Đ.31, Luật 38/2013 Đ.58; NĐ 146/2018 Đ.7 for BHYT.
    """
    found = []
    for row in case.life.periods:
        for month in (row.from_month, row.to_month):
            expected = min(row.wage, _ceiling(row, month))
            if row.salary != expected:
                found.append(f"{row.fund} {month} on {row.salary} instead of {expected}")
    return found


def _ceiling(row: ContributionPeriod, month: int) -> int:
    if row.fund == "bhtn":
        return unemployment_ceiling(row.wage_region, month)
    return contribution_ceiling(month)


def check_funds_together(case: Case) -> list[str]:
    """A month at work has BHXH and BHYT, since 1/2009 BHTN, since 7/2016 BHTNLĐ-BNN.

    All from the same employer. In months of maternity leave BHTN and BHTNLĐ-BNN rest
    (QĐ 595/QĐ-BHXH Đ.42). Voluntary months have BHXH alone.
    """
    leave = case.months_on_leave()
    at_work = _employed(case, "bhxh")
    expected = {
        "bhyt": at_work,
        "bhtn": {(m, code) for m, code in at_work if m >= UNEMPLOYMENT_SINCE and m not in leave},
        "bhtnld-bnn": {(m, code) for m, code in at_work if m >= ACCIDENTS_SINCE and m not in leave},
    }
    return [
        f"{stored(month)}: {fund} and bhxh at {code} do not go together"
        for fund, months in expected.items()
        for month, code in sorted(months ^ _employed(case, fund))
    ]


def _employed(case: Case, fund: str) -> set[tuple[int, str]]:
    """The months of a fund at an employer, with the employer's code."""
    months = case.months[fund].items()
    return {(month, row.employer_code) for month, row in months if row.kind == "compulsory"}


def check_late_funds(case: Case) -> list[str]:
    """An employer who is late owes BHXH, BHTN and BHTNLĐ-BNN alike; BHYT is paid first."""
    late = {m for m, row in case.months["bhxh"].items() if row.state == "late"}
    found = [
        f"{month}: {fund} late and bhxh are not"
        for fund in ("bhtn", "bhtnld-bnn")
        for month, row in case.months[fund].items()
        if (row.state == "late") != (month in late)
    ]
    found += [
        "bhyt is late" for row in case.life.periods if row.fund == "bhyt" and row.state != "paid"
    ]
    return found
