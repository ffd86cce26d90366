"""What the record says, decided from values: totals, months, card validity, shares of costs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from vssid.insurance.records import (
    BenefitDetails,
    CardDetails,
    CostLine,
    MonthlyBenefit,
    PaidSpan,
    Period,
    VisitDetails,
    VisitHeading,
)
from vssid.insurance.tables.cards import level_change
from vssid.kernel.months import Month, MonthSpan
from vssid.kernel.text import fold

T = TypeVar("T", bound=PaidSpan)

LEAST_UNPAID = 2
"""From so many months on end that an employer owes, the person is told."""
TOLD_FOR = 12
"""For so many months home says that an employer owes; the grid of months shows it for ever."""
LONGEST_GAP = 3
"""Months without a period between two of one employer, which are missing rather than not due."""
_FUNDS_BEGIN = 1995 * 12
# The digits of the benefit level from the least to the best (domain §1).
_WORTH = (4, 3, 2, 1, 5)
_SAYS = attrgetter(
    "state", "from_month", "to_month", "employer_name", "kind",
    "occupation", "position", "workplace", "currency", "salary", "wage",
)  # fmt: skip
PAY_KINDS = frozenset({"compulsory", "voluntary"})
"""Contributions reckoned on the person's own pay or income."""


class CardStatus(StrEnum):
    """What a card is worth on a day."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    NONE = "none"


class MonthState(StrEnum):
    """One month of the strip. NONE: nothing was due, as far as the record knows.

    MISSING: nothing is on record, though the same employer paid before and after.
    """

    PAID = "paid"
    LATE = "late"
    MISSING = "missing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Totals:
    """Months that count: paid, owed by an employer and paid by nobody, and used up before.

    Of the paid ones, `voluntary` were paid by oneself alone, `before_1995` before the funds began.
    """

    paid: int
    late: int
    settled: int
    voluntary: int = 0
    before_1995: int = 0

    @property
    def compulsory(self) -> int:
        """The paid months in which an employer paid, too."""
        return self.paid - self.voluntary


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Months on end that employers owe, up to now, and who owes the last of them."""

    span: MonthSpan
    employer_name: str


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

    A month at two employers counts once; one that is late here and paid there is paid; one that
    was paid in both ways is compulsory. Months in `settled` were paid out in a one-time withdrawal
    and count no more (Luật 41/2024 Đ.70).
    """
    compulsory: set[int] = set()
    voluntary: set[int] = set()
    late: set[int] = set()
    for period in periods:
        if period.state != "paid":
            late.update(period.counted)
        else:
            (voluntary if period.kind == "voluntary" else compulsory).update(period.counted)
    used = {month for span in settled for month in _counted(span)}
    paid = compulsory | voluntary
    counts = paid - used
    return Totals(
        paid=len(counts),
        late=len(late - counts - used),
        settled=len(paid & used),
        voluntary=len(counts - compulsory),
        before_1995=sum(month < _FUNDS_BEGIN for month in counts),
    )


def until_now(periods: Iterable[T], today: date) -> tuple[T, ...]:
    """The same periods, in the same order, of a job only the months that are over.

    A job without an end is delivered with an end far ahead. The month of today counts once it is
    over, whether the job ends with it or goes on. What one pays oneself may be paid years ahead
    (Luật 41/2024 Đ.36) and stays whole.
    """
    closed = (Month.of(today) - 1).yyyymm
    return tuple(
        replace(period, to_month=closed) if is_running(period, today) else period
        for period in periods
    )


def is_running(period: PaidSpan, today: date) -> bool:
    """Whether the period is of a job whose last month is not over yet."""
    return period.kind == "compulsory" and period.to_month >= Month.of(today).yyyymm


def without_copies(periods: Iterable[Period]) -> tuple[tuple[Period, int], ...]:
    """Each period once, in the order given, and how many rows say exactly the same."""
    found: dict[tuple[object, ...], list[Period]] = {}
    for period in periods:
        found.setdefault(_SAYS(period), []).append(period)
    return tuple((same[0], len(same)) for same in found.values())


def has_overlaps(periods: Iterable[PaidSpan]) -> bool:
    """Whether any month stands in two of the periods."""
    seen: set[int] = set()
    for period in periods:
        if not seen.isdisjoint(period.counted):
            return True
        seen.update(period.counted)
    return False


def unpaid_lately(periods: Iterable[PaidSpan], today: date) -> Unpaid | None:
    """The last months on end that an employer owes, two or more, of those of the last year.

    The run may have begun before. A month that another employer paid is paid, and ends a run; what
    is owed from before stays owed. Months that nobody had to pay, such as a pause in voluntary
    payments, are none.
    """
    owed: dict[int, str] = {}
    paid: set[int] = set()
    for period in periods:
        if period.state == "paid":
            paid.update(period.counted)
        elif period.kind == "compulsory":
            owed.update(dict.fromkeys(period.counted, period.employer_name))
    now = _index(today)
    # This month and the ones to come are not due yet (Luật 41/2024 Đ.34 khoản 4).
    due = {month for month in owed.keys() - paid if month < now}
    for last in sorted(due, reverse=True):
        if last < now - TOLD_FOR:
            return None
        first = last
        while first - 1 in due:
            first -= 1
        if last - first + 1 >= LEAST_UNPAID:
            return Unpaid(MonthSpan(_month(first), _month(last)), owed[last])
    return None


def last_paid(periods: Iterable[PaidSpan]) -> LastPaid | None:
    """The last month paid; of two employers, the one whose period began later.

    A period without any month, reversed or still to come, tells nothing.
    """
    paid = [period for period in periods if period.state == "paid" and period.counted]
    if not paid:
        return None
    last = max(paid, key=lambda period: (period.to_month, period.from_month))
    return LastPaid(Month.from_yyyymm(last.to_month), last.employer_name)


def year_strips(periods: Sequence[PaidSpan]) -> tuple[YearStrip, ...]:
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
    for month in _left_out(periods):
        states.setdefault(month, MonthState.MISSING)
    years = range(max(states) // 12, min(states) // 12 - 1, -1)
    return tuple(YearStrip(year, _twelve(states, year)) for year in years)


def _left_out(periods: Iterable[PaidSpan]) -> Iterator[int]:
    """Months between two periods of one employer, three at most: a longer pause ended the job."""
    ends: dict[str, int] = {}
    at_work = (one for one in periods if one.kind == "compulsory" and one.employer_name)
    for period in sorted(at_work, key=lambda one: one.from_month):
        months = period.counted
        if not months:
            continue
        end = ends.get(period.employer_name, months[0])
        if months[0] - end <= LONGEST_GAP:
            yield from range(end, months[0])
        ends[period.employer_name] = max(end, months[-1] + 1)


def salary_steps(periods: Iterable[Period]) -> tuple[tuple[Month, int | None], ...]:
    """The month's pay insured wherever it changes, the oldest first; None where it pauses.

    Of two periods in one month the higher pay counts. Left out are pay in another currency, and
    what is reckoned on the base wage (BHYT of households and of those the State supports).
    """
    pay: dict[int, int] = {}
    for period in periods:
        if period.kind in PAY_KINDS and period.salary and period.currency == "VND":
            for month in period.counted:
                pay[month] = max(pay.get(month, 0), period.salary)
    if not pay:
        return ()
    steps: list[tuple[Month, int | None]] = []
    for month in range(min(pay), max(pay) + 1):
        amount = pay.get(month)
        if not steps or steps[-1][1] != amount:
            steps.append((_month(month), amount))
    return tuple(steps)


def month_owners(periods: Sequence[PaidSpan]) -> dict[int, int]:
    """For each month (year * 12 + month - 1) the index of the period that tells of it.

    Of several the first that was paid, else the first.
    """
    owners: dict[int, int] = {}
    for state in ("paid", "late"):
        for index, period in enumerate(periods):
            if period.state == state:
                for month in period.counted:
                    owners.setdefault(month, index)
    return owners


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)


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


def valid_cards(cards: Iterable[CardDetails], on: date) -> tuple[CardDetails, ...]:
    """The cards valid on that day, the one to go by first.

    Who has several grounds for insurance is paid by the best of them (Luật BHYT Đ.22 khoản 2); of
    two alike the newer goes.
    """
    valid = [card for card in cards if card_status(card, on) is CardStatus.VALID]
    return tuple(
        sorted(valid, key=lambda card: (_worth(card, on), card.valid_from, card.card_number))[::-1]
    )


def card_to_go_by(cards: Sequence[CardDetails], on: date) -> CardDetails | None:
    """The best card valid on that day, else the next one to come, else the last one that was."""
    if valid := valid_cards(cards, on):
        return valid[0]
    coming = [card for card in cards if card_status(card, on) is CardStatus.NOT_YET]
    if coming:
        return min(coming, key=lambda card: (card.valid_from, card.card_number))
    return max(cards, key=_end, default=None)


def level_on(card: CardDetails, on: date) -> int:
    """The benefit level that counts: the printed one, until a law changes that of the group.

    Before the card begins, and after it ended, as on the nearest of its days.
    """
    day = min(on, card.valid_to or on)
    change = level_change(card.group_code, card.benefit_level, card.valid_from, day)
    return change.value if change else card.benefit_level


def _worth(card: CardDetails, on: date) -> int:
    return _WORTH.index(level_on(card, on))


def _end(card: CardDetails) -> tuple[date, date, str]:
    return (card.valid_to or date.max, card.valid_from, card.card_number)


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


def amount_steps(benefit: BenefitDetails | MonthlyBenefit) -> tuple[tuple[date, int], ...]:
    """What a monthly benefit pays from when: first decided, then each adjustment, oldest first."""
    adjustments = sorted(
        (entry.from_date, entry.amount) for entry in benefit.entries if entry.kind == "adjustment"
    )
    return ((benefit.from_date, benefit.amount), *adjustments)


def monthly_amount(benefit: BenefitDetails | MonthlyBenefit, month: Month) -> int:
    """What a monthly benefit pays in a month: by the last adjustment that has begun by its end."""
    first, *adjusted = amount_steps(benefit)
    begun = [amount for day, amount in adjusted if day <= month.last_day]
    return begun[-1] if begun else first[1]


# --- medical visits ----------------------------------------------------------------------------

V = TypeVar("V", VisitDetails, VisitHeading)


def visits_at(visits: Iterable[V], wanted: str) -> tuple[V, ...]:
    """The visits whose facility has every word wanted in its name, accents or not."""
    words = fold(wanted).split()
    return tuple(
        visit
        for visit in visits
        if (name := fold(visit.facility_name)) and all(word in name for word in words)
    )


def shares_of(costs: Iterable[VisitDetails | CostLine]) -> Shares:
    """The sum of who paid what, over visits or over the lines of a bill."""
    insurance_paid = co_paid = self_paid = other_source = 0
    for cost in costs:
        insurance_paid += cost.insurance_paid
        co_paid += cost.co_paid
        self_paid += cost.self_paid
        other_source += cost.other_source
    return Shares(insurance_paid, co_paid, self_paid, other_source)
