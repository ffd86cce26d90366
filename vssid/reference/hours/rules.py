"""Whether an agency is open at a moment, and when it opens next: values in, a value out.

`scopes` of an agency go from the nearest to the widest: itself, its province's agency, all. The
nearest that has hours of its own on a day is the one that counts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from vssid.kernel.clock import VIETNAM

ALL: Final = ""
SEARCHED_DAYS: Final = 31
"""So many days ahead the next opening is looked for; the longest holiday has nine days."""


class Span(NamedTuple):
    """From one time of the day to another, Vietnam's time; the second is no longer open."""

    opens: time
    closes: time


class Weekly(NamedTuple):
    """A span of a weekday (ISO, 1 is Monday) between two dates; None = without end."""

    agency: str
    weekday: int
    span: Span
    first: date
    last: date | None


class Special(NamedTuple):
    """Days unlike their weekdays; without a span they are closed."""

    agency: str
    first: date
    last: date
    span: Span | None
    reason: str


MORNING: Final = Span(time(7, 30), time(11, 30))
AFTERNOON: Final = Span(time(13, 30), time(17, 0))
USUAL: Final = (MORNING, AFTERNOON)
"""What VSS agencies mostly keep from Monday to Friday, where no row says otherwise."""

_LAW_DAYS: Final = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 2): "Quốc khánh",
}
"""The holidays that fall on the same date each year (BLLĐ 2019 Đ.112); the others are rows."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The spans of one date, in order; `reason` says why it is unlike its weekday, or is empty."""

    spans: tuple[Span, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """At a moment: `closes_at` while open; else `opens_at` if known, `reason` for a special day."""

    closes_at: datetime | None = None
    opens_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody is there now."""
        return self.closes_at is not None


class Timetable:
    """All rows of the country, as the file has them."""

    def __init__(self, weekly: Iterable[Weekly], special: Iterable[Special]) -> None:
        self._weekly: dict[str, list[Weekly]] = {}
        self._special: dict[str, list[Special]] = {}
        for row in weekly:
            self._weekly.setdefault(row.agency, []).append(row)
        for day in special:
            self._special.setdefault(day.agency, []).append(day)

    def usual_day(self, scopes: Sequence[str], day: date) -> tuple[Span, ...]:
        """The hours of a date's weekday, special days aside."""
        for scope in scopes:
            counting = [row for row in self._weekly.get(scope, ()) if _covers(row, day)]
            if counting:
                return _joined(row.span for row in counting if row.weekday == day.isoweekday())
        return USUAL if day.isoweekday() <= 5 else ()

    def day_plan(self, scopes: Sequence[str], day: date) -> DayPlan:
        """The hours of a date."""
        for scope in scopes:
            rows = [row for row in self._special.get(scope, ()) if row.first <= day <= row.last]
            if rows:
                return DayPlan(_joined(row.span for row in rows if row.span), rows[0].reason)
        holiday = _LAW_DAYS.get((day.month, day.day))
        return DayPlan((), holiday) if holiday else DayPlan(self.usual_day(scopes, day))


def standing(plan_of: Callable[[date], DayPlan], now: datetime) -> Standing:
    """How an agency with these days stands at `now` (with its zone)."""
    here = now.astimezone(VIETNAM)
    today = plan_of(here.date())
    for span in today.spans:
        if span.opens <= here.time() < span.closes:
            return Standing(closes_at=_moment(here.date(), span.closes))
    return Standing(
        opens_at=next(_openings(plan_of, here), None),
        reason="" if today.spans else today.reason,
    )


def _openings(plan_of: Callable[[date], DayPlan], here: datetime) -> Iterator[datetime]:
    for ahead in range(SEARCHED_DAYS + 1):
        day = here.date() + timedelta(days=ahead)
        for span in plan_of(day).spans:
            if _moment(day, span.opens) > here:
                yield _moment(day, span.opens)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, VIETNAM)


def _covers(row: Weekly, day: date) -> bool:
    return row.first <= day and (row.last is None or day <= row.last)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, those that touch made one: «to 12:00» would be wrong while it stays open."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.opens <= found[-1].closes:
            found[-1] = Span(found[-1].opens, max(found[-1].closes, span.closes))
        else:
            found.append(span)
    return tuple(found)
