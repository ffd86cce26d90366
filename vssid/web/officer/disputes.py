"""Disputed guardianships of an office: marked here, decided here, with reasons (guides C05)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import ONE_LOOK, open_record
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import parse_insurance_number
from vssid.people import queries as people
from vssid.people.models import Guardianship
from vssid.reference import queries as reference
from vssid.registration import children, queries, rules
from vssid.registration.commands import disputing
from vssid.registration.errors import NothingToDisputeError
from vssid.registration.models import GuardianshipDispute, State
from vssid.staff import queries as officers
from vssid.staff import rules as staff
from vssid.web.officer.child_cases import RELATIONS
from vssid.web.officer.looking import may_look
from vssid.web.officer.office_field import OfficeField
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import LineField, ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_DONE = "xong"
_SAID = {
    "danh-dau": gettext_lazy("Đã tạm dừng. Mọi người giám hộ đã được báo."),
    "chuyen": gettext_lazy("Đã chuyển. Mọi người giám hộ đã được báo nơi giải quyết."),
    "quyet-dinh": gettext_lazy("Đã quyết định. Mọi người giám hộ đã được báo lý do."),
}


class MarkForm(PlainForm):
    """An officer learns of a dispute at the desk. Whose number it is is seen before it is marked: a
    mistyped one would close another family's record to them.
    """

    number = ParsedField(label=gettext_lazy("Mã số BHXH của con"), parse=parse_insurance_number)
    words = LineField(
        label=gettext_lazy("Vì sao tạm dừng?"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Xin ghi vì sao tạm dừng việc xem hồ sơ.")},
    )


class HandOverForm(PlainForm):
    """Where it goes, with a word."""

    office = OfficeField(
        label=gettext_lazy("Cơ quan nhận: mã hoặc tên"),
        help_text=gettext_lazy("Ví dụ 00114 hoặc Thanh Trì."),
        max_length=60,
        error_messages={"required": gettext_lazy("Xin nhập mã hoặc tên cơ quan nhận.")},
    )
    note = LineField(
        label=gettext_lazy("Ghi chú cho người nhận"),
        max_length=500,
        error_messages={"required": gettext_lazy("Xin ghi vì sao giao, để người nhận biết.")},
    )


class DecideForm(PlainForm):
    """Which guardianships stand, and why; nobody is kept without being chosen."""

    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Ai tiếp tục giám hộ?"), required=False, choices=[]
    )
    reason = LineField(
        label=gettext_lazy("Lý do gửi cho những người giám hộ"),
        max_length=500,
        error_messages={"required": gettext_lazy("Xin ghi lý do quyết định.")},
    )

    def __init__(self, *args: Any, held: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kept"].choices = held  # type: ignore[attr-defined]


@officer()
def disputes(request: OfficerRequest) -> HttpResponse:
    """What waits for a decision; below it a dispute is marked by the child's number, once it was
    seen who the child and its guardians are.
    """
    form = MarkForm(request.POST if request.method == "POST" else None)
    seen: dict[str, object] = {}
    if form.is_valid() and _is_new(request, form.cleaned_data["number"]):
        seen = _looked_up(request, form)
    elif form.is_valid():
        try:
            disputing.mark_dispute(
                child=form.cleaned_data["number"],
                words=form.cleaned_data["words"],
                by=request.desk.officer,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse("words" if "words" in error.code else "number", error)
        else:
            return _to_list("danh-dau")
    return _draw_list(request, form, seen if form.is_valid() else None)


def _looked_up(request: OfficerRequest, form: MarkForm) -> dict[str, object]:
    """Whom the typed number belongs to, within what an officer may look up in an hour."""
    if not may_look(request, form, "number"):
        return {}
    seen = _seen(request, form.cleaned_data["number"])
    if not seen["held"]:
        form.refuse("number", NothingToDisputeError())
    return seen


def _is_new(request: OfficerRequest, number: str) -> bool:
    """Whether who decides has not seen yet whose number it is; others are refused unseen."""
    may_decide = staff.can_decide(request.desk.officer.role)
    return may_decide and request.POST.get("seen") != number


def _draw_list(
    request: OfficerRequest, form: MarkForm, seen: dict[str, object] | None
) -> HttpResponse:
    now = utc_now()
    rows = [
        {
            "dispute": one,
            "days": (now - one.opened_at).days,
            "office": reference.known_office(one.office).name,
        }
        for one in children.open_disputes(request.desk.office)[:200]
    ]
    return render(
        request,
        "officer/disputes.html",
        Page(title=_("Giám hộ đang tranh chấp"), back=reverse("officer:queue"), wide=True),
        form=form,
        seen=seen,
        rows=rows,
        done=_SAID.get(request.GET.get(_DONE, ""), ""),
        status=form.status,
    )


def _seen(request: OfficerRequest, number: str) -> dict[str, object]:
    """The child of a number as the registry knows it, and who acts for it; the look is written."""
    access = open_record(by=request.desk.actor, subject=number, purpose="dispute", once_in=ONE_LOOK)
    held = people.guardians_of(number, vietnam_today(utc_now())).select_related("guardian")
    return {
        "number": number,
        "child": queries.registry_entry(access),
        "held": [label for _id, label in _choices(held)],
    }


@officer()
def dispute(request: OfficerRequest, dispute_id: UUID) -> HttpResponse:
    """One dispute: what was said, who acts for the child, which papers there are; the decision."""
    found = children.dispute(dispute_id)
    if found is None or not _is_ours(request, found):
        return _to_list("")
    choices = _choices(people.frozen_guardians_of(found.child_number, vietnam_today(utc_now())))
    may_decide = staff.can_decide(request.desk.officer.role)
    is_sent = request.method == "POST" and may_decide
    form = DecideForm(request.POST if is_sent else None, held=choices)
    if form.is_valid():
        try:
            disputing.decide_dispute(
                dispute=found,
                kept={UUID(one) for one in form.cleaned_data["kept"]},
                reason=form.cleaned_data["reason"],
                by=request.desk.officer,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse("reason", error)
        else:
            return _to_list("quyet-dinh")
    return _draw(request, found, form, may_decide=may_decide)


@officer(may=staff.can_decide)
def hand_over(request: OfficerRequest, dispute_id: UUID) -> HttpResponse:
    """«Chuyển đến cơ quan khác»: where the family and its papers are."""
    found = children.dispute(dispute_id)
    if found is None or request.method != "POST" or not _is_ours(request, found):
        return _to_list("")
    form = HandOverForm(request.POST)
    if form.is_valid():
        try:
            disputing.hand_dispute(
                dispute=found,
                office=form.cleaned_data["office"],
                note=form.cleaned_data["note"],
                by=request.desk.officer,
            )
        except CodedError as error:
            form.refuse("note" if "note" in error.code else "office", error)
        else:
            return _to_list("chuyen")
    held = _choices(people.frozen_guardians_of(found.child_number, vietnam_today(utc_now())))
    return _draw(request, found, DecideForm(held=held), may_decide=True, handing=form)


def _choices(held: Iterable[Guardianship]) -> list[tuple[str, str]]:
    return [(str(one.id), f"{one.guardian.full_name}, {RELATIONS[one.relation]}") for one in held]


def _draw(
    request: OfficerRequest,
    found: GuardianshipDispute,
    form: DecideForm,
    *,
    may_decide: bool,
    handing: HandOverForm | None = None,
) -> HttpResponse:
    access = open_record(
        by=request.desk.actor, subject=found.child_number, purpose="dispute", once_in=ONE_LOOK
    )
    papers = [
        {
            "code": rules.display_code(one.code),
            "guardian": one.guardian_number,
            "relation": RELATIONS[one.relation],
            "state": State(one.state).label,
            "filed_at": one.filed_at,
        }
        for one in children.papers_about(found.child_number)
    ]
    names = officers.names_of([found.note_by, found.marked_by])
    return render(
        request,
        "officer/dispute.html",
        Page(title=_("Giám hộ đang tranh chấp"), back=reverse("officer:disputes"), wide=True),
        dispute=found,
        child=queries.registry_entry(access),
        held=people.frozen_guardians_of(found.child_number, vietnam_today(utc_now())),
        relations=RELATIONS,
        papers=papers,
        form=form,
        handing=handing or HandOverForm(),
        noter=names.get(found.note_by, found.note_by),
        marker=names.get(found.marked_by, found.marked_by),
        may_decide=may_decide,
        is_open=found.decided_at is None,
        status=handing.status if handing else form.status,
    )


def _is_ours(request: OfficerRequest, found: GuardianshipDispute) -> bool:
    office = request.desk.office
    return found.office == office or reference.is_below(found.office, office)


def _to_list(done: str) -> HttpResponse:
    query = f"?{_DONE}={done}" if done else ""
    return HttpResponseRedirect(reverse("officer:disputes") + query)
