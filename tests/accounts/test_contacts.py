"""The phone changes with codes, and the old one is told (guides A08, A11, O04)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.factories import (
    HONG,
    KHOA,
    THANH_TRI,
    AuditingFailedError,
    Citizen,
    a_session,
    all_at_once,
    an_account,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors
from vssid.accounts.commands import contacts, passwords
from vssid.accounts.models import Account, DisownLink, EndReason, Passkey, Session
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Kind, Message
from vssid.people.models import Person

pytestmark = pytest.mark.django_db

NEW_PHONE, OLD_EMAIL = "+84987654321", "anh.cu@example.com"
OFFICER = Actor.officer("canbo7", THANH_TRI)
FROM = "203.0.113.7"
SESSION = uuid7()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def _hong() -> None:
    an_account()
    Account.objects.filter(pk=HONG.number).update(email=OLD_EMAIL)


def _account() -> Account:
    return Account.objects.get(pk=HONG.number)


def _prepare_phone(phone: str = NEW_PHONE, now: datetime | None = None) -> str:
    return _prepare_for(HONG, phone, now or utc_now())


def _prepare_for(who: Citizen, phone: str, now: datetime) -> str:
    ticket = contacts.prepare_phone(number=who.number, phone=phone, now=now)
    contacts.send_old_phone_code(number=who.number, ticket=ticket, now=now)
    return ticket


def _confirm_old(ticket: str, typed: str | None = None) -> str:
    return _confirm_for(HONG, ticket, typed or last_code(), utc_now())


def _confirm_for(who: Citizen, ticket: str, typed: str, now: datetime) -> str:
    proven = contacts.confirm_old_phone(number=who.number, ticket=ticket, typed=typed, now=now)
    contacts.send_new_phone_code(number=who.number, ticket=proven, asked_from=FROM, now=now)
    return proven


def _finish_phone(ticket: str, typed: str | None = None) -> None:
    contacts.finish_phone(
        number=HONG.number,
        session_id=SESSION,
        ticket=ticket,
        typed=typed or last_code(NEW_PHONE),
        now=utc_now(),
    )


def _by_desk(**changes: Any) -> None:
    what: dict[str, Any] = {"number": HONG.number, "phone": NEW_PHONE, "by": OFFICER, **changes}
    typed = what.pop("typed", None) or last_code(NEW_PHONE)
    proof = contacts.prove_desk_phone(**what, typed=typed, now=utc_now())
    who = what.pop("by")
    with transaction.atomic():
        contacts.use_desk_proof(proof=proof, **what, now=utc_now())
        contacts.put_desk_phone(**what, by=who, paper="cccd", now=utc_now())


def _send_by_desk(phone: str = NEW_PHONE) -> None:
    contacts.send_desk_phone_code(number=HONG.number, phone=phone, by=OFFICER, now=utc_now())


def _with_passkey() -> None:
    Passkey.objects.create(
        account_id=HONG.number,
        credential_id=b"x",
        public_key=b"x",
        handle=b"x",
        sign_count=0,
        name="Chrome trên Android",
        made_at=utc_now(),
    )


def _hold() -> None:
    later = utc_now() + timedelta(hours=3)
    Account.objects.filter(pk=HONG.number).update(changes_held_until=later)


def _told(template: str) -> set[str]:
    notices = Message.objects.filter(template=template, kind=Kind.NOTICE)
    return set(notices.values_list("address", flat=True))


def _acts() -> list[str]:
    return list(
        Event.objects.filter(subject=HONG.number)
        .exclude(
            act__in=["account.open", "password.set", "code.send", "people.write", "session.start"]
        )
        .values_list("act", flat=True)
    )


@pytest.mark.usefixtures("_hong")
def test_phone_changes_after_the_old_and_the_new_one_agreed() -> None:
    cookie = a_session(_account())
    now = utc_now()
    proven = _confirm_old(_prepare_phone())
    assert _account().phone == HONG.phone
    _finish_phone(proven)
    account = _account()
    assert account.phone == NEW_PHONE
    assert account.changes_held_until is not None
    assert account.changes_held_until - now >= settings.VSSID_CHANGES_HELD
    assert _told("account.phone-changed") == {HONG.phone, OLD_EMAIL}
    link = DisownLink.objects.get()
    assert (link.session_id, link.phone_before) == (SESSION, HONG.phone)
    assert _acts() == ["phone.change"]
    assert cookie
    assert Session.objects.filter(account=account, ended_at__isnull=True).count() == 1


@pytest.mark.usefixtures("_hong")
def test_old_phone_is_told_which_number_is_to_come() -> None:
    _prepare_phone()
    sent = Message.objects.get(kind=Kind.CODE)
    assert sent.address == HONG.phone
    assert sent.data["phone"] == "0987***321"


@pytest.mark.usefixtures("_hong")
def test_code_of_the_old_phone_does_not_do_for_the_new_one() -> None:
    ticket = _prepare_phone()
    code = last_code()
    proven = _confirm_old(ticket)
    if code != last_code(NEW_PHONE):
        with pytest.raises(errors.WrongCodeError):
            _finish_phone(proven, code)
    with pytest.raises(errors.TicketLateError):
        _finish_phone(ticket, code)
    with pytest.raises(errors.CodeLateError):
        _confirm_old(ticket, code)
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_wrong_code_at_either_phone_changes_nothing() -> None:
    ticket = _prepare_phone()
    with pytest.raises(errors.WrongCodeError):
        _confirm_old(ticket, another_code(last_code()))
    proven = _confirm_old(ticket)
    with pytest.raises(errors.WrongCodeError):
        _finish_phone(proven, another_code(last_code(NEW_PHONE)))
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_consent_of_the_old_phone_stays_good_when_the_new_one_gets_no_code_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, code = utc_now(), {"ticket": _prepare_phone(), "typed": last_code()}
    proven = contacts.confirm_old_phone(number=HONG.number, **code, now=now)
    sent = {"number": HONG.number, "ticket": proven, "asked_from": FROM, "now": now}
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 0)
    with pytest.raises(errors.NetworkExhaustedError):
        contacts.send_new_phone_code(**sent)
    monkeypatch.undo()
    contacts.send_new_phone_code(**sent)
    _finish_phone(proven)
    assert _account().phone == NEW_PHONE


@pytest.mark.usefixtures("_hong")
def test_code_in_hand_serves_whoever_starts_again_with_the_same_phone_only() -> None:
    now = utc_now()
    _prepare_phone()
    with pytest.raises(errors.EarlierCodeError):
        _prepare_phone("+84987654322")
    other = contacts.prepare_phone(number=HONG.number, phone="+84987654322", now=now)
    with pytest.raises(errors.WrongCodeError):
        _confirm_old(other)
    again = contacts.prepare_phone(number=HONG.number, phone=NEW_PHONE, now=now)
    with pytest.raises(errors.CodeTooSoonError) as early:
        contacts.send_old_phone_code(number=HONG.number, ticket=again, now=now)
    assert not isinstance(early.value, errors.EarlierCodeError)
    _finish_phone(_confirm_old(again))
    assert _account().phone == NEW_PHONE


@pytest.mark.usefixtures("_hong")
def test_phone_of_another_adult_is_refused_only_to_who_holds_it() -> None:
    an_account(KHOA)
    ticket = _confirm_old(_prepare_phone(KHOA.phone))
    with pytest.raises(errors.PhoneTakenError) as refused:
        _finish_phone(ticket, last_code(KHOA.phone))
    assert KHOA.number not in str(refused.value)
    assert KHOA.full_name not in str(refused.value)
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_phone_that_serves_a_child_may_serve_its_parent() -> None:
    an_account(KHOA)
    Person.objects.filter(pk=KHOA.number).update(birth_date=date(2015, 3, 1))
    _finish_phone(_confirm_old(_prepare_phone(KHOA.phone)), last_code(KHOA.phone))
    assert _account().phone == KHOA.phone


@pytest.mark.django_db(transaction=True)
def test_two_accounts_never_take_the_same_phone_at_once() -> None:
    calls = []
    for who in (HONG, KHOA):
        an_account(who)
        now = utc_now()
        ticket = _prepare_for(who, NEW_PHONE, now)
        # The pause between two codes to a phone that nobody has proven.
        asked = now + (2 * MINUTE if who is KHOA else timedelta())
        proven = _confirm_for(who, ticket, last_code(who.phone), asked)
        code = last_code(NEW_PHONE)
        calls.append(
            lambda who=who, proven=proven, code=code: contacts.finish_phone(
                number=who.number, session_id=SESSION, ticket=proven, typed=code, now=utc_now()
            )
        )
    outcomes = all_at_once(calls, threads=2)
    assert [type(one) for one in outcomes if one is not None] == [errors.PhoneTakenError]
    assert Account.objects.filter(phone=NEW_PHONE).count() == 1


@pytest.mark.usefixtures("_hong")
def test_phone_that_is_in_force_is_not_asked_for_again() -> None:
    with pytest.raises(errors.PhoneSameError):
        _prepare_phone(HONG.phone)
    with pytest.raises(errors.PhoneSameError):
        _send_by_desk(HONG.phone)


@pytest.mark.usefixtures("_hong")
def test_phone_waits_while_changes_are_held() -> None:
    proven = _confirm_old(_prepare_phone())
    _hold()
    with pytest.raises(errors.ChangesHeldError):
        _prepare_phone("+84987654322")
    with pytest.raises(errors.ChangesHeldError):
        _finish_phone(proven)
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_what_was_begun_with_the_old_phone_ends_with_it() -> None:
    ticket = passwords.prepare_change(
        number=HONG.number, old="ghe da xanh 47", new="mua roi tren pho 8", now=utc_now()
    )
    passwords.send_change_code(number=HONG.number, ticket=ticket, now=utc_now())
    code = last_code()
    _finish_phone(_confirm_old(_prepare_phone()))
    with pytest.raises(errors.CodeLateError):
        passwords.finish_change(
            number=HONG.number, session_id=SESSION, ticket=ticket, typed=code, now=utc_now()
        )


@pytest.mark.usefixtures("_hong")
def test_phone_stays_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    proven = _confirm_old(_prepare_phone())
    fail_auditing(monkeypatch, contacts)
    with pytest.raises(AuditingFailedError):
        _finish_phone(proven)
    assert _account().phone == HONG.phone
    assert _account().changes_held_until is None


@pytest.mark.usefixtures("_hong")
def test_o04_desk_changes_a_lost_phone_and_tells_the_old_one() -> None:
    a_session(_account())
    _with_passkey()
    _send_by_desk()
    _by_desk()
    assert not Passkey.objects.exists()
    account = _account()
    assert account.phone == NEW_PHONE
    assert account.changes_held_until is not None
    assert _told("account.phone-changed-by-desk") == {HONG.phone, OLD_EMAIL}
    ended = Session.objects.get(account=account)
    assert ended.end_reason == EndReason.DESK
    event = Event.objects.get(act="phone.change-by-desk", subject=HONG.number)
    assert (event.actor, event.office, event.details) == ("canbo7", THANH_TRI, {"paper": "cccd"})
    asked = Event.objects.filter(act="code.send", subject=HONG.number).latest("at")
    assert (asked.actor, asked.office) == ("canbo7", THANH_TRI)


@pytest.mark.usefixtures("_hong")
def test_desk_may_change_the_phone_while_the_owner_has_to_wait() -> None:
    _hold()
    _send_by_desk()
    _by_desk()
    assert _account().phone == NEW_PHONE


@pytest.mark.usefixtures("_hong")
@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "+84987654399"},
        {"by": Actor.officer("canbo8", THANH_TRI)},
        {"typed": "000000x"},
    ],
)
def test_code_of_the_desk_serves_one_phone_and_one_officer(changes: dict[str, Any]) -> None:
    _send_by_desk()
    with pytest.raises(errors.WrongCodeError):
        _by_desk(**changes)
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_desk_does_not_give_the_phone_of_another_adult() -> None:
    an_account(KHOA)
    _send_by_desk(KHOA.phone)
    with pytest.raises(errors.PhoneTakenError):
        _by_desk(phone=KHOA.phone, typed=last_code(KHOA.phone))
    assert _account().phone == HONG.phone


@pytest.mark.usefixtures("_hong")
def test_desk_changes_nothing_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    a_session(_account())
    _send_by_desk()
    fail_auditing(monkeypatch, contacts)
    with pytest.raises(AuditingFailedError):
        _by_desk()
    assert _account().phone == HONG.phone
    assert Session.objects.filter(ended_at__isnull=True).count() == 1
