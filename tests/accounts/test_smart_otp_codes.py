"""A code that the owner's device made: accepted wherever an SMS code is, used once (A09)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import (
    CLERK,
    HONG,
    KHOA,
    all_at_once,
    an_account,
    another_code,
    last_code,
)
from vssid.accounts import errors
from vssid.accounts.commands import codes
from vssid.accounts.commands.smart_otp_codes import SMART_OTP_PURPOSES, is_smart_otp_right
from vssid.accounts.models import CodePurpose, SmartOtp
from vssid.accounts.sealing import seal_secret
from vssid.kernel import totp
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
STEP = timedelta(seconds=totp.STEP_SECONDS)
NUMBER = HONG.number
BINDING = "what the code confirms"


def _code(secret: bytes, now: datetime, steps: int = 0) -> str:
    return totp.code_at(secret, totp.step_at(now) + steps)


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


def _issue(purpose: CodePurpose, now: datetime, number: str = NUMBER) -> str:
    request = codes.CodeRequest(
        purpose=purpose,
        subject=number,
        binding=BINDING,
        phone=HONG.phone,
        template="code.password",
        data={"number": "0198***001"},
    )
    codes.issue_code(request=request, by=CLERK, now=now)
    return last_code()


def _try(purpose: CodePurpose, typed: str, now: datetime, **changes: Any) -> codes.VerifiedCode:
    what = {"subject": NUMBER, "binding": BINDING, **changes}
    return codes.try_code(purpose=purpose, typed=typed, now=now, **what)


# --- accepted wherever an SMS code is -------------------------------------------------------------


@pytest.mark.parametrize("purpose", sorted(SMART_OTP_PURPOSES))
def test_code_of_the_device_is_as_good_as_the_one_by_sms(purpose: CodePurpose) -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    _issue(purpose, now)
    typed = _code(secret, now)
    proof = _try(purpose, f"{typed[:3]} {typed[3:]}", now)
    codes.use_code(proof=proof, now=now)
    with pytest.raises(errors.CodeLateError):
        _try(purpose, _code(secret, now + STEP), now + STEP)


@pytest.mark.parametrize("purpose", sorted(set(CodePurpose) - SMART_OTP_PURPOSES))
def test_code_of_the_device_proves_no_phone_and_no_mailbox(purpose: CodePurpose) -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    sent = _issue(purpose, now)
    with pytest.raises(errors.WrongCodeError):
        _try(purpose, _code(secret, now), now)
    assert _try(purpose, sent, now)


def test_purposes_stay_as_they_were_decided() -> None:
    assert {purpose.value for purpose in SMART_OTP_PURPOSES} == {
        "password", "device", "reset", "email", "phone", "smart-otp", "passkey", "close",
    }  # fmt: skip


def test_code_by_sms_still_works_beside_it() -> None:
    an_account()
    _in_force()
    now = utc_now()
    assert _try(CodePurpose.PASSWORD, _issue(CodePurpose.PASSWORD, now), now)


def test_code_of_the_device_confirms_nothing_that_nobody_began() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    with pytest.raises(errors.CodeLateError):
        _try(CodePurpose.PASSWORD, _code(secret, now), now)
    _issue(CodePurpose.PASSWORD, now)
    with pytest.raises(errors.WrongCodeError):
        _try(CodePurpose.PASSWORD, _code(secret, now), now, binding="something else")
    assert _try(CodePurpose.PASSWORD, _code(secret, now), now)


def test_one_code_confirms_one_thing() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    _issue(CodePurpose.PASSWORD, now)
    _issue(CodePurpose.CLOSE, now)
    assert _try(CodePurpose.PASSWORD, _code(secret, now), now)
    with pytest.raises(errors.SmartOtpUsedError):
        _try(CodePurpose.CLOSE, _code(secret, now), now)
    assert _try(CodePurpose.CLOSE, _code(secret, now, 1), now)


def test_code_of_somebody_elses_device_is_wrong() -> None:
    an_account()
    an_account(KHOA)
    theirs, now = _in_force(KHOA.number), utc_now()
    _in_force()
    assert not _is_right(_code(theirs, now), now)
    assert _is_right(_code(theirs, now), now, KHOA.number)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clock_may_be_off_by_half_a_minute(steps: int) -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    assert _is_right(_code(secret, now, steps), now)


def test_wrong_tries_of_a_code_are_counted_as_ever() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    sent = _issue(CodePurpose.PASSWORD, now)
    wrong = another_code(another_code(sent))
    for left in (4, 3, 2, 1):
        with pytest.raises(errors.WrongCodeError) as refused:
            _try(CodePurpose.PASSWORD, wrong, now)
        assert refused.value.details["left"] == left
    with pytest.raises(errors.CodeSpentError):
        _try(CodePurpose.PASSWORD, wrong, now)
    with pytest.raises(errors.CodeSpentError):
        _try(CodePurpose.PASSWORD, _code(secret, now), now)


# --- a wrong clock --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "steps", "is_told"),
    [
        (CodePurpose.PASSWORD, -8, True),
        (CodePurpose.PASSWORD, 8, True),
        (CodePurpose.DEVICE, -8, True),
        (CodePurpose.DEVICE, 8, False),
        (CodePurpose.RESET, -8, True),
        (CodePurpose.RESET, 8, False),
    ],
)
def test_fast_clock_is_told_to_the_signed_in_owner_only(
    purpose: CodePurpose, steps: int, *, is_told: bool
) -> None:
    """To anybody else it would say which code is going to be right."""
    an_account()
    secret, now = _in_force(), utc_now()
    _issue(purpose, now)
    with pytest.raises(errors.DeviceClockError if is_told else errors.WrongCodeError):
        _try(purpose, _code(secret, now, steps), now)


def test_wrong_clock_costs_a_try_and_is_never_let_in() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    _issue(CodePurpose.PASSWORD, now)
    for _ in range(4):
        with pytest.raises(errors.DeviceClockError, match="bật «Ngày giờ tự động»"):
            _try(CodePurpose.PASSWORD, _code(secret, now, -8), now)
    with pytest.raises((errors.DeviceClockError, errors.CodeSpentError)):
        _try(CodePurpose.PASSWORD, _code(secret, now, -8), now)
    with pytest.raises(errors.CodeSpentError):
        _try(CodePurpose.PASSWORD, _code(secret, now), now)


def test_used_code_is_said_to_be_used() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    _issue(CodePurpose.PASSWORD, now)
    assert _try(CodePurpose.PASSWORD, _code(secret, now), now)
    with pytest.raises(errors.SmartOtpUsedError):
        _try(CodePurpose.PASSWORD, _code(secret, now), now)


# --- guessing -------------------------------------------------------------------------------------


def test_five_wrong_codes_close_it_for_a_quarter_of_an_hour() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    for _ in range(5):
        assert not _is_right("12", now)
    assert not _is_right(_code(secret, now), now)
    later = now + 16 * MINUTE
    assert _is_right(_code(secret, later), later)


def test_sms_code_works_while_it_is_closed_and_no_clock_is_explained() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    for _ in range(5):
        _is_right("12", now)
    sent = _issue(CodePurpose.PASSWORD, now)
    for steps in (0, -8):
        with pytest.raises(errors.WrongCodeError):
            _try(CodePurpose.PASSWORD, _code(secret, now, steps), now)
    assert _try(CodePurpose.PASSWORD, sent, now)


def test_twenty_wrong_codes_close_it_for_the_day() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    moment = now
    for _ in range(20):
        assert not _is_right("12", moment)
        moment += 16 * MINUTE
    assert not _is_right(_code(secret, moment), moment)
    tomorrow = now + timedelta(days=1, minutes=1)
    assert _is_right(_code(secret, tomorrow), tomorrow)


def test_right_code_forgets_the_wrong_ones() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    for round_ in range(3):
        moment = now + round_ * MINUTE
        for _ in range(4):
            assert not _is_right("12", moment)
        assert _is_right(_code(secret, moment), moment)


def test_guessing_at_one_number_closes_no_other() -> None:
    an_account()
    an_account(KHOA)
    secret, now = _in_force(KHOA.number), utc_now()
    for _ in range(6):
        _is_right("12", now)
    assert _is_right(_code(secret, now), now, KHOA.number)


def test_number_without_one_takes_the_same_steps(
    django_assert_num_queries: Any,
) -> None:
    an_account()
    _in_force()
    now = utc_now()
    for number in (NUMBER, "0198000099"):
        with django_assert_num_queries(3):
            assert not _is_right("123456", now, number)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_uses_the_code() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    typed = _code(secret, now)
    # Fewer than close it: each of them is looked at.
    outcomes = all_at_once([lambda: _is_right(typed, now)] * 4, threads=4)
    assert sorted(map(str, outcomes)) == ["False", "False", "False", "True"]


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_no_more_than_five() -> None:
    an_account()
    secret, now = _in_force(), utc_now()
    all_at_once([lambda: _is_right("12", now)] * 12, threads=12)
    assert not _is_right(_code(secret, now), now)
