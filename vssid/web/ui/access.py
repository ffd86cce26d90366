"""Who may use a route. Every view wears one of these; an architecture test holds it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.urls import reverse

from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.reference import queries as reference
from vssid.staff import rules as staff_rules
from vssid.staff.models import Officer
from vssid.web.ui import errors
from vssid.web.ui.pages import NEVER_KEPT, PRIVATE, etag_of

SESSION_COOKIE = "phien"
NEXT = "tiep"
REASON = "ly_do"

View = Callable[..., HttpResponse]


class CitizenRequest(HttpRequest):
    """A request of somebody signed in."""

    citizen: SignedIn


@dataclass(frozen=True, slots=True)
class Desk:
    """The officer at work and the office they serve."""

    officer: Officer
    full_name: str
    office: str
    office_name: str
    actor: Actor


class OfficerRequest(HttpRequest):
    """A request of an officer."""

    desk: Desk


def public(view: View) -> View:
    """Open to everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def visitor(view: View) -> View:
    """Open to everybody; what it shows belongs to the draft named in the visitor's cookie."""
    view.access = "visitor"  # type: ignore[attr-defined]
    return view


def citizen(
    *, record: bool = False, before_password_change: bool = False
) -> Callable[[View], View]:
    """For the owner of an account.

    `record` pages show nothing but the record: an unchanged one is answered with 304, after the
    session was checked. Until the first password is changed only views with
    `before_password_change` open (guides A03).
    """

    def wear(view: View) -> View:
        @wraps(view)
        def checked(request: CitizenRequest, *args: object, **kwargs: object) -> HttpResponse:
            now = utc_now()
            session = session_of(request.COOKIES.get(SESSION_COOKIE, ""), now)
            if isinstance(session, NotSignedIn):
                return _to_sign_in(request, session.reason)
            if session.must_change_password and not before_password_change:
                return HttpResponseRedirect(reverse("citizen:password"))
            request.citizen = session
            etag = etag_of(request, session, now) if record and request.method == "GET" else ""
            if etag and request.headers.get("If-None-Match") == etag:
                return _personal(HttpResponseNotModified(), etag)
            return _personal(view(request, *args, **kwargs), etag)

        checked.access = "citizen"  # type: ignore[attr-defined]
        return checked

    return wear


def officer(*, may: Callable[[str], bool] = staff_rules.can_see_cases) -> Callable[[View], View]:
    """For officers whose role `may`; `request.desk` says who and where."""

    def wear(view: View) -> View:
        @wraps(view)
        def checked(request: OfficerRequest, *args: object, **kwargs: object) -> HttpResponse:
            user = request.user
            if not isinstance(user, Officer) or not user.is_active:
                return _to_door(request)
            request.desk = Desk(
                officer=user,
                full_name=user.full_name,
                office=user.office,
                office_name=reference.known_office(user.office).name,
                actor=Actor.officer(user.user_name, user.office),
            )
            if not may(user.role):
                return _desk_only(errors.forbidden(request))
            return _desk_only(view(request, *args, **kwargs))

        checked.access = f"officer:{may.__name__}"  # type: ignore[attr-defined]
        return checked

    return wear


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
        answer["Clear-Site-Data"] = '"cache"'
    return _desk_only(answer)


def _to_sign_in(request: HttpRequest, reason: str) -> HttpResponse:
    query = {}
    if request.method == "GET" and request.path != "/quan-ly-ca-nhan/":
        query[NEXT] = request.get_full_path()
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
