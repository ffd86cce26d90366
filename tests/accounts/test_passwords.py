"""Changing a password: the old one, a good new one, and a code (guides A03, A04)."""

import unicodedata
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    AuditingFailedError,
    an_account,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors, tokens
from vssid.accounts.commands import passwords
from vssid.accounts.models import Account, PastPassword
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message

pytestmark = pytest.mark.django_db

NEW = "mua roi tren pho 8"


def _prepare(old: str = PASSWORD, new: str = NEW, now: datetime | None = None) -> str:
    return passwords.prepare_change(number=HONG.number, old=old, new=new, now=now or utc_now())


def _finish(ticket: str, typed: str | None = None, now: datetime | None = None) -> None:
    passwords.finish_change(
        number=HONG.number, ticket=ticket, typed=typed or last_code(), now=now or utc_now()
    )


def _account() -> Account:
    return Account.objects.get(pk=HONG.number)


def _opens(password: str) -> bool:
    return check_password(password, _account().password)


def test_password_changes_once_the_code_is_typed_and_not_before() -> None:
    an_account(must_change=True)
    ticket = _prepare()
    assert _opens(PASSWORD)
    _finish(ticket)
    assert _opens(NEW)
    assert not _opens(PASSWORD)
    assert not _account().must_change_password
    assert Event.objects.filter(act="password.change", subject=HONG.number).count() == 1


def test_owner_is_told_by_sms_and_email() -> None:
    account = an_account()
    Account.objects.filter(pk=account.pk).update(email="hong@example.com")
    _finish(_prepare())
    told = Message.objects.filter(template="account.password-changed", kind=Kind.NOTICE)
    assert {one.address for one in told} == {HONG.phone, "hong@example.com"}


def test_wrong_old_password_is_refused_and_sends_nothing() -> None:
    an_account()
    with pytest.raises(errors.OldPasswordWrongError):
        _prepare(old="not my password")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("new", "error"),
    [
        ("short", errors.PasswordLengthError),
        ("password1", errors.PasswordCommonError),
        (f"x{HONG.number}", errors.PasswordIsNumberError),
        ("toi 0912000001", errors.PasswordIsNumberError),
        (PASSWORD, errors.PasswordReusedError),
    ],
)
def test_bad_new_password_is_refused_and_sends_nothing(new: str, error: type[Exception]) -> None:
    an_account()
    with pytest.raises(error):
        _prepare(new=new)
    assert not Message.objects.exists()


def test_wrong_code_changes_nothing_and_the_right_one_still_does() -> None:
    an_account()
    ticket = _prepare()
    with pytest.raises(errors.WrongCodeError):
        _finish(ticket, another_code(last_code()))
    assert _opens(PASSWORD)
    _finish(ticket)
    assert _opens(NEW)


def test_code_of_one_change_does_not_confirm_another() -> None:
    an_account()
    now = utc_now()
    _prepare(now=now)
    first = last_code()
    other = _prepare(new="something else 9", now=now + timedelta(minutes=1))
    if first != last_code():
        with pytest.raises(errors.WrongCodeError):
            _finish(other, first, now + timedelta(minutes=1))


def test_change_cannot_be_finished_twice() -> None:
    an_account()
    ticket, code = _prepare(), last_code()
    _finish(ticket)
    with pytest.raises(errors.CodeLateError):
        _finish(ticket, code)
    assert PastPassword.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "nonsense", "ă", tokens.seal("password-change", b"{}")])
def test_ticket_that_is_not_ours_is_late(ticket: str) -> None:
    an_account()
    with pytest.raises(errors.TicketLateError):
        _finish(ticket, "490217")


def test_ticket_of_somebody_else_is_late() -> None:
    an_account()
    an_account(KHOA)
    theirs = passwords.prepare_change(number=KHOA.number, old=PASSWORD, new=NEW, now=utc_now())
    with pytest.raises(errors.TicketLateError):
        _finish(theirs, last_code(KHOA.phone))
    assert _opens(PASSWORD)


def test_ticket_left_open_for_longer_than_a_session_is_late() -> None:
    an_account()
    ticket = _prepare()
    with pytest.raises(errors.TicketLateError):
        _finish(ticket, now=utc_now() + timedelta(minutes=31))


def test_code_is_sent_again_for_the_same_change() -> None:
    an_account()
    now = utc_now()
    ticket = _prepare(now=now)
    with pytest.raises(errors.CodeTooSoonError):
        passwords.send_change_code(number=HONG.number, ticket=ticket, now=now)
    later = now + timedelta(minutes=1)
    passwords.send_change_code(number=HONG.number, ticket=ticket, now=later)
    _finish(ticket, now=later)
    assert _opens(NEW)


def test_ticket_does_not_show_the_new_password() -> None:
    an_account()
    ticket = _prepare()
    assert NEW not in ticket
    assert NEW.encode() not in (tokens.unseal("password-change", ticket) or b"")


def test_accents_typed_either_way_are_the_same_password() -> None:
    an_account()
    composed = unicodedata.normalize("NFC", "mưa rơi trên phố")
    apart = unicodedata.normalize("NFD", composed)
    assert composed != apart
    _finish(_prepare(new=apart))
    assert _opens(composed)
    with pytest.raises(errors.PasswordReusedError):
        _prepare(old=apart, new=composed)


def test_none_of_the_last_five_passwords_comes_back_and_the_sixth_may() -> None:
    an_account()
    now, past = utc_now(), [PASSWORD]
    for count in range(5):
        now += timedelta(hours=2)
        new = f"cay thu {count} trong vuon"
        _finish(_prepare(old=past[-1], new=new, now=now), now=now)
        past.append(new)
    now += timedelta(hours=2)
    for recent in past[-5:]:
        with pytest.raises(errors.PasswordReusedError):
            _prepare(old=past[-1], new=recent, now=now)
    assert _prepare(old=past[-1], new=past[0], now=now)


def test_nothing_changes_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    ticket = _prepare()
    with monkeypatch.context() as patch:
        fail_auditing(patch, passwords)
        with pytest.raises(AuditingFailedError):
            _finish(ticket)
    assert _opens(PASSWORD)
    assert not PastPassword.objects.exists()
    assert not Message.objects.filter(kind=Kind.NOTICE).exists()
    _finish(ticket)
    assert _opens(NEW), "the code was not used up"
