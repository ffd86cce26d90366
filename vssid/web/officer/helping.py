"""Help with accounts that waits for a second officer: the list, and one of them (guides O04)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vssid.accounts import queries as accounts
from vssid.audit.commands import ONE_LOOK, open_record
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import mask_number
from vssid.kernel.phones import mask_phone
from vssid.registration import desk
from vssid.registration.commands import account_help
from vssid.registration.models import AccountHelp, HelpKind
from vssid.registration.queries import registry_entry
from vssid.staff import queries as staff
from vssid.staff.rules import can_decide
from vssid.web.officer import account_facts
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render


@officer(may=can_decide)
def helps(request: OfficerRequest) -> HttpResponse:
    """What waits at this office and those below it, the oldest first."""
    waiting = list(desk.waiting_help(staff.offices_under(request.desk.office))[:50])
    names = staff.names_of({one.proposed_by for one in waiting})
    rows = [
        {
            "id": one.id,
            "what": HelpKind(one.kind).label,
            "number": mask_number(one.number),
            "who": names.get(one.proposed_by, one.proposed_by),
            "at": one.proposed_at,
            "is_mine": one.proposed_by == request.desk.officer.user_name,
        }
        for one in waiting
    ]
    said = request.GET.get("xong", "")
    return render(
        request,
        "officer/helps.html",
        Page(title=_("Hỗ trợ chờ xác nhận"), back=reverse("officer:queue"), wide=True),
        rows=rows,
        done={
            "xac-nhan": _("Đã xác nhận. Chủ tài khoản đã được báo qua tin nhắn."),
            "tra-lai": _("Đã trả lại kèm ghi chú."),
        }.get(said, ""),
    )


@officer(may=can_decide)
def help_(request: OfficerRequest, help_id: UUID) -> HttpResponse:
    """One of them: whose account, what was compared, what is to be done."""
    found = _found(request, help_id)
    return _draw(request, found) if found else _to_list("")


@officer(may=can_decide)
def confirm(request: OfficerRequest, help_id: UUID) -> HttpResponse:
    """«Xác nhận»: the second officer agrees, and it is done."""
    found = _found(request, help_id)
    if found is None or request.method != "POST":
        return _to_list("")
    try:
        account_help.confirm_help(
            number=found.number, help_id=help_id, by=request.desk.officer, now=utc_now()
        )
    except CodedError as error:
        return _draw(request, found, problem=str(error), status=409)
    return _to_list("xac-nhan")


@officer(may=can_decide)
def give_back(request: OfficerRequest, help_id: UUID) -> HttpResponse:
    """«Trả lại», with a word; who proposed it takes it back in the same way."""
    found = _found(request, help_id)
    if found is None or request.method != "POST":
        return _to_list("")
    note = str(request.POST.get("ghi-chu", ""))[:500]
    try:
        account_help.return_help(
            number=found.number, help_id=help_id, note=note, by=request.desk.officer, now=utc_now()
        )
    except CodedError as error:
        return _draw(request, found, problem=str(error), status=409, typed=note)
    return _to_list("tra-lai")


def _found(request: OfficerRequest, help_id: UUID) -> AccountHelp | None:
    return desk.help_by_id(help_id, staff.offices_under(request.desk.office))


def _draw(
    request: OfficerRequest,
    found: AccountHelp,
    *,
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    access = open_record(
        by=request.desk.actor, subject=found.number, purpose="account second", once_in=ONE_LOOK
    )
    names = staff.names_of([found.proposed_by])
    known: dict[str, Any] = {
        "facts": account_facts.facts(accounts.account(found.number), registry_entry(access)),
        "what": HelpKind(found.kind).label,
        "who": names.get(found.proposed_by, found.proposed_by),
        "paper": account_facts.paper_name(found.paper),
        "new_phone": mask_phone(found.phone) if found.phone else "",
    }
    return render(
        request,
        "officer/help.html",
        Page(title=str(HelpKind(found.kind).label), back=reverse("officer:helps"), wide=True),
        found=found,
        is_mine=found.proposed_by == request.desk.officer.user_name,
        problem=problem,
        typed=typed,
        status=status,
        **known,
    )


def _to_list(what: str) -> HttpResponse:
    address = reverse("officer:helps")
    return HttpResponseRedirect(f"{address}?xong={what}" if what else address)
