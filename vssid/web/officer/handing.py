"""«Giao cho người khác»: a case goes to a colleague or to another office, with a word."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.registration import desk, rules
from vssid.registration.commands import handing_over
from vssid.registration.commands.cases import checked_note
from vssid.registration.errors import NoteMissingError
from vssid.staff import queries as staff
from vssid.web.officer import cases
from vssid.web.officer.office_field import OfficeField
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import LineField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

_CONFIRMED = "dung-noi"
_NOTE = gettext_lazy("Ghi chú cho người nhận")
_NOTE_MISSING = {"required": gettext_lazy("Xin ghi vì sao giao, để người nhận biết.")}


class _NoteForm(PlainForm):
    note = LineField(label=_NOTE, max_length=500, error_messages=_NOTE_MISSING)

    def clean_note(self) -> str:
        """Words that a colleague can use."""
        try:
            return checked_note(self.cleaned_data["note"])
        except NoteMissingError as error:
            raise ValidationError(str(error), code=error.code) from error


class ColleagueForm(_NoteForm):
    """Who takes it on."""

    field_order = ("colleague", "note")
    colleague = forms.ChoiceField(
        label=gettext_lazy("Đồng nghiệp"),
        error_messages={
            "required": gettext_lazy("Xin chọn đồng nghiệp nhận hồ sơ."),
            "invalid_choice": gettext_lazy("Xin chọn một người trong danh sách."),
        },
    )

    def __init__(self, *args: object, colleagues: list[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Chọn người nhận")), *colleagues]
        self.fields["colleague"].choices = choices  # type: ignore[attr-defined] # of a ChoiceField


class OfficeForm(_NoteForm):
    """Where it goes."""

    field_order = ("office", "note")
    office = OfficeField(
        label=gettext_lazy("Cơ quan nhận: mã hoặc tên"),
        help_text=gettext_lazy("Ví dụ 00114 hoặc Thanh Trì."),
        max_length=60,
        error_messages={"required": gettext_lazy("Xin nhập mã hoặc tên cơ quan nhận.")},
    )


@officer()
def hand_over(request: OfficerRequest, code: str) -> HttpResponse:
    """Two forms; one of them is sent. The office that was found is shown and asked about first."""
    found = cases.case_of(code)
    if found is None:
        return cases.to_unknown()
    declaration, who = found.declaration, request.desk.officer
    if not cases.is_ours(request, declaration) or not rules.is_open(declaration.state):
        return cases.to_case(declaration)
    way = request.POST.get("cach", "") if request.method == "POST" else ""
    people = [one for one in staff.colleagues(declaration.office) if one[0] != who.user_name]
    near = ColleagueForm(request.POST if way == "dn" else None, prefix="dn", colleagues=people)
    far = OfficeForm(request.POST if way == "cq" else None, prefix="cq")
    shown = rules.display_code(declaration.code)
    asked = _asked(request, far, declaration.office)
    if asked is None and _is_sent(request, found, near, far):
        there = f"chuyen&noi={far.cleaned_data['office']}" if far.is_bound else "giao"
        return HttpResponseRedirect(f"{reverse('officer:queue')}?xong={there}&ma={shown}")
    page = Page(
        title=_("Giao tờ khai"), back=reverse("officer:case", kwargs={"code": shown}), wide=True
    )
    form = far if far.is_bound else near
    return render_form(
        request, "officer/hand_over.html", page, form, code=shown, near=near, far=far, asked=asked
    )


def _asked(request: OfficerRequest, far: OfficeForm, here: str) -> OfficeView | None:
    """The office that was found by what was typed, until it is confirmed that it is meant."""
    if not far.is_bound or not far.is_valid():
        return None
    code: str = far.cleaned_data["office"]
    is_settled = code == here or request.POST.get(_CONFIRMED) == code
    return None if is_settled else reference.office(code)


def _is_sent(
    request: OfficerRequest, found: desk.Case, near: ColleagueForm, far: OfficeForm
) -> bool:
    form = near if near.is_bound else far
    if not form.is_valid():
        return False
    given, who, now = form.cleaned_data, request.desk.officer, utc_now()
    one, note = found.declaration, given["note"]
    try:
        if form is near:
            handing_over.hand_to_colleague(
                declaration=one, colleague=given["colleague"], note=note, by=who, now=now
            )
        else:
            handing_over.hand_to_office(
                declaration=one, office=given["office"], note=note, by=who, now=now
            )
    except CodedError as error:
        form.refuse(None, error)
        return False
    return True
