"""«Theo dõi phản ánh»: the code, an OTP to the phone of who wrote it, then the petition itself."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, pgettext

from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Channel
from vssid.support import queries, rules
from vssid.support.commands import following
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition
from vssid.web.citizen import following as doors
from vssid.web.citizen.following import Door, at_door, give_pass
from vssid.web.citizen.support import reading
from vssid.web.citizen.support.forms import visitor_of
from vssid.web.citizen.support.reading import Reader
from vssid.web.ui.access import public, visitor
from vssid.web.ui.page import Page
from vssid.web.ui.pages import NEVER_KEPT, render

COOKIE = settings.VSSID_COOKIE_PREFIX + "phan_anh"
_TITLE = gettext_lazy("Theo dõi phản ánh")


class FollowedRequest(HttpRequest):
    """A request of who proved the phone of a petition."""

    petition: Petition


class FollowForm(doors.FollowForm):
    """Which petition."""

    parse = staticmethod(rules.parse_code)
    shown = staticmethod(rules.display_code)
    unknown = PetitionUnknownError

    code = forms.CharField(
        label=gettext_lazy("Mã phản ánh"),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Xin nhập mã phản ánh, ví dụ PA-7F3K-92QD."),
            "max_length": format_lazy("{}", PetitionUnknownError.sentence),
        },
    )


@public
def follow(request: HttpRequest) -> HttpResponse:
    """The code, then the OTP: two forms at one address."""
    return at_door(request, _DOOR, request.GET.get("ma", "")[:40])


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
    return give_pass(answer, COOKIE, opened)


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
            title=pgettext("one", "Phản ánh"),
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


def _start(code: str) -> str:
    return f"{reverse('citizen:petition-follow')}?ma={rules.display_code(code)}"


def _open(ticket: str, typed: str) -> HttpResponse:
    return opened_answer(
        *following.open_petition_by_code(ticket=ticket, typed=typed, now=utc_now())
    )


_DOOR = Door(
    title=_TITLE,
    pages=("citizen/support/follow.html", "citizen/support/follow_code.html"),
    back="citizen:petitions",
    form=FollowForm,
    start=_start,
    sent_to={Channel.SMS: gettext_lazy("số điện thoại của người gửi phản ánh")},
    ask=lambda code: following.ask_to_follow(code=code, now=utc_now()),
    asked=lambda ticket: following.asked(ticket=ticket, now=utc_now()),
    send=lambda ticket, address, _channel: following.send_code(
        ticket=ticket, asked_from=address, now=utc_now()
    ),
    open=_open,
)
