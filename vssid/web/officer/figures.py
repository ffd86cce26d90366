"""«Số liệu»: a day of the office and the two weeks before it, for its head."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.registration import figures as counts
from vssid.staff import queries as staff
from vssid.staff.rules import can_manage
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 220, 36, 12, 192
_BARS = (("filed", 0), ("approved", 1), ("refused", 2))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart, in units of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Three bars a day: filed, approved, refused. The table beside it says the same."""

    bars: tuple[Bar, ...]
    days: tuple[Mark, ...]
    lines: tuple[Mark, ...]


@officer(may=can_manage)
def figures(request: OfficerRequest) -> HttpResponse:
    """What came in, what was decided and how long it took; a province's with those below it."""
    now = utc_now()
    offices = sorted(staff.offices_under(request.desk.office))
    days = counts.days(offices, vietnam_today(now))
    return render(
        request,
        "officer/figures.html",
        Page(title=_("Số liệu"), back=reverse("officer:queue"), wide=True),
        today=days[-1],
        hours=_hours(days[-1].median_hours),
        waiting=counts.waiting(offices, now),
        chart=chart_of(days),
        rows=[
            [
                format_date(one.day),
                one.filed,
                one.approved,
                one.refused,
                one.decided_late,
                _hours(one.median_hours),
            ]
            for one in reversed(days)
        ],
    )


def chart_of(days: list[counts.Day]) -> Chart:
    """The bars of the days, the oldest on the left; the highest fills the drawing."""
    highest = max([4, *(max(one.filed, one.approved, one.refused) for one in days)])
    step = -(-highest // 4)
    up = (BOTTOM - TOP) / (step * 4)
    across = (WIDTH - LEFT) / len(days)
    width = round(across / 4, 1)
    bars = tuple(
        Bar(kind, round(LEFT + n * across + at * width + width / 2, 1),
            round(BOTTOM - getattr(one, kind) * up, 1), width, round(getattr(one, kind) * up, 1))
        for n, one in enumerate(days)
        for kind, at in _BARS
    )  # fmt: skip
    return Chart(
        bars=bars,
        days=tuple(
            Mark(round(LEFT + (n + 0.5) * across, 1), f"{one.day:%d/%m}")
            for n, one in enumerate(days)
        ),
        lines=tuple(Mark(round(BOTTOM - n * step * up, 1), str(n * step)) for n in range(5)),
    )


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"{hours:.1f}".replace(".", ",")
