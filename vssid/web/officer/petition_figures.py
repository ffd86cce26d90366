"""«Số liệu phản ánh»: how many, how fast, how late, how helpful, for heads and operators (U05)."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.reference import queries as reference
from vssid.staff import queries as staff
from vssid.staff.rules import can_read_figures, sees_every_office
from vssid.support import catalogue
from vssid.support import figures as counts
from vssid.support.figures import Figures
from vssid.support.models import State
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_PERIODS = (
    ("30", gettext_lazy("30 ngày")),
    ("90", gettext_lazy("90 ngày")),
    ("365", gettext_lazy("Một năm")),
)
_MOST_OFFICES = 50


@officer(may=can_read_figures)
def figures(request: OfficerRequest) -> HttpResponse:
    """Counts by category, office and state; a head's with those below, an operator's of all."""
    now = utc_now()
    asked = request.GET.get("trong", "")
    period = asked if asked in dict(_PERIODS) else "90"
    everywhere = sees_every_office(request.desk.officer.role)
    offices = None if everywhere else sorted(staff.offices_under(request.desk.office))
    since = now - timedelta(days=int(period))
    sections: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        (_("Theo việc"), "category", _category),
        (_("Theo trạng thái"), "state", _state),
        (_("Theo cơ quan"), "office", reference.office_name),
    )
    return render(
        request,
        "officer/petition_figures.html",
        Page(
            title=_("Số liệu phản ánh"),
            back=reverse("officer:queue" if everywhere else "officer:petitions"),
            wide=True,
        ),
        periods=[(label, f"?trong={days}", days == period) for days, label in _PERIODS],
        total=counts.total(offices, since=since, now=now),
        days=_days,
        percent=_percent,
        tables=[
            (title, [_row(name(one.key), one) for one in found[:_MOST_OFFICES]])
            for title, what, name in sections
            if (found := counts.by(what, offices, since=since, now=now))
        ],
    )


def _row(name: str, one: Figures) -> list[object]:
    return [
        name,
        one.all,
        one.waiting,
        one.answered,
        _days(one.median_days),
        _percent(one.late_share),
        _percent(one.helpful_share),
    ]


def _category(code: str) -> str:
    found = catalogue.category(code)
    return found.label if found else code or _("Chưa xếp loại")


def _state(state: str) -> str:
    return str(State(state).label)


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:.1f}".replace(".", ",")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)} %"
