"""«Lương hưu»: from when, and how much, if one stops paying now or goes on until then.

Luật 41/2024 Đ.64–69, 72, 98–100, 104, 141.11; NĐ 135/2020 Đ.4, 5; Luật 58/2014 Đ.54–58 before.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vssid.insurance.estimates.averages import mean_going_on
from vssid.insurance.estimates.ceiling import Cut, cut_mean, cut_pay
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.working import (
    Ground,
    Line,
    Refusal,
    UsedTable,
    Working,
    age,
    dong,
    grounds,
    half_years,
    index_of,
    line,
    month,
    months,
    per_mille,
    prices_are_of,
    refusal,
    rounded,
    used,
    used_prices,
    when,
)
from vssid.insurance.tables import pensions
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.retirement import (
    MEN,
    WOMEN,
    age_of_year,
    first_pension_month,
    retirement_age_months,
)
from vssid.kernel.months import Month

IMPAIRED_MONTHS = 240
"""Compulsory months that a pension with reduced capability needs (Luật 41/2024 Đ.65)."""
_OLD_VOLUNTARY_MONTHS = 240
_SHORT_HALVES = 40
_ONE_OFF = {LineCode.EXTRA_YEARS, LineCode.EXTRA_YEARS_LATE}


class Circumstance(StrEnum):
    """What lets one retire early (Luật 41/2024 Đ.64, 65): 15 years of heavy work, or capability
    reduced by 61 to below 81 %, or by 81 % and more.
    """

    ORDINARY = "ordinary"
    HEAVY_WORK = "heavy-work"
    IMPAIRED_61 = "impaired-61"
    IMPAIRED_81 = "impaired-81"


_YEARS_EARLY = {
    Circumstance.ORDINARY: 0,
    Circumstance.HEAVY_WORK: 5,
    Circumstance.IMPAIRED_61: 5,
    Circumstance.IMPAIRED_81: 10,
}
_IMPAIRED = {Circumstance.IMPAIRED_61, Circumstance.IMPAIRED_81}


@dataclass(frozen=True, slots=True)
class PensionInput:
    """What a pension is reckoned from.

    `compulsory` and `voluntary` are the months paid so far, `past_age` those of them paid after
    the ordinary pension age. `mean_salary` at today's prices over `averaged` months, of which the
    State's scale counts the last `window` (0: all). From `unpaid_from` on one would go on paying
    on `pay` a month. `begins`: the month wished for; None: the earliest.
    """

    sex: str
    born: date
    circumstance: Circumstance
    joined: Month | None
    compulsory: int
    voluntary: int
    past_age: int
    mean_salary: int
    averaged: int
    window: int
    pay: int
    pay_is_voluntary: bool
    unpaid_from: Month
    begins: Month | None = None

    @property
    def months(self) -> int:
        """All months paid."""
        return self.compulsory + self.voluntary

    @property
    def years_early(self) -> int:
        """How many years before the ordinary age the circumstance allows."""
        return _YEARS_EARLY[self.circumstance]


@dataclass(frozen=True, slots=True)
class Pension:
    """A monthly pension and the one-time sum beside it, in đồng; `rate` in thousandths."""

    begins: Month
    months: int
    mean_salary: int
    rate: int
    monthly: int
    one_off: int
    working: Working


@dataclass(frozen=True, slots=True)
class PensionEstimate:
    """The age in months that must be reached, the earliest month, and both ways from here.

    `going_on` is None where no month is left to pay, or no pay was given.
    """

    age_months: int
    earliest: Month
    begins: Month
    stopping: Pension | Refusal
    going_on: Pension | Refusal | None


def estimate(given: PensionInput, on: date) -> PensionEstimate:
    """The pension from the earliest month, or the one wished for, by what is known on a day; mean
    and pay are at most what the ceilings allow.
    """
    mean, pay = cut_mean(given.mean_salary, on), cut_pay(given.pay, Month.of(on))
    given = replace(given, mean_salary=mean.pay, pay=pay.pay)
    early = given.years_early
    earliest = Month.from_yyyymm(first_pension_month(given.sex, given.born, early))
    begins = max(earliest, given.begins or earliest, Month.of(on))
    more = max(0, begins - given.unpaid_from) if given.pay else 0
    return PensionEstimate(
        age_months=retirement_age_months(given.sex, given.born, early),
        earliest=earliest,
        begins=begins,
        stopping=_told(_pension(given, begins, on, more=0), mean),
        going_on=_told(_pension(_paid_on(given, begins, more), begins, on, more=more), pay, mean)
        if more
        else None,
    )


def _told(found: Pension | Refusal, *cuts: Cut) -> Pension | Refusal:
    """The same with what was cut."""
    if isinstance(found, Refusal):
        return found
    working = found.working
    for cut in cuts:
        working = cut.told(working)
    return replace(found, working=working)


def _paid_on(given: PensionInput, begins: Month, more: int) -> PensionInput:
    """The same person after the further months."""
    ordinary = Month.from_yyyymm(first_pension_month(given.sex, given.born))
    past = max(0, begins - max(given.unpaid_from, ordinary))
    voluntary = more if given.pay_is_voluntary else 0
    return replace(
        given,
        compulsory=given.compulsory + more - voluntary,
        voluntary=given.voluntary + voluntary,
        past_age=given.past_age + past,
        mean_salary=mean_going_on(given.mean_salary, given.averaged, given.pay, more, given.window),
        joined=given.joined or given.unpaid_from,
    )


def _pension(given: PensionInput, begins: Month, on: date, *, more: int) -> Pension | Refusal:
    if refused := _refused(given, begins):
        return refused
    reduction = pensions.early_reduction(_months_early(given, begins))
    rate = pensions.pension_rate(given.sex, given.months, begins.yyyymm) - reduction
    monthly = rounded(Fraction(given.mean_salary * rate, 1000))
    joined = (given.joined or begins).yyyymm
    least = pensions.least_pension(given.compulsory, begins.yyyymm, joined)
    extra, extra_late = _extra_halves(given, begins)
    lines = (
        *_lines_to_the_rate(given, begins, reduction, more=more),
        line(LineCode.PENSION, dong(monthly), mean=dong(given.mean_salary), rate=per_mille(rate)),
        *((line(LineCode.LEAST_PENSION, dong(least)),) if least > monthly else ()),
        *_one_off_lines(given.mean_salary, extra, extra_late, _late_times(begins)),
    )
    return Pension(
        begins=begins,
        months=given.months,
        mean_salary=given.mean_salary,
        rate=rate,
        monthly=max(monthly, least),
        one_off=sum(one.result.value for one in lines if one.code in _ONE_OFF),
        working=Working(
            lines,
            _tables(given, begins, on, lifted=least > monthly),
            _laws(given, begins, lifted=least > monthly),
            _caveats(given, begins, on, more=more),
        ),
    )


def _refused(given: PensionInput, begins: Month) -> Refusal | None:
    laws = grounds(begins.first_day, Topic.PENSION_GROUNDS, Topic.PENSION_AGE)
    if given.months == 0:
        return refusal(RefusalCode.NOTHING_PAID, laws)
    needed = pensions.least_months(begins.yyyymm)
    if given.circumstance is not Circumstance.ORDINARY:
        needed = max(needed, IMPAIRED_MONTHS) if given.circumstance in _IMPAIRED else needed
        if given.compulsory < needed:
            return refusal(
                RefusalCode.TOO_FEW_COMPULSORY,
                laws,
                paid=months(given.compulsory),
                missing=months(needed - given.compulsory),
                needed=months(needed),
            )
    elif given.months < needed:
        return refusal(
            RefusalCode.TOO_FEW_MONTHS,
            laws,
            paid=months(given.months),
            missing=months(needed - given.months),
            needed=months(needed),
        )
    return refusal(RefusalCode.PAY_UNKNOWN, laws) if given.mean_salary == 0 else None


def _months_early(given: PensionInput, begins: Month) -> int:
    """How much younger one goes than who retires that year; only reduced capability costs it."""
    if given.circumstance not in _IMPAIRED:
        return 0
    last = begins - 1
    reached = index_of(last) - index_of(Month.of(given.born))
    return max(0, age_of_year(given.sex, last.year) - reached)


def _extra_halves(given: PensionInput, begins: Month) -> tuple[int, int]:
    """Half-years above those that bring the full rate: until the pension age, and after it."""
    if _is_new_law(begins):
        full = pensions.full_years(given.sex) * 2
    else:
        full = (pensions.base_years(given.sex, begins.yyyymm) + 15) * 2
    in_all = max(0, pensions.half_years(given.months) - full)
    until_age = max(0, pensions.half_years(max(0, given.months - given.past_age)) - full)
    return min(in_all, until_age), in_all - min(in_all, until_age)


def _late_times(begins: Month) -> int:
    """What a half-year after the pension age brings, in quarters of the mean (Đ.68.2)."""
    return 4 if _is_new_law(begins) else 1


def _is_new_law(begins: Month) -> bool:
    return begins.yyyymm >= pensions.LAW_41_2024_FROM


def _one_off_lines(mean: int, extra: int, late: int, late_times: int) -> tuple[Line, ...]:
    found = []
    for code, halves, times in (
        (LineCode.EXTRA_YEARS, extra, 1),
        (LineCode.EXTRA_YEARS_LATE, late, late_times),
    ):
        if halves:
            amount = dong(rounded(Fraction(mean * halves * times, 4)))
            found.append(line(code, amount, years=half_years(halves), mean=dong(mean)))
    return tuple(found)


def _lines_to_the_rate(
    given: PensionInput, begins: Month, reduction: int, *, more: int
) -> tuple[Line, ...]:
    years = age(retirement_age_months(given.sex, given.born, given.years_early))
    found = [
        line(LineCode.PENSION_AGE, years),
        line(LineCode.PENSION_FROM, month(begins)),
    ]
    mean = dong(given.mean_salary)
    if more:
        found.append(line(LineCode.PAYING_ON, months(more), pay=dong(given.pay)))
        found.append(line(LineCode.MEAN_WITH_FUTURE, mean))
    else:
        found.append(line(LineCode.MEAN_SALARY, mean))
    halves = pensions.half_years(given.months)
    found.append(line(LineCode.PAID_TIME, half_years(halves), paid=months(given.months)))
    rate = pensions.pension_rate(given.sex, given.months, begins.yyyymm)
    base = half_years(2 * pensions.base_years(given.sex, begins.yyyymm))
    found.append(line(_rate_code(given.sex, halves), per_mille(rate), base=base))
    if reduction:
        early = months(_months_early(given, begins))
        found.append(line(LineCode.EARLY, per_mille(-reduction), early=early))
    return tuple(found)


def _rate_code(sex: str, halves: int) -> LineCode:
    if sex == "F":
        return LineCode.RATE_WOMAN
    return LineCode.RATE_MAN if halves >= _SHORT_HALVES else LineCode.RATE_MAN_SHORT


def _tables(given: PensionInput, begins: Month, on: date, *, lifted: bool) -> tuple[UsedTable, ...]:
    ages = MEN if given.sex == "M" else WOMEN
    as_if = date(given.born.year - given.years_early, given.born.month, 1)
    row = used(TableCode.RETIREMENT_AGES, ages, as_if)
    row = replace(
        row,
        valid_from=_later(row.valid_from, given.years_early),
        valid_to=_later(row.valid_to, given.years_early) if row.valid_to else None,
    )
    found = [row, used_prices(on.year)]
    if lifted:
        found.append(used(TableCode.BASE_WAGE, BASE_WAGE, begins.first_day))
    return tuple(found)


def _later(day: date, years: int) -> date:
    """The same day some years later; the last day of a month stays the last."""
    moved = Month(day.year + years, day.month)
    return moved.last_day if day == Month.of(day).last_day else moved.first_day


def _laws(given: PensionInput, begins: Month, *, lifted: bool) -> tuple[Ground, ...]:
    topics = [Topic.PENSION_GROUNDS, Topic.PENSION_AGE, Topic.PENSION_RATE]
    if given.circumstance in _IMPAIRED:
        topics.append(Topic.PENSION_EARLY)
    topics += [Topic.MEAN_SALARY, Topic.PRICE_LEVELS, Topic.ODD_MONTHS]
    if given.compulsory and given.voluntary:
        topics.append(Topic.MIXED_TIME)
    if lifted:
        topics.append(Topic.PENSION_LEAST)
    if any(_extra_halves(given, begins)):
        topics.append(Topic.PENSION_ONE_OFF)
    return grounds(begins.first_day, *topics)


def _caveats(given: PensionInput, begins: Month, on: date, *, more: int) -> tuple[Caveat, ...]:
    return when(
        (Caveat.GOES_ON_PAYING, more > 0),
        (Caveat.FUTURE_FIGURES, begins.year > on.year),
        (Caveat.OTHER_PRICES, not prices_are_of(on.year)),
        (Caveat.MIXED_TIME, given.compulsory > 0 and given.voluntary > 0),
        (Caveat.OLD_VOLUNTARY, given.voluntary >= _OLD_VOLUNTARY_MONTHS),
        (Caveat.HEAVY_YEARS, given.circumstance is Circumstance.HEAVY_WORK),
        (Caveat.EARLY_AGE, given.circumstance in _IMPAIRED),
    )
