"""What the record says, decided from values: totals, months, card validity, shares of costs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vssid.insurance.records import (
    BenefitDetails,
    CardDetails,
    CostLine,
    PaidSpan,
    Period,
    VisitDetails,
)
from vssid.kernel.months import Month, MonthSpan

PAY_KINDS = frozenset({"compulsory", "voluntary"})
"""Contributions reckoned on the person's own pay or income."""


class CardStatus(StrEnum):
    """What a card is worth on a day."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    NONE = "none"


class MonthState(StrEnum):
    """One month of the strip. Without a period nothing was due, as far as the record knows."""

    PAID = "paid"
    LATE = "late"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Totals:
    """Months that count: paid, owed by an employer and paid by nobody, and used up before."""

    paid: int
    late: int
    settled: int


@dataclass(frozen=True, slots=True)
class LastPaid:
    """The last month that was paid, and by whom (empty: by the person)."""

    month: Month
    employer_name: str


@dataclass(frozen=True, slots=True)
class YearStrip:
    """One year of the month strip, January first."""

    year: int
    months: tuple[MonthState, ...]

    def count(self, state: MonthState) -> int:
        """How many months of the year are in that state."""
        return self.months.count(state)


@dataclass(frozen=True, slots=True)
class Shares:
    """Who paid how much of a cost, in đồng."""

    insurance_paid: int
    co_paid: int
    self_paid: int
    other_source: int

    @property
    def total(self) -> int:
        """The whole cost."""
        return self.insurance_paid + self.co_paid + self.self_paid + self.other_source


# --- contributions -----------------------------------------------------------------------------


def contribution_totals(periods: Iterable[PaidSpan], settled: Iterable[MonthSpan] = ()) -> Totals:
    """«Tổng thời gian tham gia» and «Tổng thời gian chậm đóng» in months (domain §4).

    A month at two employers counts once; one that is late here and paid there is paid. Months in
    `settled` were paid out in a one-time withdrawal and count no more (Luật 41/2024 Đ.70).
    """
    paid: set[int] = set()
    late: set[int] = set()
    for period in periods:
        (paid if period.state == "paid" else late).update(period.counted)
    used = {month for span in settled for month in _counted(span)}
    return Totals(paid=len(paid - used), late=len(late - paid - used), settled=len(paid & used))


def last_paid(periods: Iterable[PaidSpan]) -> LastPaid | None:
    """The last month paid; of two employers, the one whose period began later."""
    paid = [period for period in periods if period.state == "paid"]
    if not paid:
        return None
    last = max(paid, key=lambda period: (period.to_month, period.from_month))
    return LastPaid(Month.from_yyyymm(last.to_month), last.employer_name)


def year_strips(periods: Iterable[PaidSpan]) -> tuple[YearStrip, ...]:
    """Twelve months of every year from the first insured month to the last, the newest first."""
    states: dict[int, MonthState] = {}
    for period in periods:
        if period.state == "paid":
            states.update(dict.fromkeys(period.counted, MonthState.PAID))
        else:
            for month in period.counted:
                states.setdefault(month, MonthState.LATE)
    if not states:
        return ()
    years = range(max(states) // 12, min(states) // 12 - 1, -1)
    return tuple(YearStrip(year, _twelve(states, year)) for year in years)


def salary_steps(periods: Iterable[Period]) -> tuple[tuple[Month, int | None], ...]:
    """The month's pay insured wherever it changes, the oldest first; None where it pauses.

    Of two periods in one month the higher pay counts. What is reckoned on the base wage instead
    (BHYT of households and of those the State supports) is nobody's pay and left out.
    """
    pay: dict[int, int] = {}
    for period in periods:
        if period.kind in PAY_KINDS and period.salary:
            for month in period.counted:
                pay[month] = max(pay.get(month, 0), period.salary)
    if not pay:
        return ()
    steps: list[tuple[Month, int | None]] = []
    for month in range(min(pay), max(pay) + 1):
        amount = pay.get(month)
        if not steps or steps[-1][1] != amount:
            steps.append((Month(month // 12, month % 12 + 1), amount))
    return tuple(steps)


def _counted(span: MonthSpan) -> range:
    first, last = span.first, span.last
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)


def _twelve(states: dict[int, MonthState], year: int) -> tuple[MonthState, ...]:
    return tuple(states.get(year * 12 + month, MonthState.NONE) for month in range(12))


# --- cards -------------------------------------------------------------------------------------


def card_status(card: CardDetails | None, on: date) -> CardStatus:
    """What the card is worth on that day; both of its dates are days on which it is valid."""
    if card is None:
        return CardStatus.NONE
    if on < card.valid_from:
        return CardStatus.NOT_YET
    if card.valid_to is not None and on > card.valid_to:
        return CardStatus.EXPIRED
    return CardStatus.VALID


def card_to_go_by(cards: Sequence[CardDetails], on: date) -> CardDetails | None:
    """The card valid on that day, else the next one to come, else the last one that was."""
    by_status: defaultdict[CardStatus, list[CardDetails]] = defaultdict(list)
    for card in cards:
        by_status[card_status(card, on)].append(card)
    if valid := by_status[CardStatus.VALID]:
        return max(valid, key=lambda card: (card.valid_from, card.card_number))
    if coming := by_status[CardStatus.NOT_YET]:
        return min(coming, key=lambda card: (card.valid_from, card.card_number))
    return max(cards, key=lambda card: (card.valid_from, card.card_number), default=None)


# --- benefits ----------------------------------------------------------------------------------


def benefits_by_kind(
    benefits: Iterable[BenefitDetails],
) -> dict[str, tuple[BenefitDetails, ...]]:
    """The same benefits under their kinds, in the order given."""
    groups: defaultdict[str, list[BenefitDetails]] = defaultdict(list)
    for benefit in benefits:
        groups[benefit.kind].append(benefit)
    return {kind: tuple(group) for kind, group in groups.items()}


def received_by_year(benefits: Iterable[BenefitDetails]) -> tuple[tuple[int, int], ...]:
    """Year of the decision (or start) and đồng granted in it, the newest first.

    Monthly benefits are left out: not all of their payments need be on record.
    """
    sums: defaultdict[int, int] = defaultdict(int)
    for benefit in benefits:
        if benefit.kind not in {"hang-thang", "bhtn"}:
            sums[(benefit.decision_date or benefit.from_date).year] += benefit.amount
    return tuple(sorted(sums.items(), reverse=True))


def amount_steps(benefit: BenefitDetails) -> tuple[tuple[date, int], ...]:
    """What a monthly benefit pays from when: first decided, then each adjustment, oldest first."""
    adjustments = sorted(
        (entry.from_date, entry.amount) for entry in benefit.entries if entry.kind == "adjustment"
    )
    return ((benefit.from_date, benefit.amount), *adjustments)


def monthly_amount(benefit: BenefitDetails) -> int:
    """What a monthly benefit pays by its last adjustment."""
    return amount_steps(benefit)[-1][1]


# --- medical visits ----------------------------------------------------------------------------


def shares_of(costs: Iterable[VisitDetails | CostLine]) -> Shares:
    """The sum of who paid what, over visits or over the lines of a bill."""
    insurance_paid = co_paid = self_paid = other_source = 0
    for cost in costs:
        insurance_paid += cost.insurance_paid
        co_paid += cost.co_paid
        self_paid += cost.self_paid
        other_source += cost.other_source
    return Shares(insurance_paid, co_paid, self_paid, other_source)
