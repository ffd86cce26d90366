"""Officers at their door: password, SmartOTP, passkey; who is locked out and who is not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password

from tests.authenticator import Authenticator
from tests.factories import PASSWORD, AuditingFailedError, all_at_once, an_officer, fail_auditing
from tests.staff.keys import SECRET, code_at, give_smart_otp
from vssid.audit.models import Event
from vssid.kernel import passkeys
from vssid.kernel.clock import utc_now
from vssid.staff import errors
from vssid.staff.commands import own_keys, signing_in
from vssid.staff.models import Officer, OfficerDevice, OfficerOtp, OfficerPasskey

STRANGER = signing_in.Seat(None, "203.0.113.9")
PARTY = passkeys.Party("vssid.example", "https://vssid.example", "VssID")


def _prove(
    user_name: str,
    password: str = PASSWORD,
    *,
    seat: signing_in.Seat = STRANGER,
    now: datetime | None = None,
) -> Officer:
    return signing_in.prove_password(
        user_name=user_name, password=password, seat=seat, now=now or utc_now()
    )


def _refusals(
    user_name: str, times: int, now: datetime, seat: signing_in.Seat = STRANGER
) -> list[type[Exception]]:
    found: list[type[Exception]] = []
    for _ in range(times):
        with pytest.raises((errors.SignInRefusedError, errors.SignInLockedError)) as refused:
            _prove(user_name, "wrong password", seat=seat, now=now)
        found.append(refused.type)
    return found


# --- the password ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["{}", " {} "])
def test_right_password_names_the_officer(typed: str) -> None:
    officer = an_officer()
    assert _prove(typed.format(officer.user_name).upper()) == officer


@pytest.mark.django_db
def test_accents_typed_as_signs_of_their_own_are_the_same_password() -> None:
    officer = own_keys.change_password(officer=an_officer(), new="cây đa bến nước", now=utc_now())
    assert _prove(officer.user_name, "ca\u0302y \u0111a be\u0302\u0301n nu\u031bo\u031b\u0301c")


@pytest.mark.django_db
def test_officer_who_left_cannot_sign_in() -> None:
    officer = an_officer(is_active=False)
    with pytest.raises(errors.SignInRefusedError):
        _prove(officer.user_name)


@pytest.mark.django_db
def test_unknown_name_hears_the_same_and_locks_alike() -> None:
    officer, now = an_officer(), utc_now()
    known, unknown = (_refusals(name, 7, now) for name in (officer.user_name, "nobody"))
    assert known == unknown
    assert known == [errors.SignInRefusedError] * 5 + [errors.SignInLockedError] * 2


@pytest.mark.django_db
def test_unknown_name_costs_as_many_hashes_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    officer, now, hashed = an_officer(), utc_now(), []

    def counted(password: str, encoded: str) -> bool:
        hashed.append(encoded.split("$")[:4])
        return check_password(password, encoded)

    monkeypatch.setattr(signing_in, "check_password", counted)
    for name in (officer.user_name, "nobody"):
        _refusals(name, 1, now)
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


@pytest.mark.django_db
def test_lock_ends_after_a_quarter_of_an_hour_and_says_how_long() -> None:
    officer, now = an_officer(), utc_now()
    _refusals(officer.user_name, 5, now)
    with pytest.raises(errors.SignInLockedError) as locked:
        _prove(officer.user_name, now=now + timedelta(minutes=14))
    assert locked.value.wait == timedelta(minutes=1)
    assert _prove(officer.user_name, now=now + timedelta(minutes=15)) == officer


@pytest.mark.django_db
def test_right_password_forgets_the_wrong_ones() -> None:
    officer, now = an_officer(), utc_now()
    for _ in range(3):
        _refusals(officer.user_name, 4, now)
        assert _prove(officer.user_name, now=now) == officer


@pytest.mark.django_db
def test_stranger_does_not_lock_out_the_computer_the_officer_knows() -> None:
    officer, now = an_officer(), utc_now()
    device = signing_in.begin_work(officer=officer, seat=STRANGER, now=now)
    _refusals(officer.user_name, 20, now)
    at_desk = signing_in.Seat(device, STRANGER.address)
    assert _prove(officer.user_name, seat=at_desk, now=now) == officer
    assert _refusals(officer.user_name, 6, now, at_desk)[-1] is errors.SignInLockedError


@pytest.mark.django_db
def test_made_up_computer_is_a_stranger() -> None:
    officer, now = an_officer(), utc_now()
    found = [
        _refusals(officer.user_name, 1, now, signing_in.Seat(uuid4(), STRANGER.address))[0]
        for _ in range(6)
    ]
    assert found[-1] is errors.SignInLockedError


@pytest.mark.django_db
def test_one_address_trying_many_names_has_to_wait_while_others_work() -> None:
    officer, now = an_officer(), utc_now()
    for number in range(50):
        _refusals(f"nobody{number}", 1, now)
    with pytest.raises(errors.SignInLockedError):
        _prove(officer.user_name, now=now)
    elsewhere = signing_in.Seat(None, "203.0.113.10")
    assert _prove(officer.user_name, seat=elsewhere, now=now) == officer


@pytest.mark.django_db
def test_addresses_of_one_line_are_counted_as_one() -> None:
    now = utc_now()
    for number in range(50):
        seat = signing_in.Seat(None, f"2001:db8:1:2::{number:x}")
        _refusals(f"nobody{number}", 1, now, seat)
    same, other = "2001:db8:1:2:ffff::1", "2001:db8:1:3::1"
    assert _refusals("x", 1, now, signing_in.Seat(None, same)) == [errors.SignInLockedError]
    assert _refusals("x", 1, now, signing_in.Seat(None, other)) == [errors.SignInRefusedError]


@pytest.mark.django_db
def test_issued_password_opens_nothing_after_its_day() -> None:
    now = utc_now()
    officer = an_officer(first_password_until=now + timedelta(hours=24))
    assert _prove(officer.user_name, now=now + timedelta(hours=24)) == officer
    with pytest.raises(errors.FirstPasswordLateError):
        _prove(officer.user_name, now=now + timedelta(hours=24, seconds=1))
    with pytest.raises(errors.SignInRefusedError):
        _prove(officer.user_name, "wrong password", now=now + timedelta(hours=25))


@pytest.mark.django_db
def test_sign_in_is_recorded_with_the_office_and_the_computer_is_known() -> None:
    officer = an_officer()
    device = signing_in.begin_work(officer=officer, seat=STRANGER, now=utc_now())
    event = Event.objects.get(act="officer.sign-in")
    assert (event.actor, event.office) == (officer.user_name, "00114")
    again = signing_in.Seat(device, "")
    assert signing_in.begin_work(officer=officer, seat=again, now=utc_now()) == device
    assert OfficerDevice.objects.count() == 1


@pytest.mark.django_db
def test_computer_is_not_known_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = an_officer()
    fail_auditing(monkeypatch, signing_in)
    with pytest.raises(AuditingFailedError):
        signing_in.begin_work(officer=officer, seat=STRANGER, now=utc_now())
    assert not OfficerDevice.objects.exists()


# --- SmartOTP -------------------------------------------------------------------------------------


def _code(officer: Officer, typed: str, now: datetime) -> None:
    signing_in.prove_code(officer_id=officer.pk, typed=typed, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_code_of_now_or_of_a_neighbouring_step_is_right(steps: int) -> None:
    now = utc_now()
    officer = give_smart_otp(an_officer(), now)
    _code(officer, code_at(now, steps=steps), now)


@pytest.mark.django_db
def test_code_is_right_once() -> None:
    now = utc_now()
    officer = give_smart_otp(an_officer(), now)
    _code(officer, code_at(now), now)
    with pytest.raises(errors.CodeUsedError):
        _code(officer, code_at(now), now)
    with pytest.raises(errors.CodeUsedError):
        _code(officer, code_at(now, steps=-1), now)
    _code(officer, code_at(now, steps=1), now)


@pytest.mark.django_db
def test_code_of_a_wrong_clock_is_refused_and_told_so() -> None:
    now = utc_now()
    officer = give_smart_otp(an_officer(), now)
    with pytest.raises(errors.ClockWrongError):
        _code(officer, code_at(now, steps=5), now)


@pytest.mark.django_db
def test_wrong_codes_lock_the_second_step_and_the_right_one_too() -> None:
    now = utc_now()
    officer, other = give_smart_otp(an_officer(), now), give_smart_otp(an_officer(), now)
    for typed in ("", "000", "abcdef", "12345678", "١٢٣٤٥٦"):
        with pytest.raises((errors.CodeWrongError, errors.ClockWrongError)):
            _code(officer, typed, now)
    with pytest.raises(errors.CodeLockedError) as locked:
        _code(officer, code_at(now), now)
    assert locked.value.wait == timedelta(minutes=15)
    _code(other, code_at(now), now)


@pytest.mark.django_db
def test_twenty_wrong_codes_lock_the_second_step_for_a_day() -> None:
    start = utc_now()
    officer, other = give_smart_otp(an_officer(), start), give_smart_otp(an_officer(), start)
    wrong = settings.VSSID_DESK_CODES_WRONG_A_DAY
    for number in range(wrong):
        now = start + number * timedelta(minutes=16)
        # The owner's right codes in between make no room for more wrong ones.
        _code(officer, code_at(now), now)
        with pytest.raises(errors.CodeWrongError):
            _code(officer, "xxxxxx", now)
    now += timedelta(hours=1)
    with pytest.raises(errors.CodeDayLockedError, match="phụ trách cơ quan"):
        _code(officer, code_at(now), now)
    _code(other, code_at(now), now)
    now += timedelta(hours=23)
    _code(officer, code_at(now), now)


@pytest.mark.django_db
def test_code_of_who_has_no_smart_otp_is_wrong() -> None:
    with pytest.raises(errors.CodeWrongError):
        _code(an_officer(), code_at(utc_now()), utc_now())


@pytest.mark.django_db
def test_secret_of_another_officer_is_of_no_use() -> None:
    now = utc_now()
    officer, other = give_smart_otp(an_officer(), now), give_smart_otp(an_officer(), now)
    mine = OfficerOtp.objects.get(officer=officer)
    assert SECRET not in bytes(mine.secret)
    OfficerOtp.objects.filter(officer=other).update(secret=bytes(mine.secret))
    with pytest.raises(LookupError):
        _code(other, code_at(now), now)


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_many_times_at_once_opens_once() -> None:
    now = utc_now()
    officer = give_smart_otp(an_officer(), now)
    calls: list[Callable[[], None]] = [lambda: _code(officer, code_at(now), now)] * 4
    outcomes = all_at_once(calls, threads=4)
    assert outcomes.count(None) == 1


# --- passkeys -------------------------------------------------------------------------------------


def _with_passkey(officer: Officer) -> Authenticator:
    device = Authenticator(PARTY.id, PARTY.origin)
    challenge = passkeys.new_challenge()
    handle = signing_in.passkey_handle(officer_id=officer.pk)
    options = passkeys.registration_options(
        party=PARTY,
        holder=passkeys.Holder(handle, officer.user_name, officer.full_name),
        challenge=challenge,
        known=[],
        lifetime=timedelta(minutes=5),
    )
    made = passkeys.check_registration(
        answer=device.make(options), party=PARTY, challenge=challenge
    )
    own_keys.add_passkey(officer=officer, name="Máy quầy 2", made=made, now=utc_now())
    return device


def _present(officer: Officer, device: Authenticator, challenge: bytes, now: datetime) -> None:
    asked = passkeys.assertion_options(
        party=PARTY, challenge=challenge, lifetime=timedelta(minutes=5)
    )
    signing_in.prove_passkey(
        officer_id=officer.pk, answer=device.use(asked), party=PARTY, challenge=challenge, now=now
    )


@pytest.mark.django_db
def test_passkey_of_the_officer_is_a_second_factor() -> None:
    officer, now = an_officer(), utc_now()
    device = _with_passkey(officer)
    _present(officer, device, passkeys.new_challenge(), now)
    assert OfficerPasskey.objects.get().used_at == now


@pytest.mark.django_db
def test_passkey_of_another_officer_opens_nothing() -> None:
    officer, other = an_officer(), an_officer()
    device = _with_passkey(other)
    with pytest.raises(errors.PasskeyWrongError):
        _present(officer, device, passkeys.new_challenge(), utc_now())


@pytest.mark.django_db
def test_answer_to_an_earlier_question_opens_nothing() -> None:
    officer = an_officer()
    device = _with_passkey(officer)
    asked = passkeys.assertion_options(
        party=PARTY, challenge=passkeys.new_challenge(), lifetime=timedelta(minutes=5)
    )
    with pytest.raises(errors.PasskeyWrongError):
        signing_in.prove_passkey(
            officer_id=officer.pk,
            answer=device.use(asked),
            party=PARTY,
            challenge=passkeys.new_challenge(),
            now=utc_now(),
        )


@pytest.mark.django_db
def test_nonsense_is_counted_as_a_wrong_try() -> None:
    officer = an_officer()
    _with_passkey(officer)
    for number in range(6):
        error = errors.PasskeyWrongError if number < 5 else errors.CodeLockedError
        with pytest.raises(error):
            signing_in.prove_passkey(
                officer_id=officer.pk, answer="{}", party=PARTY, challenge=b"x", now=utc_now()
            )
