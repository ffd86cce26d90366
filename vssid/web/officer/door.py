"""Half signed in: the password was right, the rest is to come. It opens nothing but the next step.

What is known stays in the session below a key of its own; Django's user is set only at the end.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from vssid.accounts.line import Line
from vssid.kernel import passkeys
from vssid.limits import commands as limits
from vssid.staff import queries as staff
from vssid.staff import secrets
from vssid.staff.commands import signing_in
from vssid.staff.errors import DoorBusyError
from vssid.staff.models import Officer
from vssid.staff.rules import Step
from vssid.web.ui import desk_session

# Checks of passwords at a time, on the cores that citizens sign in with too; the last place is for
# computers that an officer signed in on before: strangers cannot take it.
PLACES = Line(at_once=3, at_most=4)
_BUSY = timedelta(seconds=5)

DEVICE_COOKIE = settings.VSSID_DESK_COOKIE_PREFIX + "may_can_bo"
_DEVICE_LIFETIME = timedelta(days=400)
_LIFETIME = timedelta(minutes=15)
_KEY, _SECRET, _CHALLENGE = "half", "half-secret", "challenge"
_DESK = ("/can-bo/", "/kiem-tra-the/")
_ROUTES = {
    Step.SECOND_FACTOR: "officer:second_step",
    Step.NEW_PASSWORD: "officer:new_password",
    Step.SMART_OTP: "officer:set_up",
}


def seat_of(request: HttpRequest) -> signing_in.Seat:
    """The computer and address of a request."""
    content = secrets.unseal_text("device", request.COOKIES.get(DEVICE_COOKIE, ""))
    device = UUID(bytes=content) if content and len(content) == 16 else None
    return signing_in.Seat(device, request.META.get("REMOTE_ADDR", ""))


def prove_password(request: HttpRequest, user_name: str, password: str, now: datetime) -> Officer:
    """The officer that name and password open, when there is a place to look at them.

    Raises DoorBusyError, and what `signing_in.prove_password` raises.
    """
    seat = seat_of(request)
    with PLACES.enter(None if seat.device is None else 0.0) as wait:
        if wait is not None:
            raise DoorBusyError(wait=_BUSY)
        return signing_in.prove_password(user_name=user_name, password=password, seat=seat, now=now)


def enter_half(request: HttpRequest, officer: Officer, to: str, now: datetime) -> HttpResponse:
    """The password was right: a session of its own begins, whoever's was open before ends."""
    request.session.flush()
    request.session[_KEY] = {
        "officer": officer.pk,
        "hash": officer.get_session_auth_hash(),
        "at": now.timestamp(),
        "proved": False,
        "to": to if is_at_desk(to) else "",
    }
    return go_on(request, officer, now)


def half_officer(request: HttpRequest, now: datetime) -> Officer | None:
    """Who is half signed in; None when that took too long or the account changed meanwhile."""
    half = request.session.get(_KEY)
    if half is None or now - datetime.fromtimestamp(half["at"], UTC) > _LIFETIME:
        return None
    officer = staff.officer(half["officer"])
    if officer is None:
        return None
    same = constant_time_compare(half["hash"], officer.get_session_auth_hash())
    return officer if same else None


def step_of(request: HttpRequest, officer: Officer, now: datetime) -> Step:
    """What is still missing."""
    return staff.next_step(officer, is_proved=request.session[_KEY]["proved"], now=now)


def mark_proved(request: HttpRequest, officer: Officer, now: datetime) -> None:
    """A step was taken: a new key, and the time for the next one begins."""
    request.session.cycle_key()
    request.session.pop(_SECRET, None)
    request.session[_KEY] = {
        **request.session[_KEY],
        "hash": officer.get_session_auth_hash(),
        "at": now.timestamp(),
        "proved": True,
    }


def mark_changed(request: HttpRequest, officer: Officer, now: datetime) -> None:
    """The password was changed; whether the second factor was given stays as it was."""
    request.session.cycle_key()
    half = request.session[_KEY]
    changed = {"hash": officer.get_session_auth_hash(), "at": now.timestamp()}
    request.session[_KEY] = {**half, **changed}


def go_on(request: HttpRequest, officer: Officer, now: datetime) -> HttpResponse:
    """To the next step, or to the desk when nothing is missing."""
    step = step_of(request, officer, now)
    if step is not Step.NONE:
        return HttpResponseRedirect(reverse(_ROUTES[step]))
    to = request.session[_KEY]["to"] or reverse("officer:queue")
    request.session.flush()
    device = signing_in.begin_work(officer=officer, seat=seat_of(request), now=now)
    desk_session.begin(request, officer, now)
    answer = HttpResponseRedirect(to)
    answer.set_cookie(
        DEVICE_COOKIE,
        secrets.seal_text("device", device.bytes),
        max_age=_DEVICE_LIFETIME,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.VSSID_SECURE_COOKIES,
        httponly=True,
        samesite="Strict",
    )
    return answer


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The step took too long: from the beginning."""
    request.session.flush()
    return HttpResponseRedirect(f"{reverse('officer:sign_in')}?lau=1")


def kept_secret(request: HttpRequest, officer: Officer) -> bytes | None:
    """The SmartOTP secret that this session shows while it is being set up."""
    return secrets.unseal_text(f"new-otp:{officer.pk}", request.session.get(_SECRET, ""))


def keep_secret(request: HttpRequest, officer: Officer, secret: bytes) -> None:
    """Show the same secret until it is confirmed."""
    request.session[_SECRET] = secrets.seal_text(f"new-otp:{officer.pk}", secret)


def new_challenge(request: HttpRequest) -> bytes:
    """A challenge for one passkey answer of this session."""
    challenge = passkeys.new_challenge()
    request.session[_CHALLENGE] = challenge.hex()
    return challenge


def use_challenge(request: HttpRequest, now: datetime) -> bytes:
    """The session's challenge, given up; one that nobody knows when there was none.

    It serves once, also when another request writes the session back with it.
    """
    kept = request.session.pop(_CHALLENGE, "")
    # As long as a session in all: afterwards none can bring it back.
    once = limits.Limit("officer.challenge", 1, settings.VSSID_SESSION_TOTAL)
    if not kept or limits.hit(limit=once, key=kept, now=now) is not None:
        return passkeys.new_challenge()
    return bytes.fromhex(kept)


def is_at_desk(to: str) -> bool:
    """Whether an address that came with a request is one of the desk's pages."""
    return url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith(_DESK)
