"""What running benefits say today: this month's pension, the months of unemployment benefit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vssid.insurance.records import (
    BenefitDetails,
    BenefitEntryDetails,
    DrawnUnemployment,
    MonthlyBenefit,
    PaidSpan,
)
from vssid.insurance.rules import monthly_amount
from vssid.insurance.tables.grants import UNEMPLOYMENT_MOST_MONTHS
from vssid.insurance.tables.unemployment import MOST_MONTHS_USED
from vssid.kernel.months import Month
from vssid.kernel.text import fold

MONTHS_PAID_FOR_ONE = 12
"""Each month of unemployment benefit uses up twelve that were paid (Luật 38/2013 Đ.53)."""


@dataclass(frozen=True, slots=True)
class ThisMonth:
    """A monthly benefit in the month of a day.

    `paid_on` is the day of this month's payment and `paid` its sum, None while none is on record;
    `usual_day` the day of the month of the payment before, None without any.
    """

    regime: str
    month: Month
    amount: int
    begins: date
    paid_on: date | None
    paid: int | None
    usual_day: int | None
    account_number: str
    bank: str

    def has_begun(self, on: date) -> bool:
        """Whether the benefit runs on that day already."""
        return self.begins <= on


def this_month(benefit: MonthlyBenefit, today: date) -> ThisMonth:
    """What the benefit pays in this month, or in its first one where that is still to come."""
    month = Month.of(max(today, benefit.from_date))
    payments = sorted(
        (entry for entry in benefit.entries if entry.kind == "payment"),
        key=lambda entry: entry.from_date,
    )
    made = [one for one in payments if Month.of(one.from_date) == month]
    before = [one for one in payments if Month.of(one.from_date) < month]
    return ThisMonth(
        regime=benefit.regime,
        month=month,
        amount=monthly_amount(benefit, month),
        begins=benefit.from_date,
        paid_on=made[-1].from_date if made else None,
        paid=sum(one.amount for one in made) if made else None,
        usual_day=before[-1].from_date.day if before else None,
        account_number=benefit.account_number,
        bank=benefit.bank,
    )


def running(benefits: Iterable[BenefitDetails], today: date) -> tuple[BenefitDetails, ...]:
    """The benefits that run on that day, in the order given."""
    return tuple(
        one
        for one in benefits
        if one.from_date <= today and (one.to_date is None or today <= one.to_date)
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """Of one unemployment benefit: months granted (None: not on record), drawn and left."""

    granted: int | None
    used: int
    left: int
    is_running: bool


def months_drawn(benefit: BenefitDetails | DrawnUnemployment, today: date) -> Drawn:
    """How much of an unemployment benefit was drawn.

    By the payments on record; where there are none, by the months that have begun since it began.
    It runs no longer than it was granted for, whatever payments are missing.
    """
    end = benefit.to_date or date.max
    paid = {Month.of(one.from_date) for one in payments_of(benefit) if one.from_date <= today}
    begun = Month.of(min(today, end)) - Month.of(benefit.from_date) + 1
    used = len(paid) or max(0, begun)
    granted = benefit.months or None
    is_running = today <= min(end, _latest_end(benefit.from_date, granted))
    if granted is None:
        return Drawn(None, used, 0, is_running=benefit.from_date <= today and is_running)
    used = min(used, granted)
    left = granted - used
    return Drawn(granted, used, left, is_running=is_running and left > 0)


def granted_until(begins: date, months: int) -> date:
    """The last day of an unemployment benefit of so many months."""
    after = Month.of(begins) + months
    return date(after.year, after.month, min(begins.day, after.last_day.day)) - timedelta(days=1)


def _latest_end(begins: date, granted: int | None) -> date:
    """The day after which nothing can run, with a month for the last payment to come in."""
    return granted_until(begins, (granted or UNEMPLOYMENT_MOST_MONTHS) + 1)


def payments_of(benefit: BenefitDetails | DrawnUnemployment) -> tuple[BenefitEntryDetails, ...]:
    """The payments of a benefit, the newest first."""
    return tuple(entry for entry in benefit.entries if entry.kind == "payment")


def is_pension(benefit: MonthlyBenefit) -> bool:
    """Whether it is an old-age pension; the social pension of who never paid is none."""
    regime = fold(benefit.regime)
    return regime.startswith(("luong huu", "huu tri")) and "xa hoi" not in regime


def adjustments_of(benefit: BenefitDetails) -> tuple[BenefitEntryDetails, ...]:
    """The adjustments of a benefit, the newest first."""
    return tuple(entry for entry in benefit.entries if entry.kind == "adjustment")


def paid_by_year(payments: Iterable[BenefitEntryDetails]) -> tuple[tuple[int, int, int], ...]:
    """Year, how many payments and their sum, the newest first."""
    sums: dict[int, tuple[int, int]] = {}
    for one in payments:
        count, total = sums.get(one.from_date.year, (0, 0))
        sums[one.from_date.year] = (count + 1, total + one.amount)
    return tuple((year, *sums[year]) for year in sorted(sums, reverse=True))


def months_kept(
    periods: Iterable[PaidSpan], benefits: Sequence[BenefitDetails], today: date
) -> int | None:
    """Months of BHTN that were paid and that no benefit has used up; None where that is disputed.

    Each month of benefit uses up twelve. What a running one will still pay counts as used. Of what
    was paid beyond 144 months it is disputed whether it is kept, and nothing can be said where it
    is not on record for how long a benefit was granted.
    """
    paid = {month for one in periods if one.state == "paid" for month in one.counted}
    left, since = 0, 0
    for benefit in sorted(benefits, key=lambda one: one.from_date):
        at = benefit.from_date.year * 12 + benefit.from_date.month - 1
        left += sum(since <= month < at for month in paid)
        drawn = months_drawn(benefit, today)
        if drawn.granted is None or left > MOST_MONTHS_USED:
            return None
        used = drawn.granted if drawn.is_running else drawn.used
        left = max(0, left - MONTHS_PAID_FOR_ONE * used)
        since = at
    return left + sum(month >= since for month in paid)
