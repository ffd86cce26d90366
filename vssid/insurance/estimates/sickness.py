"""«Ốm đau»: pay for days of one's own illness or a child's.

Luật 41/2024 Đ.42–45; Luật 58/2014 Đ.25–28 before 7/2025.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vssid.insurance.estimates.ceiling import cut_pay
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.working import (
    Refusal,
    UsedTable,
    Working,
    dong,
    grounds,
    half_days,
    line,
    refusal,
    rounded,
    used,
    when,
)
from vssid.insurance.tables.grants import SICK_DIVISOR, SICK_PERCENT
from vssid.insurance.tables.laws import Topic
from vssid.insurance.tables.leave import CHILD_SICK_DAYS, SICK_LIMITS
from vssid.kernel.months import Month

_YOUNG, _TOO_OLD = 3, 7


class Patient(StrEnum):
    """Who is ill."""

    ONESELF = "oneself"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class SicknessInput:
    """What sick pay is reckoned from.

    `salary`: the contributing pay of the last month before the leave (of the first month, where
    the leave is in it). `half_days` off work, and those drawn in the same calendar year already
    (for a child: for that child). `paid`: compulsory months in all.
    """

    patient: Patient
    begin: date
    half_days: int
    drawn_half_days: int
    salary: int
    paid: int
    is_heavy: bool = False
    child_born: date | None = None


@dataclass(frozen=True, slots=True)
class Sickness:
    """The sum in đồng for `half_days` paid; `limit` and `left` are whole days of the year."""

    amount: int
    half_days: int
    limit: int
    left_half_days: int
    working: Working


def estimate(given: SicknessInput) -> Sickness | Refusal:
    """75 % of a 24th of the pay for each day within the year's limit, or why nothing; no pay counts
    beyond the ceiling of the month before.
    """
    cut = cut_pay(given.salary, Month.of(given.begin) - 1)
    found = _found(replace(given, salary=cut.pay))
    if isinstance(found, Refusal):
        return found
    return replace(found, working=cut.told(found.working))


def _found(given: SicknessInput) -> Sickness | Refusal:
    if refused := _refused(given):
        return refused
    limit = _limit(given)
    left = max(0, 2 * limit - given.drawn_half_days)
    paid_for = min(given.half_days, left)
    if paid_for == 0:
        laws = grounds(given.begin, _days_topic(given))
        return refusal(RefusalCode.NO_DAYS_LEFT, laws, limit=half_days(2 * limit))
    amount = rounded(Fraction(given.salary * SICK_PERCENT * paid_for, 200 * SICK_DIVISOR))
    a_day = rounded(Fraction(given.salary * SICK_PERCENT, 100 * SICK_DIVISOR))
    lines = (
        line(
            LineCode.SICK_DAYS_LEFT,
            half_days(left),
            limit=half_days(2 * limit),
            drawn=half_days(given.drawn_half_days),
        ),
        line(LineCode.SICK_DAY, dong(a_day), salary=dong(given.salary)),
        line(LineCode.SICK_PAY, dong(amount), day=dong(a_day), off=half_days(paid_for)),
    )
    return Sickness(
        amount=amount,
        half_days=paid_for,
        limit=limit,
        left_half_days=left - paid_for,
        working=Working(
            lines,
            (_table(given),),
            grounds(given.begin, _days_topic(given), Topic.SICK_PAY),
            _caveats(given, is_cut=paid_for < given.half_days),
        ),
    )


def _refused(given: SicknessInput) -> Refusal | None:
    laws = grounds(given.begin, Topic.SICK_PAY)
    if given.paid == 0:
        return refusal(RefusalCode.NO_SICK_FUND, laws)
    if given.salary == 0:
        return refusal(RefusalCode.PAY_UNKNOWN, laws)
    if given.patient is Patient.CHILD:
        laws = grounds(given.begin, Topic.CHILD_SICK_DAYS)
        if given.child_born is None or given.child_born > given.begin:
            return refusal(RefusalCode.CHILD_NOT_BORN, laws)
        if age_on(given.child_born, given.begin) >= _TOO_OLD:
            return refusal(RefusalCode.CHILD_TOO_OLD, laws)
    return None


def age_on(born: date, on: date) -> int:
    """Whole years of age on a day; who is born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _limit(given: SicknessInput) -> int:
    if given.patient is Patient.CHILD and given.child_born is not None:
        for_child = CHILD_SICK_DAYS.on(given.begin)
        is_young = age_on(given.child_born, given.begin) < _YOUNG
        return for_child.below_3 if is_young else for_child.below_7
    limits = SICK_LIMITS.on(given.begin)
    return (limits.heavy if given.is_heavy else limits.ordinary).for_months(given.paid)


def _days_topic(given: SicknessInput) -> Topic:
    return Topic.CHILD_SICK_DAYS if given.patient is Patient.CHILD else Topic.SICK_DAYS


def _table(given: SicknessInput) -> UsedTable:
    if given.patient is Patient.CHILD:
        return used(TableCode.CHILD_SICK_DAYS, CHILD_SICK_DAYS, given.begin)
    return used(TableCode.SICK_DAYS, SICK_LIMITS, given.begin)


def _caveats(given: SicknessInput, *, is_cut: bool) -> tuple[Caveat, ...]:
    is_own = given.patient is Patient.ONESELF
    return when(
        (Caveat.MUST_BE_EMPLOYED, True),
        (Caveat.DAYS_CUT, is_cut),
        (Caveat.LONG_ILLNESS, is_cut and is_own),
        (Caveat.CHILD_BIRTHDAY, not is_own),
    )
