"""The file of opening hours: a small CSV (UTF-8), the whole of it at a time.

Comment lines begin with `#`. The columns, in this order, are those of COLUMNS; the rows:

    row      agency     day              opens, closes  from, to                   reason
    weekly   code or *  T2 … T7, CN      07:30, 11:30   first date; last or empty  –
    closed   code or *  –                –              first; last or empty       told to people
    open     code or *  –                07:30, 11:30   first; last or empty       told to people

`*` is every agency; a provincial agency's code also counts for the offices below it. `T2-T6` is
Monday to Friday. Who has weekly rows of their own on a date is open by these alone.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Final, NamedTuple

from vssid.reference.hours.rules import ALL, Span, Special, Weekly

COLUMNS: Final = ("row", "agency", "day", "opens", "closes", "from", "to", "reason")
_KINDS: Final = ("weekly", "closed", "open")
_DAYS: Final = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_EVERY: Final = "*"
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LONGEST_REASON: Final = 100


class Fault(NamedTuple):
    """What is wrong with a line; line 0 is the file as a whole."""

    line: int
    sentence: str


class HoursFile(NamedTuple):
    """The rows of a file, each with its line."""

    weekly: tuple[tuple[int, Weekly], ...]
    special: tuple[tuple[int, Special], ...]

    def values(self) -> tuple[list[Weekly], list[Special]]:
        """The rows without their lines."""
        return [row for _, row in self.weekly], [row for _, row in self.special]


class _RowError(Exception):
    """What is wrong with one row."""


def parse(text: str) -> tuple[HoursFile, list[Fault]]:
    """The rows of a file and what is wrong with it; with faults it must not be applied."""
    weekly: list[tuple[int, Weekly]] = []
    special: list[tuple[int, Special]] = []
    faults: list[Fault] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    has_header = False
    try:
        for raw in reader:
            cells = [" ".join(cell.split()) for cell in raw]
            if not any(cells) or cells[0].startswith("#"):
                continue
            try:
                if not has_header:
                    has_header = True
                    _check_header(cells)
                    continue
                for row in _rows(cells):
                    if isinstance(row, Weekly):
                        weekly.append((reader.line_num, row))
                    else:
                        special.append((reader.line_num, row))
            except _RowError as error:
                faults.append(Fault(reader.line_num, str(error)))
    except csv.Error as error:
        faults.append(Fault(reader.line_num, f"This is no CSV: {error}."))
    if not has_header and not faults:
        faults.append(Fault(0, f"The file is empty; its first line is {','.join(COLUMNS)}."))
    found = HoursFile(tuple(weekly), tuple(special))
    return found, sorted([*faults, *_overlaps(found)])


def written(weekly: Iterable[Weekly], special: Iterable[Special]) -> str:
    """The file of these rows; parsed again it gives the same."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sorted(weekly, key=lambda row: (row.agency, row.first, row.weekday, row.span)):
        day, opens, closes = _DAYS[row.weekday - 1], _said(row.span.opens), _said(row.span.closes)
        last = row.last.isoformat() if row.last else ""
        named = row.agency or _EVERY
        writer.writerow(("weekly", named, day, opens, closes, row.first.isoformat(), last, ""))
    for one in sorted(special, key=lambda one: (one.agency, one.first, one.span or ())):
        kind = "open" if one.span else "closed"
        times = (_said(one.span.opens), _said(one.span.closes)) if one.span else ("", "")
        days = (one.first.isoformat(), one.last.isoformat())
        writer.writerow((kind, one.agency or _EVERY, "", *times, *days, one.reason))
    return out.getvalue()


def _check_header(cells: Sequence[str]) -> None:
    if tuple(cells) != COLUMNS:
        raise _RowError(f"The first line must name the columns: {','.join(COLUMNS)}.")


def _rows(cells: Sequence[str]) -> list[Weekly] | list[Special]:
    if len(cells) != len(COLUMNS):
        raise _RowError(f"This line has {len(cells)} fields; there must be {len(COLUMNS)}.")
    kind, named, days, opens, closes, first, last, reason = cells
    if kind not in _KINDS:
        raise _RowError(f"«{kind}» is no row: it is one of {', '.join(_KINDS)}.")
    if not named:
        raise _RowError("Name the agency by its code, or * for all.")
    agency = ALL if named == _EVERY else named
    begins = _date(first)
    ends = _date(last) if last else None
    if ends and ends < begins:
        raise _RowError(f"It ends on {last}, before it begins on {first}.")
    if kind == "weekly":
        if reason:
            raise _RowError("A row «weekly» leaves the column «reason» empty.")
        span = _span(opens, closes)
        return [Weekly(agency, day, span, begins, ends) for day in _weekdays(days)]
    if days:
        raise _RowError(f"A row «{kind}» leaves the column «day» empty; its dates are from, to.")
    if not reason or len(reason) > _LONGEST_REASON:
        raise _RowError(f"Say the reason in at most {_LONGEST_REASON} letters: people read it.")
    if kind == "closed" and (opens or closes):
        raise _RowError("A row «closed» has no times; use «open» for days with other hours.")
    times = _span(opens, closes) if kind == "open" else None
    return [Special(agency, begins, ends or begins, times, reason)]


def _weekdays(days: str) -> range:
    first, _, last = days.upper().partition("-")
    if first not in _DAYS or (last or first) not in _DAYS:
        raise _RowError(f"«{days}» is no weekday: write {', '.join(_DAYS)}, or T2-T6.")
    run = range(_DAYS.index(first) + 1, _DAYS.index(last or first) + 2)
    if not run:
        raise _RowError(f"«{days}» goes backwards.")
    return run


def _span(opens: str, closes: str) -> Span:
    for cell in (opens, closes):
        if not _TIME.fullmatch(cell):
            raise _RowError(f"«{cell}» is no time of the day: write it as 07:30.")
    if opens >= closes:
        raise _RowError(f"It closes at {closes}, not after it opens at {opens}.")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise _RowError(f"«{cell}» is no date: write it as 2026-12-01.") from None


def _said(at: time) -> str:
    return at.strftime("%H:%M")


def _overlaps(found: HoursFile) -> list[Fault]:
    """The same minutes twice: one of the rows is a slip."""
    faults = []
    by_day: dict[tuple[str, int], list[tuple[int, Weekly]]] = {}
    for line, row in found.weekly:
        others = by_day.setdefault((row.agency, row.weekday), [])
        faults += [Fault(line, f"Overlaps line {at}.") for at, one in others if _meet(row, one)]
        others.append((line, row))
    by_agency: dict[str, list[tuple[int, Special]]] = {}
    for line, day in found.special:
        earlier = by_agency.setdefault(day.agency, [])
        faults += [
            Fault(line, f"Says other of days that line {at} names already.")
            for at, one in earlier
            if day.first <= one.last and one.first <= day.last and _contradict(day, one)
        ]
        earlier.append((line, day))
    return list(dict.fromkeys(faults))


def _meet(one: Weekly, other: Weekly) -> bool:
    in_dates = (other.last is None or one.first <= other.last) and (
        one.last is None or other.first <= one.last
    )
    return in_dates and _cross(one.span, other.span)


def _contradict(one: Special, other: Special) -> bool:
    """Two spans of the same open days stand side by side; anything else says two things."""
    if one.span is None or other.span is None:
        return True
    return _cross(one.span, other.span)


def _cross(one: Span, other: Span) -> bool:
    return one.opens < other.closes and other.opens < one.closes
