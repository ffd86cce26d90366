"""«Theo dõi phản ánh»: the code, an OTP to the phone of who wrote it, then the petition itself.

Every code is answered alike, known or not, until the right OTP is typed.
"""

import math
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.accounts.errors import TicketLateError
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.errors import CodedError, TooManyError
from vssid.support import queries, rules
from vssid.support.commands import following
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition
from vssid.web.citizen.codes import CodeForm, CodeScreen, pressed
from vssid.web.citizen.picture import picture_problem, wants_new_picture
from vssid.web.citizen.support import reading
from vssid.web.citizen.support.forms import visitor_of
from vssid.web.citizen.support.reading import Reader
from vssid.web.ui import checks
from vssid.web.ui.access import public, visitor
from vssid.web.ui.fields import PlainForm
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render, render_form

COOKIE = settings.VSSID_COOKIE_PREFIX + "phan_anh"
# The hidden field that carries on: the asked-for code.
_ASKED = "ve"
_TITLE = gettext_lazy("Theo dõi phản ánh")


class FollowedRequest(HttpRequest):
    """A request of who proved the phone of a petition."""

    petition: Petition


class FollowForm(PlainForm):
    """Which petition."""

    code = forms.CharField(
        label=gettext_lazy("Mã phản ánh"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Xin nhập mã phản ánh, ví dụ PA-7F3K-92QD."),
            "max_length": format_lazy("{}", PetitionUnknownError.sentence),
        },
    )
    # Looked at by `picture_problem`; here is the place of its refusal.
    ma_kiem_tra = forms.CharField(required=False)

    def clean_code(self) -> str:
        """In its stored form. Whether it is known is not said here."""
        code = rules.parse_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(str(PetitionUnknownError.sentence), code="petition.unknown")
        return code


@public
def follow(request: HttpRequest) -> HttpResponse:
    """The code, then the OTP: two forms at one address."""
    if _ASKED in request.POST:
        return _take_otp(request, request.POST[_ASKED])
    if request.method != "POST":
        known = rules.parse_code(request.GET.get("ma", "")[:40])
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
    """For who typed the OTP within half an hour: `request.petition` is theirs, of this code."""

    @wraps(view)
    def checked(
        request: FollowedRequest, code: str, *args: object, **kwargs: object
    ) -> HttpResponse:
        opened = request.COOKIES.get(COOKIE, "")
        petition = following.followed(opened=opened, now=utc_now()) if opened else None
        if petition is None or petition.code != rules.parse_code(code[:40]):
            return HttpResponseRedirect(f"{reverse('citizen:petition-follow')}?ma={code[:40]}")
        request.petition = petition
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = NEVER_KEPT
        answer["Vary"] = "Cookie"
        return answer

    return visitor(checked)


@with_followed
def petition(request: FollowedRequest) -> HttpResponse:
    """Where it stands and what was said; of one sent from an account only where it stands."""
    if request.petition.sender:
        return _draw_of_account(request)
    return reading.show(request, _reader(request))


@with_followed
def rate(request: FollowedRequest) -> HttpResponse:
    """«Câu trả lời có hữu ích không?»."""
    return reading.rate(request, _reader(request))


@with_followed
def withdraw(request: FollowedRequest) -> HttpResponse:
    """«Đóng phản ánh»: asked once more, then done."""
    return reading.withdraw(request, _reader(request))


@with_followed
def paper(request: FollowedRequest, paper: UUID) -> HttpResponse:
    """A picture that came with it."""
    return reading.paper_answer(_reader(request).petition, paper)


@with_followed
def leave(request: FollowedRequest) -> HttpResponse:
    """«Xong, đóng trang này»: on a borrowed phone nobody reads on."""
    if request.method != "POST":
        return HttpResponseRedirect(_reader(request).at["page"])
    answer = HttpResponseRedirect(reverse("citizen:petitions"))
    answer.delete_cookie(COOKIE)
    return answer


def address_of(petition: Petition) -> str:
    """Where who proved its phone reads it."""
    return reverse("citizen:petition-followed", kwargs={"code": rules.display_code(petition.code)})


def opened_answer(opened: str, petition: Petition, why: str = "") -> HttpResponse:
    """To the petition, with the pass that opens it in the browser's hand."""
    to = address_of(petition)
    answer = HttpResponseRedirect(f"{to}?{why}=1" if why else to)
    answer.set_cookie(
        COOKIE,
        opened,
        max_age=int(settings.VSSID_SESSION_IDLE.total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )
    return answer


def _reader(request: FollowedRequest) -> Reader:
    """Raises Http404 for one sent from an account: its owner signs in to it."""
    found = request.petition
    if found.sender:
        raise Http404
    named = {"code": rules.display_code(found.code)}
    office = queries.office_of(found)
    return Reader(
        petition=found,
        actor=Actor.visitor(found.id.hex),
        holder=visitor_of(request, found.code),
        page=Page(
            title=_("Phản ánh"),
            tab="help",
            back=reverse("citizen:petitions"),
            help_phone=office.phone,
            help_name=office.name,
        ),
        at={
            "page": reverse("citizen:petition-followed", kwargs=named),
            "withdraw": reverse("citizen:followed-withdraw", kwargs=named),
            "rate": reverse("citizen:followed-rate", kwargs=named),
            "leave": reverse("citizen:followed-leave", kwargs=named),
        },
        paper_route="citizen:followed-paper",
    )


def _draw_of_account(request: FollowedRequest) -> HttpResponse:
    now = utc_now()
    found = request.petition
    return render(
        request,
        "citizen/support/followed.html",
        Page(title=str(_TITLE), tab="help", back=reverse("citizen:petitions")),
        code=rules.display_code(found.code),
        state=found.get_state_display(),
        office=queries.office_of(found),
        opened_at=found.opened_at,
        due_on=found.due_on,
        is_late=queries.is_late(found, vietnam_today(now)),
    )


def _take_otp(request: HttpRequest, ticket: str) -> HttpResponse:
    if pressed(request) == "resend":
        return _send_otp(request, ticket)
    form = CodeForm(request.POST)
    try:
        following.asked(ticket=ticket, now=utc_now())
        if form.is_valid():
            typed = form.cleaned_data["code"]
            return opened_answer(
                *following.open_petition_by_code(ticket=ticket, typed=typed, now=utc_now())
            )
    except TicketLateError as error:
        return _begin_again(request, error)
    except CodedError as error:
        form.refuse("code", error)
    return _draw_otp(request, ticket, form)


def _send_otp(request: HttpRequest, ticket: str) -> HttpResponse:
    """Have an OTP sent and draw its page, also when it has to wait: nothing is typed again."""
    form, notice = CodeForm(), ""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        following.send_code(ticket=ticket, asked_from=address, now=utc_now())
    except TicketLateError as error:
        return _begin_again(request, error)
    except TooManyError as error:
        notice = form.hold(error)
    return _draw_otp(request, ticket, form, notice)


def _begin_again(request: HttpRequest, error: Exception) -> HttpResponse:
    return _draw_start(request, FollowForm(), notice_text=str(error), status=409)


def _draw_start(
    request: HttpRequest, form: FollowForm, *, notice_text: str = "", status: int = 0
) -> HttpResponse:
    answer = render_form(
        request,
        "citizen/support/follow.html",
        Page(title=str(_TITLE), back=reverse("citizen:petitions")),
        form,
        picture=checks.new_picture(),
        notice_text=notice_text,
    )
    answer.status_code = status or answer.status_code
    return answer


def _draw_otp(request: HttpRequest, ticket: str, form: CodeForm, notice: str = "") -> HttpResponse:
    pause = settings.VSSID_CODE_RESEND_AFTER
    left = form.wait or (timedelta() if form.is_bound else pause)
    code = rules.display_code(following.asked(ticket=ticket, now=utc_now()).code)
    return render_form(
        request,
        "citizen/support/follow_code.html",
        Page(title=str(_TITLE), back=f"{reverse('citizen:petition-follow')}?ma={code}"),
        form,
        fields={_ASKED: ticket},
        sent_to=_("số điện thoại của người gửi phản ánh"),
        # Nothing here may come from a petition: there may be none.
        screen=CodeScreen(
            channel="sms",
            sent_to="",
            other_channel="",
            other_address="",
            state="",
            status_key="",
            wait=math.ceil(left.total_seconds()) if left <= pause else 0,
            has_smart_otp=False,
            notice=notice,
        ),
    )
