"""An agency's opening hours in words: open or closed now, the week, the days unlike it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from vssid.kernel.clock import VIETNAM, format_date
from vssid.reference.hours.queries import SpecialRun, WeekRun, hours_of
from vssid.reference.hours.rules import Span, Standing


@dataclass(frozen=True, slots=True)
class HoursShown:
    """`state` as a badge says it; `again`: when it opens next, or empty; lines of week and days."""

    is_open: bool
    state: str
    again: str
    week: tuple[str, ...]
    special: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The week, then the days unlike it."""
        return self.week + self.special


def hours_shown(code: str, now: datetime) -> HoursShown:
    """The hours of an agency at a moment, in the language that is active."""
    hours = hours_of(code, now)
    return HoursShown(
        is_open=hours.standing.is_open,
        state=_state(hours.standing),
        again=_again(hours.standing, now),
        week=tuple(_week_line(run) for run in hours.week if run.spans),
        special=tuple(map(_special_line, hours.special)),
    )


def _state(standing: Standing) -> str:
    if standing.closes_at is not None:
        return _("Đang mở cửa đến %(time)s") % {"time": f"{standing.closes_at:%H:%M}"}
    if standing.reason:
        return _("Nghỉ: %(reason)s") % {"reason": _reason(standing.reason)}
    return _("Ngoài giờ làm việc")


def _again(standing: Standing, now: datetime) -> str:
    opens_at = standing.opens_at
    if standing.is_open or opens_at is None:
        return ""
    at = {"time": f"{opens_at:%H:%M}"}
    if opens_at.date() == now.astimezone(VIETNAM).date():
        return _("Mở lại lúc %(time)s hôm nay.") % at
    day = {"weekday": _weekday(opens_at.isoweekday()), "day": format_date(opens_at)}
    return _("Mở lại lúc %(time)s %(weekday)s %(day)s.") % {**at, **day}


def _week_line(run: WeekRun) -> str:
    days = _weekday(run.first)
    if run.last != run.first:
        days = f"{days} – {_weekday(run.last)}"
    return f"{days[0].upper()}{days[1:]}: {_spans(run.spans)}"


def _special_line(run: SpecialRun) -> str:
    days = format_date(run.first)
    if run.last != run.first:
        days = f"{days} – {format_date(run.last)}"
    said = _spans(run.spans) if run.spans else _("nghỉ")
    return f"{days}: {said} ({_reason(run.reason)})"


def _spans(spans: Sequence[Span]) -> str:
    return ", ".join(f"{span.opens:%H:%M}–{span.closes:%H:%M}" for span in spans)


def _weekday(weekday: int) -> str:
    names = (
        _("thứ Hai"),
        _("thứ Ba"),
        _("thứ Tư"),
        _("thứ Năm"),
        _("thứ Sáu"),
        _("thứ Bảy"),
        _("Chủ nhật"),
    )
    return names[weekday - 1]


def _reason(stored: str) -> str:
    """The holidays of the law in the reader's language; an operator's words as they are."""
    known = {
        "Tết Dương lịch": _("Tết Dương lịch"),
        "Ngày Chiến thắng": _("Ngày Chiến thắng"),
        "Ngày Quốc tế lao động": _("Ngày Quốc tế lao động"),
        "Quốc khánh": _("Quốc khánh"),
    }
    return known.get(stored, stored)
