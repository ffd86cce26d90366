"""Makes the input of each estimate from a person's own record.

What is filled in is a proposal: the person may change all of it. Nothing here decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from vssid.insurance.benefit_rules import months_drawn
from vssid.insurance.estimates.averages import Mean, mean_salary, plain_mean
from vssid.insurance.estimates.career import (
    Basis,
    Career,
    Ceiling,
    PaidMonth,
    career_of,
    jobs_ceiling,
    social_ceiling,
)
from vssid.insurance.estimates.codes import Caveat
from vssid.insurance.estimates.household import HouseholdInput
from vssid.insurance.estimates.maternity import MaternityInput, Parent
from vssid.insurance.estimates.one_time import OneTimeInput, Reason
from vssid.insurance.estimates.pension import Circumstance, PensionInput
from vssid.insurance.estimates.sickness import Patient, SicknessInput
from vssid.insurance.estimates.unemployment import UnemploymentInput
from vssid.insurance.estimates.working import index_of, month_at, together, when
from vssid.insurance.records import DrawnUnemployment, Period, WorkingLife
from vssid.insurance.rules import until_now
from vssid.insurance.tables.pensions import least_months
from vssid.insurance.tables.retirement import first_pension_month
from vssid.insurance.tables.support import MOST_MONTHS, SupportGroup, support
from vssid.insurance.tables.unemployment import UNEMPLOYMENT_TERMS, kept_months
from vssid.kernel.months import Month, MonthSpan

SALARIES_AVERAGED = 6
"""Months that maternity and unemployment benefit average."""
_MAY_LAG = 2
"""How many months after their end paid months may still be missing in the record."""
_COUNTS_FROM_DAY = 15
_2014 = 2014 * 12
_DEFAULT_REGION = 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filled(Generic[T]):
    """An input made from the record, what was assumed or left out, and the mean's making."""

    given: T
    caveats: tuple[Caveat, ...]
    mean: Mean | None = None


def one_time(
    life: WorkingLife,
    on: date,
    *,
    reason: Reason = Reason.AFTER_A_YEAR,
    state_scale: bool = False,
    group: SupportGroup = SupportGroup.OTHER,
) -> Filled[OneTimeInput]:
    """What a withdrawal decided on a day would be reckoned from."""
    career = _career(life.social, on, life.settled, state_scale=state_scale)
    mean = mean_salary(career, on)
    before = sum(at < _2014 for at in career.months)
    given = OneTimeInput(
        reason=reason,
        joined=career.first,
        last_paid=career.last,
        months_before_2014=before,
        months_since_2014=len(career.months) - before,
        mean_salary=mean.amount if mean else 0,
        paid_salaries=mean.paid if mean else 0,
        state_support=_support(career, group),
        pension_from=_pension_month(life),
    )
    return Filled(given, together(career.caveats, _about(life, career, state_scale)), mean)


def pension(
    life: WorkingLife,
    on: date,
    *,
    circumstance: Circumstance = Circumstance.ORDINARY,
    state_scale: bool = False,
) -> Filled[PensionInput]:
    """What a pension would be reckoned from: paid so far, and going on at the last pay."""
    career = _career(life.social, on, life.settled, state_scale=state_scale)
    mean = mean_salary(career, on)
    last = career.last
    pays = career.last_salaries(1)
    of_age = index_of(_pension_month(life))
    given = PensionInput(
        sex=life.sex,
        born=_born(life),
        circumstance=circumstance,
        joined=career.first,
        compulsory=len(career.compulsory.months),
        voluntary=len(career.voluntary.months),
        past_age=sum(at >= of_age for at in career.months),
        mean_salary=mean.amount if mean else 0,
        averaged=mean.months if mean else 0,
        window=mean.window if mean else 0,
        pay=pays[0] if pays else 0,
        pay_is_voluntary=last is not None
        and career.months[index_of(last)].basis is Basis.VOLUNTARY,
        unpaid_from=_unpaid_from(career, on),
    )
    return Filled(given, together(career.caveats, _about(life, career, state_scale)), mean)


def maternity(
    life: WorkingLife, on: date, *, birth: date | None = None, parent: Parent | None = None
) -> Filled[MaternityInput]:
    """What a birth on a day would bring; who pays now is taken to go on until it.

    The month of birth is among the twelve before it when the child comes on the 15th or later.
    """
    day = birth or on
    career = _career(life.social, on)
    until = Month.of(day) if day.day >= _COUNTS_FROM_DAY else Month.of(day) - 1
    assumed = _going_on(career, on, until)
    year = assumed.between(until - 11, until)
    before_leave = assumed.compulsory.between(Month(1995, 1), Month.of(day) - 1)
    given = MaternityInput(
        parent=parent or (Parent.MOTHER if life.sex == "F" else Parent.FATHER),
        birth=day,
        children=1,
        living=0,
        compulsory=len(year.compulsory.months),
        voluntary=len(year.voluntary.months),
        in_all=len(assumed.compulsory.months),
        mean_salary=plain_mean(before_leave.last_salaries(SALARIES_AVERAGED)),
    )
    has_more = len(assumed.months) > len(career.months)
    return Filled(given, together(career.caveats, when((Caveat.GOES_ON_PAYING, has_more))))


def sickness(life: WorkingLife, on: date, *, begin: date | None = None) -> Filled[SicknessInput]:
    """What sick pay from a day on would be reckoned from: the pay of the month before.

    Who has only begun to work goes by that month itself (Luật 41/2024 Đ.45.1b).
    """
    day = begin or on
    after = Month.of(on) + 1
    career = _career(life.social, after.first_day).compulsory
    before = career.between(Month(1995, 1), Month.of(day) - 1)
    pays = before.last_salaries(1) or career.last_salaries(1)
    given = SicknessInput(
        patient=Patient.ONESELF,
        begin=day,
        half_days=2,
        drawn_half_days=0,
        salary=pays[0] if pays else 0,
        paid=len(before.months) or len(career.months),
    )
    return Filled(given, career.caveats)


def unemployment(
    life: WorkingLife, on: date, *, ended: date | None = None, is_short: bool = False
) -> Filled[UnemploymentInput]:
    """What unemployment benefit would be reckoned from, had work ended on a day.

    Without a day: the end of the last month paid, or today for who still pays. With a day to come
    a running job is taken to be paid until then.
    """
    day = ended or _end_of_work(_career(life.jobs, on), on)
    counted_on = max(on, ended + timedelta(days=1)) if ended else on
    career = _career(life.jobs, counted_on, ceiling=jobs_ceiling)
    until = Month.of(day)
    paid = career.between(Month(1995, 1), until)
    fresh = paid.between(Month.of(life.drawn[-1].from_date), until) if life.drawn else paid
    terms = UNEMPLOYMENT_TERMS.on(max(day, date(2015, 1, 1)))
    window = terms.short_window if is_short else terms.window
    is_whole = index_of(until) in paid.months or day == until.last_day
    end = until if is_whole else until - 1
    region = paid.months[max(paid.months)].region if paid.months else 0
    given = UnemploymentInput(
        ended=day,
        filed=max(on, day),
        paid=_unused(paid, life.drawn, on),
        in_window=len(fresh.between(end - (window - 1), end).months),
        mean_salary=plain_mean(paid.last_salaries(SALARIES_AVERAGED)),
        region=region or _DEFAULT_REGION,
        is_short=is_short,
        could_draw_pension=_could_draw_pension(life, day, on),
    )
    own = when((Caveat.REGION_ASSUMED, not region), (Caveat.DRAWN_BEFORE, bool(life.drawn)))
    return Filled(given, together(career.caveats, own))


def household(_life: WorkingLife, on: date) -> Filled[HouseholdInput]:
    """One member for a year from today: the record of one person does not know the others."""
    return Filled(HouseholdInput(members=1, term=12, paid_on=on), ())


def _career(
    periods: Iterable[Period],
    on: date,
    settled: Iterable[MonthSpan] = (),
    *,
    state_scale: bool = False,
    ceiling: Ceiling = social_ceiling,
) -> Career:
    """The months that count on a day: of a running job those that are over."""
    counted = until_now(periods, on)
    return career_of(counted, settled, state_scale=state_scale, ceiling=ceiling)


def _born(life: WorkingLife) -> date:
    """Of a year of birth alone, its first day (NĐ 135/2020 Đ.3)."""
    if life.birth_date_precision == "year":
        return date(life.birth_date.year, 1, 1)
    return life.birth_date


def _pension_month(life: WorkingLife) -> Month:
    return Month.from_yyyymm(first_pension_month(life.sex, _born(life)))


def _about(life: WorkingLife, career: Career, state_scale: bool) -> tuple[Caveat, ...]:  # noqa: FBT001 - the caller's own choice, passed on
    is_in_work = bool(career.compulsory.months)
    return when(
        (Caveat.NOT_STATE_SCALE, is_in_work and not state_scale),
        (Caveat.STATE_SCALE, is_in_work and state_scale),
        (Caveat.BIRTH_YEAR_ONLY, life.birth_date_precision == "year"),
    )


def _support(career: Career, group: SupportGroup) -> int:
    """What the State paid towards the voluntary months since 2018, for 120 of them at most."""
    amounts = [support(group, month_at(at).yyyymm) for at in sorted(career.voluntary.months)]
    return sum([amount for amount in amounts if amount][:MOST_MONTHS])


def _unpaid_from(career: Career, on: date) -> Month:
    """The month from which one would go on; the record may lag behind by some months."""
    now = Month.of(on)
    last = career.last
    if last is None or now - last > _MAY_LAG + 1:
        return now
    return last + 1


def _going_on(career: Career, on: date, until: Month) -> Career:
    """The months paid, and as many more at the last pay as lie before `until`."""
    last = career.last
    if last is None or Month.of(on) - last > _MAY_LAG:
        return career
    pays = career.last_salaries(1)
    basis = career.months[index_of(last)].basis
    more = range(index_of(last) + 1, index_of(until) + 1)
    going_on = dict.fromkeys(more, PaidMonth(pays[0] if pays else 0, basis))
    return Career({**career.months, **going_on})


def _end_of_work(career: Career, on: date) -> date:
    last = career.last
    if last is None or Month.of(on) - last <= _MAY_LAG:
        return on
    return last.last_day


def _unused(paid: Career, drawn: Iterable[DrawnUnemployment], on: date) -> int:
    """Months that no benefit has used up: each month of benefit uses twelve.

    What a running one will still pay counts as used. Above 144 nothing is carried on, nor where it
    is not known how long a benefit lasted.
    """
    left, since = 0, 0
    for one in drawn:
        at = index_of(Month.of(one.from_date))
        left += sum(since <= month < at for month in paid.months)
        found = months_drawn(one, on)
        used = found.granted if found.is_running else found.used
        left = kept_months(left, used) if found.granted and used is not None else 0
        since = at
    return left + sum(month >= since for month in paid.months)


def _could_draw_pension(life: WorkingLife, day: date, on: date) -> bool:
    months = len(_career(life.social, on, life.settled).months)
    then = Month.of(day)
    return _pension_month(life) <= then and months >= least_months(then.yyyymm)
