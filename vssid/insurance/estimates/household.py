"""«BHYT hộ gia đình»: what the members of a household pay, one after the other.

4.5 % of the base wage for the first, 70, 60, 50 and 40 % of that for the others (NĐ 188/2025).
"""

from dataclasses import dataclass
from datetime import date

from vssid.insurance.estimates.codes import Caveat, LineCode, TableCode
from vssid.insurance.estimates.working import (
    Working,
    count,
    dong,
    grounds,
    line,
    month_count,
    per_mille,
    used,
    when,
)
from vssid.insurance.tables.base_wage import BASE_WAGE
from vssid.insurance.tables.laws import NEW_LAW_FROM, Topic
from vssid.insurance.tables.rates import HOUSEHOLD_SHARES, household_health_contribution
from vssid.kernel.months import Month

TERMS = (3, 6, 12)
"""For how many months one pays at once."""
MOST_MEMBERS = 20


@dataclass(frozen=True, slots=True)
class HouseholdInput:
    """`members` who pay together, from `first` (1: nobody of the household has paid this year),
    for `term` months, paid on a day.
    """

    members: int
    term: int
    paid_on: date
    first: int = 1


@dataclass(frozen=True, slots=True)
class MemberShare:
    """What the n-th member pays, in đồng a month and for the whole term."""

    ordinal: int
    monthly: int
    amount: int


@dataclass(frozen=True, slots=True)
class Household:
    """The sum in đồng for the term, and each member's part of it."""

    amount: int
    members: tuple[MemberShare, ...]
    working: Working


def estimate(given: HouseholdInput) -> Household:
    """The contributions by the base wage of the day on which they are paid."""
    at = Month.of(given.paid_on).yyyymm
    shares = []
    for ordinal in range(given.first, given.first + given.members):
        monthly = household_health_contribution(ordinal, at)
        shares.append(MemberShare(ordinal, monthly, monthly * given.term))
    base = BASE_WAGE.on(given.paid_on)
    full = household_health_contribution(1, at)
    lines = [line(LineCode.FIRST_MEMBER, dong(full), base=dong(base))]
    lines += [
        line(
            LineCode.FURTHER_MEMBER,
            dong(share.amount),
            ordinal=count(share.ordinal),
            share=per_mille(_share(share.ordinal)),
            monthly=dong(share.monthly),
            term=month_count(given.term),
        )
        for share in shares
    ]
    topics = [Topic.HOUSEHOLD_HEALTH]
    if given.paid_on >= NEW_LAW_FROM:
        topics.append(Topic.REFERENCE_LEVEL)
    return Household(
        amount=sum(share.amount for share in shares),
        members=tuple(shares),
        working=Working(
            tuple(lines),
            (used(TableCode.BASE_WAGE, BASE_WAGE, given.paid_on),),
            grounds(given.paid_on, *topics),
            when(
                (Caveat.SAME_HOUSEHOLD, True),
                (Caveat.OTHER_GROUPS, True),
                (Caveat.CHANGE_WITHIN, _changes_within(given)),
            ),
        ),
    )


def _share(ordinal: int) -> int:
    """The part of the first member's contribution, in thousandths."""
    return HOUSEHOLD_SHARES[min(ordinal, len(HOUSEHOLD_SHARES)) - 1] // 10


def _changes_within(given: HouseholdInput) -> bool:
    first = Month.of(given.paid_on)
    return bool(BASE_WAGE.changes_after(first.yyyymm, (first + given.term - 1).yyyymm))
