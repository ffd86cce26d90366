"""SmartOTP: set up with a code, accepted wherever an SMS code is, used once, removed (A09)."""

from datetime import datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.test import override_settings

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    AuditingFailedError,
    an_account,
    another_code,
    fail_auditing,
    last_code,
    secret_of,
)
from vssid.accounts import errors, queries
from vssid.accounts.commands import smart_otp
from vssid.accounts.commands.smart_otp_codes import is_smart_otp_right
from vssid.accounts.models import Account, DisownLink, SmartOtp
from vssid.accounts.sealing import seal_secret, unseal_secret
from vssid.audit.models import Event
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Channel, Kind, Message

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
STEP = timedelta(seconds=totp.STEP_SECONDS)
NUMBER = HONG.number
SESSION = uuid7()
BINDING = "what the code confirms"


def _begin(*, number: str, device: str, now: datetime) -> str:
    ticket = smart_otp.begin_smart_otp(number=number, device=device, now=now)
    smart_otp.send_smart_otp_code(number=number, ticket=ticket, now=now)
    return ticket


def _proven(device: str = "Chrome trên Android", now: datetime | None = None) -> str:
    now = now or utc_now()
    ticket = _begin(number=NUMBER, device=device, now=now)
    return smart_otp.prove_smart_otp(number=NUMBER, ticket=ticket, typed=last_code(), now=now)


def _secret(ticket: str, now: datetime | None = None) -> bytes:
    return smart_otp.read_setup(number=NUMBER, ticket=ticket, now=now or utc_now()).secret


def _code(secret: bytes, now: datetime, steps: int = 0) -> str:
    return totp.code_at(secret, totp.step_at(now) + steps)


def _confirm(ticket: str, now: datetime | None = None, steps: int = 0) -> bytes:
    now = now or utc_now()
    secret = _secret(ticket, now)
    typed = _code(secret, now, steps)
    smart_otp.confirm_smart_otp(
        number=NUMBER, session_id=SESSION, ticket=ticket, typed=typed, now=now
    )
    return secret


def _in_force(number: str = NUMBER, last_step: int = 0) -> bytes:
    """A SmartOTP that was set up long ago."""
    secret = totp.new_secret()
    SmartOtp.objects.create(
        account_id=number,
        secret=seal_secret(number, secret),
        device="Chrome trên Android",
        last_step=last_step,
        made_at=utc_now() - timedelta(days=30),
    )
    return secret


def _is_right(typed: str, now: datetime, number: str = NUMBER) -> bool:
    return is_smart_otp_right(number=number, typed=typed, now=now)


# --- setting up -----------------------------------------------------------------------------------


def test_setup_needs_a_code_of_the_phone_and_one_of_the_new_device() -> None:
    an_account()
    now = utc_now()
    secret = _confirm(_proven(now=now), now)
    made = SmartOtp.objects.get()
    assert (made.account_id, made.device, made.made_at) == (NUMBER, "Chrome trên Android", now)
    assert unseal_secret(NUMBER, made.secret) == secret
    assert made.last_step == totp.step_at(now)


def test_nothing_is_stored_before_the_new_device_has_proven_itself() -> None:
    an_account()
    ticket = _proven()
    assert not SmartOtp.objects.exists()
    with pytest.raises(errors.SmartOtpNotProvenError):
        smart_otp.confirm_smart_otp(
            number=NUMBER, session_id=SESSION, ticket=ticket, typed="12", now=utc_now()
        )
    assert not SmartOtp.objects.exists()
    _confirm(ticket)
    assert SmartOtp.objects.exists()


def test_owner_is_told_by_sms_and_email_and_the_event_is_written() -> None:
    an_account(KHOA)
    now = utc_now()
    number = KHOA.number
    ticket = _begin(number=number, device="", now=now)
    typed = last_code(KHOA.phone)
    ticket = smart_otp.prove_smart_otp(number=number, ticket=ticket, typed=typed, now=now)
    secret = smart_otp.read_setup(number=number, ticket=ticket, now=now).secret
    smart_otp.confirm_smart_otp(
        number=number, session_id=SESSION, ticket=ticket, typed=_code(secret, now), now=now
    )
    told = Message.objects.filter(template="account.smart-otp-set")
    assert "/khong-phai-toi/" in secret_of(told[0])["link"]
    assert DisownLink.objects.get().session_id == SESSION
    assert set(told.values_list("address", flat=True)) == {KHOA.phone, KHOA.email}
    event = Event.objects.get(act="smart-otp.set")
    assert (event.subject, event.actor) == (number, number)


def test_code_of_a_setup_goes_to_the_phone_and_of_a_removal_to_a_settled_email_too() -> None:
    account = an_account(KHOA)
    _in_force(KHOA.number)
    now = utc_now()
    _begin(number=KHOA.number, device="", now=now)
    later = now + 2 * MINUTE
    email = Channel.EMAIL
    smart_otp.send_removal_code(number=KHOA.number, now=later, channel=email)
    account.email_since = now
    account.save(update_fields=["email_since"])
    smart_otp.send_removal_code(number=KHOA.number, now=later + 2 * MINUTE, channel=email)
    sent = Message.objects.filter(kind=Kind.CODE).order_by("id")
    assert [one.address for one in sent] == [KHOA.phone, KHOA.email, KHOA.phone]


def test_unproven_ticket_confirms_nothing() -> None:
    an_account()
    ticket = _begin(number=NUMBER, device="", now=utc_now())
    with pytest.raises(errors.TicketLateError):
        _confirm(ticket)


def test_ticket_of_somebody_else_or_of_yesterday_is_refused() -> None:
    an_account()
    an_account(KHOA)
    now = utc_now()
    ticket = _proven(now=now)
    for number, moment in ((KHOA.number, now), (NUMBER, now + 31 * MINUTE)):
        with pytest.raises(errors.TicketLateError):
            smart_otp.read_setup(number=number, ticket=ticket, now=moment)
    for forged in ("", "nonsense", ticket[:-3] + "abc"):
        with pytest.raises(errors.TicketLateError):
            smart_otp.read_setup(number=NUMBER, ticket=forged, now=now)


def test_ticket_tells_nothing_of_the_secret() -> None:
    an_account()
    ticket = _proven()
    secret = _secret(ticket)
    assert secret.hex() not in ticket
    assert totp.readable_secret(secret).replace(" ", "") not in ticket


def test_ticket_serves_once() -> None:
    an_account()
    now = utc_now()
    ticket = _proven(now=now)
    _confirm(ticket, now)
    with pytest.raises(errors.TicketLateError):
        _confirm(ticket, now + STEP, 1)


def test_code_that_set_it_up_opens_nothing_afterwards() -> None:
    an_account()
    now = utc_now()
    secret = _confirm(_proven(now=now), now)
    assert not _is_right(_code(secret, now), now)
    assert _is_right(_code(secret, now, 1), now)


def test_device_whose_clock_is_wrong_is_told_so_and_not_accepted() -> None:
    an_account()
    now = utc_now()
    ticket = _proven(now=now)
    for steps, said in ((-8, "chậm khoảng 4 phút"), (6, "nhanh khoảng 3 phút")):
        with pytest.raises(errors.DeviceClockError, match=said):
            _confirm(ticket, now, steps)
    assert not SmartOtp.objects.exists()


def test_moving_to_a_new_device_takes_the_old_one_out_of_force() -> None:
    an_account()
    old = _in_force()
    now = utc_now()
    new = _confirm(_proven("Safari trên iPhone", now), now)
    assert SmartOtp.objects.get().device == "Safari trên iPhone"
    later = now + STEP
    assert not _is_right(_code(old, later), later)
    assert _is_right(_code(new, later), later)


def test_old_device_confirms_the_move_when_no_sms_comes() -> None:
    an_account()
    old = _in_force()
    now = utc_now()
    ticket = _begin(number=NUMBER, device="", now=now)
    typed = _code(old, now)
    ticket = smart_otp.prove_smart_otp(number=NUMBER, ticket=ticket, typed=typed, now=now)
    assert _confirm(ticket, now) != old


def test_move_is_begun_anew_when_another_was_finished_meanwhile() -> None:
    an_account()
    now = utc_now()
    first = _proven(now=now)
    second = _proven(now=now)
    kept = _confirm(second, now)
    with pytest.raises(errors.TicketLateError):
        _confirm(first, now)
    assert unseal_secret(NUMBER, SmartOtp.objects.get().secret) == kept


def test_setup_waits_after_a_reset() -> None:
    an_account()
    now = utc_now()
    ticket = _proven(now=now)
    Account.objects.update(changes_held_until=now + timedelta(hours=3))
    with pytest.raises(errors.ChangesHeldError):
        _begin(number=NUMBER, device="", now=now)
    with pytest.raises(errors.ChangesHeldError):
        _confirm(ticket, now)
    assert not SmartOtp.objects.exists()


def test_nothing_is_set_up_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    ticket = _proven()
    fail_auditing(monkeypatch, smart_otp)
    with pytest.raises(AuditingFailedError):
        _confirm(ticket)
    assert not SmartOtp.objects.exists()
    assert not Message.objects.filter(template="account.smart-otp-set").exists()


# --- the secret at rest ---------------------------------------------------------------------------


def test_secret_is_sealed_for_its_number() -> None:
    secret = totp.new_secret()
    sealed = seal_secret(NUMBER, secret)
    assert secret not in sealed
    assert seal_secret(NUMBER, secret) != sealed
    assert unseal_secret(NUMBER, sealed) == secret
    with pytest.raises(InvalidTag):
        unseal_secret(KHOA.number, sealed)
    with pytest.raises(InvalidTag):
        unseal_secret(NUMBER, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_secret_survives_a_change_of_the_master_key() -> None:
    keys = {"old": b"o" * 32}
    secret = totp.new_secret()
    with override_settings(VSSID_MASTER_KEYS=keys):
        sealed = seal_secret(NUMBER, secret)
    with override_settings(VSSID_MASTER_KEYS={"new": b"n" * 32, **keys}):
        assert unseal_secret(NUMBER, sealed) == secret
        assert seal_secret(NUMBER, secret).startswith(b"new\0")


# --- removing -------------------------------------------------------------------------------------


def test_removal_needs_a_code_and_the_owner_is_told() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    smart_otp.send_removal_code(number=NUMBER, now=now)
    assert Message.objects.get().template == "code.smart-otp-removal"
    wrong = another_code(last_code())
    with pytest.raises(errors.WrongCodeError):
        smart_otp.remove_smart_otp(number=NUMBER, typed=wrong, now=now)
    assert queries.smart_otp_of(NUMBER) is not None
    smart_otp.remove_smart_otp(number=NUMBER, typed=last_code(), now=now)
    assert queries.smart_otp_of(NUMBER) is None
    assert Event.objects.get(act="smart-otp.remove").subject == NUMBER
    assert Message.objects.filter(template="account.smart-otp-removed").exists()
    assert not _is_right(_code(secret, now), now)


def test_removal_is_confirmed_by_its_own_code_as_well() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    smart_otp.send_removal_code(number=NUMBER, now=now)
    smart_otp.remove_smart_otp(number=NUMBER, typed=_code(secret, now), now=now)
    assert not SmartOtp.objects.exists()


def test_code_for_setting_up_does_not_remove_and_the_other_way_round() -> None:
    an_account()
    _in_force()
    now = utc_now()
    ticket = _begin(number=NUMBER, device="", now=now)
    with pytest.raises(errors.WrongCodeError):
        smart_otp.remove_smart_otp(number=NUMBER, typed=last_code(), now=now)
    later = now + 2 * MINUTE
    smart_otp.send_removal_code(number=NUMBER, now=later)
    with pytest.raises(errors.WrongCodeError):
        smart_otp.prove_smart_otp(number=NUMBER, ticket=ticket, typed=last_code(), now=later)
    assert SmartOtp.objects.exists()


def test_removal_works_while_other_changes_wait() -> None:
    """Whoever lost the device must be able to."""
    an_account()
    _in_force()
    now = utc_now()
    Account.objects.update(changes_held_until=now + timedelta(hours=3))
    smart_otp.send_removal_code(number=NUMBER, now=now)
    smart_otp.remove_smart_otp(number=NUMBER, typed=last_code(), now=now)
    assert not SmartOtp.objects.exists()


def test_nothing_to_remove_is_said() -> None:
    an_account()
    now = utc_now()
    with pytest.raises(errors.TicketLateError):
        smart_otp.send_removal_code(number=NUMBER, now=now)
    with pytest.raises(errors.TicketLateError):
        smart_otp.remove_smart_otp(number=NUMBER, typed="123456", now=now)
    assert not smart_otp.drop_smart_otp(account=Account.objects.get(), by=CLERK)
    assert not Message.objects.exists()


def test_nothing_is_removed_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    _in_force()
    now = utc_now()
    smart_otp.send_removal_code(number=NUMBER, now=now)
    fail_auditing(monkeypatch, smart_otp)
    with pytest.raises(AuditingFailedError):
        smart_otp.remove_smart_otp(number=NUMBER, typed=last_code(), now=now)
    assert SmartOtp.objects.exists()
