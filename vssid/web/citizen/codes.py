"""The page on which an OTP is typed back, the same everywhere (guides R07, A04, A06, A07).

A view draws it in three steps: `pressed` tells which button was used, `code_screen` says where the
message stands, and the macro `code_entry` (citizen/code_entry.html) draws it all. «Gửi lại mã» and
the second channel post `gui-lai`, and `kenh` for the channel (`wished_channel`).
"""

import json
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from vssid.accounts import errors, tokens
from vssid.accounts.commands import codes
from vssid.accounts.models import CodePurpose
from vssid.kernel.clock import utc_now
from vssid.kernel.emails import mask_email
from vssid.kernel.errors import TooManyError
from vssid.kernel.phones import display_phone, mask_phone
from vssid.kernel.text import ascii_digits
from vssid.messaging.models import Channel
from vssid.web.ui.access import public
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

RESEND, CHECK, CHANNEL, TYPED = "gui-lai", "kiem-tra", "kenh", "code"
_STATUS = "code-status"
_ASKED_FOR = timedelta(minutes=10)
# These go to what the person has typed a moment ago: only in full can they see a slip.
_TYPED_BY_OWNER = frozenset({CodePurpose.NEW_PHONE, CodePurpose.NEW_EMAIL, CodePurpose.PETITION})

# A code cannot be sent yet: its page is shown all the same, with the way to ask again.
NOT_NOW = (
    errors.CodeTooSoonError,
    errors.CodesExhaustedError,
    errors.CodesOfDayError,
    errors.NetworkExhaustedError,
)

Pressed = Literal["confirm", "resend", "check", ""]


class CodeForm(PlainForm):
    """Six digits, however they are spaced."""

    code = forms.CharField(
        label=_("Mã OTP"),
        max_length=20,
        error_messages={"required": _("Xin nhập mã OTP gồm 6 chữ số vừa gửi đến bạn.")},
    )

    # Whether the pause runs since a code for something else: where that went is of no use here.
    is_after_earlier = False

    def clean_code(self) -> str:
        """Digits only, 0 to 9: people type spaces as the message shows them."""
        typed = ascii_digits(self.cleaned_data["code"])
        digits = "".join(sign for sign in typed if sign in "0123456789")
        if len(digits) != settings.VSSID_CODE_DIGITS:
            raise ValidationError(
                _("Mã OTP gồm 6 chữ số. Xin xem lại mã vừa nhận."), code="code.shape"
            )
        return digits

    def hold(self, error: Exception) -> str:
        """A code was not sent: its sentence, for the screen's `notice`; a wait makes it 429."""
        if isinstance(error, TooManyError):
            self.wait = error.wait
        self.is_after_earlier = isinstance(error, errors.EarlierCodeError)
        return str(error)


@dataclass(frozen=True, slots=True)
class CodeScreen:
    """What `code_entry` draws around the field; addresses are masked unless just typed.

    `channel` («sms», «email») is where the code went or will go, `other_channel` the second one,
    empty without one. `state` is where the message stands, empty when that is not told. `wait` is
    how many seconds another code takes, `minutes` how long one holds.
    """

    channel: str
    sent_to: str
    other_channel: str
    other_address: str
    state: str
    status_key: str
    wait: int
    has_smart_otp: bool
    notice: str

    @property
    def minutes(self) -> int:
        """How long a code holds."""
        return int(settings.VSSID_CODE_LIFETIME // timedelta(minutes=1))


def pressed(request: HttpRequest) -> Pressed:
    """Which button of the code page was used; empty for another page's form."""
    if request.method != "POST":
        return ""
    if CHECK in request.POST:
        return "check"
    if RESEND in request.POST:
        return "resend"
    return "confirm" if TYPED in request.POST else ""


def wished_channel(request: HttpRequest) -> Channel:
    """The channel whose button was pressed; SMS unless email was."""
    return Channel.EMAIL if request.POST.get(CHANNEL) == Channel.EMAIL else Channel.SMS


def code_screen(
    *,
    purpose: CodePurpose,
    subject: str,
    phone: str,
    email: str = "",
    has_smart_otp: bool = False,
    notice: str = "",
    form: CodeForm | None = None,
) -> CodeScreen:
    """What the code page shows for the live code of (purpose, subject).

    `phone` and `email` are the addresses that it may go to; leave the one out that it must not.
    `notice` is why a new code could not be sent, as the `form` that is drawn held it.
    """
    found = codes.delivery(purpose=purpose, subject=subject)
    # A code that went elsewhere was for something else.
    serves = found and found.address in {phone, email} and not (form and form.is_after_earlier)
    told = found if serves else None
    channel = told.channel if told else (Channel.SMS if phone else Channel.EMAIL)
    other = Channel.SMS if channel is Channel.EMAIL else Channel.EMAIL
    other_address = phone if other is Channel.SMS else email
    return CodeScreen(
        channel=channel.value,
        sent_to=shown(purpose, channel, told.address if told else phone or email),
        other_channel=other.value if other_address else "",
        other_address=shown(purpose, other, other_address) if other_address else "",
        state=told.state if told else "",
        status_key=_status_key(purpose, subject, other if other_address else None) if told else "",
        wait=_seconds_to_wait(found, form),
        has_smart_otp=has_smart_otp,
        notice=notice,
    )


def _seconds_to_wait(found: codes.Delivery | None, form: CodeForm | None) -> int:
    """Until another code may be asked for. An hour is told in words, not counted down."""
    pause = settings.VSSID_CODE_RESEND_AFTER
    left = form.wait if form and form.wait and form.wait <= pause else timedelta()
    if found and found.state != "failed":
        left = max(left, found.again_at - utc_now())
    return max(0, math.ceil(left.total_seconds()))


def shown(purpose: CodePurpose, channel: Channel, address: str) -> str:
    """An address as the page of a code tells it: masked, unless it was typed a moment ago."""
    if purpose not in _TYPED_BY_OWNER:
        return masked(channel, address)
    return display_phone(address) if channel is Channel.SMS else address


def masked(channel: Channel, address: str) -> str:
    """An address as others may see it."""
    return mask_phone(address) if channel is Channel.SMS else mask_email(address)


@public
def code_status(request: HttpRequest) -> HttpResponse:
    """How far a code has come, for the script of its page: a piece of that page, or 404."""
    content = json.loads(tokens.unseal(_STATUS, request.GET.get("ma", "")) or b"{}")
    late = _ASKED_FOR.total_seconds()
    if not content or utc_now().timestamp() - content["at"] > late:
        return HttpResponse(status=404)
    found = codes.delivery(purpose=CodePurpose(content["purpose"]), subject=content["subject"])
    if found is None:
        return HttpResponse(status=404)
    answer = render(
        request,
        "citizen/code_status.html",
        Page(title=""),
        state=found.state,
        channel=found.channel.value,
        sent_to=shown(CodePurpose(content["purpose"]), found.channel, found.address),
        other_channel=content["other"],
    )
    answer["Cache-Control"] = NEVER_KEPT
    return answer


def _status_key(purpose: CodePurpose, subject: str, other: Channel | None) -> str:
    content = {
        "purpose": purpose.value,
        "subject": subject,
        "other": other.value if other else "",
        "at": int(utc_now().timestamp()),
    }
    return tokens.seal(_STATUS, json.dumps(content).encode())
