"""When an agency is open: asked of the memory of the process, like the directory, no query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from vssid.kernel.clock import vietnam_today
from vssid.reference import directory
from vssid.reference.directory import Directory
from vssid.reference.hours.models import SpecialDay, WeeklyHours
from vssid.reference.hours.rules import (
    ALL,
    SEARCHED_DAYS,
    DayPlan,
    Span,
    Special,
    Standing,
    Timetable,
    Weekly,
    standing,
)


@dataclass(frozen=True, slots=True)
class WeekRun:
    """Neighbouring weekdays (ISO) with the same hours; without spans they are closed."""

    first: int
    last: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpecialRun:
    """Neighbouring dates with the same special hours for the same reason."""

    first: date
    last: date
    spans: tuple[Span, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The week as of today, how it stands now, and the special days of the next 31 days."""

    week: tuple[WeekRun, ...]
    standing: Standing
    special: tuple[SpecialRun, ...]


def hours_of(code: str, now: datetime) -> OfficeHours:
    """The hours of an agency at a moment; of an unknown code, those of all."""
    timetable, scopes = _timetable(), _scopes(code)
    plan_of = partial(timetable.day_plan, scopes)
    today = vietnam_today(now)
    monday = today - timedelta(days=today.isoweekday() - 1)
    days = [(day, timetable.usual_day(scopes, _like(today, monday, day))) for day in range(1, 8)]
    return OfficeHours(
        week=tuple(_runs(days)),
        standing=standing(plan_of, now),
        special=tuple(_special([(day, plan_of(day)) for day in _coming(today)])),
    )


def week_in_short(code: str, now: datetime, most: int) -> str:
    """The week as an SMS tells it: «T2-T6 7:30-11:30, 13:30-17:00».

    Days that would make it longer than `most` letters are left out; empty when none fits.
    """
    said = ""
    for run in hours_of(code, now).week:
        if run.spans:
            longer = "; ".join(filter(None, [said, _run_in_short(run)]))
            said = longer if len(longer) <= most else said
    return said


def _run_in_short(run: WeekRun) -> str:
    days = [f"T{day + 1}" if day < 7 else "CN" for day in dict.fromkeys((run.first, run.last))]
    spans = [f"{_clock(one.opens)}-{_clock(one.closes)}" for one in run.spans]
    return f"{'-'.join(days)} {', '.join(spans)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"


def _like(today: date, monday: date, weekday: int) -> date:
    """The next date of that weekday, today included: hours that are about to end are not shown."""
    day = monday + timedelta(days=weekday - 1)
    return day if day >= today else day + timedelta(days=7)


def _coming(today: date) -> list[date]:
    return [today + timedelta(days=ahead) for ahead in range(SEARCHED_DAYS)]


def _runs(days: list[tuple[int, tuple[Span, ...]]]) -> Iterator[WeekRun]:
    for spans, run in groupby(days, key=lambda one: one[1]):
        weekdays = [weekday for weekday, _ in run]
        yield WeekRun(weekdays[0], weekdays[-1], spans)


def _special(days: list[tuple[date, DayPlan]]) -> Iterator[SpecialRun]:
    for plan, run in groupby(days, key=lambda one: one[1]):
        dates = [day for day, _ in run]
        if plan.reason:
            yield SpecialRun(dates[0], dates[-1], plan.spans, plan.reason)


def _scopes(code: str) -> tuple[str, ...]:
    office = directory.current().offices.get(code)
    parent = office.view.parent_code if office else ""
    return tuple(dict.fromkeys((code, parent, ALL)))


class _Memory:
    """The timetable that belongs to the directory in memory; a new directory reads it anew."""

    def __init__(self) -> None:
        self._held: tuple[Directory, Timetable] | None = None

    def timetable(self) -> Timetable:
        found, held = directory.current(), self._held
        if held is None or held[0] is not found:
            held = (found, Timetable(*stored_rows()))
            self._held = held
        return held[1]


def stored_rows() -> tuple[list[Weekly], list[Special]]:
    """All rows, from the database."""
    weekly = WeeklyHours.objects.order_by("id").values_list(
        "agency_code", "weekday", "opens", "closes", "valid_from", "valid_to"
    )
    special = SpecialDay.objects.order_by("id").values_list(
        "agency_code", "first_day", "last_day", "opens", "closes", "reason"
    )
    return (
        [
            Weekly(agency, weekday, Span(opens, closes), first, last)
            for agency, weekday, opens, closes, first, last in weekly
        ],
        [
            Special(agency, first, last, Span(opens, closes) if opens and closes else None, reason)
            for agency, first, last, opens, closes, reason in special
        ],
    )


_memory = _Memory()
_timetable = _memory.timetable
