"""«Theo dõi tờ khai»: the code of the paper, an OTP to its phone or email, then how it stands."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.messaging.models import Channel
from vssid.reference import queries as reference
from vssid.registration import queries, reasons, rules
from vssid.registration.commands import correcting, following
from vssid.registration.errors import DeclarationUnknownError
from vssid.registration.moves import moves_of
from vssid.registration.rules import Step
from vssid.web.citizen import following as doors
from vssid.web.citizen.following import Door, at_door, give_pass
from vssid.web.citizen.office_hours import hours_shown
from vssid.web.citizen.registration.drafts import FiledRequest, remember
from vssid.web.citizen.registration.finish import pdf_answer
from vssid.web.citizen.registration.steps import address_of
from vssid.web.citizen.registration.story import story_of
from vssid.web.ui.access import public, visitor
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

COOKIE = settings.VSSID_COOKIE_PREFIX + "theo_doi"
_TITLE = gettext_lazy("Theo dõi tờ khai")


class FollowForm(doors.FollowForm):
    """Which declaration."""

    parse = staticmethod(rules.parse_code)
    shown = staticmethod(rules.display_code)
    unknown = DeclarationUnknownError

    code = forms.CharField(
        label=gettext_lazy("Mã tờ khai"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Xin nhập mã tờ khai, ví dụ TK-7F3K-92QD."),
            "max_length": format_lazy("{}", DeclarationUnknownError.sentence),
        },
    )


@public
def follow(request: HttpRequest, code: str = "") -> HttpResponse:
    """The code, then the OTP: two forms at one address. A paper's QR brings the code along."""
    return at_door(request, _DOOR, code)


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


def _open(ticket: str, typed: str) -> HttpResponse:
    opened = following.open_case(ticket=ticket, typed=typed, now=utc_now())
    return give_pass(HttpResponseRedirect(reverse("citizen:follow-case")), COOKIE, opened)


_DOOR = Door(
    title=_TITLE,
    pages=("citizen/registration/follow.html", "citizen/registration/follow_code.html"),
    back="citizen:register",
    form=FollowForm,
    start=lambda code: reverse("citizen:follow-code", kwargs={"code": code}),
    sent_to={
        Channel.SMS: gettext_lazy("số điện thoại ghi trong tờ khai"),
        Channel.EMAIL: gettext_lazy("email đã xác nhận"),
    },
    ask=lambda code: following.ask_to_follow(code=code, now=utc_now()),
    asked=lambda ticket: following.asked(ticket=ticket, now=utc_now()),
    send=lambda ticket, address, channel: following.send_code(
        ticket=ticket, asked_from=address, now=utc_now(), channel=channel
    ),
    open=_open,
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
        story=story_of(declaration, utc_now(), moves_of(declaration)),
        paper_due=queries.paper_due(declaration),
        faults=reasons.of_text(declaration.refusal_reason),
        words=reasons.own_words(declaration.refusal_reason),
        office=office,
        hours=hours_shown(office.code, utc_now()),
    )
