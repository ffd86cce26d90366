"""«Thiết lập SmartOTP»: on this device under a PIN, or in another authenticator (guides A09)."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from vssid.accounts import errors
from vssid.accounts.commands import smart_otp as commands
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import account as account_of
from vssid.accounts.queries import smart_otp_of
from vssid.accounts.rules import code_email
from vssid.accounts.tokens import keyed_mark
from vssid.documents.qr import qr_svg
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import mask_number
from vssid.web.citizen.account.code_step import CodeStep, begin_code, take_code
from vssid.web.citizen.account.details import changes_wait_until
from vssid.web.citizen.codes import wished_channel
from vssid.web.citizen.origin import origin_of
from vssid.web.ui.access import CitizenRequest, citizen, public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

_ROUTE, _REMOVAL = "citizen:smart_otp", "citizen:smart_otp_remove"
_TICKET, _DONE = "ve", "xong"
_HERE, _OTHER = "may", "ung-dung"
_TITLE = gettext_lazy("Thiết lập SmartOTP")


class WayForm(PlainForm):
    """Where the codes are to be made."""

    cach = forms.ChoiceField(
        label=gettext_lazy("Bạn muốn lấy mã ở đâu?"),
        choices=((_HERE, ""), (_OTHER, "")),
        error_messages={
            "required": gettext_lazy("Xin chọn nơi lấy mã."),
            "invalid_choice": gettext_lazy("Xin chọn một trong hai nơi lấy mã."),
        },
    )


class NewDeviceForm(PlainForm):
    """The first code of the device that is being set up."""

    code = forms.CharField(
        label=gettext_lazy("Mã 6 số trên ứng dụng"),
        max_length=20,
        error_messages={
            "required": gettext_lazy("Xin nhập mã 6 số đang hiện trên ứng dụng."),
            "max_length": gettext_lazy("Mã chỉ gồm 6 số. Xin xem lại ứng dụng."),
        },
    )


@citizen(proven=True)
def smart_otp(request: CitizenRequest) -> HttpResponse:
    """What is in force, and setting one up: a way, a code of the phone, a code of the device."""
    if _TICKET in request.POST:
        try:
            return _go_on(request, request.POST[_TICKET])
        except errors.TicketLateError:
            return HttpResponseRedirect(f"{reverse(_ROUTE)}?{_DONE}=muon")
    form = WayForm(request.POST if request.method == "POST" else None, initial=request.kept)
    if form.is_valid():
        device = origin_of(request).name if form.cleaned_data["cach"] == _HERE else ""
        number = request.citizen.number
        try:
            ticket = commands.begin_smart_otp(number=number, device=device, now=utc_now())
        except CodedError as error:
            form.refuse(None, error)
        else:
            return begin_code(request, _setup_step(request, ticket))
    return _draw_state(request, form)


@citizen(proven=True)
def smart_otp_remove(request: CitizenRequest) -> HttpResponse:
    """«Gỡ SmartOTP»: said what it means, then a code."""
    number = request.citizen.number
    if smart_otp_of(number) is None:
        return HttpResponseRedirect(reverse(_ROUTE))
    form = PlainForm(request.POST if request.method == "POST" else None)
    try:
        if _TICKET in request.POST:
            return take_code(request, _removal_step(request))
        if form.is_valid():
            return begin_code(request, _removal_step(request))
    except errors.TicketLateError:
        return HttpResponseRedirect(reverse(_ROUTE))
    except CodedError as error:
        form.refuse(None, error)
    return render_form(
        request,
        "citizen/account/smart_otp_remove.html",
        Page(title=_("Gỡ SmartOTP"), tab="manage", back=reverse(_ROUTE)),
        form,
    )


@public
def smart_otp_codes(request: HttpRequest) -> HttpResponse:
    """The codes of this device. The page knows nobody: all of it happens in the browser."""
    return render(request, "citizen/smart_otp_codes.html", Page(title=_("Mã SmartOTP")))


def _go_on(request: CitizenRequest, ticket: str) -> HttpResponse:
    """Whoever has a ticket is at the phone's code, or past it at the new device's."""
    number = request.citizen.number
    setup = commands.read_setup(number=number, ticket=ticket, now=utc_now())
    if not setup.is_proven:
        return take_code(request, _setup_step(request, ticket))
    form = NewDeviceForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            commands.confirm_smart_otp(
                number=number,
                session_id=request.citizen.session_id,
                ticket=ticket,
                typed=typed,
                now=utc_now(),
            )
        except errors.TicketLateError:
            raise
        except CodedError as error:
            form.refuse("code", error)
        else:
            return HttpResponseRedirect(f"{reverse(_ROUTE)}?{_DONE}={setup.mark}")
    return _draw_setup(request, ticket, form)


def _draw_setup(
    request: CitizenRequest, ticket: str, form: NewDeviceForm | None = None
) -> HttpResponse:
    """The secret, for this device to keep or for another authenticator to read."""
    number = request.citizen.number
    setup = commands.read_setup(number=number, ticket=ticket, now=utc_now())
    # The label goes to the clouds of authenticators' makers: whose it is need not be read there.
    address = totp.otpauth_uri(setup.secret, label=mask_number(number))
    answer = render_form(
        request,
        f"citizen/account/smart_otp_{'here' if setup.device else 'other'}.html",
        Page(title=str(_TITLE), tab="manage", back=reverse(_ROUTE)),
        form or NewDeviceForm(),
        ticket=ticket,
        mark=setup.mark,
        owner=keyed_mark(number),
        label=mask_number(number),
        raw=setup.secret.hex(),
        secret=totp.readable_secret(setup.secret),
        address=address,
        qr=Markup(qr_svg(address, title=_("Mã QR để cài SmartOTP"))),  # noqa: S704 - our own drawing
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer


def _draw_state(request: CitizenRequest, form: WayForm) -> HttpResponse:
    number = request.citizen.number
    return render_form(
        request,
        "citizen/account/smart_otp.html",
        Page(title=str(_TITLE), tab="manage", back=reverse("citizen:overview")),
        form,
        state=smart_otp_of(number),
        done=request.GET.get(_DONE, ""),
        owner=keyed_mark(number),
        ways=(_HERE, _OTHER),
        waits_until=changes_wait_until(request),
    )


def _setup_step(request: CitizenRequest, ticket: str) -> CodeStep:
    account = account_of(request.citizen.number)
    number = account.person_id

    def send() -> None:
        commands.send_smart_otp_code(number=number, ticket=ticket, now=utc_now())

    def finish(typed: str) -> HttpResponse:
        proven = commands.prove_smart_otp(number=number, ticket=ticket, typed=typed, now=utc_now())
        return _draw_setup(request, proven)

    return CodeStep(
        title=str(_TITLE),
        heading=_("Bước 1/2: xác nhận là bạn"),
        text="",
        label=_("Tiếp"),
        purpose=CodePurpose.SMART_OTP,
        start=_ROUTE,
        send=send,
        finish=finish,
        phone=account.phone,
        fields={_TICKET: ticket},
    )


def _removal_step(request: CitizenRequest) -> CodeStep:
    account = account_of(request.citizen.number)
    number = account.person_id

    def send() -> None:
        channel = wished_channel(request)
        commands.send_removal_code(number=number, now=utc_now(), channel=channel)

    def finish(typed: str) -> HttpResponse:
        commands.remove_smart_otp(number=number, typed=typed, now=utc_now())
        return HttpResponseRedirect(f"{reverse(_ROUTE)}?{_DONE}=go")

    return CodeStep(
        title=_("Gỡ SmartOTP"),
        heading=_("Xác nhận gỡ SmartOTP"),
        text="",
        label=_("Gỡ SmartOTP"),
        purpose=CodePurpose.SMART_OTP,
        start=_REMOVAL,
        send=send,
        finish=finish,
        phone=account.phone,
        email=code_email(account, utc_now()),
        fields={_TICKET: "go"},
    )
