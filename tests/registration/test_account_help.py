"""A new password or phone at the counter, by two officers (guides O04)."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    THANH_TRI,
    AuditingFailedError,
    all_at_once,
    an_account,
    fail_auditing,
    last_code,
)
from tests.registration.desk_people import duyen, far, lan, minh, provincial
from vssid.accounts.commands import contacts
from vssid.accounts.errors import PhoneTakenError, WrongCodeError
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message
from vssid.registration import errors
from vssid.registration.commands import account_help
from vssid.registration.models import AccountHelp, HelpState
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db
NEW_PHONE = "+84912000066"
NOTE = "Không gặp được người đến."


def _password(by: Officer, **changes: Any) -> AccountHelp | None:
    what = {"number": HONG.number, "paper": "cccd", "by": by, "now": utc_now(), **changes}
    return account_help.give_password(**what)


def _phone(by: Officer, phone: str = NEW_PHONE, typed: str = "") -> AccountHelp | None:
    now = utc_now()
    contacts.send_desk_phone_code(number=HONG.number, phone=phone, by=by.actor, now=now)
    return account_help.give_phone(
        number=HONG.number,
        phone=phone,
        typed=typed or last_code(phone),
        paper="cccd",
        by=by,
        now=now,
    )


def _confirm(help_: AccountHelp | None, by: Officer, **changes: Any) -> AccountHelp:
    assert help_ is not None
    what = {"number": help_.number, "help_id": help_.id, "by": by, "now": utc_now(), **changes}
    return account_help.confirm_help(**what)


def _return(help_: AccountHelp | None, by: Officer, note: str = NOTE) -> AccountHelp:
    assert help_ is not None
    return account_help.return_help(
        number=help_.number, help_id=help_.id, note=note, by=by, now=utc_now()
    )


def _unchanged() -> bool:
    account = Account.objects.get(pk=HONG.number)
    return account.phone == HONG.phone and check_password(PASSWORD, account.password)


def _notices() -> int:
    return Message.objects.filter(kind=Kind.NOTICE).count()


def test_password_waits_for_the_second_officer_and_then_goes_out() -> None:
    an_account()
    waiting = _password(lan())
    assert _unchanged()
    assert _notices() == 0
    confirmed = _confirm(waiting, minh())
    assert not _unchanged()
    assert Message.objects.filter(template="account.password-by-desk").count() == 1
    assert (confirmed.state, confirmed.decided_by) == (HelpState.CONFIRMED, "minh")
    acts = Event.objects.filter(subject=HONG.number).values_list("act", "actor")
    assert {("help.propose", "lan"), ("help.confirm", "minh")} <= set(acts)


def test_phone_waits_for_the_second_officer_and_its_code_is_used_up() -> None:
    an_account()
    waiting = _phone(lan())
    assert _unchanged()
    _confirm(waiting, minh())
    assert Account.objects.get().phone == NEW_PHONE


def test_nobody_confirms_their_own() -> None:
    an_account()
    officer = lan()
    with pytest.raises(errors.SamePersonError):
        _confirm(_password(officer), officer)
    assert _unchanged()


def test_second_officer_is_of_the_office_or_the_province() -> None:
    an_account()
    waiting = _password(lan())
    with pytest.raises(errors.NotThisOfficeError):
        _confirm(waiting, far())
    with pytest.raises(errors.MayNotDecideError):
        _confirm(waiting, duyen())
    _confirm(waiting, provincial())
    assert not _unchanged()


def test_intake_proposes_nothing() -> None:
    an_account()
    with pytest.raises(errors.MayNotDecideError):
        _password(duyen())


def test_same_help_is_not_proposed_twice_and_another_kind_is() -> None:
    an_account()
    officer = lan()
    _password(officer)
    with pytest.raises(errors.HelpWaitingError) as refused:
        _password(officer)
    assert "đang chờ người thứ hai" in str(refused.value)
    assert _phone(officer) is not None


def test_help_is_confirmed_once() -> None:
    an_account()
    waiting, second = _password(lan()), minh()
    _confirm(waiting, second)
    with pytest.raises(errors.NotProposedError):
        _confirm(waiting, second)


def test_help_that_waited_too_long_is_confirmed_no_more_and_may_be_proposed_anew() -> None:
    an_account()
    officer = lan()
    waiting = _password(officer)
    late = utc_now() + timedelta(hours=25)
    with pytest.raises(errors.HelpLateError):
        _confirm(waiting, minh(), now=late)
    assert _password(officer, now=late) is not None
    assert AccountHelp.objects.filter(state=HelpState.WAITING).count() == 1


def test_returned_help_does_nothing_and_says_why() -> None:
    an_account()
    returned = _return(_password(lan()), minh())
    assert (returned.state, returned.note) == (HelpState.RETURNED, NOTE)
    assert _unchanged()
    with pytest.raises(errors.NotProposedError):
        _confirm(returned, Officer.objects.get(user_name="minh"))


def test_help_is_returned_with_a_word_only() -> None:
    an_account()
    with pytest.raises(errors.NoteMissingError):
        _return(_password(lan()), minh(), "ok")


def test_wrong_code_proposes_nothing() -> None:
    an_account()
    with pytest.raises(WrongCodeError):
        _phone(lan(), typed="abcdef")
    assert not AccountHelp.objects.exists()


def test_phone_that_somebody_took_meanwhile_is_refused_at_the_confirmation() -> None:
    an_account()
    waiting = _phone(lan())
    an_account(KHOA)
    Account.objects.filter(pk=KHOA.number).update(phone=NEW_PHONE)
    with pytest.raises(PhoneTakenError):
        _confirm(waiting, minh())
    assert AccountHelp.objects.get().state == HelpState.WAITING


def test_nothing_is_proposed_or_confirmed_when_auditing_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_account()
    waiting, second = _password(lan()), minh()
    fail_auditing(monkeypatch, account_help)
    with pytest.raises(AuditingFailedError):
        _confirm(waiting, second)
    with pytest.raises(AuditingFailedError):
        _password(provincial(), now=utc_now() + timedelta(days=2))
    assert _unchanged()
    assert AccountHelp.objects.get().state == HelpState.WAITING


def test_tiny_office_helps_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_OFFICES_WITHOUT_SECOND", frozenset({THANH_TRI}))
    an_account()
    assert _password(lan()) is None
    assert not _unchanged()
    assert not AccountHelp.objects.exists()


def test_database_refuses_the_same_person_twice() -> None:
    an_account()
    _password(lan())
    with pytest.raises(IntegrityError, match="registration_help_by_two"), transaction.atomic():
        AccountHelp.objects.update(state="confirmed", decided_by="lan", decided_at=utc_now())


@pytest.mark.django_db(transaction=True)
def test_two_second_officers_at_once_confirm_once() -> None:
    an_account()
    waiting = _password(lan())
    seconds = [minh(), provincial()]
    found = all_at_once([lambda one=one: _confirm(waiting, one) for one in seconds], threads=2)  # type: ignore[misc]
    assert sum(isinstance(one, AccountHelp) for one in found) == 1
    assert Message.objects.filter(template="account.password-by-desk").count() == 1
