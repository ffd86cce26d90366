"""«Theo dõi tờ khai»: the code of the paper, an OTP to its phone or email, then how it stands.

Every code is answered alike, known or not, until the right OTP is typed.
"""

import math
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts.errors import TicketLateError
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError, TooManyError
from vssid.messaging.models import Channel
from vssid.reference import queries as reference
from vssid.registration import queries, reasons, rules
from vssid.registration.commands import correcting, following
from vssid.registration.errors import DeclarationUnknownError
from vssid.registration.rules import Step
from vssid.web.citizen.codes import CodeForm, CodeScreen, pressed, wished_channel
from vssid.web.citizen.office_hours import hours_shown
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.citizen.registration.drafts import FiledRequest, remember
from vssid.web.citizen.registration.finish import pdf_answer
from vssid.web.citizen.registration.steps import address_of
from vssid.web.citizen.registration.story import story_of
from vssid.web.ui import checks
from vssid.web.ui.access import public, visitor
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

COOKIE = settings.VSSID_COOKIE_PREFIX + "theo_doi"
# The hidden fields that carry on: the asked-for code, and by which way its OTP went last.
_ASKED, _SENT_BY = "ve", "qua"
_TITLE = gettext_lazy("Theo dõi tờ khai")


class FollowForm(PlainForm):
    """Which declaration."""

    code = forms.CharField(
        label=gettext_lazy("Mã tờ khai"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Xin nhập mã tờ khai, ví dụ TK-7F3K-92QD."),
            "max_length": format_lazy("{}", DeclarationUnknownError.sentence),
        },
    )
    # Looked at by `picture_problem`; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)

    def clean_code(self) -> str:
        """In its stored form. Whether it is known is not said here."""
        code = rules.parse_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(str(DeclarationUnknownError.sentence), code="declaration.unknown")
        return code


@public
def follow(request: HttpRequest, code: str = "") -> HttpResponse:
    """The code, then the OTP: two forms at one address. A paper's QR brings the code along."""
    if _ASKED in request.POST:
        return _take_otp(request, request.POST[_ASKED])
    if request.method != "POST":
        known = rules.parse_code(code)
        shown = rules.display_code(known) if known else ""
        return _draw_start(request, FollowForm(initial={"code": shown}))
    if wants_new_picture(request):
        return _draw_start(request, FollowForm(initial=request.POST.dict()))
    form = FollowForm(request.POST)
    if problem := picture_problem(request):
        form.add_error("ma_kiem_tra", problem)
    if not form.is_valid():
        return _draw_start(request, form)
    ticket = following.ask_to_follow(code=form.cleaned_data["code"], now=utc_now())
    return _send_otp(request, ticket)


def with_followed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For who typed the OTP within half an hour: `request.declaration` is their case."""

    @wraps(view)
    def checked(request: FiledRequest, *args: object, **kwargs: object) -> HttpResponse:
        opened = request.COOKIES.get(COOKIE, "")
        declaration = following.followed(opened=opened, now=utc_now()) if opened else None
        if declaration is None:
            return HttpResponseRedirect(reverse("citizen:follow"))
        request.declaration = declaration
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = NEVER_KEPT
        answer["Vary"] = "Cookie"
        return answer

    return visitor(checked)


@with_followed
def case(request: FiledRequest) -> HttpResponse:
    """How the case stands, what is next, until when and where (guides R11, R13, R15)."""
    return _draw_case(request)


@with_followed
def case_pdf(request: FiledRequest) -> HttpResponse:
    """The form again, for who lost the paper."""
    return pdf_answer(request.declaration, is_download="tai" in request.GET)


@with_followed
def correct(request: FiledRequest) -> HttpResponse:
    """Begin again from what was declared, at the step that has to be mended (guides R15)."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:follow-case"))
    try:
        draft = correcting.correct_declaration(
            declaration=request.declaration,
            address=request.META.get("REMOTE_ADDR", ""),
            now=utc_now(),
        )
    except CodedError as error:
        return _draw_case(request, str(error), status=409)
    found = reasons.of_text(request.declaration.refusal_reason)
    # A lapsed one has nothing to mend: what is missing or left to confirm comes first.
    step = reasons.first_step(found) if request.declaration.refusal_reason else Step.CONFIRM
    answer = HttpResponseRedirect(address_of(step))
    remember(answer, draft.id)
    return answer


@with_followed
def leave(request: FiledRequest) -> HttpResponse:
    """«Đóng hồ sơ»: on a borrowed phone nobody reads on."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:follow-case"))
    answer = HttpResponseRedirect(reverse("citizen:follow"))
    answer.delete_cookie(COOKIE)
    return answer


def _take_otp(request: HttpRequest, ticket: str) -> HttpResponse:
    if pressed(request) == "resend":
        return _send_otp(request, ticket, wished_channel(request))
    form = CodeForm(request.POST)
    is_by_email = request.POST.get(_SENT_BY) == Channel.EMAIL
    channel = Channel.EMAIL if is_by_email else Channel.SMS
    try:
        following.asked(ticket=ticket, now=utc_now())
        if form.is_valid():
            opened = following.open_case(
                ticket=ticket, typed=form.cleaned_data["code"], now=utc_now()
            )
            return _opened(opened)
    except TicketLateError as error:
        return _begin_again(request, error)
    except CodedError as error:
        form.refuse("code", error)
    return _draw_otp(request, ticket, form, channel)


def _opened(opened: str) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("citizen:follow-case"))
    answer.set_cookie(
        COOKIE,
        opened,
        max_age=int(settings.VSSID_SESSION_IDLE.total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )
    return answer


def _send_otp(request: HttpRequest, ticket: str, channel: Channel = Channel.SMS) -> HttpResponse:
    """Have an OTP sent and draw its page, also when it has to wait: nothing is typed again."""
    form, notice = CodeForm(), ""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        following.send_code(ticket=ticket, asked_from=address, now=utc_now(), channel=channel)
    except TicketLateError as error:
        return _begin_again(request, error)
    except TooManyError as error:
        notice = form.hold(error)
    return _draw_otp(request, ticket, form, channel, notice)


def _begin_again(request: HttpRequest, error: Exception) -> HttpResponse:
    return _draw_start(request, FollowForm(), notice_text=str(error), status=409)


def _draw_start(
    request: HttpRequest, form: FollowForm, *, notice_text: str = "", status: int = 0
) -> HttpResponse:
    answer = render_form(
        request,
        "citizen/registration/follow.html",
        Page(title=str(_TITLE), back=reverse("citizen:register")),
        form,
        picture=checks.new_picture(),
        notice_text=notice_text,
    )
    answer.status_code = status or answer.status_code
    return answer


def _draw_otp(
    request: HttpRequest, ticket: str, form: CodeForm, channel: Channel, notice: str = ""
) -> HttpResponse:
    pause = settings.VSSID_CODE_RESEND_AFTER
    left = form.wait or (timedelta() if form.is_bound else pause)
    is_by_email = channel is Channel.EMAIL
    code = following.asked(ticket=ticket, now=utc_now()).code
    return render_form(
        request,
        "citizen/registration/follow_code.html",
        Page(title=str(_TITLE), back=reverse("citizen:follow-code", kwargs={"code": code})),
        form,
        fields={_ASKED: ticket, _SENT_BY: channel.value},
        is_by_email=is_by_email,
        sent_to=_("email đã xác nhận") if is_by_email else _("số điện thoại ghi trong tờ khai"),
        # Nothing here may come from a declaration: there may be none.
        screen=CodeScreen(
            channel=channel.value,
            sent_to="",
            other_channel="sms" if is_by_email else "email",
            other_address="",
            state="",
            status_key="",
            wait=math.ceil(left.total_seconds()) if left <= pause else 0,
            has_smart_otp=False,
            notice=notice,
        ),
    )


def _draw_case(request: FiledRequest, problem: str = "", status: int = 200) -> HttpResponse:
    declaration = request.declaration
    office = reference.known_office(declaration.office)
    page = Page(
        title=str(_TITLE),
        back=reverse("citizen:home"),
        help_phone=office.phone,
        help_name=office.name,
    )
    return render(
        request,
        "citizen/registration/case.html",
        page,
        status=status,
        problem=problem,
        declaration=declaration,
        code=rules.display_code(declaration.code),
        corrects=rules.display_code(declaration.corrects) if declaration.corrects else "",
        story=story_of(declaration, utc_now()),
        paper_due=queries.paper_due(declaration),
        faults=reasons.of_text(declaration.refusal_reason),
        words=reasons.own_words(declaration.refusal_reason),
        office=office,
        hours=hours_shown(office.code, utc_now()),
    )
