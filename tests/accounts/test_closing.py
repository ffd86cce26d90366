"""Closing an account: what goes, what stays, and beginning again (guides A08)."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db.models import Q

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    AuditingFailedError,
    a_declaration,
    a_person,
    a_session,
    an_account,
    an_officer,
    another_code,
    drawn,
    fail_auditing,
    last_code,
    received,
)
from vssid.accounts import errors
from vssid.accounts.commands import closing
from vssid.accounts.models import (
    Account,
    DisownLink,
    KnownDevice,
    Passkey,
    PasskeyOwner,
    PastPassword,
    Session,
    SmartOtp,
)
from vssid.accounts.queries import NotSignedIn, session_of
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message
from vssid.people.models import Person
from vssid.registration.commands import deciding
from vssid.registration.models import Declaration

pytestmark = pytest.mark.django_db


def _close(typed: str | None = None) -> None:
    closing.close_account(number=HONG.number, typed=typed or last_code(), now=utc_now())


def _send() -> None:
    closing.send_closing_code(number=HONG.number, now=utc_now())


def _with_a_portrait(account: Account) -> UUID:
    stored = files.store_file(
        content=drawn("portrait"), media_type="image/jpeg", purpose="account.portrait", by=CLERK
    )
    Account.objects.filter(pk=account.pk).update(portrait=stored.id)
    return stored.id


def _with_everything(account: Account) -> None:
    now = utc_now()
    mine: dict[str, Any] = {"account": account}
    PastPassword.objects.create(**mine, password="x", set_at=now)
    KnownDevice.objects.create(
        **mine, id=uuid4(), name="Firefox", first_seen_at=now, last_seen_at=now
    )
    SmartOtp.objects.create(**mine, secret=b"x", device="Firefox", last_step=0, made_at=now)
    Passkey.objects.create(
        **mine, credential_id=b"x", public_key=b"x", sign_count=0, name="x", made_at=now
    )
    PasskeyOwner.objects.create(credential="x" * 64, number=account.pk)
    DisownLink.objects.create(
        digest="x" * 64, number=account.pk, session_id=uuid4(), expires_at=now
    )


def _rows_of(number: str) -> dict[str, int]:
    """How many rows of each table of accounts carry a number."""
    found = {}
    for model in apps.get_app_config("accounts").get_models():
        names = {field.name for field in model._meta.get_fields()}
        where = Q()
        for name in names & {"account", "person", "number", "subject"}:
            where |= Q(**{name: number})
        assert where, model
        found[model.__name__] = model._default_manager.filter(where).count()
    return {name: count for name, count in found.items() if count}


def test_everything_of_the_account_goes_and_the_record_stays() -> None:
    account = an_account(KHOA)
    keeps = _rows_of(KHOA.number)
    account = an_account()
    _with_everything(account)
    photo = _with_a_portrait(account)
    cookie = a_session(account)
    _send()
    assert len(_rows_of(HONG.number)) >= 8
    _close()
    assert _rows_of(HONG.number) == {}
    assert _rows_of(KHOA.number) == keeps
    assert Person.objects.filter(pk=HONG.number).exists()
    assert StoredFile.objects.get(pk=photo).erased_at is not None
    assert isinstance(session_of(cookie, utc_now()), NotSignedIn)
    assert Event.objects.filter(act="account.close", subject=HONG.number).count() == 1


def test_phone_and_email_are_told_a_last_time() -> None:
    an_account()
    Account.objects.filter(pk=HONG.number).update(email="hong@example.com")
    _send()
    _close()
    told = Message.objects.filter(template="account.closed", kind=Kind.NOTICE)
    assert {one.address for one in told} == {HONG.phone, "hong@example.com"}


def test_photo_that_is_gone_already_keeps_no_account() -> None:
    an_account()
    Account.objects.filter(pk=HONG.number).update(portrait=uuid4())
    _send()
    _close()
    assert not Account.objects.filter(pk=HONG.number).exists()


def test_wrong_code_closes_nothing() -> None:
    an_account()
    _send()
    with pytest.raises(errors.WrongCodeError):
        _close(another_code(last_code()))
    assert Account.objects.filter(pk=HONG.number).exists()


def test_closing_waits_while_changes_are_held() -> None:
    an_account()
    _send()
    until = utc_now() + timedelta(hours=3)
    Account.objects.filter(pk=HONG.number).update(changes_held_until=until)
    with pytest.raises(errors.ChangesHeldError):
        _send()
    with pytest.raises(errors.ChangesHeldError):
        _close()
    assert Account.objects.filter(pk=HONG.number).exists()


def test_nothing_goes_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    photo = _with_a_portrait(account)
    a_session(account)
    _send()
    fail_auditing(monkeypatch, closing)
    with pytest.raises(AuditingFailedError):
        _close()
    assert Session.objects.filter(account=account).count() == 1
    assert StoredFile.objects.get(pk=photo).erased_at is None
    assert not Message.objects.filter(template="account.closed").exists()


def test_closed_number_registers_again() -> None:
    a_person()
    officer = an_officer()
    first = deciding.approve_declaration(
        declaration=received(a_declaration(), officer), by=officer, now=utc_now()
    )
    _send()
    _close()
    later = utc_now()
    again = received(a_declaration(), officer)
    deciding.approve_declaration(declaration=again, by=officer, now=later)
    assert Account.objects.get(pk=HONG.number).must_change_password
    assert Declaration.objects.filter(number=HONG.number, id=first.id).exists()
