"""How sessions end, and why (guides A10)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.accounts.opening import started
from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    a_session,
    all_at_once,
    an_account,
    an_origin,
    fail_auditing,
)
from vssid.accounts.commands import endings, sessions
from vssid.accounts.models import (
    Account,
    EndReason,
    Session,
)
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _start(account: Account, now: datetime) -> Any:
    return sessions.start_session(account=account, origin=an_origin(), now=now)


# --- signing out ----------------------------------------------------------------------------------


def test_signing_out_twice_is_signing_out_once() -> None:
    account, now = an_account(), utc_now()
    opened = _start(account, now)
    session, cookie = opened.session, opened.cookie
    for _ in range(2):
        endings.sign_out(number=HONG.number, session_id=session.id, now=now)
    assert session_of(cookie, now) == NotSignedIn("signed-out", HONG.number)
    assert Event.objects.filter(act="session.end", subject=HONG.number).count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_press_on_signing_out_is_recorded_once() -> None:
    account, now = an_account(), utc_now()
    session = _start(account, now).session
    press = [lambda: endings.sign_out(number=HONG.number, session_id=session.id, now=now)] * 12
    assert all_at_once(press) == [None] * 12
    assert Event.objects.filter(act="session.end", subject=HONG.number).count() == 1


def test_signing_out_reaches_ones_own_session_only() -> None:
    opened = _start(an_account(), utc_now())
    session, cookie = opened.session, opened.cookie
    endings.sign_out(number=KHOA.number, session_id=session.id, now=utc_now())
    endings.sign_out(number=HONG.number, session_id=uuid7(), now=utc_now())
    assert isinstance(session_of(cookie, utc_now()), SignedIn)


def test_session_goes_on_when_auditing_its_end_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = _start(an_account(), utc_now())
    session, cookie = opened.session, opened.cookie
    fail_auditing(monkeypatch, endings)
    with pytest.raises(AuditingFailedError):
        endings.sign_out(number=HONG.number, session_id=session.id, now=utc_now())
    assert isinstance(session_of(cookie, utc_now()), SignedIn)


# --- other ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [EndReason.RESET, EndReason.DISOWNED, EndReason.DESK])
def test_session_that_others_end_says_why(reason: EndReason) -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for _ in range(2):
        endings.end_sessions(number=HONG.number, reason=reason, now=now)
    assert session_of(cookie, now) == NotSignedIn(reason.value, HONG.number)


def test_session_whose_time_was_over_has_expired_whatever_ended_it() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    later = now + 31 * MINUTE
    endings.end_sessions(number=HONG.number, reason=EndReason.DESK, now=later)
    assert session_of(cookie, later) == NotSignedIn("expired", HONG.number)


def test_ending_reaches_one_number_only() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    an_account(KHOA)
    for number in (KHOA.number, "0198000999"):
        endings.end_sessions(number=number, reason=EndReason.DESK, now=now)
    assert isinstance(session_of(cookie, now), SignedIn)


def test_sessions_long_over_are_deleted_and_the_others_kept() -> None:
    account, now = an_account(), utc_now()
    started(account, now - timedelta(days=92))
    started(account, now - timedelta(days=91))
    kept = started(account, now - timedelta(days=89))
    assert endings.delete_old_sessions(now=now) == 1
    endings.end(session=kept.session, reason=EndReason.SIGNED_OUT, now=now)
    assert endings.delete_old_sessions(now=now) == 0
    assert Session.objects.count() == 2


def test_session_that_nobody_ended_is_deleted_in_the_end() -> None:
    now = utc_now()
    a_session(an_account(), now)
    assert endings.delete_old_sessions(now=now + timedelta(days=90)) == 0
    assert endings.delete_old_sessions(now=now + timedelta(days=91)) == 1
