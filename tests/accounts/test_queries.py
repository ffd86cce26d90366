"""Whose page it is: the cookie, and what it is worth."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.factories import (
    HONG,
    KHOA,
    a_session,
    an_account,
)
from vssid.accounts import tokens
from vssid.accounts.commands import endings, sessions
from vssid.accounts.models import (
    Session,
)
from vssid.accounts.queries import NotSignedIn, SignedIn, look_at_session, session_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


# --- who a cookie is ------------------------------------------------------------------------------


def test_session_check_is_one_statement(django_assert_num_queries: Any) -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for moment in (now, now + 2 * MINUTE):
        with django_assert_num_queries(1):
            found = session_of(cookie, moment)
    assert isinstance(found, SignedIn)
    assert (found.number, found.full_name) == (HONG.number, HONG.full_name)
    assert found.access.subject == HONG.number


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "nonsense",
        "ă" * 20,
        "A" * 5000,
        "%00",
        tokens.seal("draft", b"0198000001" + b"x" * 32),
        tokens.seal(sessions.COOKIE_PURPOSE, b"0198000001"),
    ],
    ids=["none", "short", "accents", "long", "escaped", "of another purpose", "too short"],
)
def test_cookie_that_we_did_not_make_asks_the_database_nothing(
    django_assert_num_queries: Any, cookie: str
) -> None:
    with django_assert_num_queries(0):
        assert session_of(cookie, utc_now()) == NotSignedIn()


def test_session_of_another_number_or_token_is_none() -> None:
    an_account(KHOA)
    cookie = a_session(an_account())
    content = tokens.unseal(sessions.COOKIE_PURPOSE, cookie) or b""
    for forged in (KHOA.number.encode() + content[10:], content[:26] + b"x" * 16):
        found = session_of(tokens.seal(sessions.COOKIE_PURPOSE, forged), utc_now())
        assert found == NotSignedIn()


def test_forged_token_of_an_ended_session_does_not_learn_why_it_ended() -> None:
    account, now = an_account(), utc_now()
    content = tokens.unseal(sessions.COOKIE_PURPOSE, a_session(account, now)) or b""
    endings.sign_out(number=HONG.number, session_id=UUID(bytes=content[10:26]), now=now)
    forged = tokens.seal(sessions.COOKIE_PURPOSE, content[:26] + b"x" * 16)
    assert session_of(forged, now) == NotSignedIn()


def test_session_is_over_after_half_an_hour_without_a_page() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    assert isinstance(session_of(cookie, now + 30 * MINUTE), SignedIn)
    assert session_of(cookie, now + 61 * MINUTE) == NotSignedIn("expired", HONG.number)


def test_session_that_is_over_does_not_come_back_to_life() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for moment in (now + 31 * MINUTE, now + 32 * MINUTE):
        assert session_of(cookie, moment) == NotSignedIn("expired", HONG.number)
    assert Session.objects.get().last_seen_at == now


def test_session_is_over_after_twelve_hours_however_busy() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for count in range(1, 37):
        assert isinstance(session_of(cookie, now + count * 20 * MINUTE), SignedIn)
    assert session_of(cookie, now + 12 * HOUR + MINUTE) == NotSignedIn("expired", HONG.number)


def test_last_seen_is_written_at_most_once_a_minute() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    seen = []
    for seconds in (10, 59, 61, 100, 122):
        session_of(cookie, now + timedelta(seconds=seconds))
        seen.append((Session.objects.get().last_seen_at - now).total_seconds())
    assert seen == [0, 0, 61, 61, 122]


def test_forged_cookie_keeps_no_session_awake() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    content = tokens.unseal(sessions.COOKIE_PURPOSE, cookie) or b""
    forged = tokens.seal(sessions.COOKIE_PURPOSE, content[:26] + b"x" * 16)
    session_of(forged, now + 10 * MINUTE)
    assert Session.objects.get().last_seen_at == now


def test_own_record_is_open_to_who_signed_in_without_an_event() -> None:
    cookie = a_session(an_account())
    before = Event.objects.count()
    session_of(cookie, utc_now())
    assert Event.objects.count() == before


def test_looking_at_a_session_keeps_nobody_signed_in() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for count in range(1, 31):
        found = look_at_session(cookie, now + count * MINUTE)
        assert isinstance(found, SignedIn)
        assert found.ends_at == now + 30 * MINUTE
    gone = look_at_session(cookie, now + 30 * MINUTE + timedelta(seconds=1))
    assert gone == NotSignedIn("expired", HONG.number)


@pytest.mark.parametrize("seconds", [0, 30, 60, 61, 600])
def test_end_that_is_told_is_the_end_that_comes(seconds: int) -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    found = session_of(cookie, now + timedelta(seconds=seconds))
    assert isinstance(found, SignedIn)
    assert isinstance(look_at_session(cookie, found.ends_at), SignedIn)
    after = found.ends_at + timedelta(microseconds=1)
    assert look_at_session(cookie, after) == NotSignedIn("expired", HONG.number)
