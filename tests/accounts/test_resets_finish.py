"""The new password after a reset, by its owner or at the desk (guides A06, O04)."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import check_password

from tests.accounts.resetting import (
    NEW,
    NOW,
    STRANGER,
    UNKNOWN,
    ask,
    finish,
    opens,
    proven_ticket,
    work,
)
from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    PASSWORD,
    THANH_TRI,
    AuditingFailedError,
    Citizen,
    a_session,
    all_at_once,
    an_account,
    check_credentials,
    fail_auditing,
    last_code,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import accounts, passwords, resets
from vssid.accounts.models import (
    Account,
    EndReason,
    KnownDevice,
    Passkey,
    PastPassword,
    Session,
    SmartOtp,
)
from vssid.accounts.origin import Origin
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.messaging.models import Kind, Message

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
OFFICER = Actor.officer("canbo", THANH_TRI)


def _account(who: Citizen = HONG) -> Account:
    return Account.objects.get(pk=who.number)


# --- the new password -----------------------------------------------------------------------------


def test_new_password_is_in_force_and_the_old_one_kept_among_the_past() -> None:
    finish(proven_ticket())
    assert opens(NEW)
    assert not _account().must_change_password
    assert check_password(PASSWORD, PastPassword.objects.get().password)
    assert Event.objects.filter(act="password.reset", subject=HONG.number).count() == 1


def test_phone_and_email_are_both_told_by_whichever_the_code_went() -> None:
    finish(proven_ticket(KHOA))
    told = Message.objects.filter(template="account.password-reset", kind=Kind.NOTICE)
    assert {one.address for one in told} == {KHOA.phone, KHOA.email}


def test_session_ends_and_says_why() -> None:
    proven = proven_ticket()
    a_session(_account(), NOW)
    finish(proven)
    assert Session.objects.get().end_reason == EndReason.RESET


def test_further_changes_wait_for_a_day() -> None:
    finish(proven_ticket())
    assert _account().changes_held_until == NOW + timedelta(hours=24)


def test_account_that_its_owner_had_locked_is_open_again() -> None:
    an_account()
    Account.objects.update(locked_at=NOW)
    ticket = ask()
    work()
    finish(resets.prove_reset(ticket=ticket, typed=last_code(), now=NOW))
    assert _account().locked_at is None


def test_wrong_passwords_are_forgotten_so_that_the_new_one_works_at_once() -> None:
    proven = proven_ticket()
    for _ in range(6):
        with pytest.raises((errors.SignInRefusedError, errors.SignInLockedError)):
            check_credentials(number=HONG.number, password="not this one", origin=STRANGER, now=NOW)
    finish(proven)
    assert check_credentials(number=HONG.number, password=NEW, origin=STRANGER, now=NOW)


def test_what_was_begun_with_the_old_password_cannot_be_finished() -> None:
    proven = proven_ticket()
    ticket = passwords.prepare_change(
        number=HONG.number, old=PASSWORD, new="of a thief 47", now=NOW
    )
    passwords.send_change_code(number=HONG.number, ticket=ticket, now=NOW)
    code = last_code()
    finish(proven)
    with pytest.raises(errors.CodeLateError):
        passwords.finish_change(
            number=HONG.number, session_id=uuid4(), ticket=ticket, typed=code, now=NOW
        )
    assert opens(NEW)


@pytest.mark.parametrize(
    ("new", "error"),
    [
        ("short", errors.PasswordLengthError),
        ("x" * 10_000, errors.PasswordLengthError),
        ("password1", errors.PasswordCommonError),
        (f"x{HONG.number}", errors.PasswordIsNumberError),
        (PASSWORD, errors.PasswordReusedError),
    ],
)
def test_bad_new_password_is_refused_and_the_code_stays_good(
    new: str, error: type[Exception]
) -> None:
    proven = proven_ticket()
    with pytest.raises(error):
        finish(proven, new)
    assert opens(PASSWORD)
    finish(proven)
    assert opens(NEW)


def test_accents_typed_apart_are_the_same_password() -> None:
    composed = unicodedata.normalize("NFC", "mưa rơi trên phố")
    finish(proven_ticket(), unicodedata.normalize("NFD", composed))
    assert opens(composed)


def test_right_code_sets_one_password() -> None:
    proven = proven_ticket()
    finish(proven)
    with pytest.raises(errors.CodeLateError):
        finish(proven, "another one 99")
    assert opens(NEW)


@pytest.mark.django_db(transaction=True)
def test_right_code_used_many_times_at_once_sets_one_password() -> None:
    proven = proven_ticket()
    calls = [lambda number=number: finish(proven, f"mat khau so {number}") for number in range(8)]
    found = all_at_once(calls, threads=8)
    assert found.count(None) == 1
    refused = [one for one in found if one is not None]
    assert {type(one) for one in refused} <= {errors.CodeLateError}
    assert PastPassword.objects.count() == 1


def _changes_password() -> None:
    accounts.set_password(number=HONG.number, password="mua roi tren pho 9", by=CLERK, now=NOW)


def _is_reset_at_the_desk() -> None:
    resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW)


def _is_reset_again() -> None:
    ticket = ask(now=NOW + MINUTE)
    work(NOW + MINUTE)
    proven = resets.prove_reset(ticket=ticket, typed=last_code(), now=NOW + MINUTE)
    finish(proven, "mua roi tren pho 9", NOW + MINUTE)


def _changes(**fields: object) -> Callable[[], object]:
    return lambda: Account.objects.filter(pk=HONG.number).update(**fields)


@pytest.mark.parametrize(
    "change",
    [
        _changes_password,
        _is_reset_at_the_desk,
        _is_reset_again,
        _changes(phone="+84987654321"),
        _changes(email="hong@example.com"),
        _changes(locked_at=NOW),
    ],
)
def test_what_was_asked_for_does_not_outlive_a_change_of_the_account(
    change: Callable[[], object],
) -> None:
    proven = proven_ticket()
    # A minute on, or the code would come too soon; two more are asked for: one is typed in time.
    later = NOW + MINUTE
    asked = ask(now=later, origin=_known_device())
    work(later)
    code = last_code()
    change()
    before = _account().password
    with pytest.raises(errors.CodeLateError):
        resets.prove_reset(ticket=asked, typed=code, now=later)
    with pytest.raises(errors.CodeLateError):
        finish(proven)
    assert _account().password == before


def _known_device() -> Origin:
    device = uuid4()
    KnownDevice.objects.create(
        account=_account(), id=device, name="Chrome", first_seen_at=NOW, last_seen_at=NOW
    )
    return Origin(device, "Chrome trên Android", "198.51.100.1")


def test_change_in_the_very_moment_of_finishing_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    proven, hashed = proven_ticket(), passwords.hash_of_new

    def meanwhile(**given: Any) -> str:
        _is_reset_at_the_desk()
        return hashed(**given)

    monkeypatch.setattr(passwords, "hash_of_new", meanwhile)
    with pytest.raises(errors.CodeLateError):
        finish(proven)
    assert not opens(NEW)


def test_right_to_a_new_password_runs_out() -> None:
    proven = proven_ticket()
    with pytest.raises(errors.TicketLateError):
        finish(proven, now=NOW + timedelta(minutes=31))


def test_nothing_changes_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    proven = proven_ticket()
    a_session(_account(), NOW)
    with monkeypatch.context() as patch:
        fail_auditing(patch, resets)
        with pytest.raises(AuditingFailedError):
            finish(proven)
    assert opens(PASSWORD)
    assert _account().changes_held_until is None
    assert Session.objects.get().ended_at is None
    assert not Message.objects.filter(kind=Kind.NOTICE).exists()
    finish(proven)
    assert opens(NEW), "the code was not used up"


# --- at the desk ----------------------------------------------------------------------------------


def test_desk_sends_a_first_password_by_sms_tells_the_email_and_nobody_sees_it() -> None:
    an_account(KHOA)
    resets.reset_by_desk(number=KHOA.number, by=OFFICER, now=NOW)
    given = Message.objects.get(template="account.password-by-desk")
    told = Message.objects.get(template="account.password-by-desk-told")
    assert (given.address, told.address, told.secret) == (KHOA.phone, KHOA.email, None)
    assert opens(secret_of(given)["password"], KHOA)
    assert _account(KHOA).must_change_password
    event = Event.objects.get(act="password.reset-by-desk")
    assert (event.subject, event.actor, event.office) == (KHOA.number, "canbo", THANH_TRI)


def test_desk_ends_the_session_opens_the_account_and_holds_changes() -> None:
    account = an_account()
    a_session(account, NOW)
    Account.objects.update(locked_at=NOW)
    resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW)
    assert Session.objects.get().end_reason == EndReason.DESK
    assert _account().locked_at is None
    assert _account().changes_held_until == NOW + timedelta(hours=24)
    assert check_password(PASSWORD, PastPassword.objects.get().password)


def test_desk_leaves_neither_passkeys_nor_smart_otp() -> None:
    account = an_account()
    SmartOtp.objects.create(
        account=account, secret=b"sealed", device="Chrome", last_step=0, made_at=NOW
    )
    Passkey.objects.create(
        account=account,
        credential_id=b"key",
        public_key=b"public",
        handle=b"handle",
        sign_count=0,
        name="Chrome",
        made_at=NOW,
    )
    resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW)
    assert not Passkey.objects.exists()
    assert not SmartOtp.objects.exists()
    assert Event.objects.filter(act__in=["passkey.remove", "smart-otp.remove"]).count() == 2


def test_desk_is_told_that_a_number_has_no_account() -> None:
    with pytest.raises(errors.NoAccountError):
        resets.reset_by_desk(number=UNKNOWN, by=OFFICER, now=NOW)


def test_second_press_at_the_desk_gives_no_second_password() -> None:
    an_account()
    resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW)
    given = _account().password
    with pytest.raises(errors.ResetTooSoonError) as refused:
        resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW + timedelta(seconds=10))
    assert refused.value.wait == timedelta(seconds=50)
    assert _account().password == given
    resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW + MINUTE)


def test_desk_changes_nothing_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    fail_auditing(monkeypatch, resets)
    with pytest.raises(AuditingFailedError):
        resets.reset_by_desk(number=HONG.number, by=OFFICER, now=NOW)
    assert opens(PASSWORD)
    assert not Message.objects.exists()
