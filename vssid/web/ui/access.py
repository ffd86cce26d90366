"""Who may use a route. Every view wears one of these; an architecture test holds it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse

from vssid.accounts.commands.kept_forms import keep_form, kept_form
from vssid.accounts.models import EndReason
from vssid.accounts.passages import Passage, PassageKind
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.staff import queries as staff
from vssid.staff import rules as staff_rules
from vssid.staff.models import Officer
from vssid.web.ui import desk_session, errors
from vssid.web.ui.pages import NEVER_KEPT, PRIVATE, etag_of
from vssid.web.ui.pages import SESSION_COOKIE as SESSION_COOKIE

DEVICE_COOKIE = settings.VSSID_COOKIE_PREFIX + "thiet_bi"
NEXT = "tiep"
REASON = "ly_do"
KEPT = "giu"
# The reason of who proved themselves and came back without the cookie they had been given.
NO_COOKIES = "no-cookies"
# After any other end whoever typed may not be the owner.
_KEPT_AFTER = frozenset({EndReason.EXPIRED.value, EndReason.TAKEN_OVER.value})

# What is typed into these is never kept: secrets, and what serves one sending only.
_SECRETS = ("password", "old", "new", "again", "code", "pin")
_NEVER_KEPT = frozenset(
    (*_SECRETS, "csrfmiddlewaretoken", "ve", "tra_loi", "ma_kiem_tra", "ma_hinh", "altcha")
)

View = Callable[..., HttpResponse]


class CitizenRequest(HttpRequest):
    """A request of somebody signed in.

    `kept` is what they had typed into this page when their session ended: initial values.
    `is_open` on pages that are shown signed out too.
    """

    citizen: SignedIn
    kept: dict[str, str]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """The officer at work and the office they serve.

    `may_see_cases` and the like decide what stands in their menu and on their first page; `here` is
    the page they are on, `locks_in` the seconds after which its screen locks by itself.
    """

    officer: Officer
    full_name: str
    office: str
    office_name: str
    actor: Actor
    may_see_cases: bool
    may_manage: bool
    may_help: bool
    may_answer: bool
    may_publish: bool
    may_keep_directories: bool
    may_check_cards: bool
    may_read_figures: bool
    here: str
    locks_in: int


class OfficerRequest(HttpRequest):
    """A request of an officer."""

    desk: Desk


def public(view: View) -> View:
    """Open to everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def public_knowing(view: View) -> View:
    """Open to everybody; who is signed in is known by `request.citizen`, as on their own pages."""

    @wraps(view)
    def known(request: CitizenRequest, *args: object, **kwargs: object) -> HttpResponse:
        session = session_of(request.COOKIES.get(SESSION_COOKIE, ""), utc_now())
        if isinstance(session, SignedIn):
            request.citizen = session
        request.is_open = True
        return _personal(view(request, *args, **kwargs), "")

    known.access = "public"  # type: ignore[attr-defined]
    return known


def visitor(view: View) -> View:
    """Open to everybody; what it shows belongs to the draft named in the visitor's cookie."""
    view.access = "visitor"  # type: ignore[attr-defined]
    return view


def citizen(
    *,
    record: bool = False,
    before_password_change: bool = False,
    proven: bool = False,
    passage: PassageKind | None = None,
) -> Callable[[View], View]:
    """For the owner of an account.

    `record` pages show nothing but the record: an unchanged one is answered with 304, after the
    session was checked. Until the first password, or one past its six months, is changed only
    views with `before_password_change` open (guides A03, A05). Views with `proven` are sensitive:
    who proved themselves too long ago is asked again, and comes back to what they typed. `passage`:
    the address names a way into somebody else's record, and `request.citizen.reached` is whose.
    """

    def wear(view: View) -> View:
        @wraps(view)
        def checked(request: CitizenRequest, *args: object, **kwargs: object) -> HttpResponse:
            now = utc_now()
            way = Passage(passage, UUID(str(kwargs[passage]))) if passage else None
            session = session_of(request.COOKIES.get(SESSION_COOKIE, ""), now, way)
            if isinstance(session, NotSignedIn):
                return _to_sign_in(request, session, now)
            if session.must_change_password and not before_password_change:
                return HttpResponseRedirect(reverse("citizen:password"))
            if proven and now - session.proved_at > settings.VSSID_PROOF_LIFETIME:
                return _to_proof(request, session.number, now)
            request.citizen = session
            request.kept = _kept(request, session.number, now)
            etag = etag_of(request, session, now) if record and request.method == "GET" else ""
            known = request.headers.get("If-None-Match", "").removeprefix("W/")
            if etag and known == etag:
                return _personal(HttpResponseNotModified(), etag)
            return _personal(view(request, *args, **kwargs), etag)

        checked.access = "citizen"  # type: ignore[attr-defined]
        return checked

    return wear


def officer(
    *,
    may: Callable[[str], bool] = staff_rules.can_see_cases,
    while_locked: bool = False,
    counts: bool = True,
) -> Callable[[View], View]:
    """For officers whose role `may`; `request.desk` says who and where.

    A locked screen leads to its lock, but for views that open `while_locked`; a request that does
    not count as an act (`counts`) keeps no screen awake.
    """

    def wear(view: View) -> View:
        @wraps(view)
        def checked(request: OfficerRequest, *args: object, **kwargs: object) -> HttpResponse:
            user, now = desk_session.officer_of(request), utc_now()
            if user is None or desk_session.is_over(request, user, now):
                return _to_door(request)
            is_locked = desk_session.is_locked(request, now)
            if is_locked and not while_locked:
                return _to_lock(request, user)
            if counts and not is_locked:
                desk_session.touch(request, now)
            request.desk = _desk_of(request, user, now, is_locked=is_locked)
            if not may(user.role):
                return _desk_only(errors.forbidden(request))
            return _desk_only(view(request, *args, **kwargs))

        checked.access = f"officer:{may.__name__}"  # type: ignore[attr-defined]
        return checked

    return wear


def _desk_of(request: HttpRequest, user: Officer, now: datetime, *, is_locked: bool) -> Desk:
    return Desk(
        officer=user,
        full_name=user.full_name,
        office=user.office,
        office_name=staff.workplace_name(user),
        actor=user.actor,
        may_see_cases=staff_rules.can_see_cases(user.role),
        may_manage=staff_rules.can_manage(user.role),
        may_help=staff_rules.can_decide(user.role),
        may_answer=staff_rules.can_answer(user.role),
        may_publish=staff_rules.can_publish(user.role),
        may_keep_directories=staff_rules.can_keep_directories(user.role),
        may_check_cards=staff_rules.can_check_cards(user.role),
        may_read_figures=staff_rules.can_read_figures(user.role),
        here=request.get_full_path(),
        locks_in=math.ceil(desk_session.left(request, now, locked=is_locked).total_seconds()),
    )


def _personal(answer: HttpResponse, etag: str) -> HttpResponse:
    answer.setdefault("Cache-Control", PRIVATE)
    answer["Vary"] = "Cookie"
    if etag and answer.status_code in {200, 304}:
        answer["ETag"] = etag
    return answer


def _desk_only(answer: HttpResponse) -> HttpResponse:
    # Several officers share a computer: going back must not show what another one saw.
    answer["Cache-Control"] = NEVER_KEPT
    answer["Vary"] = "Cookie"
    return answer


def _to_door(request: HttpRequest) -> HttpResponse:
    to = urlencode({NEXT: request.get_full_path()})
    answer = HttpResponseRedirect(f"{reverse('officer:sign_in')}?{to}")
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        desk_session.forget(request)
        answer["Clear-Site-Data"] = '"cache"'
    return _desk_only(answer)


def _to_lock(request: HttpRequest, user: Officer) -> HttpResponse:
    if request.method == "POST":
        desk_session.keep_typed(request, user, request.path, request.POST)
    to = urlencode({NEXT: request.get_full_path()})
    return _desk_only(HttpResponseRedirect(f"{reverse('officer:lock')}?{to}"))


def _to_proof(request: HttpRequest, number: str, now: datetime) -> HttpResponse:
    to = urlencode({NEXT: _way_back(request, number, now) or request.path})
    answer = HttpResponseRedirect(f"{reverse('citizen:prove')}?{to}")
    answer["Cache-Control"] = PRIVATE
    answer["Vary"] = "Cookie"
    return answer


def _way_back(request: HttpRequest, number: str, now: datetime) -> str:
    """The address to return to; what was typed waits there for the same person."""
    if request.method == "GET":
        return request.get_full_path()
    if not number:
        return ""
    fields = {name: str(text) for name, text in request.POST.items() if name not in _NEVER_KEPT}
    kept = keep_form(number=number, path=request.path, fields=fields, now=now)
    return f"{request.path}?{KEPT}={kept}" if kept else ""


def _kept(request: HttpRequest, number: str, now: datetime) -> dict[str, str]:
    asked = request.GET.get(KEPT, "")
    if not asked or request.method != "GET":
        return {}
    try:
        kept_id = UUID(asked)
    except ValueError:
        return {}
    return kept_form(number=number, kept_id=kept_id, path=request.path, now=now)


def _lost_cookies(request: HttpRequest) -> bool:
    """Whether somebody comes straight from a door, and neither cookie of a sign-in with them.

    The device's cookie stays after signing out: who has it goes «back», and refuses nothing.
    """
    if SESSION_COOKIE in request.COOKIES or DEVICE_COOKIE in request.COOKIES:
        return False
    came_from = request.headers.get("Referer", "").partition("://")[2].partition("?")[0]
    host = request.get_host()
    return came_from == f"{host}/" or came_from.startswith(host + reverse("citizen:sign_in"))


def _to_sign_in(request: HttpRequest, ended: NotSignedIn, now: datetime) -> HttpResponse:
    query = {}
    to = _way_back(request, ended.number if ended.reason in _KEPT_AFTER else "", now)
    if to and to != "/quan-ly-ca-nhan/":
        query[NEXT] = to
    reason = ended.reason or (NO_COOKIES if _lost_cookies(request) else "")
    if reason:
        query[REASON] = reason
    to = reverse("citizen:sign_in") + (f"?{urlencode(query)}" if query else "")
    answer = HttpResponseRedirect(to)
    answer["Cache-Control"] = PRIVATE
    answer["Vary"] = "Cookie"
    if request.COOKIES.get(SESSION_COOKIE):
        answer.delete_cookie(SESSION_COOKIE)
        answer["Clear-Site-Data"] = '"cache"'
    return answer
