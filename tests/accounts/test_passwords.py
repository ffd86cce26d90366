"""Changing a password: the old one, a good new one, and a code (guides A03–A05)."""

import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from tests.accounts.opening import started
from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    AuditingFailedError,
    Citizen,
    all_at_once,
    an_account,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors, rules, tokens
from vssid.accounts.commands import passwords
from vssid.accounts.models import Account, PastPassword
from vssid.accounts.queries import NotSignedIn, SignedIn, session_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Channel, Kind, Message

pytestmark = pytest.mark.django_db

NEW = "mua roi tren pho 8"
OTHER = Citizen("0198000003", "Lê Thị Mai", "001190000033", "+84912000003")


def _prepare(old: str = PASSWORD, new: str = NEW, now: datetime | None = None) -> str:
    return _prepare_for(HONG, old, new, now or utc_now())


def _prepare_for(who: Citizen, old: str, new: str, now: datetime) -> str:
    ticket = passwords.prepare_change(number=who.number, old=old, new=new, now=now)
    passwords.send_change_code(number=who.number, ticket=ticket, now=now)
    return ticket


def _finish(ticket: str, typed: str | None = None, now: datetime | None = None) -> str:
    """Signed in on a fresh device; returns its new cookie."""
    now, typed = now or utc_now(), typed or last_code()
    session = started(_account(), now).session
    return passwords.finish_change(
        number=HONG.number, session_id=session.id, ticket=ticket, typed=typed, now=now
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


def test_fifth_wrong_old_password_locks_and_says_the_remaining_minutes() -> None:
    an_account()
    now = utc_now()
    for _ in range(4):
        with pytest.raises(errors.OldPasswordWrongError):
            _prepare(old="not my password", now=now)
    with pytest.raises(errors.SignInLockedError) as locked:
        _prepare(old="not my password", now=now)
    assert locked.value.details["minutes"] == 15
    with pytest.raises(errors.SignInLockedError) as still:
        _prepare(now=now + timedelta(minutes=5))
    assert still.value.details["minutes"] == 10
    assert _prepare(now=now + timedelta(minutes=15))


def test_right_old_password_clears_the_wrong_ones() -> None:
    an_account()
    now = utc_now()
    for minute in range(2):
        for _ in range(4):
            with pytest.raises(errors.OldPasswordWrongError):
                _prepare(old="not my password", now=now)
        assert _prepare(now=now + minute * timedelta(minutes=2))


@pytest.mark.django_db(transaction=True)
def test_guessing_the_old_password_many_times_at_once_gets_five_tries() -> None:
    an_account()
    now = utc_now()
    found = all_at_once([lambda: _prepare(old="not my password", now=now)] * 12)
    assert sum(isinstance(one, errors.OldPasswordWrongError) for one in found) == 4
    assert sum(isinstance(one, errors.SignInLockedError) for one in found) == 8


def test_what_begins_like_the_old_password_is_not_it() -> None:
    an_account(password="x1y2z3w4" * 16)
    with pytest.raises(errors.OldPasswordWrongError):
        _prepare(old="x1y2z3w4" * 16 + "and more")


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


@pytest.mark.parametrize(
    "ticket",
    ["", "nonsense", "ă", pytest.param(tokens.seal("password-change", b"{}"), id="sealed")],
)
def test_ticket_that_is_not_ours_is_late(ticket: str) -> None:
    an_account()
    with pytest.raises(errors.TicketLateError):
        _finish(ticket, "490217")


def test_ticket_of_somebody_else_is_late() -> None:
    an_account()
    an_account(KHOA)
    theirs = _prepare_for(KHOA, PASSWORD, NEW, utc_now())
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


@pytest.mark.parametrize("new", ["x" * 129, "x" * 10_000])
def test_password_without_end_is_refused_in_words(new: str) -> None:
    an_account()
    with pytest.raises(errors.PasswordLengthError):
        _prepare(new=new)


def test_change_gives_the_session_another_cookie_and_the_old_one_opens_nothing() -> None:
    account, now = an_account(), utc_now()
    opened = started(account, now)
    cookie = passwords.finish_change(
        number=HONG.number,
        session_id=opened.session.id,
        ticket=_prepare(now=now),
        typed=last_code(),
        now=now,
    )
    found = session_of(cookie, now)
    assert isinstance(found, SignedIn)
    assert found.session_id == opened.session.id, "the same session goes on"
    assert session_of(opened.cookie, now) == NotSignedIn()


def test_session_that_ended_meanwhile_changes_no_password() -> None:
    account, now = an_account(), utc_now()
    opened, ticket = started(account, now), _prepare(now=now)
    code = last_code()
    started(account, now)
    with pytest.raises(errors.SessionOverError):
        passwords.finish_change(
            number=HONG.number, session_id=opened.session.id, ticket=ticket, typed=code, now=now
        )
    assert check_password(PASSWORD, _account().password)


def test_code_goes_to_no_email_that_is_new() -> None:
    account, now = an_account(KHOA), utc_now()
    Account.objects.update(email_since=now)
    ticket = _prepare_for(KHOA, PASSWORD, NEW, now)
    later = now + timedelta(minutes=1)
    passwords.send_change_code(number=KHOA.number, ticket=ticket, now=later, channel=Channel.EMAIL)
    assert {one.address for one in Message.objects.filter(kind=Kind.CODE)} == {account.phone}


def test_code_goes_by_email_when_asked_and_by_sms_without_one() -> None:
    an_account(KHOA)
    now = utc_now()
    ticket = _prepare_for(KHOA, PASSWORD, NEW, now)
    passwords.send_change_code(
        number=KHOA.number, ticket=ticket, now=now + timedelta(minutes=1), channel=Channel.EMAIL
    )
    assert [one.address for one in Message.objects.order_by("id")] == [KHOA.phone, KHOA.email]


# --- six months -----------------------------------------------------------------------------------

DAY = timedelta(days=1)


def _set_ago(ago: timedelta, now: datetime, **changes: Any) -> None:
    Account.objects.update(password_set_at=now - ago, **changes)


def _due_notices() -> list[Message]:
    return list(Message.objects.filter(template="account.password-due"))


def test_owner_is_warned_once_by_sms_and_email_two_weeks_before() -> None:
    an_account(KHOA)
    now = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
    _set_ago(166 * DAY, now)
    assert passwords.warn_of_due(now=now) == 1
    assert {one.address for one in _due_notices()} == {KHOA.phone, KHOA.email}
    assert {one.data["until"] for one in _due_notices()} == {"15/07/2026"}
    assert passwords.warn_of_due(now=now + DAY) == 0
    assert len(_due_notices()) == 2


@pytest.mark.parametrize(
    ("ago", "changes"),
    [
        (166 * DAY - timedelta(seconds=1), {}),
        (180 * DAY, {}),
        (170 * DAY, {"must_change_password": True}),
        (170 * DAY, {"locked_at": datetime(2026, 6, 1, tzinfo=UTC)}),
    ],
    ids=["too early", "past already", "a first password", "locked"],
)
def test_nobody_is_warned_in_vain(ago: timedelta, changes: Any) -> None:
    an_account()
    now = utc_now()
    _set_ago(ago, now, **changes)
    assert passwords.warn_of_due(now=now) == 0


def test_new_password_is_warned_of_in_its_turn() -> None:
    an_account()
    now = utc_now()
    _set_ago(170 * DAY, now)
    passwords.warn_of_due(now=now)
    _set_ago(0 * DAY, now)
    assert passwords.warn_of_due(now=now + 167 * DAY) == 1


def test_warning_goes_through_everybody_in_batches() -> None:
    for person in (HONG, KHOA, OTHER):
        an_account(person)
    now = utc_now()
    _set_ago(170 * DAY, now)
    Account.objects.filter(pk=KHOA.number).update(password_set_at=now - 169 * DAY)
    assert passwords.warn_of_due(now=now, batch=1) == 3
    assert passwords.warn_of_due(now=now, batch=2) == 0


@pytest.mark.parametrize(
    ("ago", "days"),
    [
        (166 * DAY - timedelta(seconds=1), None),
        (166 * DAY, 14),
        (179 * DAY, 1),
        (180 * DAY - timedelta(minutes=1), 0),
        (180 * DAY + timedelta(seconds=1), None),
    ],
)
def test_days_left_are_counted_as_in_vietnam(ago: timedelta, days: int | None) -> None:
    now = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
    assert rules.password_due_in(now - ago, now) == days
