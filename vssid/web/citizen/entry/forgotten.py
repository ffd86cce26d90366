"""«Quên mật khẩu»: a new password after proof through what was registered (guides A06).

Every number is answered alike, whether it has an account or not, until the right code is typed.
"""

import math
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts import errors
from vssid.accounts.commands import resets
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError, TooManyError
from vssid.kernel.identifiers import parse_login_number
from vssid.messaging.models import Channel
from vssid.web.citizen.codes import CodeForm, CodeScreen, pressed, wished_channel
from vssid.web.citizen.entry.password import NewPasswordForm
from vssid.web.citizen.origin import origin_of
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.ui import checks
from vssid.web.ui.access import public
from vssid.web.ui.fields import ParsedField, PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render, render_form

# The hidden fields that carry on: the asked-for code, and the right to a new password.
_ASKED, _PROVEN = "ve", "duoc"
_TITLE = gettext_lazy("Quên mật khẩu")


class ForgottenForm(PlainForm):
    """Whose password it is, and where the code goes."""

    number = ParsedField(label=gettext_lazy("Tên đăng nhập (mã số BHXH)"), parse=parse_login_number)
    channel = forms.ChoiceField(
        label=gettext_lazy("Nhận mã qua"),
        choices=[
            (Channel.SMS.value, gettext_lazy("Số điện thoại đã đăng ký")),
            (Channel.EMAIL.value, gettext_lazy("Email đã đăng ký")),
        ],
        initial=Channel.SMS.value,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Xin chọn nơi nhận mã.")},
    )
    # Looked at by `picture_problem`; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)


@public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Number and channel, then the code, then the new password: three forms at one address."""
    if _PROVEN in request.POST:
        return _set_password(request, request.POST[_PROVEN])
    if _ASKED in request.POST:
        return _take_code(request, request.POST[_ASKED])
    if request.method != "POST":
        return _draw_start(request, ForgottenForm())
    if wants_new_picture(request):
        return _draw_start(request, ForgottenForm(initial=request.POST.dict()))
    form = ForgottenForm(request.POST)
    if problem := picture_problem(request):
        form.add_error("ma_kiem_tra", problem)
    if not form.is_valid():
        return _draw_start(request, form)
    channel = Channel(form.cleaned_data["channel"])
    number, origin = form.cleaned_data["number"].number, origin_of(request)
    ticket = resets.prepare_reset(number=number, channel=channel, origin=origin, now=utc_now())
    return _send_code(request, ticket, channel)


@public
def done(request: HttpRequest) -> HttpResponse:
    """The new password is in force; what happens next."""
    return render(
        request,
        "citizen/entry/forgotten_done.html",
        Page(title=_("Đã đặt mật khẩu mới")),
        held_hours=settings.VSSID_CHANGES_HELD // timedelta(hours=1),
    )


def _take_code(request: HttpRequest, ticket: str) -> HttpResponse:
    now = utc_now()
    if pressed(request) == "resend":
        return _send_code(request, ticket, wished_channel(request))
    try:
        channel = resets.asked(ticket=ticket, now=now).channel
    except errors.TicketLateError as error:
        return _begin_again(request, error)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            proven = resets.prove_reset(ticket=ticket, typed=form.cleaned_data["code"], now=now)
        except CodedError as error:
            form.refuse("code", error)
        else:
            return _draw_password(request, proven, NewPasswordForm())
    return _draw_code(request, ticket, channel, form)


def _send_code(request: HttpRequest, ticket: str, channel: Channel) -> HttpResponse:
    """Have a code sent and draw its page, also when it has to wait: nothing is typed again."""
    form, notice = CodeForm(), ""
    try:
        ticket = resets.ask_for_code(
            ticket=ticket, channel=channel, origin=origin_of(request), now=utc_now()
        )
    except errors.TicketLateError as error:
        return _begin_again(request, error)
    except TooManyError as error:
        notice = form.hold(error)
    return _draw_code(request, ticket, channel, form, notice)


def _set_password(request: HttpRequest, proven: str) -> HttpResponse:
    form = NewPasswordForm(request.POST)
    try:
        resets.check_proven(ticket=proven, now=utc_now())
        if form.is_valid():
            resets.finish_reset(ticket=proven, new=form.cleaned_data["new"], now=utc_now())
            return HttpResponseRedirect(reverse("citizen:forgotten-done"))
    except (errors.TicketLateError, errors.CodeLateError) as error:
        return _begin_again(request, error)
    except CodedError as error:
        form.refuse("new", error)
    return _draw_password(request, proven, form)


def _begin_again(request: HttpRequest, error: Exception) -> HttpResponse:
    return _draw_start(request, ForgottenForm(), notice_text=str(error), status=409)


def _draw_start(
    request: HttpRequest, form: ForgottenForm, *, notice_text: str = "", status: int = 0
) -> HttpResponse:
    answer = render_form(
        request,
        "citizen/entry/forgotten.html",
        Page(title=str(_TITLE), back=reverse("citizen:sign_in")),
        form,
        picture=checks.new_picture(),
        notice_text=notice_text,
    )
    answer.status_code = status or answer.status_code
    return answer


def _draw_code(
    request: HttpRequest, ticket: str, channel: Channel, form: CodeForm, notice: str = ""
) -> HttpResponse:
    is_sms = channel is Channel.SMS
    return render_form(
        request,
        "citizen/entry/forgotten_code.html",
        Page(title=str(_TITLE), back=reverse("citizen:forgotten")),
        form,
        fields={_ASKED: ticket},
        sent_to=_("số điện thoại đã đăng ký") if is_sms else _("email đã đăng ký"),
        # Nothing here may come from an account: there may be none.
        screen=CodeScreen(
            channel=channel.value,
            sent_to="",
            other_channel=(Channel.EMAIL if is_sms else Channel.SMS).value,
            other_address="",
            state="",
            status_key="",
            wait=_seconds_to_wait(form),
            has_smart_otp=False,
            notice=notice,
        ),
    )


def _seconds_to_wait(form: CodeForm) -> int:
    """Until another code may be asked for. An hour is told in words, not counted down."""
    pause = settings.VSSID_CODE_RESEND_AFTER
    left = form.wait or (timedelta() if form.is_bound else pause)
    return math.ceil(left.total_seconds()) if left <= pause else 0


def _draw_password(request: HttpRequest, proven: str, form: NewPasswordForm) -> HttpResponse:
    return render_form(
        request,
        "citizen/entry/forgotten_password.html",
        Page(title=_("Đặt mật khẩu mới"), back=reverse("citizen:forgotten")),
        form,
        proven=proven,
    )
