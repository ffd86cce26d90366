"""The email changes with codes of the phone and of the new address (guides A08)."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    an_account,
    another_code,
    fail_auditing,
    last_code,
    secret_of,
)
from vssid.accounts import errors, rules
from vssid.accounts.commands import emails
from vssid.accounts.models import Account, CodePurpose, DisownLink, SmartOtp
from vssid.accounts.sealing import seal_secret
from vssid.audit.models import Event
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Channel, Kind, Message

pytestmark = pytest.mark.django_db

NEW, OLD = "anh.moi@example.com", "anh.cu@example.com"
FROM = "203.0.113.7"
SESSION = uuid7()
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _hong() -> None:
    an_account()
    Account.objects.filter(pk=HONG.number).update(email=OLD)


def _account() -> Account:
    return Account.objects.get(pk=HONG.number)


def _prepare(email: str = NEW, now: datetime | None = None) -> str:
    now = now or utc_now()
    ticket = emails.prepare_email(number=HONG.number, email=email, now=now)
    emails.send_phone_code(number=HONG.number, ticket=ticket, now=now)
    return ticket


def _confirm(ticket: str, typed: str | None = None) -> str:
    return _confirm_at(ticket, typed or last_code(), utc_now())


def _confirm_at(ticket: str, typed: str, now: datetime) -> str:
    proven = emails.confirm_phone(number=HONG.number, ticket=ticket, typed=typed, now=now)
    emails.send_new_code(number=HONG.number, ticket=proven, asked_from=FROM, now=now)
    return proven


def _finish(ticket: str, typed: str | None = None, now: datetime | None = None) -> None:
    emails.finish_email(
        number=HONG.number,
        session_id=SESSION,
        ticket=ticket,
        typed=typed or last_code(NEW),
        now=now or utc_now(),
    )


def _remove(ticket: str, typed: str | None = None) -> None:
    emails.remove_email(
        number=HONG.number,
        session_id=SESSION,
        ticket=ticket,
        typed=typed or last_code(),
        now=utc_now(),
    )


def _hold() -> None:
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=3))


def _told(template: str) -> set[str]:
    notices = Message.objects.filter(template=template, kind=Kind.NOTICE)
    return set(notices.values_list("address", flat=True))


def _acts() -> set[str]:
    return set(Event.objects.filter(act__startswith="email.").values_list("act", flat=True))


def test_email_changes_once_the_phone_and_the_new_address_agreed() -> None:
    now = utc_now()
    ticket = _prepare()
    sent = Message.objects.get(kind=Kind.CODE)
    assert (sent.channel, sent.address) == (Channel.SMS, HONG.phone)
    assert sent.data["email"] == "a***@example.com"
    proven = _confirm(ticket)
    sent = Message.objects.filter(kind=Kind.CODE).latest("id")
    assert (sent.channel, sent.address) == (Channel.EMAIL, NEW)
    assert _account().email == OLD
    _finish(proven)
    assert _account().email == NEW
    assert _told("account.email-changed") == {HONG.phone, OLD}
    assert _acts() == {"email.change"}
    held = _account().changes_held_until
    assert held is not None
    assert held - now >= settings.VSSID_CHANGES_HELD


def test_nobody_changes_it_without_the_phone() -> None:
    ticket = _prepare()
    with pytest.raises(errors.WrongCodeError):
        _confirm(ticket, another_code(last_code()))
    for forged in (ticket, "", "nonsense"):
        with pytest.raises(errors.TicketLateError):
            _finish(forged, last_code())
    assert _account().email == OLD


def test_new_address_takes_codes_only_after_it_has_stood_a_day() -> None:
    now = utc_now()
    _finish(_confirm(_prepare()), now=now)
    account = _account()
    assert account.email_since == now
    assert rules.code_email(account, now) == ""
    stood = now + settings.VSSID_CHANGES_HELD
    assert rules.code_email(account, stood - timedelta(seconds=1)) == ""
    assert rules.code_email(account, stood) == NEW


def test_email_from_the_beginning_takes_codes_at_once() -> None:
    assert rules.code_email(_account(), utc_now()) == OLD


def test_smart_otp_stands_for_the_phone_and_never_for_the_new_address() -> None:
    secret = totp.new_secret()
    SmartOtp.objects.create(
        account_id=HONG.number,
        secret=seal_secret(HONG.number, secret),
        device="Chrome trên Android",
        last_step=0,
        made_at=utc_now(),
    )
    step = totp.step_at(utc_now())
    proven = _confirm(_prepare(), totp.code_at(secret, step - 1))
    of_device = totp.code_at(secret, step)
    if of_device != last_code(NEW):
        with pytest.raises(errors.WrongCodeError):
            _finish(proven, of_device)
    assert _account().email == OLD


def test_notice_disowns_the_session_that_changed_it() -> None:
    _finish(_confirm(_prepare()))
    told = Message.objects.filter(template="account.email-changed")
    assert {"/khong-phai-toi/" in secret_of(one)["link"] for one in told} == {True}
    assert DisownLink.objects.get().session_id == SESSION


def test_email_that_is_in_force_is_not_asked_for_again() -> None:
    with pytest.raises(errors.EmailSameError):
        _prepare(OLD)


def test_codes_for_one_email_do_not_confirm_another() -> None:
    _confirm(_prepare())
    code = last_code(NEW)
    later = utc_now() + 2 * MINUTE
    ticket = _prepare("other@example.com", later)
    other = _confirm_at(ticket, last_code(), later)
    if code != last_code("other@example.com"):
        with pytest.raises(errors.WrongCodeError):
            _finish(other, code)
    assert _account().email == OLD


def test_code_to_the_new_address_has_its_own_purpose_and_counts_for_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proven = emails.confirm_phone(
        number=HONG.number, ticket=_prepare(), typed=last_code(), now=utc_now()
    )
    facts = {"number": HONG.number, "ticket": proven, "asked_from": FROM, "now": utc_now()}
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 0)
    with pytest.raises(errors.NetworkExhaustedError):
        emails.send_new_code(**facts)
    monkeypatch.undo()
    emails.send_new_code(**facts)
    sent = Event.objects.filter(act="code.send").values_list("details__purpose", flat=True)
    assert list(sent) == [CodePurpose.EMAIL, CodePurpose.NEW_EMAIL]


def test_ticket_of_somebody_else_or_too_old_is_refused() -> None:
    proven = _confirm(_prepare())
    an_account(KHOA)
    with pytest.raises(errors.TicketLateError):
        emails.finish_email(
            number=KHOA.number, session_id=SESSION, ticket=proven, typed="490217", now=utc_now()
        )
    with pytest.raises(errors.TicketLateError):
        _finish(proven, now=utc_now() + settings.VSSID_SESSION_IDLE + MINUTE)


def test_email_is_removed_once_the_phone_agreed_and_its_owner_told_there() -> None:
    ticket = _prepare("")
    assert Message.objects.get(kind=Kind.CODE).template == "code.email-removal"
    with pytest.raises(errors.WrongCodeError):
        _remove(ticket, another_code(last_code()))
    assert _account().email == OLD
    _remove(ticket)
    assert _account().email == ""
    assert _told("account.email-removed") == {HONG.phone, OLD}
    assert _acts() == {"email.remove"}


def test_code_of_a_change_removes_nothing_and_the_other_way_round() -> None:
    change = _prepare()
    with pytest.raises(errors.TicketLateError):
        _remove(change)
    removal = _prepare("", utc_now() + 2 * MINUTE)
    with pytest.raises(errors.TicketLateError):
        _confirm(removal)
    assert _account().email == OLD


def test_email_waits_while_changes_are_held() -> None:
    proven = _confirm(_prepare())
    removal = _prepare("")
    _hold()
    with pytest.raises(errors.ChangesHeldError):
        _prepare("other@example.com")
    with pytest.raises(errors.ChangesHeldError):
        _finish(proven)
    with pytest.raises(errors.ChangesHeldError):
        _remove(removal)
    assert _account().email == OLD


def test_email_stays_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    proven = _confirm(_prepare())
    fail_auditing(monkeypatch, emails)
    with pytest.raises(AuditingFailedError):
        _finish(proven)
    assert _account().email == OLD
    assert _told("account.email-changed") == set()
