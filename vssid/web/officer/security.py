"""«Bảo mật»: an officer's own password and passkeys. Each change asks for the password again."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.kernel import passkeys
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.text import clean
from vssid.staff import queries as staff
from vssid.staff.commands import own_keys, signing_in
from vssid.staff.errors import PasskeyWrongError, SignInRefusedError
from vssid.staff.models import Officer
from vssid.staff.rules import can_enter
from vssid.web.officer import door, second_factor
from vssid.web.officer.sign_in import NewPasswordForm
from vssid.web.ui import desk_session
from vssid.web.ui.access import OfficerRequest, officer
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form
from vssid.web.ui.passkeys import party_of


class ChangeForm(NewPasswordForm):
    """The password in force, then a new one twice."""

    field_order = ("old", "new", "again")
    old = forms.CharField(
        label=gettext_lazy("Mật khẩu đang dùng"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu đang dùng.")},
    )


class RemoveForm(PlainForm):
    """The password."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu đang dùng"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Xin nhập mật khẩu đang dùng.")},
    )


class PasskeyForm(RemoveForm):
    """A name for the device, the password, and what the device answered."""

    field_order = ("name", "password")
    name = forms.CharField(
        label=gettext_lazy("Tên thiết bị"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Ví dụ: Máy quầy số 2, điện thoại của tôi."),
    )
    tra_loi = forms.CharField(
        required=False, max_length=passkeys.LONGEST_ANSWER, widget=forms.HiddenInput
    )


@officer(may=can_enter)
def security(request: OfficerRequest) -> HttpResponse:
    """What this officer signs in with."""
    return _draw(request, ChangeForm(), PasskeyForm())


@officer(may=can_enter)
def change_password(request: OfficerRequest) -> HttpResponse:
    """A new password, the old one given; other sessions of theirs end."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer:security"))
    form = ChangeForm(request.POST)
    if form.is_valid() and _is_theirs(request, form, "old"):
        try:
            changed = own_keys.change_password(
                officer=request.desk.officer, new=form.cleaned_data["new"], now=utc_now()
            )
        except CodedError as error:
            form.refuse("new", error)
        else:
            desk_session.renew(request, changed)
            return _done("mat-khau")
    return _draw(request, form, PasskeyForm())


@officer(may=can_enter)
def new_passkey_options(request: OfficerRequest) -> HttpResponse:
    """What the browser asks the device for a new passkey, as JSON."""
    party, who = party_of(request), request.desk.officer
    if party is None or request.method != "POST":
        return second_factor.no_question()
    handle = signing_in.passkey_handle(officer_id=who.pk)
    options = passkeys.registration_options(
        party=party,
        holder=passkeys.Holder(handle, who.user_name, who.full_name),
        challenge=door.new_challenge(request),
        known=staff.credential_ids(who.pk),
        lifetime=settings.VSSID_CODE_LIFETIME,
    )
    return second_factor.question(options)


@officer(may=can_enter)
def add_passkey(request: OfficerRequest) -> HttpResponse:
    """Keep a passkey that the browser has just made."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer:security"))
    form = PasskeyForm(request.POST)
    if form.is_valid() and _is_theirs(request, form, "password"):
        try:
            _add(request, form, request.desk.officer)
        except CodedError as error:
            form.refuse(None, error)
        else:
            return _done("them")
    return _draw(request, ChangeForm(), form)


@officer(may=can_enter)
def remove_passkey(request: OfficerRequest, passkey: UUID) -> HttpResponse:
    """Forget a passkey, the password given; SmartOTP stays."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("officer:security"))
    form = RemoveForm(request.POST, auto_id=f"bo-{passkey}-%s")
    if form.is_valid() and _is_theirs(request, form, "password"):
        own_keys.remove_passkey(officer=request.desk.officer, passkey_id=passkey)
        return _done("bo")
    return _draw(request, ChangeForm(), PasskeyForm(), removing={passkey: form})


def _add(request: OfficerRequest, form: PasskeyForm, who: Officer) -> None:
    party = party_of(request)
    challenge = door.use_challenge(request, utc_now())
    try:
        if party is None:
            raise PasskeyWrongError
        made = passkeys.check_registration(
            answer=form.cleaned_data["tra_loi"], party=party, challenge=challenge
        )
    except passkeys.PasskeyRefusedError:
        raise PasskeyWrongError from None
    name = clean(form.cleaned_data["name"]) or _("Thiết bị của tôi")
    own_keys.add_passkey(officer=who, name=name, made=made, now=utc_now())


def _is_theirs(request: OfficerRequest, form: PlainForm, field: str) -> bool:
    try:
        name = request.desk.officer.user_name
        door.prove_password(request, name, form.cleaned_data[field], utc_now())
    except SignInRefusedError:
        form.add_error(field, _("Mật khẩu đang dùng chưa đúng. Xin nhập lại."))
        return False
    except CodedError as error:
        form.refuse(field, error)
        return False
    return True


def _draw(
    request: OfficerRequest,
    change: ChangeForm,
    passkey: PasskeyForm,
    removing: dict[UUID, RemoveForm] | None = None,
) -> HttpResponse:
    who = request.desk.officer
    refused = removing or {}
    shown = next((form for form in (*refused.values(), passkey) if form.is_bound), change)
    return render_form(
        request,
        "officer/security.html",
        Page(title=_("Bảo mật"), back=reverse("officer:queue")),
        shown,
        change=change,
        adding=passkey,
        has_otp=staff.has_smart_otp(who.pk),
        passkeys=[
            (one, refused.get(one.id) or RemoveForm(auto_id=f"bo-{one.id}-%s"))
            for one in staff.passkeys(who.pk)
        ],
        can_add=party_of(request) is not None,
        done={
            "mat-khau": _("Đã đổi mật khẩu."),
            "them": _("Đã thêm thiết bị. Lần sau có thể dùng vân tay hoặc khuôn mặt."),
            "bo": _("Đã bỏ thiết bị."),
        }.get(request.GET.get("xong", ""), ""),
    )


def _done(what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('officer:security')}?xong={what}")
