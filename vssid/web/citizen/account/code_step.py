"""The step of a change at which an OTP is typed: the same page for each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.urls import reverse

from vssid.accounts import errors
from vssid.accounts.commands.smart_otp_codes import SMART_OTP_PURPOSES
from vssid.accounts.models import CodePurpose
from vssid.accounts.queries import smart_otp_of
from vssid.kernel.errors import CodedError
from vssid.web.citizen.codes import NOT_NOW, CodeForm, code_screen, pressed
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render_form


@dataclass(frozen=True, slots=True)
class CodeStep:
    """One such page: `heading` says what the code is for, `text` what more there is to know.

    `kind` is the button's: «danger» where nothing can be taken back. `phone` and `email` are the
    addresses it may go to; `fields` come back with every form of it; `send` sends (another) code,
    `finish` takes what was typed and returns where to go. `start` is the route at which the change
    begins; a new address `is_typed` there, and can be mended there.
    """

    title: str
    heading: str
    text: str
    label: str
    purpose: CodePurpose
    start: str
    send: Callable[[], None]
    finish: Callable[[str], HttpResponse]
    kind: str = "primary"
    phone: str = ""
    email: str = ""
    is_typed: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


def begin_code(request: CitizenRequest, step: CodeStep) -> HttpResponse:
    """Send the first code and draw the page, also when it cannot be sent yet: it says so there.

    Nothing has to be typed again for a pause. Raises what `step.send` raises when the change
    itself may not be made.
    """
    form = CodeForm()
    try:
        step.send()
    except NOT_NOW as error:
        return draw_code(request, step, form, form.hold(error))
    return draw_code(request, step, form)


def take_code(request: CitizenRequest, step: CodeStep) -> HttpResponse:
    """Answer a form of the page: another code, another look, or the code itself.

    `finish` may raise coded errors, which are shown at the field. Raises TicketLateError.
    """
    button = pressed(request)
    if button == "check":
        return draw_code(request, step)
    if button == "resend":
        form = CodeForm()
        try:
            step.send()
        except errors.TicketLateError:
            raise
        except CodedError as error:
            return draw_code(request, step, form, form.hold(error))
        return draw_code(request, step, form)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            return step.finish(form.cleaned_data["code"])
        except errors.TicketLateError:
            raise
        except CodedError as error:
            form.refuse("code", error)
    return draw_code(request, step, form)


def draw_code(
    request: CitizenRequest, step: CodeStep, form: CodeForm | None = None, notice: str = ""
) -> HttpResponse:
    """The page itself."""
    number, form = request.citizen.number, form or CodeForm()
    screen = code_screen(
        purpose=step.purpose,
        subject=number,
        phone=step.phone,
        email=step.email,
        has_smart_otp=step.purpose in SMART_OTP_PURPOSES and smart_otp_of(number) is not None,
        notice=notice,
        form=form,
    )
    start = reverse(step.start)
    return render_form(
        request,
        "citizen/account/code.html",
        Page(title=step.title, tab="manage", back=start),
        form,
        step=step,
        screen=screen,
        action=start,
    )
