"""What a person draws already, and why nothing new is estimated then.

Who draws a pension gets no second one, no withdrawal and no unemployment benefit; months that a
benefit was granted for count for no other one.
"""

from dataclasses import replace
from datetime import date

from vssid.insurance.benefit_rules import granted_until, is_pension, months_drawn
from vssid.insurance.estimates.codes import RefusalCode, TableCode
from vssid.insurance.estimates.unemployment import UnemploymentInput
from vssid.insurance.estimates.working import (
    Refusal,
    UsedTable,
    day,
    dong,
    grounds,
    month_count,
    per_mille,
    refusal,
)
from vssid.insurance.records import DrawnUnemployment, MonthlyBenefit, WorkingLife
from vssid.insurance.rules import monthly_amount
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.pensions import INCREASES, Increase
from vssid.kernel.months import Month


def no_second_pension(life: WorkingLife, on: date) -> Refusal | None:
    """Why who draws a pension gets no estimate of one: what they draw, and how it is raised."""
    pension = _pension(life)
    if pension is None:
        return None
    rise = max((one for one in INCREASES if one.valid_from <= on), key=lambda one: one.valid_from)
    refused = refusal(
        RefusalCode.DRAWING_PENSION,
        grounds(on, Topic.PENSION_RATE, Topic.PENSION_INCREASE),
        monthly=dong(_amount(pension, on)),
        since=day(pension.from_date),
        rise=per_mille(rise.per_mille),
        raised=day(rise.valid_from),
    )
    return replace(refused, tables=(_used(rise),))


def no_withdrawal(life: WorkingLife, on: date) -> Refusal | None:
    """Why who draws a pension cannot withdraw."""
    return _barred(life, on, RefusalCode.PENSION_BARS_WITHDRAWAL, Topic.ONE_TIME_GROUNDS)


def no_unemployment(life: WorkingLife, given: UnemploymentInput, on: date) -> Refusal | None:
    """Why no new unemployment benefit: a pension, a benefit that runs when work ended, or all
    months used up by the one before.
    """
    barred = _barred(life, on, RefusalCode.PENSION_BARS_UNEMPLOYMENT, Topic.UNEMPLOYMENT_GROUNDS)
    if barred is not None:
        return barred
    laws = grounds(given.ended, Topic.UNEMPLOYMENT_BENEFIT, Topic.UNEMPLOYMENT_KEPT)
    running = [one for one in life.drawn if months_drawn(one, on).is_running]
    if running and given.ended <= _end(running[-1]):
        found = months_drawn(running[-1], on)
        facts = {"monthly": dong(running[-1].amount), "since": day(running[-1].from_date)}
        if found.granted is None:
            return refusal(RefusalCode.DRAWING_UNEMPLOYMENT_UNKNOWN, laws, **facts)
        facts |= {"left": month_count(found.left), "granted": month_count(found.granted)}
        return refusal(RefusalCode.DRAWING_UNEMPLOYMENT, laws, **facts)
    if life.drawn and given.paid == 0:
        since = day(life.drawn[-1].from_date)
        return refusal(RefusalCode.UNEMPLOYMENT_USED_UP, laws, since=since)
    return None


def _barred(life: WorkingLife, on: date, code: RefusalCode, topic: Topic) -> Refusal | None:
    pension = _pension(life)
    if pension is None:
        return None
    monthly, since = dong(_amount(pension, on)), day(pension.from_date)
    return refusal(code, grounds(on, topic), monthly=monthly, since=since)


def _pension(life: WorkingLife) -> MonthlyBenefit | None:
    return next((one for one in life.monthly if is_pension(one)), None)


def _amount(pension: MonthlyBenefit, on: date) -> int:
    return monthly_amount(pension, Month.of(max(on, pension.from_date)))


def _end(benefit: DrawnUnemployment) -> date:
    """The last day of a benefit, as far as it is known."""
    if benefit.to_date is not None or not benefit.months:
        return benefit.to_date or date.max
    return granted_until(benefit.from_date, benefit.months)


def _used(rise: Increase) -> UsedTable:
    return UsedTable(
        TableCode.PENSION_INCREASES, rise.valid_from, None, rise.source, rise.confidence
    )
