"""«Sửa mã số gõ nhầm»: the right number from the ID in hand, by two officers (guides O02, R12)."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.audit.commands import ONE_LOOK, open_record
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError, InvalidInput
from vssid.kernel.identifiers import parse_insurance_number
from vssid.people.models import Person
from vssid.registration import desk, queries, rules
from vssid.registration.commands import renumbering
from vssid.registration.models import Declaration
from vssid.staff import queries as officers
from vssid.staff.rules import can_decide
from vssid.web.officer import cases
from vssid.web.officer.comparing import compare
from vssid.web.officer.looking import may_look
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import LineField, ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_COMPARED = {"required": gettext_lazy("Xin đối chiếu giấy tờ gốc rồi đánh dấu vào ô này.")}


class LookForm(PlainForm):
    """The number as the original paper has it: whom it belongs to is shown before it is sent."""

    number = ParsedField(label=gettext_lazy("Mã số BHXH đúng"), parse=parse_insurance_number)


class NumberForm(LookForm):
    """The number that was seen beside the declaration; a second officer gets it filled in."""

    compared = forms.BooleanField(
        label=gettext_lazy("Đã xem giấy tờ gốc: họ tên, ngày sinh và mã số là của người khai"),
        error_messages=_COMPARED,
    )


class ReturnForm(PlainForm):
    """Why the proposed number is not right."""

    note = LineField(
        label=gettext_lazy("Vì sao trả lại?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Xin ghi vì sao trả lại, để người đề nghị biết.")},
    )


@officer(may=can_decide)
def number(request: OfficerRequest, code: str) -> HttpResponse:
    """Shows whom a number belongs to, then proposes it; one that waits is confirmed or returned."""
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    declaration = found.declaration
    is_open = rules.is_open(declaration.state) and not declaration.guardian_number
    if not cases.is_ours(request, declaration) or not is_open:
        return cases.to_case(declaration)
    is_sent = request.method == "POST"
    gives_back = is_sent and request.POST.get("viec") == "tra-lai"
    returning = ReturnForm(request.POST if gives_back else None)
    sent = request.POST if is_sent and not gives_back else None
    if sent is not None and not declaration.right_number and not _is_seen(sent):
        return _draw(request, found, _looked(request, LookForm(sent)), returning)
    form = NumberForm(sent, initial={"number": declaration.right_number})
    done = _done(request, declaration, returning if gives_back else form)
    if done:
        return cases.to_case(declaration, done, declaration.code)
    if sent is not None and not declaration.right_number:
        may_look(request, form, "number")
    return _draw(request, found, form, returning)


def _is_seen(sent: QueryDict) -> bool:
    """Whether the number is the one that was shown beside the declaration before."""
    return bool(sent.get("number")) and sent.get("seen") == sent.get("number")


def _looked(request: OfficerRequest, form: LookForm) -> LookForm:
    """The next form, with a number that can be one; otherwise the same with what is wrong."""
    if not form.is_valid() or not may_look(request, form, "number"):
        return form
    return NumberForm(initial={"number": form.cleaned_data["number"]})


def _done(request: OfficerRequest, declaration: Declaration, form: PlainForm) -> str:
    """What was done, as the case's page says it; empty when nothing was."""
    if not form.is_valid():
        return ""
    who, now, given = request.desk.officer, utc_now(), form.cleaned_data
    try:
        if isinstance(form, ReturnForm):
            renumbering.return_number(declaration=declaration, note=given["note"], by=who, now=now)
            return "tra-so"
        if declaration.right_number:
            renumbering.confirm_number(
                declaration=declaration, right=given["number"], by=who, now=now
            )
            return "sua-so"
        changed = renumbering.propose_number(
            declaration=declaration, right=given["number"], by=who, now=now
        )
    except CodedError as error:
        form.refuse("note" if isinstance(form, ReturnForm) else "number", error)
        return ""
    return "trinh-so" if changed.right_number else "sua-so"


def _draw(
    request: OfficerRequest, found: desk.Case, form: LookForm, returning: ReturnForm
) -> HttpResponse:
    declaration, code = found.declaration, rules.display_code(found.declaration.code)
    proposer = declaration.right_number_by
    shown = declaration.right_number or _number_of(form)
    person = _registered(request, declaration, shown) if shown else None
    return render(
        request,
        "officer/case_number.html",
        Page(
            title=_("Sửa mã số gõ nhầm"),
            back=reverse("officer:case", kwargs={"code": code}),
            wide=True,
        ),
        declaration=declaration,
        code=code,
        comparison=compare(declaration, person) if shown else None,
        seen=shown,
        proposer=officers.names_of([proposer]).get(proposer, proposer),
        is_mine=proposer == request.desk.officer.user_name,
        form=form,
        returning=returning,
        status=max(form.status, returning.status),
    )


def _number_of(form: LookForm) -> str:
    """The number that the form holds; empty when it cannot be one, or may not be looked at."""
    if form.wait is not None:
        return ""
    given = form.data if form.is_bound else form.initial
    try:
        return parse_insurance_number(str(given.get("number", ""))[:300])
    except InvalidInput:
        return ""


def _registered(request: OfficerRequest, declaration: Declaration, shown: str) -> Person | None:
    """Whom the shown number belongs to; the look is written down."""
    access = open_record(
        by=request.desk.actor,
        subject=shown,
        purpose=f"declaration {declaration.code}",
        once_in=ONE_LOOK,
    )
    return queries.registry_entry(access)
