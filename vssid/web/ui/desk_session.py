"""The session of an officer at a counter: begun, idle, locked, over. The server's word counts.

It lives in Django's session, next to the signed-in user, below `DESK`. Nothing is written more
often than every few seconds, so that a page with photos costs one row. That its screen was locked
is kept apart: a slow request would write the session back as it was before.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, login, logout
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare

from vssid.staff import secrets
from vssid.staff.commands import screens
from vssid.staff.commands.desk_sessions import DESK, SCREEN, SessionStore, forget_ended
from vssid.staff.models import Officer

_KEPT = "kept"
_TOUCH_EVERY = timedelta(seconds=10)
_LONGEST = 16 * 1024
_NEVER_KEPT = frozenset(
    {"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "tra_loi", "tiep"}
)


def begin(request: HttpRequest, officer: Officer, now: datetime) -> None:
    """Sign `officer`, whose password and second factor were right, in; the key is a new one."""
    forget_ended(now=now)
    login(request, officer)
    request.session[DESK] = fresh(now)


def fresh(now: datetime) -> dict[str, Any]:
    """What a session that begins now remembers."""
    return {"began": now.timestamp(), "seen": now.timestamp(), SCREEN: uuid4().hex}


def officer_of(request: HttpRequest) -> Officer | None:
    """Who signed in, with the password they have now; None for nobody."""
    known, store = request.session.get(HASH_SESSION_KEY, ""), _store(request)
    if store.officer is None or not known:
        return None
    now = store.officer.get_session_auth_hash()
    return store.officer if constant_time_compare(known, now) else None


def renew(request: HttpRequest, officer: Officer) -> None:
    """Go on, under a new key, with the password `officer` has now; other sessions are over."""
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = officer.get_session_auth_hash()


def is_over(request: HttpRequest, officer: Officer, now: datetime) -> bool:
    """Whether the session ended: never proven in full, too old, or the account says so."""
    began = _moment(request, "began")
    if began is None or SCREEN not in request.session[DESK]:
        return True
    if not officer.is_active or officer.must_change_password:
        return True
    if officer.signed_out_at is not None and began <= officer.signed_out_at:
        return True
    return now - began > settings.VSSID_SESSION_TOTAL


def is_locked(request: HttpRequest, now: datetime) -> bool:
    """Whether the screen was locked, or nobody acted for too long."""
    seen = _moment(request, "seen")
    return seen is None or now - seen > settings.VSSID_DESK_IDLE or _store(request).is_screen_locked


def left(request: HttpRequest, now: datetime, *, locked: bool | None = None) -> timedelta:
    """How long until the screen locks by itself; nothing when it is locked.

    Who knows already whether it is `locked` spares the question.
    """
    seen = _moment(request, "seen")
    if seen is None or (is_locked(request, now) if locked is None else locked):
        return timedelta()
    return settings.VSSID_DESK_IDLE - (now - seen)


def touch(request: HttpRequest, now: datetime) -> None:
    """Remember an act."""
    seen = _moment(request, "seen")
    if seen is None or now - seen >= _TOUCH_EVERY:
        _change(request, seen=now.timestamp())


def lock(request: HttpRequest, officer: Officer, now: datetime) -> None:
    """Lock the screen now."""
    screens.lock_screen(officer=officer, screen=_screen(request), now=now)


def unlock(request: HttpRequest, now: datetime) -> None:
    """Go on with another screen, under a new key."""
    request.session.cycle_key()
    _change(request, screen=uuid4().hex, seen=now.timestamp())


def forget(request: HttpRequest) -> None:
    """End the session."""
    logout(request)


def keep_typed(request: HttpRequest, officer: Officer, path: str, typed: QueryDict) -> None:
    """Keep what was typed on a page, sealed, never secrets, until its screen is opened again."""
    fields = {name: typed.getlist(name) for name in typed if name not in _NEVER_KEPT}
    content = json.dumps({"path": path, "fields": fields}).encode()
    if fields and len(content) <= _LONGEST:
        request.session[_KEPT] = secrets.seal_text(f"kept:{officer.pk}", content)


def take_kept(request: HttpRequest, officer: Officer, path: str) -> dict[str, list[str]]:
    """What was kept of this officer's page, or of a form below it; given once."""
    sealed = request.session.get(_KEPT, "")
    content = secrets.unseal_text(f"kept:{officer.pk}", sealed) if sealed else None
    if content is None:
        return {}
    kept = json.loads(content)
    if not str(kept["path"]).startswith(path):
        return {}
    del request.session[_KEPT]
    return {str(name): [str(text) for text in texts] for name, texts in kept["fields"].items()}


def _store(request: HttpRequest) -> SessionStore:
    return cast(SessionStore, request.session)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    known = request.session.get(DESK)
    return datetime.fromtimestamp(known[name], UTC) if known else None


def _screen(request: HttpRequest) -> UUID:
    return UUID(request.session[DESK][SCREEN])


def _change(request: HttpRequest, **changes: object) -> None:
    request.session[DESK] = {**request.session[DESK], **changes}
