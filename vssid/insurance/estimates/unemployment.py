"""«Trợ cấp thất nghiệp»: how much a month, for how long, from when, and what is kept.

Luật 38/2013 Đ.46, 49, 50 until 2025; Luật 74/2025 Đ.38, 39 since 2026.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.working import (
    Line,
    Refusal,
    Working,
    day,
    dong,
    grounds,
    line,
    month_count,
    months,
    refusal,
    rounded,
    used,
    when,
)
from vssid.insurance.tables.grants import (
    UNEMPLOYMENT_CAP_TIMES,
    UNEMPLOYMENT_LEAST_MONTHS,
    UNEMPLOYMENT_PERCENT,
    unemployment_months,
)
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.minimum_wages import MINIMUM_WAGES, minimum_wage
from vssid.insurance.tables.unemployment import (
    MONTHS_FOR_THREE,
    MOST_MONTHS_USED,
    UNEMPLOYMENT_TERMS,
    kept_months,
)
from vssid.kernel.months import Month

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class UnemploymentInput:
    """What unemployment benefit is reckoned from.

    `ended`: the last day of work; `filed`: the day of filing. `paid`: months of BHTN since the
    last benefit; `in_window`: those of them in the 24 months before the end (36 for a contract
    of less than 12 months: `is_short`). `mean_salary`: of the last six months paid. `region`:
    where one worked, 1 to 4. `could_draw_pension`: of pension age with the years for one.
    """

    ended: date
    filed: date
    paid: int
    in_window: int
    mean_salary: int
    region: int
    is_short: bool = False
    could_draw_pension: bool = False


@dataclass(frozen=True, slots=True)
class Unemployment:
    """đồng a month for `months`, the whole sum, the first day; `kept` months count later."""

    monthly: int
    months: int
    amount: int
    begins: date
    file_by: date
    kept: int
    working: Working


def estimate(given: UnemploymentInput) -> Unemployment | Refusal:
    """The benefit by the law of the day on which work ended, or why there is none."""
    if refused := _refused(given):
        return refused
    monthly, lines = _monthly(given)
    length = unemployment_months(given.paid)
    amount = monthly * length
    lines = (
        *lines,
        line(LineCode.BENEFIT_MONTHS, month_count(length), paid=months(given.paid)),
        line(
            LineCode.BENEFIT_IN_ALL, dong(amount), monthly=dong(monthly), length=month_count(length)
        ),
    )
    kept = kept_months(given.paid, length)
    return Unemployment(
        monthly=monthly,
        months=length,
        amount=amount,
        begins=working_day_after(given.filed, UNEMPLOYMENT_TERMS.on(given.ended).from_working_day),
        file_by=file_by(given.ended),
        kept=kept,
        working=_working(given, lines, kept),
    )


def _working(given: UnemploymentInput, lines: tuple[Line, ...], kept: int) -> Working:
    topics = [Topic.UNEMPLOYMENT_GROUNDS, Topic.UNEMPLOYMENT_BENEFIT]
    if given.paid > MONTHS_FOR_THREE:
        topics.append(Topic.UNEMPLOYMENT_KEPT)
    return Working(
        lines,
        (
            used(TableCode.REGIONAL_WAGES, MINIMUM_WAGES, given.ended),
            used(TableCode.UNEMPLOYMENT_TERMS, UNEMPLOYMENT_TERMS, given.ended),
        ),
        grounds(given.ended, *topics),
        when(
            (Caveat.LAWFUL_END, True),
            (Caveat.HOLIDAYS, True),
            (Caveat.KEPT_MONTHS, kept > 0),
            (Caveat.KEPT_ABOVE_TWELVE_YEARS, given.paid > MOST_MONTHS_USED),
        ),
    )


def _refused(given: UnemploymentInput) -> Refusal | None:
    laws = grounds(given.ended, Topic.UNEMPLOYMENT_GROUNDS)
    terms = UNEMPLOYMENT_TERMS.on(given.ended)
    if given.paid == 0:
        return refusal(RefusalCode.NOTHING_PAID, laws)
    if terms.bars_pensioners_to_be and given.could_draw_pension:
        return refusal(RefusalCode.COULD_DRAW_PENSION, laws)
    if min(given.in_window, given.paid) < UNEMPLOYMENT_LEAST_MONTHS:
        window = terms.short_window if given.is_short else terms.window
        return refusal(
            RefusalCode.UNEMPLOYMENT_MONTHS,
            laws,
            paid=month_count(min(given.in_window, given.paid)),
            needed=month_count(UNEMPLOYMENT_LEAST_MONTHS),
            window=month_count(window),
        )
    if given.filed > file_by(given.ended):
        return refusal(RefusalCode.FILED_TOO_LATE, laws, until=day(file_by(given.ended)))
    return refusal(RefusalCode.PAY_UNKNOWN, laws) if given.mean_salary == 0 else None


def _monthly(given: UnemploymentInput) -> tuple[int, tuple[Line, ...]]:
    """60 % of the mean, at most five minimum wages of the region."""
    share = rounded(Fraction(given.mean_salary * UNEMPLOYMENT_PERCENT, 100))
    wage = minimum_wage(given.region, Month.of(given.ended).yyyymm)
    cap = UNEMPLOYMENT_CAP_TIMES * wage
    return min(share, cap), (
        line(LineCode.SIXTY_PERCENT, dong(share), mean=dong(given.mean_salary)),
        line(LineCode.BENEFIT_CAP, dong(cap), wage=dong(wage)),
    )


def file_by(ended: date) -> date:
    """The last day on which one may file: three months after work ended."""
    within = UNEMPLOYMENT_TERMS.on(ended).file_within
    later = Month.of(ended) + within
    return date(later.year, later.month, min(ended.day, later.last_day.day))


def working_day_after(filed: date, nth: int) -> date:
    """The nth working day after a day; Saturdays and Sundays are none, holidays are not known."""
    found, left = filed, nth
    while left:
        found += timedelta(days=1)
        if found.weekday() < _SATURDAY:
            left -= 1
    return found
