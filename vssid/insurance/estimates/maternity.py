"""«Thai sản»: a mother's leave and grant, a father's days, the grant of voluntary payers.

Luật 41/2024 Đ.50, 53, 58, 59, 94, 95; Bộ luật Lao động Đ.139; from 7/2026 Luật 113/2025 Đ.29 and
NĐ 168/2026 Đ.2; Luật 58/2014 Đ.31, 34, 38, 39 before 7/2025.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from vssid.insurance.estimates.ceiling import cut_pay
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.working import (
    Line,
    Refusal,
    Working,
    count,
    days,
    dong,
    grounds,
    line,
    month_count,
    refusal,
    rounded,
    used,
    when,
)
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.grants import (
    MATERNITY_PAID_MONTHS,
    SECOND_CHILD_SEVEN_FROM,
    maternity_months,
)
from vssid.insurance.tables.laws import NEW_LAW_FROM, Topic
from vssid.insurance.tables.leave import (
    BIRTH_GRANT_TIMES,
    FATHER_DAYS,
    MONTHS_FOR_EACH_FURTHER_TWIN,
    VOLUNTARY_BIRTH_GRANT,
)
from vssid.kernel.months import Month

RESTED_PAID_MONTHS = 3
RESTED_MONTHS_IN_ALL = 12
"""Who had to rest while pregnant needs 12 paid months in all and 3 of the last 12 (Đ.50.3)."""
_DAYS_A_MONTH = 24
_TWINS = 2


class Parent(StrEnum):
    """Who asks."""

    MOTHER = "mother"
    FATHER = "father"


@dataclass(frozen=True, slots=True)
class MaternityInput:
    """What maternity benefit is reckoned from.

    `compulsory` and `voluntary`: months paid of the 12 before the birth; `in_all`: compulsory
    months ever. `mean_salary`: of the last six months paid before the leave. `children` of this
    birth, `living` children the mother has already. `rested`: a doctor kept her from work.
    `has_surgery`: or born before 32 weeks. `mother_lacks_cover`: she cannot draw the grant.
    """

    parent: Parent
    birth: date
    children: int
    living: int
    compulsory: int
    voluntary: int
    in_all: int
    mean_salary: int
    rested: bool = False
    has_surgery: bool = False
    mother_lacks_cover: bool = False


@dataclass(frozen=True, slots=True)
class Maternity:
    """The sum in đồng of pay and grant; `months` of a mother's leave or `days` of a father's."""

    amount: int
    pay: int
    grant: int
    months: int
    days: int
    working: Working


def estimate(given: MaternityInput) -> Maternity | Refusal:
    """What the birth brings by the law of its day, or why nothing; no pay counts beyond the
    ceiling of the month before.
    """
    cut = cut_pay(given.mean_salary, Month.of(given.birth) - 1)
    found = _found(replace(given, mean_salary=cut.pay))
    if isinstance(found, Refusal) or not found.pay:
        return found
    return replace(found, working=cut.told(found.working))


def _found(given: MaternityInput) -> Maternity | Refusal:
    if given.parent is Parent.FATHER and given.compulsory:
        return _of_father(given)
    if given.parent is Parent.MOTHER and _is_covered(given):
        return _of_mother(given)
    if _has_voluntary_grant(given):
        return _of_voluntary(given)
    return refusal(
        RefusalCode.MATERNITY_MONTHS,
        grounds(given.birth, Topic.MATERNITY_GROUNDS),
        paid=month_count(given.compulsory + given.voluntary),
        needed=month_count(MATERNITY_PAID_MONTHS),
    )


def _is_covered(given: MaternityInput) -> bool:
    rested = given.rested and given.in_all >= RESTED_MONTHS_IN_ALL
    needed = RESTED_PAID_MONTHS if rested else MATERNITY_PAID_MONTHS
    return given.compulsory >= needed


def _has_voluntary_grant(given: MaternityInput) -> bool:
    """Đ.94: six of the twelve months, voluntary or together; for one of the parents."""
    is_enough = given.compulsory + given.voluntary >= MATERNITY_PAID_MONTHS
    return given.birth >= NEW_LAW_FROM and is_enough


def _is_second(given: MaternityInput) -> bool:
    return given.living == 1 and given.birth >= SECOND_CHILD_SEVEN_FROM


def _leave_months(given: MaternityInput) -> int:
    """Six months, seven for a second child since 7/2026, one more for each further twin."""
    ordinary = maternity_months(given.birth, 2 if given.living == 1 else 1)
    return ordinary + MONTHS_FOR_EACH_FURTHER_TWIN * (given.children - 1)


def _of_mother(given: MaternityInput) -> Maternity | Refusal:
    topics = (
        Topic.MATERNITY_GROUNDS,
        Topic.MATERNITY_LEAVE,
        Topic.MATERNITY_PAY,
        Topic.BIRTH_GRANT,
    )
    if given.mean_salary == 0:
        return refusal(RefusalCode.PAY_UNKNOWN, grounds(given.birth, *topics))
    leave = _leave_months(given)
    pay, grant = given.mean_salary * leave, _grant(given)
    lines = (
        line(LineCode.LEAVE_MONTHS, month_count(leave), children=count(given.children)),
        line(LineCode.LEAVE_PAY, dong(pay), mean=dong(given.mean_salary), leave=month_count(leave)),
        _grant_line(given),
    )
    return Maternity(
        amount=pay + grant,
        pay=pay,
        grant=grant,
        months=leave,
        days=0,
        working=Working(
            lines,
            (used(TableCode.BASE_WAGE, BASE_WAGE, given.birth),),
            grounds(given.birth, *topics),
            when(
                (Caveat.BIRTH_MONTH, True),
                (Caveat.FEW_MONTHS, given.compulsory < MATERNITY_PAID_MONTHS),
                (Caveat.SEVEN_MONTHS, _is_second(given)),
                (Caveat.TWINS_AS_SECOND, _is_second(given) and given.children >= _TWINS),
            ),
        ),
    )


def _grant(given: MaternityInput) -> int:
    """Two reference levels of the month of birth for each child (Đ.58.4)."""
    return BIRTH_GRANT_TIMES * BASE_WAGE.on(given.birth) * given.children


def _grant_line(given: MaternityInput) -> Line:
    base = dong(BASE_WAGE.on(given.birth))
    children = count(given.children)
    return line(LineCode.BIRTH_GRANT, dong(_grant(given)), base=base, children=children)


def _father_days(given: MaternityInput) -> int:
    """The days of Đ.53.2; of several grounds the one with the most days."""
    table = FATHER_DAYS.on(given.birth)
    if given.children >= _TWINS:
        more = table.each_more * (given.children - _TWINS)
        return (table.twins_surgery if given.has_surgery else table.twins) + more
    plain = table.surgery if given.has_surgery else table.ordinary
    return max(plain, table.second_child) if given.living == 1 else plain


def _of_father(given: MaternityInput) -> Maternity | Refusal:
    topics = [Topic.MATERNITY_GROUNDS, Topic.MATERNITY_LEAVE, Topic.MATERNITY_PAY]
    if given.mean_salary == 0:
        return refusal(RefusalCode.PAY_UNKNOWN, grounds(given.birth, *topics))
    off = _father_days(given)
    pay = rounded(Fraction(given.mean_salary * off, _DAYS_A_MONTH))
    lines = [
        line(LineCode.FATHER_DAYS, days(off), children=count(given.children)),
        line(LineCode.FATHER_PAY, dong(pay), mean=dong(given.mean_salary), off=days(off)),
    ]
    tables = [used(TableCode.FATHER_DAYS, FATHER_DAYS, given.birth)]
    has_grant = given.mother_lacks_cover and given.compulsory >= MATERNITY_PAID_MONTHS
    if has_grant:
        lines.append(_grant_line(given))
        tables.append(used(TableCode.BASE_WAGE, BASE_WAGE, given.birth))
        topics.append(Topic.BIRTH_GRANT)
    grant = _grant(given) if has_grant else 0
    return Maternity(
        amount=pay + grant,
        pay=pay,
        grant=grant,
        months=0,
        days=off,
        working=Working(
            tuple(lines),
            tuple(tables),
            grounds(given.birth, *topics),
            when(
                (Caveat.MUST_BE_EMPLOYED, True),
                (Caveat.BIRTH_MONTH, has_grant),
                (Caveat.FEW_MONTHS, given.in_all < MATERNITY_PAID_MONTHS),
                (Caveat.SEVEN_MONTHS, _is_second(given)),
            ),
        ),
    )


def _of_voluntary(given: MaternityInput) -> Maternity:
    """Two million for each child, to one of the parents (Đ.95)."""
    each = VOLUNTARY_BIRTH_GRANT.on(given.birth)
    grant = each * given.children
    what = line(
        LineCode.VOLUNTARY_GRANT, dong(grant), each=dong(each), children=count(given.children)
    )
    return Maternity(
        amount=grant,
        pay=0,
        grant=grant,
        months=0,
        days=0,
        working=Working(
            (what,),
            (used(TableCode.VOLUNTARY_BIRTH_GRANT, VOLUNTARY_BIRTH_GRANT, given.birth),),
            grounds(given.birth, Topic.VOLUNTARY_BIRTH),
            (Caveat.ONE_PARENT, Caveat.BIRTH_MONTH),
        ),
    )
