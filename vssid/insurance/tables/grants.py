"""Short benefits in figures: maternity, sickness, accidents, unemployment, the one-time sum."""

from datetime import date

from vssid.insurance.tables.steps import Step, StepTable

_MATERNITY_MONTHS: StepTable[int] = StepTable(
    "thời gian nghỉ thai sản (tháng)",
    [
        Step(date(1995, 1, 1), 4, "Luật 71/2006 Đ.31"),
        Step(date(2013, 5, 1), 6, "Luật 10/2012 Đ.157"),
    ],
)
SECOND_CHILD_SEVEN_FROM = date(2026, 7, 1)

SICK_PERCENT = 75
SICK_DIVISOR = 24
MATERNITY_WINDOW_MONTHS = 12
MATERNITY_PAID_MONTHS = 6
UNEMPLOYMENT_PERCENT = 60
UNEMPLOYMENT_CAP_TIMES = 5
UNEMPLOYMENT_LEAST_MONTHS = 12
UNEMPLOYMENT_MOST_MONTHS = 12
NO_BAR_TO_WITHDRAWAL_MONTHS = 240


def maternity_months(birth: date, child: int) -> int:
    """Months of leave for the n-th child (from 1) born on a day (Luật 113/2025: 7 for the 2nd)."""
    if child == 2 and birth >= SECOND_CHILD_SEVEN_FROM:
        return 7
    return _MATERNITY_MONTHS.on(birth)


def sick_pay(salary: int, days: int) -> int:
    """75 % of a 24th of last month's salary for each working day off (Luật 41/2024 Đ.45)."""
    return salary * SICK_PERCENT * days // (100 * SICK_DIVISOR)


def unemployment_months(paid: int) -> int:
    """Months of benefit for months paid since the last one (Luật 38/2013 Đ.50); 0 below 12."""
    if paid < UNEMPLOYMENT_LEAST_MONTHS:
        return 0
    return min(UNEMPLOYMENT_MOST_MONTHS, max(3, paid // 12))


def one_time_halves(before_2014: int, since_2014: int) -> tuple[int, int]:
    """Months before and since 2014 as half-years (Luật 58/2014 Đ.60).

    Odd months before 2014 move to the later time when there is one.
    """
    if since_2014 > 0:
        since_2014 += before_2014 % 12
        before_2014 -= before_2014 % 12
    return _rounded(before_2014), _rounded(since_2014)


def _rounded(months: int) -> int:
    years, odd = divmod(months, 12)
    return years * 2 + (0 if odd == 0 else 1 if odd <= 6 else 2)


def one_time_sum(before_2014: int, since_2014: int, mean_salary: int, paid_total: int) -> int:
    """1.5 mean salaries for a year before 2014, 2 for a later one, in đồng.

    Below one year in all: 22 % of the salaries paid on (`paid_total`), at most 2 means.
    """
    if before_2014 + since_2014 < 12:
        return min(paid_total * 22 // 100, 2 * mean_salary)
    early, late = one_time_halves(before_2014, since_2014)
    return mean_salary * (3 * early + 4 * late) // 4


def accident_sum(percent: int, base_wage: int, salary: int, months: int) -> int:
    """The one-time grant for 5 to 30 % impairment (Luật 84/2015 Đ.48), in đồng.

    5 base wages for 5 %, half of one for each percent more; half a salary for the first year of
    contribution, 0.3 for each year after it.
    """
    if not 5 <= percent <= 30:
        raise ValueError("a one-time grant is for an impairment of 5 to 30 percent")
    tenths = 5 + 3 * max(0, months // 12 - 1)
    return base_wage * (10 + percent - 5) // 2 + salary * tenths // 10
