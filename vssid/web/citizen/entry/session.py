"""A session as its owner's pages see it: begun, looked at, extended, ended (guides A01, A10)."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token, rotate_token
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from vssid.accounts.commands import endings, sessions
from vssid.accounts.errors import SessionOverError
from vssid.accounts.models import Account, EndReason
from vssid.accounts.queries import NotSignedIn, SignedIn, look_at_session, session_of
from vssid.kernel.clock import utc_now
from vssid.web.citizen.origin import remember_device
from vssid.web.ui.access import (
    NEXT,
    NO_COOKIES,
    REASON,
    SESSION_COOKIE,
    CitizenRequest,
    citizen,
    public,
)
from vssid.web.ui.pages import NEVER_KEPT


def ended_sentence(reason: str) -> str:
    """Why there is no session (any more), with the next step; empty for an unknown reason."""
    return {
        EndReason.EXPIRED.value: _("Phiên làm việc đã hết thời gian. Xin đăng nhập lại."),
        EndReason.TAKEN_OVER.value: _(
            "Tài khoản vừa được đăng nhập trên thiết bị khác nên thiết bị này đã đăng xuất. "
            "Nếu không phải bạn, xin gọi ngay tổng đài."
        ),
        EndReason.SIGNED_OUT.value: _("Bạn đã thoát. Hẹn gặp lại."),
        EndReason.RESET.value: _(
            "Mật khẩu vừa được đặt lại nên thiết bị này đã đăng xuất. Xin đăng nhập bằng mật khẩu "
            "mới. Nếu không phải bạn đặt lại, xin gọi ngay tổng đài."
        ),
        EndReason.DISOWNED.value: _(
            "Tài khoản đã bị khóa vì chủ tài khoản báo «Không phải tôi». Để mở lại, xin bấm «Quên "
            "mật khẩu» và đặt mật khẩu mới, hoặc mang giấy tờ gốc đến cơ quan BHXH gần nhất."
        ),
        EndReason.DESK.value: _(
            "Cơ quan BHXH vừa đổi thông tin tài khoản theo yêu cầu tại quầy nên thiết bị này đã "
            "đăng xuất. Xin đăng nhập lại. Nếu không phải bạn yêu cầu, xin gọi ngay tổng đài."
        ),
        NO_COOKIES: _(
            "Mật khẩu đúng, nhưng trình duyệt không giữ cookie nên trang không nhận ra bạn. Xin mở "
            "cài đặt của trình duyệt, cho phép cookie với trang này, rồi đăng nhập lại."
        ),
    }.get(reason, "")


def signed_in(
    request: HttpRequest, account: Account, started: sessions.Started
) -> HttpResponseRedirect:
    """Send the owner on with both cookies: to the first change of password, or on their way.

    Every door ends here, whatever was proven at it.
    """
    rotate_token(request)
    to = way_on(request.POST.get(NEXT, ""))
    answer = HttpResponseRedirect(
        reverse("citizen:password") if account.must_change_password else to
    )
    remember_session(answer, started.cookie)
    remember_device(answer, started.device)
    return answer


def remember_session(answer: HttpResponse, cookie: str) -> None:
    """Let the browser carry the session from now on."""
    answer.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(settings.VSSID_SESSION_TOTAL.total_seconds()),
        httponly=True,
        secure=settings.VSSID_SECURE_COOKIES,
        samesite="Lax",
    )


def way_on(to: str) -> str:
    """Where somebody was going, if that is a page of the citizens; otherwise their record."""
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith("/")
    if not is_ours or to.startswith("/can-bo/"):
        return reverse("citizen:overview")
    return to


@public
def state(request: HttpRequest) -> HttpResponse:
    """How long the session lasts, or why it is over: asked by the open page, extends nothing."""
    now = utc_now()
    session = look_at_session(request.COOKIES.get(SESSION_COOKIE, ""), now)
    return _told(request, session, now)


@public
def extend(request: HttpRequest) -> HttpResponse:
    """«Ở lại»: the session lasts on as if a page had been opened."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:overview"))
    now, cookie = utc_now(), request.COOKIES.get(SESSION_COOKIE, "")
    session = look_at_session(cookie, now)
    if isinstance(session, SignedIn):
        with suppress(SessionOverError):  # it may end between the two
            sessions.extend(number=session.number, session_id=session.session_id, now=now)
        session = look_at_session(cookie, now)
    return _told(request, session, now)


@citizen(before_password_change=True)
def sign_out(request: CitizenRequest) -> HttpResponse:
    """«Thoát»: ends the session and leaves nothing of the record in the browser's cache."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:overview"))
    session = request.citizen
    endings.sign_out(number=session.number, session_id=session.session_id, now=utc_now())
    answer = HttpResponseRedirect(
        f"{reverse('citizen:sign_in')}?{REASON}={EndReason.SIGNED_OUT.value}"
    )
    answer.delete_cookie(SESSION_COOKIE)
    # Never "storage": what a device keeps for its owner's codes lives there.
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the browser holds a live session; it counts as seen."""
    cookie = request.COOKIES.get(SESSION_COOKIE, "")
    return bool(cookie) and isinstance(session_of(cookie, utc_now()), SignedIn)


def _told(request: HttpRequest, session: SignedIn | NotSignedIn, now: datetime) -> JsonResponse:
    """What session.js asks: seconds until the end, or 401 with the sentence why it is over.

    `number` is whose session it is and `key` the present form key: the page may be older than
    both. `now` is the time here, in seconds since 1970.
    """
    if isinstance(session, SignedIn):
        answer = JsonResponse(
            {
                "ends_in": max(0, int((session.ends_at - now).total_seconds())),
                "may_extend": session.ends_at < session.latest_end,
                "number": session.number,
                "key": get_token(request),
                "now": int(now.timestamp()),
            }
        )
    else:
        sentence = ended_sentence(session.reason) or _(
            "Phiên đăng nhập trên thiết bị này đã kết thúc. Xin đăng nhập lại."
        )
        said = {"reason": session.reason, "sentence": sentence, "now": int(now.timestamp())}
        answer = JsonResponse(said, status=401)
    answer["Cache-Control"] = NEVER_KEPT
    answer["Vary"] = "Cookie"
    return answer
