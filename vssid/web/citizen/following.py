"""The door to what is followed by its code: the code, then an OTP to whom it concerns.

Two forms at one address. Every code is answered alike, known or not, until the right OTP is typed.
Declarations and petitions stand behind such doors; each tells in a `Door` what is its own.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from vssid.accounts.commands.following import Asked
from vssid.accounts.errors import TicketLateError
from vssid.kernel.errors import CodedError, TooManyError
from vssid.messaging.models import Channel
from vssid.web.citizen.codes import CodeForm, CodeScreen, pressed, wished_channel
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.ui import checks
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form

# The hidden fields that carry on: the asked-for code, and by which way its OTP went last.
_ASKED, _SENT_BY = "ve", "qua"


class FollowForm(PlainForm):
    """Which one. A door's own form adds the field `code` with its words."""

    field_order = ("code", "ma_kiem_tra")
    parse: ClassVar["staticmethod[[str], str]"]
    shown: ClassVar["staticmethod[[str], str]"]
    unknown: ClassVar[type[CodedError]]

    # Looked at by `picture_problem`; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)

    def clean_code(self) -> str:
        """In its stored form. Whether it is known is not said here."""
        code = type(self).parse(self.cleaned_data["code"])
        if not code:
            raise ValidationError(str(self.unknown.sentence), code=self.unknown.code)
        return code


@dataclass(frozen=True, slots=True)
class Door:
    """What is behind it, and how it is called.

    `pages`: the templates of the two forms; `back`: the route that the first leads back to;
    `start`: the address of the first form with a code (stored form) filled in. `sent_to`: by which
    channels an OTP may go, the first of them unless another is wished, and whose address that is.
    `ask`, `asked`, `send` and `open` are the commands; `open` answers who typed the right OTP.
    """

    title: Promise
    pages: tuple[str, str]
    back: str
    form: type[FollowForm]
    start: Callable[[str], str]
    sent_to: Mapping[Channel, Promise]
    ask: Callable[[str], str]
    asked: Callable[[str], Asked]
    send: Callable[[str, str, Channel], None]
    open: Callable[[str, str], HttpResponse]


def at_door(request: HttpRequest, door: Door, code: str) -> HttpResponse:
    """Both forms; `code`, as an address brings it along, is filled in where it can be one."""
    if _ASKED in request.POST:
        return _take_otp(request, door, request.POST[_ASKED])
    if request.method != "POST":
        known = door.form.parse(code)
        shown = door.form.shown(known) if known else ""
        return _draw_start(request, door, door.form(initial={"code": shown}))
    if wants_new_picture(request):
        return _draw_start(request, door, door.form(initial=request.POST.dict()))
    form = door.form(request.POST)
    if problem := picture_problem(request):
        form.add_error("ma_kiem_tra", problem)
    if not form.is_valid():
        return _draw_start(request, door, form)
    return _send_otp(request, door, door.ask(form.cleaned_data["code"]), next(iter(door.sent_to)))


def give_pass(answer: HttpResponse, cookie: str, opened: str) -> HttpResponse:
    """The same answer with the pass in the browser's hand, for as long as an idle session."""
    answer.set_cookie(
        cookie,
        opened,
        max_age=int(settings.VSSID_SESSION_IDLE.total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )
    return answer


def _take_otp(request: HttpRequest, door: Door, ticket: str) -> HttpResponse:
    if pressed(request) == "resend":
        return _send_otp(request, door, ticket, _allowed(door, wished_channel(request)))
    form = CodeForm(request.POST)
    try:
        door.asked(ticket)
        if form.is_valid():
            return door.open(ticket, form.cleaned_data["code"])
    except TicketLateError as error:
        return _begin_again(request, door, error)
    except CodedError as error:
        form.refuse("code", error)
    return _draw_otp(request, door, ticket, form, _allowed(door, request.POST.get(_SENT_BY, "")))


def _send_otp(request: HttpRequest, door: Door, ticket: str, channel: Channel) -> HttpResponse:
    """Have an OTP sent and draw its page, also when it has to wait: nothing is typed again."""
    form, notice = CodeForm(), ""
    try:
        door.send(ticket, request.META.get("REMOTE_ADDR", ""), channel)
    except TicketLateError as error:
        return _begin_again(request, door, error)
    except TooManyError as error:
        notice = form.hold(error)
    return _draw_otp(request, door, ticket, form, channel, notice)


def _allowed(door: Door, wished: str) -> Channel:
    ways = list(door.sent_to)
    return next((way for way in ways if way == wished), ways[0])


def _begin_again(request: HttpRequest, door: Door, error: Exception) -> HttpResponse:
    return _draw_start(request, door, door.form(), notice_text=str(error), status=409)


def _draw_start(
    request: HttpRequest, door: Door, form: FollowForm, *, notice_text: str = "", status: int = 0
) -> HttpResponse:
    answer = render_form(
        request,
        door.pages[0],
        Page(title=str(door.title), back=reverse(door.back)),
        form,
        picture=checks.new_picture(),
        notice_text=notice_text,
    )
    answer.status_code = status or answer.status_code
    return answer


def _draw_otp(
    request: HttpRequest,
    door: Door,
    ticket: str,
    form: CodeForm,
    channel: Channel,
    notice: str = "",
) -> HttpResponse:
    shown: dict[str, Any] = {
        "fields": {_ASKED: ticket, _SENT_BY: channel.value},
        "is_by_email": channel is Channel.EMAIL,
        "sent_to": str(door.sent_to[channel]),
        "screen": _screen(door, form, channel, notice),
    }
    back = door.start(door.asked(ticket).code)
    return render_form(
        request, door.pages[1], Page(title=str(door.title), back=back), form, **shown
    )


def _screen(door: Door, form: CodeForm, channel: Channel, notice: str) -> CodeScreen:
    """Nothing here may come from what the code leads to: there may be nothing."""
    pause = settings.VSSID_CODE_RESEND_AFTER
    left = form.wait or (timedelta() if form.is_bound else pause)
    other = next((way.value for way in door.sent_to if way is not channel), "")
    return CodeScreen(
        channel=channel.value,
        sent_to="",
        other_channel=other,
        other_address="",
        state="",
        status_key="",
        wait=math.ceil(left.total_seconds()) if left <= pause else 0,
        has_smart_otp=False,
        notice=notice,
    )
