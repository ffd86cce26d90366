"""«Vân tay, khuôn mặt»: the devices that sign in without a password (guides A01)."""

from contextlib import suppress
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import passkey_codes, passkeys
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import PasskeyRow, passkeys_of
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.passkeys import Party
from vssid.kernel.text import clean
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changes_wait_until
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form
from vssid.web.ui.passkeys import ANSWER, TICKET, asked, named_host, not_asked, party_of

# Before the code of the phone its ticket, afterwards the proof that it was typed.
_DONE, _PROOF = "xong", "xac-nhan"


class NameForm(PlainForm):
    """What the owner calls a device."""

    name = forms.CharField(
        label=gettext_lazy("Tên thiết bị"),
        max_length=passkeys.LONGEST_NAME,
        error_messages={
            "required": gettext_lazy("Xin đặt một cái tên, ví dụ «Điện thoại của tôi»."),
            "max_length": gettext_lazy("Tên dài quá 40 ký tự. Xin đặt tên ngắn hơn."),
        },
    )

    def clean_name(self) -> str:
        """One line, without signs that nobody sees."""
        name = clean(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name


class AddForm(PlainForm):
    """A press, or what ui/passkey.js fills in; a refusal is shown on top."""


@citizen()
def overview(request: CitizenRequest) -> HttpResponse:
    """What it is, and which devices there are."""
    return render(
        request,
        "citizen/account/passkeys.html",
        Page(title=_("Vân tay, khuôn mặt"), tab="manage", back=reverse("citizen:account")),
        passkeys=passkeys_of(request.citizen.number),
        done=_done(request.GET.get(_DONE, "")),
        is_named=party_of(request) is not None,
        named_host=named_host(request),
        most=passkeys.MOST,
    )


@citizen(proven=True)
def add(request: CitizenRequest) -> HttpResponse:
    """A code of the phone, then the press that makes a passkey on this device, and its keeping."""
    party = party_of(request)
    if party is None:
        return HttpResponseRedirect(reverse("citizen:passkeys"))
    if ANSWER in request.POST:
        return _keep(request, party)
    form = AddForm(request.POST if request.method == "POST" else None)
    try:
        if _PROOF in request.POST:
            return take_code(request, _code_step(request, request.POST[_PROOF]))
        if form.is_valid():
            ticket = passkey_codes.prepare_passkey(number=request.citizen.number, now=utc_now())
            return begin_code(request, _code_step(request, ticket))
    except CodedError as error:
        form.refuse(None, error)
    return _draw_add(request, form)


@citizen(proven=True)
def add_options(request: CitizenRequest) -> HttpResponse:
    """What the browser is asked: a new passkey, on none of the devices that have one."""
    party = party_of(request)
    if request.method != "POST" or party is None:
        return not_asked(errors.PasskeyWrongError())
    try:
        wanted = passkeys.ask_to_add(
            number=request.citizen.number,
            proof=request.POST.get(_PROOF, ""),
            party=party,
            now=utc_now(),
        )
    except CodedError as error:
        return not_asked(error)
    return asked(wanted.options, wanted.ticket)


def _keep(request: CitizenRequest, party: Party) -> HttpResponse:
    form = AddForm(request.POST)
    try:
        passkeys.add_passkey(
            number=request.citizen.number,
            session_id=request.citizen.session_id,
            ticket=request.POST.get(TICKET, ""),
            answer=request.POST[ANSWER],
            party=party,
            device=origin_of(request).name,
            now=utc_now(),
        )
    except CodedError as error:
        form.refuse(None, error)
        return _draw_add(request, form, request.POST.get(_PROOF, ""))
    return _back("them")


def _code_step(request: CitizenRequest, ticket: str) -> CodeStep:
    number, phone = request.citizen.number, request.citizen.phone
    passkey_codes.check_ticket(number=number, ticket=ticket, now=utc_now())

    def send() -> None:
        passkey_codes.send_passkey_code(number=number, ticket=ticket, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        proof = passkey_codes.confirm_passkey(
            number=number, ticket=ticket, typed=typed, now=utc_now()
        )
        return _draw_add(request, AddForm(), proof)

    return CodeStep(
        title=_("Thêm thiết bị này"),
        heading=_("Bước 1/2: xác nhận là bạn"),
        text="",
        label=_("Tiếp"),
        purpose=CodePurpose.PASSKEY,
        start="citizen:passkey_add",
        send=send,
        finish=finish,
        phone=phone,
        fields={_PROOF: ticket},
    )


def _draw_add(request: CitizenRequest, form: AddForm, proof: str = "") -> HttpResponse:
    return render_form(
        request,
        "citizen/account/passkey_add.html",
        Page(title=_("Thêm thiết bị này"), tab="manage", back=reverse("citizen:passkeys")),
        form,
        proof=proof,
        waits_until=changes_wait_until(request),
    )


@citizen(proven=True)
def change(request: CitizenRequest, passkey: UUID) -> HttpResponse:
    """Another name for a device; from here it is removed as well."""
    row = _row(request, passkey)
    initial = {"name": row.name, **request.kept}
    form = NameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            passkeys.rename_passkey(
                number=request.citizen.number, passkey_id=passkey, name=form.cleaned_data["name"]
            )
        except CodedError as error:
            form.refuse("name", error)
        else:
            return _back("ten")
    return render_form(
        request,
        "citizen/account/passkey_change.html",
        Page(title=row.name, tab="manage", back=reverse("citizen:passkeys")),
        form,
        passkey=row,
    )


@citizen(proven=True)
def remove(request: CitizenRequest, passkey: UUID) -> HttpResponse:
    """Asked once more, then gone."""
    if request.method == "POST":
        # After a second press it is as was wanted.
        with suppress(errors.PasskeyGoneError):
            passkeys.remove_passkey(number=request.citizen.number, passkey_id=passkey)
        return _back("go")
    row = _row(request, passkey)
    return render(
        request,
        "citizen/account/passkey_remove.html",
        Page(
            title=_("Gỡ thiết bị"),
            tab="manage",
            back=reverse("citizen:passkey_change", args=[passkey]),
        ),
        passkey=row,
    )


def _row(request: CitizenRequest, passkey: UUID) -> PasskeyRow:
    mine = {row.id: row for row in passkeys_of(request.citizen.number)}
    if passkey not in mine:
        raise Http404
    return mine[passkey]


def _back(done: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('citizen:passkeys')}?{_DONE}={done}")


def _done(what: str) -> str:
    return {
        "them": _("Đã thêm. Lần sau bạn đăng nhập bằng vân tay, khuôn mặt trên thiết bị này."),
        "ten": _("Đã đổi tên thiết bị."),
        "go": _("Đã gỡ thiết bị. Nó không còn đăng nhập được vào tài khoản của bạn."),
    }.get(what, "")
