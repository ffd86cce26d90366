"""Signing in and out: one device, half an hour (guides A07, A10)."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.opening import proof_of, started
from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    AuditingFailedError,
    a_session,
    an_account,
    an_origin,
    fail_auditing,
    secret_of,
)
from vssid.accounts import errors, tokens
from vssid.accounts.commands import accounts, devices, endings, sessions
from vssid.accounts.commands.sessions import SignedInElsewhere, Started
from vssid.accounts.models import (
    Account,
    CodePurpose,
    DisownLink,
    KnownDevice,
    Session,
)
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def _start(account: Account, now: datetime) -> Any:
    return sessions.start_session(account=account, origin=an_origin(), now=now)


def _live() -> int:
    return Session.objects.filter(ended_at__isnull=True).count()


# --- one device -----------------------------------------------------------------------------------


def test_session_opens_is_recorded_and_its_token_is_kept_as_a_digest() -> None:
    account = an_account()
    opened = _start(account, utc_now())
    session, cookie = opened.session, opened.cookie
    event = Event.objects.get(act="session.start", subject=HONG.number)
    assert event.details == {"device": "Chrome trên Android"}
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
    taken = sessions.take_over(
        account=account, proof=proof_of(account, now), origin=an_origin(), now=now
    )
    assert session_of(first, now) == NotSignedIn("taken-over", HONG.number)
    assert isinstance(session_of(taken.cookie, now), SignedIn)
    told = Message.objects.get(template="account.device-changed")
    assert told.data["device"] == "Chrome trên Android"


def test_code_takes_over_once() -> None:
    account, now = an_account(), utc_now()
    proof = proof_of(account, now)
    sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)
    assert _live() == 1


def test_code_for_another_purpose_takes_nothing_over() -> None:
    account, now = an_account(), utc_now()
    cookie = a_session(account, now)
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(
            account=account,
            proof=proof_of(account, now, CodePurpose.PASSWORD),
            origin=an_origin(),
            now=now,
        )
    assert isinstance(session_of(cookie, now), SignedIn)


def test_code_of_somebody_else_takes_nothing_over() -> None:
    account, other, now = an_account(), an_account(KHOA), utc_now()
    with pytest.raises(errors.CodeLateError):
        sessions.take_over(account=account, proof=proof_of(other, now), origin=an_origin(), now=now)


def test_first_device_stays_signed_in_when_auditing_the_second_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, now = an_account(), utc_now()
    cookie, proof = a_session(account, now), proof_of(account, now)
    fail_auditing(monkeypatch, sessions)
    with pytest.raises(AuditingFailedError):
        sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)
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
    assert session_of(first, later) == NotSignedIn("expired", HONG.number)
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
            proved_at=utc_now(),
        )


def test_database_refuses_an_end_without_a_reason() -> None:
    a_session(an_account())
    with (
        pytest.raises(IntegrityError, match="accounts_session_end_has_reason"),
        transaction.atomic(),
    ):
        Session.objects.update(ended_at=utc_now())


# --- the device -----------------------------------------------------------------------------------


def _devices() -> list[tuple[UUID, str]]:
    return list(KnownDevice.objects.order_by("first_seen_at").values_list("id", "name"))


def _told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template).order_by("id"))


def test_device_that_was_never_seen_gets_an_id_and_is_known_from_then_on() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now, an_origin("Chrome trên Android"))
    assert _devices() == [(opened.device, "Chrome trên Android")]
    assert opened.session.device_id == opened.device


def test_device_that_was_seen_keeps_its_id_and_is_renewed() -> None:
    account, now = an_account(), utc_now()
    device = started(account, now).device
    again = started(account, now + HOUR, an_origin("Edge trên Android", device=device))
    assert again.device == device
    known = KnownDevice.objects.get()
    assert (known.name, known.first_seen_at, known.last_seen_at) == (
        "Edge trên Android", now, now + HOUR,
    )  # fmt: skip


def test_one_device_may_be_known_to_two_accounts() -> None:
    hong, khoa, now = an_account(), an_account(KHOA), utc_now()
    device = started(hong, now).device
    assert started(khoa, now, an_origin(device=device)).device == device
    assert KnownDevice.objects.filter(id=device).count() == 2


def test_device_that_is_signed_in_begins_anew_without_a_code_and_its_owner_is_told() -> None:
    account, now = an_account(KHOA), utc_now()
    first = started(account, now)
    found = sessions.start_session(
        account=account, origin=an_origin(device=first.device), now=now + MINUTE
    )
    assert isinstance(found, Started)
    assert session_of(first.cookie, now + MINUTE) == NotSignedIn("taken-over", KHOA.number)
    assert _live() == 1
    told = _told("account.device-changed")
    assert {one.address for one in told} == {KHOA.phone, KHOA.email}
    assert all("/khong-phai-toi/" in secret_of(one)["link"] for one in told)
    assert not _told("account.new-device")


def test_device_whose_session_was_over_begins_anew_without_a_notice() -> None:
    account, now = an_account(), utc_now()
    first = started(account, now)
    later = now + 31 * MINUTE
    sessions.start_session(account=account, origin=an_origin(device=first.device), now=later)
    assert session_of(first.cookie, later) == NotSignedIn("expired", HONG.number)
    assert not Message.objects.exists()


def test_very_first_sign_in_needs_no_notice() -> None:
    account, now = an_account(), utc_now()
    started(account, now)
    assert not _told("account.new-device")


def test_very_first_sign_in_long_after_the_account_was_opened_is_told() -> None:
    account = an_account()
    started(account, utc_now() + timedelta(days=91))
    assert len(_told("account.new-device")) == 1


def test_sign_in_on_a_new_device_is_told_by_phone_and_email_with_a_link() -> None:
    account, now = an_account(KHOA), utc_now()
    first = started(account, now)
    started(account, now, an_origin(device=first.device))
    started(account, now, an_origin("Safari trên iPhone"))
    told = _told("account.new-device")
    assert {one.address for one in told} == {KHOA.phone, KHOA.email}
    assert {one.data["device"] for one in told} == {"Safari trên iPhone"}
    assert len({secret_of(one)["link"] for one in told}) == 1


def test_link_stands_in_no_readable_row() -> None:
    account, now = an_account(KHOA), utc_now()
    started(account, now)
    started(account, now)
    message = _told("account.new-device")[0]
    code = secret_of(message)["link"].rstrip("/").rpartition("/")[2]
    assert re.fullmatch("[a-z2-7]{16}", code)
    rows = [*Message.objects.values("data"), *DisownLink.objects.values(), *Event.objects.values()]
    assert code not in str(rows)


def test_password_that_was_changed_meanwhile_opens_no_session() -> None:
    account, now = an_account(), utc_now()
    proof = proof_of(account, now)
    accounts.set_password(number=HONG.number, password="mua roi tren pho 8", by=CLERK, now=now)
    with pytest.raises(errors.SignInRefusedError):
        _start(account, now)
    with pytest.raises(errors.SignInRefusedError):
        sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)
    assert not Session.objects.exists()


def test_account_that_was_locked_meanwhile_opens_no_session() -> None:
    account, now = an_account(), utc_now()
    proof = proof_of(account, now)
    Account.objects.update(locked_at=now)
    with pytest.raises(errors.AccountLockedError):
        _start(account, now)
    with pytest.raises(errors.AccountLockedError):
        sessions.take_over(account=account, proof=proof, origin=an_origin(), now=now)
    assert not Session.objects.exists()


def test_device_unused_for_a_year_is_forgotten() -> None:
    account, now = an_account(), utc_now()
    started(account, now)
    kept = started(account, now + timedelta(days=2)).device
    assert devices.forget_unused(now=now + timedelta(days=366)) == 1
    assert [device for device, _name in _devices()] == [kept]


# --- staying, and proving oneself -----------------------------------------------------------------


def test_extension_keeps_a_session_awake() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    ends_at = sessions.extend(
        number=HONG.number, session_id=opened.session.id, now=now + 29 * MINUTE
    )
    assert ends_at == now + 59 * MINUTE
    assert isinstance(session_of(opened.cookie, ends_at), SignedIn)


def test_extension_never_goes_past_the_total() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    for count in range(1, 25):
        ends_at = sessions.extend(
            number=HONG.number,
            session_id=opened.session.id,
            now=now + count * 29 * MINUTE,
        )
    assert ends_at == now + 12 * HOUR


@pytest.mark.parametrize("press", [sessions.extend, sessions.prove, sessions.renew_token])
def test_ended_idle_or_somebody_elses_session_is_not_kept_awake(press: Any) -> None:
    account, now = an_account(), utc_now()
    an_account(KHOA)
    opened = started(account, now)
    for number, moment in ((HONG.number, now + 31 * MINUTE), (KHOA.number, now)):
        with pytest.raises(errors.SessionOverError):
            press(number=number, session_id=opened.session.id, now=moment)
    endings.sign_out(number=HONG.number, session_id=opened.session.id, now=now)
    with pytest.raises(errors.SessionOverError):
        press(number=HONG.number, session_id=opened.session.id, now=now)


def test_renewed_token_opens_the_same_session_and_the_old_one_nothing() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    cookie = sessions.renew_token(number=HONG.number, session_id=opened.session.id, now=now)
    assert session_of(opened.cookie, now) == NotSignedIn()
    found = session_of(cookie, now)
    assert isinstance(found, SignedIn)
    assert found.session_id == opened.session.id


def test_proof_is_noted_and_recorded() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    later = now + 25 * MINUTE
    sessions.prove(number=HONG.number, session_id=opened.session.id, now=later)
    found = session_of(opened.cookie, later)
    assert isinstance(found, SignedIn)
    assert found.proved_at == later
    assert Event.objects.filter(act="session.prove", subject=HONG.number).count() == 1


def test_proof_is_not_noted_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    fail_auditing(monkeypatch, sessions)
    with pytest.raises(AuditingFailedError):
        sessions.prove(number=HONG.number, session_id=opened.session.id, now=now + MINUTE)
    assert Session.objects.get().proved_at == now
