"""The petitions of an office by part and category, and the search that opens one (guides O05)."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import queries as reference
from vssid.staff import queries as staff
from vssid.staff.rules import can_answer
from vssid.support import catalogue, queries, rules
from vssid.support.models import Petition, State
from vssid.support.queries import Part, Wanted
from vssid.web.officer.petitions import address_of, petition_within
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_PER_PAGE = 25
_EVERYWHERE = "tat-ca"
_PARTS: tuple[tuple[Part, Promise | str], ...] = (
    (Part.OPEN, gettext_lazy("Đang mở")),
    (Part.FREE, gettext_lazy("Chưa ai nhận")),
    (Part.LATE, gettext_lazy("Quá hạn")),
    (Part.MINE, gettext_lazy("Của tôi")),
    (Part.ANSWERED, gettext_lazy("Đã trả lời")),
    (Part.NOT_HELPED, gettext_lazy("Chưa có ích")),
    (Part.CLOSED, pgettext_lazy("petition", "Đã đóng")),
)


@officer(may=can_answer)
def petitions(request: OfficerRequest) -> HttpResponse:
    """What lies at this office: what waits first, by its day; then what was answered."""
    now = utc_now()
    today = vietnam_today(now)
    part = next((one for one in Part if one.value == request.GET.get("loc")), Part.OPEN)
    about = catalogue.category(request.GET.get("linh-vuc", "")[:20])
    offices, choices, chosen = _offices(request)
    wanted = Wanted(offices, request.desk.officer.user_name, part, about.code if about else "")
    pages = Paginator(queries.queue(wanted, today=today), _PER_PAGE)
    shown = pages.get_page(request.GET.get("trang", "1"))
    kept = {"loc": part.value, "linh-vuc": wanted.category, "co-quan": chosen}
    names = staff.names_of({one.claimed_by for one in shown} - {""})
    under = sorted(staff.offices_under(request.desk.office))
    late, first = queries.overdue(under, today) if request.desk.may_manage else (0, None)
    return render(
        request,
        "officer/petitions.html",
        Page(title=_("Phản ánh chờ trả lời"), wide=True),
        rows=[_row(one, names) for one in shown],
        today=today,
        now=now,
        shown=shown,
        total=pages.count,
        parts=[(label, _query(kept, loc=one.value), one is part) for one, label in _PARTS],
        part=part.value,
        categories=[(one.code, one.label) for one in catalogue.categories().values()],
        category=wanted.category,
        offices=choices,
        office=chosen,
        has_many=len(offices) > 1,
        more=_query(kept, trang="{page}").replace("%7Bpage%7D", "{page}"),
        late=late,
        late_since=first,
        problem=request.GET.get("khong-thay", ""),
        done=_done(request),
    )


@officer(may=can_answer)
def find(request: OfficerRequest) -> HttpResponse:
    """Opens a petition by its code."""
    found = petition_within(request, request.GET.get("ma", ""))
    to = address_of(found) if found else f"{reverse('officer:petitions')}?khong-thay=1"
    return HttpResponseRedirect(to)


def _offices(request: OfficerRequest) -> tuple[list[str], list[tuple[str, str]], str]:
    """The offices shown, those to choose from, the choice; a province sees those below."""
    own = request.desk.office
    below = [(one.code, one.label) for one in reference.offices_below(own) if one.code != own]
    if not below:
        return [own], [], ""
    chosen = request.GET.get("co-quan", "")
    choices = [(own, request.desk.office_name), (_EVERYWHERE, _("Tất cả cơ quan bên dưới")), *below]
    if chosen == _EVERYWHERE:
        return sorted(staff.offices_under(own)), choices, chosen
    known = chosen if chosen in dict(below) else own
    return [known], choices, known


def _row(one: Petition, names: dict[str, str]) -> dict[str, object]:
    today = vietnam_today(utc_now())
    return {
        "code": rules.display_code(one.code),
        "title": queries.title_of(one),
        "category": catalogue.label_of(one.category, one.kind),
        "state": State(one.state),
        "full_name": one.full_name,
        "days": (utc_now() - one.opened_at).days,
        "due_on": one.due_on,
        "is_late": queries.is_late(one, today),
        "has_account": bool(one.sender),
        "is_helpful": one.is_helpful,
        "holder": names.get(one.claimed_by, one.claimed_by),
        "office": reference.office_name(one.office),
    }


def _query(kept: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({name: text for name, text in {**kept, **changes}.items() if text})


def _done(request: OfficerRequest) -> str:
    code = rules.parse_code(request.GET.get("ma", "")[:40])
    shown = rules.display_code(code) if code else ""
    return {
        "tra-loi": _("Đã trả lời phản ánh %(code)s. Người gửi đã được báo tin."),
        "chuyen": _("Đã chuyển phản ánh %(code)s. Người gửi đã được báo tin."),
        "dong": _("Đã đóng phản ánh %(code)s."),
        "gop": _("Đã gộp phản ánh %(code)s. Người gửi đã được báo tin."),
    }.get(request.GET.get("xong", ""), "") % {"code": shown}
