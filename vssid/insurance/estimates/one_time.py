"""«BHXH một lần»: who may withdraw, from when, and how much.

Luật 58/2014 Đ.60, 77 and NQ 93/2015 until 6/2025; Luật 41/2024 Đ.5.6, 70, 102 since 7/2025.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from vssid.insurance.estimates.ceiling import cut_mean
from vssid.insurance.estimates.codes import Caveat, LineCode, RefusalCode, TableCode
from vssid.insurance.estimates.working import (
    Ground,
    Line,
    Refusal,
    UsedTable,
    Working,
    dong,
    grounds,
    half_years,
    line,
    month,
    months,
    prices_are_of,
    refusal,
    used,
    used_prices,
    when,
)
from vssid.insurance.tables.grants import (
    NO_BAR_TO_WITHDRAWAL_MONTHS,
    one_time_halves,
    one_time_sum,
)
from vssid.insurance.tables.laws import NEW_LAW_FROM, Topic
from vssid.insurance.tables.pensions import least_months
from vssid.insurance.tables.support import SUPPORT
from vssid.kernel.months import Month

WAIT_MONTHS = 12
"""Months outside every insurance before one may withdraw (Luật 41/2024 Đ.70.1đ, 102.1đ)."""
_YEAR = 12


class Reason(StrEnum):
    """On which ground of Đ.70.1 or Đ.102.1."""

    AFTER_A_YEAR = "after-a-year"
    PENSION_AGE = "pension-age"
    ABROAD = "abroad"
    ILLNESS = "illness"
    IMPAIRED = "impaired"


# The State's support is left to the gravely ill and impaired (Đ.70.4, 102.3).
_KEEP_SUPPORT = {Reason.ILLNESS, Reason.IMPAIRED}
_NEED_PROOF = {Reason.ABROAD, Reason.ILLNESS, Reason.IMPAIRED}


@dataclass(frozen=True, slots=True)
class OneTimeInput:
    """What a withdrawal is reckoned from.

    `joined` and `last_paid`: first and last month paid (None: not known). `mean_salary` at the
    prices of the day, `paid_salaries`: the sum of the pay of all months as it was paid, which
    counts below one year. `state_support`: what the State paid in all. `pension_from`: the month
    from which the person is of pension age.
    """

    reason: Reason
    joined: Month | None
    last_paid: Month | None
    months_before_2014: int
    months_since_2014: int
    mean_salary: int
    paid_salaries: int
    state_support: int
    pension_from: Month

    @property
    def months(self) -> int:
        """All months paid."""
        return self.months_before_2014 + self.months_since_2014


@dataclass(frozen=True, slots=True)
class OneTime:
    """The sum in đồng; `possible_from` None: as soon as one asks for it."""

    amount: int
    possible_from: Month | None
    working: Working


def estimate(given: OneTimeInput, on: date) -> OneTime | Refusal:
    """The withdrawal decided on a day, or why there is none (Luật 41/2024 Đ.70.5: that day); the
    mean is at most what the ceilings allow.
    """
    cut = cut_mean(given.mean_salary, on)
    if cut.lines:
        most = cut.pay * given.months
        given = replace(given, mean_salary=cut.pay, paid_salaries=min(given.paid_salaries, most))
    if refused := _refused(given, on):
        return refused
    lines = _lines(given)
    support = 0 if given.reason in _KEEP_SUPPORT else given.state_support
    if support:
        lines = (*lines, line(LineCode.STATE_SUPPORT, dong(-support)))
    gross = one_time_sum(
        given.months_before_2014, given.months_since_2014, given.mean_salary, given.paid_salaries
    )
    return OneTime(
        amount=max(0, gross - support),
        possible_from=_possible_from(given, on),
        working=cut.told(Working(lines, _tables(given, on), _laws(given, on), _caveats(given, on))),
    )


def _refused(given: OneTimeInput, on: date) -> Refusal | None:
    laws = grounds(on, Topic.ONE_TIME_GROUNDS)
    if given.months == 0:
        return refusal(RefusalCode.NOTHING_PAID, laws)
    if given.mean_salary == 0:
        return refusal(RefusalCode.PAY_UNKNOWN, laws)
    if given.reason is Reason.AFTER_A_YEAR:
        return _refused_after_a_year(given, on, laws)
    if given.reason is Reason.PENSION_AGE:
        return _refused_at_pension_age(given, on, laws)
    return None


def _refused_after_a_year(
    given: OneTimeInput, on: date, laws: tuple[Ground, ...]
) -> Refusal | None:
    if on >= NEW_LAW_FROM and given.joined and given.joined.first_day >= NEW_LAW_FROM:
        return refusal(RefusalCode.JOINED_TOO_LATE, laws, joined=month(given.joined))
    if given.months >= NO_BAR_TO_WITHDRAWAL_MONTHS:
        return refusal(RefusalCode.TWENTY_YEARS, laws, paid=months(given.months))
    return None


def _refused_at_pension_age(
    given: OneTimeInput, on: date, laws: tuple[Ground, ...]
) -> Refusal | None:
    if given.pension_from > Month.of(on):
        return refusal(RefusalCode.BELOW_PENSION_AGE, laws, since=month(given.pension_from))
    needed = least_months(Month.of(on).yyyymm)
    if given.months >= needed:
        return refusal(
            RefusalCode.ENOUGH_FOR_PENSION, laws, paid=months(given.months), needed=months(needed)
        )
    return None


def _possible_from(given: OneTimeInput, on: date) -> Month | None:
    """Twelve whole months after the last month paid, unless they are over."""
    if given.reason is not Reason.AFTER_A_YEAR or given.last_paid is None:
        return None
    earliest = given.last_paid + WAIT_MONTHS + 1
    return earliest if earliest.first_day > on else None


def _lines(given: OneTimeInput) -> tuple[Line, ...]:
    mean = dong(given.mean_salary)
    if given.months < _YEAR:
        paid = given.paid_salaries * 22 // 100
        return (
            line(LineCode.PAID_IN, dong(paid), salaries=dong(given.paid_salaries)),
            line(LineCode.TWO_MEANS, dong(2 * given.mean_salary), mean=mean),
        )
    early, late = one_time_halves(given.months_before_2014, given.months_since_2014)
    found = []
    moved = given.months_before_2014 % _YEAR if given.months_since_2014 else 0
    if moved:
        found.append(line(LineCode.ODD_MONTHS_MOVED, months(moved)))
    if early:
        sum_before = dong(given.mean_salary * 3 * early // 4)
        found.append(
            line(LineCode.YEARS_BEFORE_2014, sum_before, years=half_years(early), mean=mean)
        )
    if late:
        sum_since = dong(given.mean_salary * late)
        found.append(line(LineCode.YEARS_SINCE_2014, sum_since, years=half_years(late), mean=mean))
    return tuple(found)


def _tables(given: OneTimeInput, on: date) -> tuple[UsedTable, ...]:
    found = [used_prices(on.year)]
    if given.state_support:
        found.append(used(TableCode.VOLUNTARY_SUPPORT, SUPPORT, on))
    return tuple(found)


def _laws(given: OneTimeInput, on: date) -> tuple[Ground, ...]:
    topics = [Topic.ONE_TIME_GROUNDS, Topic.ONE_TIME_AMOUNT, Topic.ODD_MONTHS]
    topics += [Topic.MEAN_SALARY, Topic.PRICE_LEVELS]
    if given.state_support:
        topics.append(Topic.VOLUNTARY_SUPPORT)
    return grounds(on, *topics)


def _caveats(given: OneTimeInput, on: date) -> tuple[Caveat, ...]:
    paid_lately = given.last_paid is not None and Month.of(on) - given.last_paid <= 2
    deducted = given.state_support > 0 and given.reason not in _KEEP_SUPPORT
    return when(
        (Caveat.STILL_PAYING, paid_lately),
        (Caveat.LOSES_TIME, True),
        (Caveat.PROOF_NEEDED, given.reason in _NEED_PROOF),
        (Caveat.UNDER_A_YEAR, given.months < _YEAR),
        (Caveat.SUPPORT_ASSUMED, deducted),
        (Caveat.OTHER_PRICES, not prices_are_of(on.year)),
    )
