"""Signing in and out: five tries, one device, half an hour (guides A01, A07, A10)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    PASSWORD,
    AuditingFailedError,
    a_session,
    all_at_once,
    an_account,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors, tokens
from vssid.accounts.commands import codes, sessions
from vssid.accounts.commands.sessions import SignedInElsewhere
from vssid.accounts.models import Account, CodePurpose, Session
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.limits.models import Bucket
from vssid.messaging.models import Kind, Message

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOBODY = "0198000999"


def _check(password: str = PASSWORD, number: str = HONG.number, now: datetime | None = None) -> Any:
    return sessions.check_credentials(number=number, password=password, now=now or utc_now())


def _refusals(number: str, times: int, now: datetime) -> list[str]:
    found = []
    for _ in range(times):
        with pytest.raises((errors.SignInRefusedError, errors.SignInLockedError)) as refused:
            _check("wrong password", number, now)
        found.append(str(refused.value))
    return found


def _proof(account: Account, now: datetime, purpose: CodePurpose = CodePurpose.DEVICE) -> Any:
    request = codes.CodeRequest(
        purpose=purpose,
        subject=account.person_id,
        binding="ticket",
        phone=account.phone,
        template="code.device",
        data={"number": "0198***001"},
    )
    codes.issue_code(request=request, by=CLERK, now=now)
    return codes.try_code(
        purpose=purpose,
        subject=account.person_id,
        binding="ticket",
        typed=last_code(account.phone),
        now=now,
    )


def _start(account: Account, now: datetime) -> Any:
    return sessions.start_session(account=account, device="Chrome trên Android", now=now)


def _live() -> int:
    return Session.objects.filter(ended_at__isnull=True).count()


# --- number and password --------------------------------------------------------------------------


def test_number_and_password_open_the_account() -> None:
    account = an_account()
    assert _check() == account


def test_fifth_wrong_password_locks_for_a_quarter_of_an_hour() -> None:
    an_account()
    now = utc_now()
    said = _refusals(HONG.number, 5, now)
    assert said[:4] == [str(errors.SignInRefusedError())] * 4
    assert said[4] == str(errors.SignInLockedError(minutes=15))
    with pytest.raises(errors.SignInLockedError) as locked:
        _check(now=now + 10 * MINUTE)
    assert locked.value.details == {"minutes": 5}
    assert _check(now=now + 15 * MINUTE)


def test_right_password_forgets_the_wrong_ones() -> None:
    an_account()
    now = utc_now()
    _refusals(HONG.number, 4, now)
    _check(now=now)
    assert not Bucket.objects.exists()
    _refusals(HONG.number, 4, now)
    assert _check(now=now)


@pytest.mark.parametrize("unknown", [NOBODY, "001190000999"])
def test_unknown_number_hears_the_same_words_and_locks_alike(unknown: str) -> None:
    an_account()
    now = utc_now()
    assert _refusals(unknown, 7, now) == _refusals(HONG.number, 7, now)


def test_lock_of_one_unknown_number_does_not_show_that_another_is_unknown() -> None:
    now = utc_now()
    _refusals("001190000998", 5, now)
    assert _refusals("001190000999", 1, now) == [str(errors.SignInRefusedError())]


def test_unknown_number_costs_a_hash_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []

    def spy(password: str, stored: str) -> bool:
        hashed.append(stored.partition("$")[0])
        return False

    monkeypatch.setattr(sessions, "check_password", spy)
    _refusals(NOBODY, 1, utc_now())
    assert hashed == ["argon2"]


@pytest.mark.django_db(transaction=True)
def test_guessing_from_many_machines_at_once_gets_five_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_account()
    now, looked_at = utc_now(), []

    def spy(_password: str, stored: str) -> bool:
        looked_at.append(stored)
        return False

    monkeypatch.setattr(sessions, "check_password", spy)
    found = all_at_once([lambda: _check("wrong password", now=now)] * 24)
    assert len(looked_at) == 5
    assert sum(isinstance(one, errors.SignInLockedError) for one in found) >= 20


# --- one device -----------------------------------------------------------------------------------


def test_session_opens_is_recorded_and_its_token_is_kept_as_a_digest() -> None:
    account = an_account()
    session, cookie = _start(account, utc_now())
    assert Event.objects.filter(act="session.start", subject=HONG.number).count() == 1
    content = tokens.unseal(sessions.COOKIE_PURPOSE, cookie) or b""
    assert content[26:] not in bytes(session.token_digest)


def test_second_device_is_told_of_the_first_and_changes_nothing() -> None:
    account, now = an_account(), utc_now()
    cookie = a_session(account, now)
    found = _start(account, now + MINUTE)
    assert isinstance(found, SignedInElsewhere)
    assert (found.device, found.since) == ("Firefox trên Linux", now)
    assert isinstance(session_of(cookie, now + MINUTE), SignedIn)


def test_code_signs_the_other_device_out_and_tells_its_owner() -> None:
    account, now = an_account(), utc_now()
    first = a_session(account, now)
    _session, second = sessions.take_over(
        account=account, proof=_proof(account, now), device="Chrome trên Android", now=now
    )
    assert session_of(first, now) == NotSignedIn("taken-over")
    assert isinstance(session_of(second, now), SignedIn)
    told = Message.objects.get(template="account.device-changed")
    assert told.data["device"] == "Chrome trên Android"


def test_code_takes_over_once() -> None:
    account, now = an_account(), utc_now()
    proof = _proof(account, now)
    sessions.take_over(account=account, proof=proof, device="x", now=now)
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(account=account, proof=proof, device="x", now=now)
    assert _live() == 1


def test_code_for_another_purpose_takes_nothing_over() -> None:
    account, now = an_account(), utc_now()
    cookie = a_session(account, now)
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(
            account=account, proof=_proof(account, now, CodePurpose.PASSWORD), device="x", now=now
        )
    assert isinstance(session_of(cookie, now), SignedIn)


def test_code_of_somebody_else_takes_nothing_over() -> None:
    account, other, now = an_account(), an_account(KHOA), utc_now()
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(account=account, proof=_proof(other, now), device="x", now=now)


def test_first_device_stays_signed_in_when_auditing_the_second_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, now = an_account(), utc_now()
    cookie, proof = a_session(account, now), _proof(account, now)
    fail_auditing(monkeypatch, sessions)
    with pytest.raises(AuditingFailedError):
        sessions.take_over(account=account, proof=proof, device="x", now=now)
    assert isinstance(session_of(cookie, now), SignedIn)
    assert _live() == 1
    assert not Message.objects.filter(kind=Kind.NOTICE).exists()


def test_no_session_opens_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    fail_auditing(monkeypatch, sessions)
    with pytest.raises(AuditingFailedError):
        _start(account, utc_now())
    assert not Session.objects.exists()


def test_session_that_went_idle_makes_room_for_the_next_device() -> None:
    account, now = an_account(), utc_now()
    first = a_session(account, now)
    later = now + 31 * MINUTE
    assert not isinstance(_start(account, later), SignedInElsewhere)
    assert session_of(first, later) == NotSignedIn("expired")
    assert _live() == 1


def test_database_refuses_a_second_live_session() -> None:
    account = an_account()
    a_session(account)
    with pytest.raises(IntegrityError, match="accounts_one_live_session"), transaction.atomic():
        Session.objects.create(
            account=account,
            token_digest=b"x",
            device="x",
            started_at=utc_now(),
            last_seen_at=utc_now(),
        )


def test_database_refuses_an_end_without_a_reason() -> None:
    a_session(an_account())
    with (
        pytest.raises(IntegrityError, match="accounts_session_end_has_reason"),
        transaction.atomic(),
    ):
        Session.objects.update(ended_at=utc_now())


@pytest.mark.django_db(transaction=True)
def test_of_fifty_sign_ins_at_once_one_device_wins() -> None:
    account, now = an_account(), utc_now()
    found = all_at_once([lambda: _start(account, now)] * 50)
    assert sum(isinstance(one, tuple) for one in found) == 1
    assert sum(isinstance(one, SignedInElsewhere) for one in found) == 49
    assert _live() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_take_overs_at_once_with_one_code_one_wins() -> None:
    account, now = an_account(), utc_now()
    a_session(account, now)
    proof = _proof(account, now)
    found = all_at_once(
        [lambda: sessions.take_over(account=account, proof=proof, device="x", now=now)] * 12
    )
    assert sum(isinstance(one, tuple) for one in found) == 1
    assert sum(isinstance(one, errors.CodeLateError) for one in found) == 11
    assert _live() == 1


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["start", "take over", "sign out", "wait"]), max_size=8))
def test_whatever_happens_at_most_one_device_is_signed_in(acts: list[str]) -> None:
    with transaction.atomic():
        account, now = an_account(), utc_now()
        cookies: list[str] = []
        for act in acts:
            now += 40 * MINUTE if act == "wait" else 15 * MINUTE
            if act == "start" and isinstance(found := _start(account, now), tuple):
                cookies.append(found[1])
            elif act == "take over":
                proof = _proof(account, now)
                taken = sessions.take_over(account=account, proof=proof, device="x", now=now)
                cookies.append(taken[1])
            elif act == "sign out":
                for live in Session.objects.filter(ended_at__isnull=True):
                    sessions.sign_out(number=HONG.number, session_id=live.id, now=now)
            signed_in = [isinstance(session_of(one, now), SignedIn) for one in cookies]
            assert sum(signed_in) <= 1
            assert not any(signed_in[:-1]), "only the newest device can be signed in"
        transaction.set_rollback(True)


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
    sessions.sign_out(number=HONG.number, session_id=UUID(bytes=content[10:26]), now=now)
    forged = tokens.seal(sessions.COOKIE_PURPOSE, content[:26] + b"x" * 16)
    assert session_of(forged, now) == NotSignedIn()


def test_session_is_over_after_half_an_hour_without_a_page() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    assert isinstance(session_of(cookie, now + 30 * MINUTE), SignedIn)
    assert session_of(cookie, now + 61 * MINUTE) == NotSignedIn("expired")


def test_session_that_is_over_does_not_come_back_to_life() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for moment in (now + 31 * MINUTE, now + 32 * MINUTE):
        assert session_of(cookie, moment) == NotSignedIn("expired")
    assert Session.objects.get().last_seen_at == now


def test_session_is_over_after_twelve_hours_however_busy() -> None:
    now = utc_now()
    cookie = a_session(an_account(), now)
    for count in range(1, 37):
        assert isinstance(session_of(cookie, now + count * 20 * MINUTE), SignedIn)
    assert session_of(cookie, now + 12 * HOUR + MINUTE) == NotSignedIn("expired")


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


# --- signing out ----------------------------------------------------------------------------------


def test_signing_out_twice_is_signing_out_once() -> None:
    account, now = an_account(), utc_now()
    session, cookie = _start(account, now)
    for _ in range(2):
        sessions.sign_out(number=HONG.number, session_id=session.id, now=now)
    assert session_of(cookie, now) == NotSignedIn("signed-out")
    assert Event.objects.filter(act="session.end", subject=HONG.number).count() == 1


def test_signing_out_reaches_ones_own_session_only() -> None:
    session, cookie = _start(an_account(), utc_now())
    sessions.sign_out(number=KHOA.number, session_id=session.id, now=utc_now())
    sessions.sign_out(number=HONG.number, session_id=uuid7(), now=utc_now())
    assert isinstance(session_of(cookie, utc_now()), SignedIn)


def test_session_goes_on_when_auditing_its_end_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    session, cookie = _start(an_account(), utc_now())
    fail_auditing(monkeypatch, sessions)
    with pytest.raises(AuditingFailedError):
        sessions.sign_out(number=HONG.number, session_id=session.id, now=utc_now())
    assert isinstance(session_of(cookie, utc_now()), SignedIn)
