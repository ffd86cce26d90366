"""«Nhân sự»: the head of an office opens, moves, ends and resets the accounts of its people."""

import re
from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.text import clean
from vssid.staff import queries
from vssid.staff.commands import officers
from vssid.staff.models import Officer, Role
from vssid.staff.rules import GIVEN_BY_HEADS, can_manage
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

_USER_NAME = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9]+)*")
_DONE = {
    "giao-viec": gettext_lazy("Đã đổi vai trò và cơ quan. Cán bộ cần đăng nhập lại."),
    "ngung": gettext_lazy("Đã ngừng tài khoản. Phiên đang mở, nếu có, đã bị đóng."),
}


def _roles() -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in GIVEN_BY_HEADS]


class PlaceForm(PlainForm):
    """A role at an office."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"),
        choices=_roles,
        error_messages={
            "required": gettext_lazy("Xin chọn vai trò."),
            "invalid_choice": gettext_lazy("Xin chọn một vai trò trong danh sách."),
        },
    )
    office = forms.ChoiceField(
        label=gettext_lazy("Cơ quan"),
        error_messages={
            "required": gettext_lazy("Xin chọn cơ quan."),
            "invalid_choice": gettext_lazy("Xin chọn một cơ quan trong danh sách."),
        },
    )

    def __init__(self, *args: object, head: Officer, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["office"].choices = queries.office_choices(head.office)  # type: ignore[attr-defined] # of a ChoiceField


class HireForm(PlaceForm):
    """What an account is made of."""

    field_order = ("full_name", "user_name", "role", "office")
    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        error_messages={"required": gettext_lazy("Xin nhập họ và tên của cán bộ.")},
    )
    user_name = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=40,
        help_text=gettext_lazy("Chữ thường không dấu, số và dấu chấm, ví dụ: lan.thanhtri"),
        error_messages={"required": gettext_lazy("Xin nhập tên đăng nhập.")},
    )

    def clean_full_name(self) -> str:
        """Without doubled spaces and signs nobody sees."""
        return clean(self.cleaned_data["full_name"])

    def clean_user_name(self) -> str:
        """Small letters without accents, digits and dots: typed alike on every keyboard."""
        name: str = self.cleaned_data["user_name"].strip().lower()
        if not _USER_NAME.fullmatch(name):
            raise forms.ValidationError(
                _("Tên đăng nhập chỉ gồm chữ thường không dấu, số và dấu chấm, bắt đầu bằng chữ.")
            )
        return name


@officer(may=can_manage)
def people(request: OfficerRequest) -> HttpResponse:
    """Who works at this office and those below it."""
    return render(
        request,
        "officer/people.html",
        Page(title=_("Nhân sự"), back=reverse("officer:queue"), wide=True),
        people=queries.officers_under(request.desk.office),
        me=request.desk.officer.pk,
    )


@officer(may=can_manage)
def hire(request: OfficerRequest) -> HttpResponse:
    """Open an account; its first password is shown once, on the slip."""
    head = request.desk.officer
    sent = request.POST if request.method == "POST" else None
    form = HireForm(sent, head=head, initial={"office": head.office, "role": Role.INTAKE.value})
    if form.is_valid():
        data = form.cleaned_data
        new = officers.NewOfficer(
            data["user_name"], data["full_name"], Role(data["role"]), data["office"]
        )
        try:
            made, password = officers.hire_officer(officer=new, by=head, now=utc_now())
        except CodedError as error:
            form.refuse("user_name" if error.code == "officer.name-taken" else None, error)
        else:
            return _slip(request, made, password)
    page = Page(title=_("Mở tài khoản cán bộ"), back=reverse("officer:people"))
    return render_form(request, "officer/hire.html", page, form)


@officer(may=can_manage)
def person(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """One account and what may be done with it."""
    return _draw(request, officer_id)


@officer(may=can_manage)
def assign(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Another role, another office."""
    if request.method != "POST":
        return _to(officer_id)
    head = request.desk.officer
    form = PlaceForm(request.POST, head=head)
    if form.is_valid():
        data = form.cleaned_data
        try:
            officers.assign_officer(
                officer_id=officer_id,
                role=Role(data["role"]),
                office=data["office"],
                by=head,
                now=utc_now(),
            )
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _to(officer_id, "giao-viec")
    return _draw(request, officer_id, form=form)


@officer(may=can_manage)
def end(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """End an account."""
    return _act(request, officer_id, officers.end_officer, "ngung")


@officer(may=can_manage)
def reset_second(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Take a lost second factor away, and give a first password again."""
    return _act_with_slip(request, officer_id, officers.reset_second_factor)


@officer(may=can_manage)
def reopen(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Open an ended account again."""
    return _act_with_slip(request, officer_id, officers.reopen_officer)


@officer(may=can_manage)
def reset_password(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Give a first password again."""
    return _act_with_slip(request, officer_id, officers.reset_password)


def _act(
    request: OfficerRequest, officer_id: int, command: Callable[..., Officer], done: str
) -> HttpResponse:
    if request.method != "POST":
        return _to(officer_id)
    try:
        command(officer_id=officer_id, by=request.desk.officer, now=utc_now())
    except CodedError as error:
        return _draw(request, officer_id, problem=str(error), status=409)
    return _to(officer_id, done)


def _act_with_slip(
    request: OfficerRequest, officer_id: int, command: Callable[..., tuple[Officer, str]]
) -> HttpResponse:
    if request.method != "POST":
        return _to(officer_id)
    try:
        who, password = command(officer_id=officer_id, by=request.desk.officer, now=utc_now())
    except CodedError as error:
        return _draw(request, officer_id, problem=str(error), status=409)
    return _slip(request, who, password)


def _draw(
    request: OfficerRequest,
    officer_id: int,
    *,
    form: PlaceForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = queries.officer_under(request.desk.office, officer_id)
    if shown is None:
        return HttpResponseRedirect(reverse("officer:people"))
    placing = form or PlaceForm(
        head=request.desk.officer, initial={"role": shown.role, "office": shown.office}
    )
    return render(
        request,
        "officer/person.html",
        Page(title=shown.full_name, back=reverse("officer:people")),
        who=shown,
        is_me=shown.id == request.desk.officer.pk,
        form=placing,
        problem=problem,
        done=_DONE.get(request.GET.get("xong", ""), ""),
        status=status if form is None else form.status,
    )


def _slip(request: OfficerRequest, who: Officer, password: str) -> HttpResponse:
    """Shown once, kept nowhere: the page is never stored and the password is only its hash."""
    return render(
        request,
        "officer/slip.html",
        Page(title=_("Phiếu mật khẩu lần đầu"), back=reverse("officer:people")),
        who=who,
        office_name=queries.office_name(who.office),
        password=password,
        hours=int(settings.VSSID_FIRST_PASSWORD_LIFETIME.total_seconds() // 3600),
    )


def _to(officer_id: int, done: str = "") -> HttpResponse:
    address = reverse("officer:person", kwargs={"officer_id": officer_id})
    return HttpResponseRedirect(f"{address}?xong={done}" if done else address)
