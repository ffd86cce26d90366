"""Figures of petitions for heads and operators: how many, how fast, how late, how helpful."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from vssid.kernel.clock import vietnam_today
from vssid.people.reading import read_rows

_COUNTS: Final = """
    count(*),
    count(*) FILTER (WHERE state IN ('received', 'forwarded', 'in-work')),
    count(*) FILTER (WHERE answered_at IS NOT NULL),
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM answered_at - opened_at) / 86400
    ) FILTER (WHERE answered_at IS NOT NULL),
    count(*) FILTER (
        WHERE was_late OR (
            state IN ('received', 'forwarded', 'in-work') AND due_on < %(today)s
        )
    ),
    count(*) FILTER (WHERE is_helpful IS NOT NULL),
    count(*) FILTER (WHERE is_helpful)
"""
_WHERE: Final = """
FROM support_petition
WHERE opened_at >= %(since)s
    AND (%(everywhere)s OR office = ANY (%(offices)s::text[]))
"""
_BY: Final = {"category": "category", "office": "office", "state": "state"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the petitions of one kind.

    `key` is a category's code, an agency's or a state; empty for all together. `median_days` runs
    from opening to the first answer, None when none was answered. `late`: answered after their day,
    or still waiting past it. `rated` said whether the answer helped, `helpful` that it did.
    """

    key: str
    all: int
    waiting: int
    answered: int
    median_days: float | None
    late: int
    rated: int
    helpful: int

    @property
    def late_share(self) -> float | None:
        """Of all, the share that is or was late; None of none."""
        return self.late / self.all if self.all else None

    @property
    def helpful_share(self) -> float | None:
        """Of those that were judged; None when nobody did."""
        return self.helpful / self.rated if self.rated else None


def total(offices: Collection[str] | None, *, since: datetime, now: datetime) -> Figures:
    """All that were opened since then, at these offices; None: in the whole country."""
    query = f"SELECT '', {_COUNTS} {_WHERE}"
    return _figures(read_rows(query, _params(offices, since, now))[0])


def by(
    what: str, offices: Collection[str] | None, *, since: datetime, now: datetime
) -> list[Figures]:
    """The same by «category», «office» or «state», the most frequent first."""
    column = _BY[what]
    query = f"SELECT {column}, {_COUNTS} {_WHERE} GROUP BY {column} ORDER BY count(*) DESC, 1"
    return [_figures(row) for row in read_rows(query, _params(offices, since, now))]


def _params(offices: Collection[str] | None, since: datetime, now: datetime) -> dict[str, object]:
    return {
        "since": since,
        "today": vietnam_today(now),
        "everywhere": offices is None,
        "offices": list(offices or ()),
    }


def _figures(row: tuple[Any, ...]) -> Figures:
    key, everything, waiting, answered, median, late, rated, helpful = row
    days = None if median is None else float(median)
    return Figures(key, everything, waiting, answered, days, late, rated, helpful)
