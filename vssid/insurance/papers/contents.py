"""What a statement says of a record, decided from values."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date

from vssid.insurance.records import CardHolder, ContributionHistory, Period
from vssid.insurance.rules import Totals, contribution_totals, is_running, until_now
from vssid.kernel.months import Month

FUNDS = ("bhxh", "bhtn", "bhtnld-bnn")
"""The funds of a statement; BHYT has its card."""


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """A period as it is stated: of a running job only the months that are over.

    `shared`: how many of its months stand in another period of the fund as well.
    """

    period: Period
    shared: int
    is_running: bool

    @property
    def told(self) -> tuple[str | int, ...]:
        """The facts that are printed of it, and no others."""
        one = self.period
        return (
            *(one.from_month, "" if self.is_running else one.to_month, len(one.counted)),
            *(one.employer_name, one.kind, one.state, one.salary, one.currency),
            *(one.position or one.occupation, one.workplace, self.shared),
        )


@dataclass(frozen=True, slots=True)
class FundPart:
    """One fund: its periods, the oldest first."""

    fund: str
    rows: tuple[StatedPeriod, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Contents:
    """The person and their funds on a day; a fund without a period is there and empty."""

    holder: CardHolder
    parts: tuple[FundPart, ...]
    on: date

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to state."""
        return not any(part.rows for part in self.parts)

    @property
    def months(self) -> dict[str, list[int]]:
        """Months by fund: paid, late, settled; of the paid ones voluntary, and before 1995."""
        return {part.fund: list(astuple(part.totals)) for part in self.parts}

    @property
    def counted_until(self) -> Month:
        """The last month that can count of a running job."""
        return Month.of(self.on) - 1

    @property
    def sha256(self) -> bytes:
        """Over all that is printed of the record, and nothing else: another one means that the
        statement of that day would tell something else. Neither the day nor the ids of rows, which
        may be delivered anew.
        """
        holder = self.holder
        born = holder.birth_date
        facts = [
            [holder.number, holder.full_name, holder.sex],
            born.year if holder.birth_date_precision == "year" else born.isoformat(),
            self.months,
            [[part.fund, [row.told for row in part.rows]] for part in self.parts],
        ]
        told = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).digest()


def contents_of(
    holder: CardHolder, histories: Mapping[str, ContributionHistory], on: date
) -> Contents:
    """What a statement says on a day, from the histories by fund as `queries` reads them."""
    return Contents(holder, tuple(_part(histories[fund], on) for fund in FUNDS), on)


def mask_name(name: str) -> str:
    """A name as others may see it who hold the paper: «Nguyễn T*** A***»."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0]}***" for word in rest)])


def _part(history: ContributionHistory, on: date) -> FundPart:
    begun = [one for one in history.periods if not _is_to_come(one, on)]
    periods = until_now(begun, on)
    times = Counter(month for period in periods for month in period.counted)
    rows = [
        StatedPeriod(
            counted, sum(times[month] > 1 for month in counted.counted), is_running(as_is, on)
        )
        for as_is, counted in zip(begun, periods, strict=True)
    ]
    return FundPart(
        fund=history.fund,
        rows=tuple(sorted(rows, key=_order)),
        totals=contribution_totals(periods, history.settled),
    )


def _is_to_come(period: Period, on: date) -> bool:
    """Whether it is of a job that has not begun: nothing of it can be confirmed."""
    return is_running(period, on) and period.from_month > Month.of(on).yyyymm


def _order(row: StatedPeriod) -> tuple[object, ...]:
    # Everything that is told, so that the same rows in another order give the same statement.
    return (row.period.from_month, row.period.to_month, row.is_running, *map(str, row.told))


def shares_months(parts: Iterable[FundPart]) -> bool:
    """Whether any month stands in two periods of a fund, which wants a word."""
    return any(row.shared for part in parts for row in part.rows)


def has_running(parts: Iterable[FundPart]) -> bool:
    """Whether any job goes on, which wants a word."""
    return any(row.is_running for part in parts for row in part.rows)
