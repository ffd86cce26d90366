"""What a statement says of a record, decided from values."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from vssid.insurance.records import CardHolder, ContributionHistory, Period
from vssid.insurance.rules import Totals, contribution_totals

FUNDS = ("bhxh", "bhtn", "bhtnld-bnn")
"""The funds of a statement; BHYT has its card."""


@dataclass(frozen=True, slots=True)
class FundPart:
    """One fund: its periods, the oldest first, how many months of each stand in another as well."""

    fund: str
    periods: tuple[Period, ...]
    shared: tuple[int, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Contents:
    """The person and their funds; a fund without a period is there and empty."""

    holder: CardHolder
    parts: tuple[FundPart, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to state."""
        return not any(part.periods for part in self.parts)

    @property
    def months(self) -> dict[str, list[int]]:
        """Months by fund: paid, late, settled."""
        return {
            part.fund: [part.totals.paid, part.totals.late, part.totals.settled]
            for part in self.parts
        }

    @property
    def sha256(self) -> bytes:
        """Over all that a statement tells: another one means that it would tell something else."""
        facts = asdict(self)
        # Where somebody lives is not told.
        del facts["holder"]["address"]
        told = json.dumps(facts, default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).digest()


def contents_of(holder: CardHolder, histories: Mapping[str, ContributionHistory]) -> Contents:
    """What a statement says, from the histories by fund as `queries` reads them."""
    return Contents(holder, tuple(_part(histories[fund]) for fund in FUNDS))


def mask_name(name: str) -> str:
    """A name as others may see it who hold the paper: «Nguyễn T*** A***»."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0]}***" for word in rest)])


def _part(history: ContributionHistory) -> FundPart:
    periods = sorted(history.periods, key=_order)
    times = Counter(month for period in periods for month in period.counted)
    return FundPart(
        fund=history.fund,
        periods=tuple(periods),
        shared=tuple(sum(times[month] > 1 for month in one.counted) for one in periods),
        totals=contribution_totals(periods, history.settled),
    )


def _order(period: Period) -> tuple[object, ...]:
    # Every field that is told, so that the same rows in another order give the same statement.
    return (
        *(period.from_month, period.to_month, period.employer_name, period.state, period.kind),
        *(period.salary, period.position, period.occupation, period.workplace, period.wage),
    )


def shares_months(parts: Iterable[FundPart]) -> bool:
    """Whether any month stands in two periods of a fund, which wants a word."""
    return any(any(part.shared) for part in parts)
