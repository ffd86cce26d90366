"""Making accounts."""

import pytest
from django.contrib.auth.hashers import check_password

from tests.factories import (
    CLERK,
    HONG,
    PASSWORD,
    AuditingFailedError,
    a_person,
    an_account,
    fail_auditing,
)
from vssid.accounts import queries
from vssid.accounts.commands import accounts
from vssid.accounts.errors import AccountExistsError
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db

CONTACT = accounts.Contact(
    phone=HONG.phone,
    email="hong@example.com",
    address_era="2025",
    address_province="01",
    address_district="",
    address_commune="00004",
    address_street="Số 5, ngõ 12",
)


def _open() -> tuple[Account, str]:
    return accounts.open_account(
        number=HONG.number, contact=CONTACT, portrait=None, by=CLERK, now=utc_now()
    )


def test_new_account_opens_with_its_first_password_which_must_be_changed() -> None:
    a_person()
    account, password = _open()
    assert check_password(password, account.password)
    assert account.must_change_password
    assert (account.phone, account.email) == (HONG.phone, "hong@example.com")
    assert Event.objects.filter(act="account.open", subject=HONG.number).count() == 1


def test_first_password_is_kept_nowhere() -> None:
    a_person()
    account, password = _open()
    assert password not in str(Account.objects.values().get(pk=account.pk))
    assert password not in str(list(Event.objects.filter(act="account.open").values()))


def test_number_has_one_account_and_keeps_its_password() -> None:
    account = an_account()
    with pytest.raises(AccountExistsError):
        _open()
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)


def test_no_account_is_opened_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    a_person()
    fail_auditing(monkeypatch, accounts)
    with pytest.raises(AuditingFailedError):
        _open()
    assert not queries.has_account(HONG.number)


def test_password_given_to_an_account_is_recorded_without_it() -> None:
    account = an_account()
    accounts.set_password(number=HONG.number, password="song Hong mua nay", by=CLERK, now=utc_now())
    account.refresh_from_db()
    assert check_password("song Hong mua nay", account.password)
    events = Event.objects.filter(act="password.set", subject=HONG.number)
    assert "song" not in str(list(events.values()))


def test_password_stays_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    fail_auditing(monkeypatch, accounts)
    with pytest.raises(AuditingFailedError):
        accounts.set_password(number=HONG.number, password="other one 8", by=CLERK, now=utc_now())
    account.refresh_from_db()
    assert check_password(PASSWORD, account.password)


def test_account_is_found_by_its_number() -> None:
    account = an_account()
    assert queries.account(HONG.number) == account
    assert queries.has_account(HONG.number)
    assert not queries.has_account("0198000099")
