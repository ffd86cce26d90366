"""The queue of an office by age and state, and the search that opens a case (guides O01)."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import record_event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import queries as reference
from vssid.registration import desk, queries, rules
from vssid.registration.desk import Part, Waiting
from vssid.registration.models import Declaration, State
from vssid.registration.seeking import Kind, Sought, parse_sought
from vssid.staff import queries as staff_queries
from vssid.staff import rules as staff
from vssid.support import queries as petitions
from vssid.web.officer.done import done
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_PARTS: tuple[tuple[Part, Promise | str], ...] = (
    (Part.ALL, gettext_lazy("Tất cả")),
    (Part.READY, gettext_lazy("Đủ hồ sơ")),
    (Part.LATE, gettext_lazy("Quá hạn")),
    (Part.PAPER, gettext_lazy("Chờ bản ký")),
    (Part.SECOND, gettext_lazy("Chờ người thứ hai")),
    (Part.CONTESTED, gettext_lazy("Tranh chấp")),
    (Part.MINE, gettext_lazy("Của tôi")),
)
_EVERYWHERE = "tat-ca"
_SOUGHT = "sought"


@officer(may=staff.can_enter)
def queue(request: OfficerRequest) -> HttpResponse:
    """Open declarations addressed to this office, with the age of each."""
    if request.desk.may_check_cards:
        return HttpResponseRedirect(reverse("card_check:check"))
    if not staff.can_see_cases(request.desk.officer.role):
        return render(request, "officer/no_cases.html", Page(title=_("Bàn một cửa")))
    now = utc_now()
    part = _part(request.GET.get("loc", ""))
    offices, choices, chosen = _offices(request)
    wanted = desk.Wanted(offices, part, request.desk.officer.user_name)
    after = desk.read_place(request.GET.get("sau", ""))
    rows, following = desk.page(wanted, now=now, after=after)
    counted = desk.count(wanted, now=now)
    kept = {"loc": part.value, "co-quan": chosen}
    late = 0
    if request.desk.may_manage:
        late = petitions.overdue(offices, vietnam_today(now))[0]
    return render(
        request,
        "officer/queue.html",
        Page(title=_("Tờ khai chờ xử lý"), wide=True),
        rows=[_row(one, now) for one in rows],
        total=counted.cases if after is None else None,
        most=desk.MOST_COUNTED,
        parts=[(label, _query(kept, loc=one.value), one is part) for one, label in _PARTS],
        part=part.value,
        offices=choices,
        office=chosen,
        after=_query(kept, sau=desk.write_place(following)) if following else "",
        first=_query(kept) if after is not None else "",
        helps=counted.helps if request.desk.may_help else 0,
        late_petitions=late,
        problem=request.GET.get("khong-thay", ""),
        done=done(request),
    )


@officer()
def find(request: OfficerRequest) -> HttpResponse:
    """Opens a case by the code on paper, typed or scanned; lists those of a number or a name.

    A code opens any office's case, so that it can be taken over; all else finds only what lies at
    this office or below it, and is posted: numbers and names stay out of addresses. That somebody
    searched, and how many people were listed, is written down.
    """
    if request.method != "POST":
        return _draw_found(request, parse_sought(request.session.get(_SOUGHT, "")))
    typed = request.POST.get("ma", "")[:400]
    sought = parse_sought(typed)
    found = _found(request, sought)
    if sought.kind not in {Kind.CODE, Kind.NOTHING}:
        record_event(
            by=request.desk.actor,
            act="desk.search",
            details={"kind": sought.kind.value, "found": len(found)},
        )
    if len(found) == 1:
        return _to_case(found[0])
    # «Back» from a case leads to the list again, which an answer to a form could not.
    request.session[_SOUGHT] = typed
    return HttpResponseRedirect(reverse("officer:find"))


def _found(request: OfficerRequest, sought: Sought) -> list[Declaration]:
    if sought.kind is Kind.NOTHING:
        return []
    if sought.kind is Kind.CODE:
        return list(queries.with_code(sought.text)[:1])
    return desk.search(sought, staff_queries.offices_under(request.desk.office))


def _draw_found(request: OfficerRequest, sought: Sought) -> HttpResponse:
    found = _found(request, sought)
    if not found:
        return HttpResponseRedirect(f"{reverse('officer:queue')}?khong-thay=1")
    return render(
        request,
        "officer/found.html",
        Page(title=_("Kết quả tìm"), back=reverse("officer:queue"), wide=True),
        rows=[_found_row(one) for one in found],
    )


def _part(text: str) -> Part:
    return next((one for one in Part if one.value == text), Part.ALL)


def _offices(request: OfficerRequest) -> tuple[tuple[str, ...], list[tuple[str, str]], str]:
    """The offices shown, those to choose from, the choice; a province sees those below."""
    own = request.desk.office
    below = [(one.code, one.label) for one in reference.offices_below(own) if one.code != own]
    if not below:
        return (own,), [], ""
    chosen = request.GET.get("co-quan", "")
    choices = [(own, request.desk.office_name), (_EVERYWHERE, _("Tất cả cơ quan bên dưới")), *below]
    if chosen == _EVERYWHERE:
        return tuple(sorted(staff_queries.offices_under(own))), choices, chosen
    known = chosen if chosen in dict(below) else own
    return (known,), choices, known


def _row(one: Waiting, now: datetime) -> dict[str, object]:
    return {
        "case": one,
        "code": rules.display_code(one.code),
        "state": State(one.state).label,
        "hours": int((now - one.filed_at).total_seconds() // 3600),
        "due": queries.answer_due_of(one.received_at),
        "is_late": desk.is_late(one.received_at, now),
    }


def _found_row(declaration: Declaration) -> dict[str, object]:
    return {
        "case": declaration,
        "code": rules.display_code(declaration.code),
        "state": State(declaration.state),
        "is_open": rules.is_open(declaration.state),
    }


def _query(kept: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({name: text for name, text in {**kept, **changes}.items() if text})


def _to_case(declaration: Declaration) -> HttpResponse:
    code = rules.display_code(declaration.code)
    return HttpResponseRedirect(reverse("officer:case", kwargs={"code": code}))
