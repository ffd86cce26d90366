"""One-time codes: bound to what they confirm, used once, never guessed."""

import hmac
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    CLERK,
    AuditingFailedError,
    all_at_once,
    another_code,
    fail_auditing,
    last_code,
    secret_of,
)
from vssid.accounts import errors
from vssid.accounts.commands import codes
from vssid.accounts.commands.codes import CodeRequest, VerifiedCode
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message

pytestmark = pytest.mark.django_db

PHONE = "+84912000001"
SUBJECT, BINDING = "0198000001", "0198000001|+84912000001"
MINUTE = timedelta(minutes=1)


def _request(**changes: Any) -> CodeRequest:
    wanted: dict[str, Any] = {
        "purpose": CodePurpose.PASSWORD,
        "subject": SUBJECT,
        "binding": BINDING,
        "phone": PHONE,
        "template": "code.password",
        "data": {"number": "0198***001"},
    }
    return CodeRequest(**{**wanted, **changes})


def _issue(now: datetime | None = None, **changes: Any) -> str:
    codes.issue_code(request=_request(**changes), by=CLERK, now=now or utc_now())
    return last_code(str(changes.get("phone", PHONE)))


def _try(typed: str, now: datetime | None = None, **changes: Any) -> VerifiedCode:
    what: dict[str, Any] = {
        "purpose": CodePurpose.PASSWORD,
        "subject": SUBJECT,
        "binding": BINDING,
    }
    return codes.try_code(**{**what, **changes}, typed=typed, now=now or utc_now())


def _use(proof: VerifiedCode) -> None:
    codes.use_code(proof=proof, now=utc_now())


# --- sending --------------------------------------------------------------------------------------


def test_code_of_six_digits_goes_to_the_phone_and_is_recorded() -> None:
    code = _issue()
    message = Message.objects.get()
    assert len(code) == 6
    assert code.isdecimal()
    assert (message.address, message.kind) == (PHONE, Kind.CODE)
    assert secret_of(message) == {"code": code}
    event = Event.objects.get(act="code.send")
    assert (event.subject, event.details) == (SUBJECT, {"purpose": "password"})


def test_sms_expires_with_its_code() -> None:
    _issue()
    assert Message.objects.get().expires_at == OneTimeCode.objects.get().expires_at


def test_database_knows_a_code_by_its_digest_only() -> None:
    code = _issue()
    row = OneTimeCode.objects.get()
    assert code.encode() not in bytes(row.digest)
    assert code not in str(Event.objects.filter(act="code.send").values().get()["details"])


def test_no_code_goes_out_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_auditing(monkeypatch, codes)
    with pytest.raises(AuditingFailedError):
        codes.issue_code(request=_request(), by=CLERK, now=utc_now())
    assert not OneTimeCode.objects.exists()
    assert not Message.objects.exists()


def test_next_code_waits_for_a_minute_after_the_last() -> None:
    now = utc_now()
    _issue(now)
    with pytest.raises(errors.CodeTooSoonError) as refused:
        _issue(now + timedelta(seconds=20))
    assert refused.value.wait == timedelta(seconds=40)
    assert _issue(now + MINUTE)


def test_used_code_lets_the_next_one_go_at_once() -> None:
    _use(_try(_issue()))
    assert _issue()


def test_sixth_code_of_an_hour_to_one_phone_is_refused_and_one_to_another_is_not() -> None:
    now = utc_now()
    for count in range(5):
        _issue(now, subject=f"019800010{count}")
    with pytest.raises(errors.CodesExhaustedError) as refused:
        _issue(now + 10 * MINUTE, subject="0198000109")
    assert refused.value.wait == 50 * MINUTE
    assert _issue(now, subject="0198000109", phone="+84912000002")
    assert _issue(now + 60 * MINUTE, subject="0198000108")


def test_refused_resend_does_not_use_up_the_hour() -> None:
    now = utc_now()
    _issue(now)
    for _ in range(9):
        with pytest.raises(errors.CodeTooSoonError):
            _issue(now)
    for count in range(4):
        assert _issue(now, subject=f"019800010{count}")


@pytest.mark.django_db(transaction=True)
def test_pressing_send_many_times_at_once_sends_one_code() -> None:
    now = utc_now()
    found = all_at_once([lambda: codes.issue_code(request=_request(), by=CLERK, now=now)] * 12)
    refused = [one for one in found if isinstance(one, Exception)]
    assert {type(one) for one in refused} == {errors.CodeTooSoonError}
    assert len(refused) == 11
    assert Message.objects.count() == 1


# --- typing it back -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_right_code_is_taken(typed: str) -> None:
    assert _try(typed.format(_issue())).subject == SUBJECT


def test_code_typed_with_a_pause_is_the_same_code() -> None:
    code = _issue()
    assert _try(f"{code[:3]} {code[3:]}")


def test_wrong_code_says_how_many_tries_are_left_and_the_last_says_none() -> None:
    wrong, left = another_code(_issue()), []
    for _ in range(4):
        with pytest.raises(errors.WrongCodeError) as refused:
            _try(wrong)
        left.append(refused.value.details["left"])
    assert left == [4, 3, 2, 1]
    with pytest.raises(errors.CodeSpentError):
        _try(wrong)


def test_right_code_comes_too_late_after_five_wrong_ones() -> None:
    code = _issue()
    for _ in range(5):
        with pytest.raises((errors.WrongCodeError, errors.CodeSpentError)):
            _try(another_code(code))
    with pytest.raises(errors.CodeSpentError):
        _try(code)


def test_fifth_try_may_still_be_the_right_one() -> None:
    code = _issue()
    for _ in range(4):
        with pytest.raises(errors.WrongCodeError):
            _try(another_code(code))
    assert _try(code)


def test_code_is_late_after_five_minutes() -> None:
    now = utc_now()
    code = _issue(now)
    with pytest.raises(errors.CodeLateError):
        _try(code, now + 5 * MINUTE)
    assert _try(code, now + timedelta(seconds=299))


def test_replaced_code_no_longer_counts() -> None:
    now = utc_now()
    first = _issue(now)
    second = _issue(now + MINUTE)
    if first != second:
        with pytest.raises(errors.WrongCodeError):
            _try(first, now + MINUTE)
    assert _try(second, now + MINUTE)


def test_code_that_was_never_sent_is_refused() -> None:
    with pytest.raises(errors.CodeLateError):
        _try("490217")


@pytest.mark.parametrize(
    "changes",
    [{"purpose": CodePurpose.DEVICE}, {"subject": "0198000002"}],
    ids=["another purpose", "another subject"],
)
def test_code_opens_nothing_else(changes: Any) -> None:
    code = _issue()
    with pytest.raises(errors.CodeLateError):
        _try(code, **changes)


@pytest.mark.parametrize("changes", [{"purpose": CodePurpose.DEVICE}, {"subject": "0198000002"}])
def test_code_opens_nothing_else_that_waits_for_a_code_too(changes: Any) -> None:
    code, other = _issue(), _issue(**changes)
    if code != other:
        with pytest.raises(errors.WrongCodeError):
            _try(code, **changes)


def test_code_confirms_only_what_it_was_sent_for() -> None:
    code = _issue()
    with pytest.raises(errors.WrongCodeError):
        _try(code, binding="0198000001|+84999999999")


@pytest.mark.parametrize("typed", ["", "４９０２１７", "49021", "x" * 500, "490217\0", "\ud800"])
def test_nonsense_is_wrong_and_no_failure(typed: str) -> None:
    _issue()
    with pytest.raises(errors.WrongCodeError):
        _try(typed.encode("utf-8", "replace").decode())


def test_codes_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    code, compared = _issue(), []
    row, real = OneTimeCode.objects.get(), hmac.compare_digest

    def spy(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return real(one, other)

    monkeypatch.setattr("vssid.accounts.commands.codes.hmac.compare_digest", spy)
    for typed, binding in [(code, BINDING), (another_code(code), BINDING), (code, "other")]:
        compared.clear()
        with suppress(errors.WrongCodeError):
            _try(typed, binding=binding)
        assert bytes(row.digest) in compared, "also when the binding differs"
        assert bytes(row.binding) in compared


# --- using it up ----------------------------------------------------------------------------------


def test_code_is_used_once() -> None:
    proof = _try(_issue())
    _use(proof)
    with pytest.raises(errors.CodeLateError):
        _use(proof)


def test_used_code_cannot_be_typed_again() -> None:
    code = _issue()
    _use(_try(code))
    with pytest.raises(errors.CodeLateError):
        _try(code)


def test_code_stays_usable_when_its_act_was_undone() -> None:
    code = _issue()
    with transaction.atomic():
        _use(_try(code))
        transaction.set_rollback(True)
    _use(_try(code))


def test_proof_of_another_purpose_uses_nothing_up() -> None:
    proof = _try(_issue())
    with pytest.raises(errors.CodeLateError):
        _use(VerifiedCode(proof.subject, proof.id, CodePurpose.DEVICE))
    _use(proof)


@pytest.mark.django_db(transaction=True)
def test_one_code_typed_many_times_at_once_confirms_one_act() -> None:
    code, now = _issue(), utc_now()

    def act() -> bool:
        _use(_try(code, now))
        return True

    found = all_at_once([act] * 12)
    assert found.count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_guessing_from_many_machines_gets_five_tries_in_all() -> None:
    wrong, now = another_code(_issue()), utc_now()
    found = all_at_once([lambda: _try(wrong, now)] * 24)
    left = sorted(
        str(one.details["left"]) for one in found if isinstance(one, errors.WrongCodeError)
    )
    assert left == ["1", "2", "3", "4"]
    assert sum(isinstance(one, errors.CodeSpentError) for one in found) == 20


def test_database_refuses_a_second_live_code() -> None:
    _issue()
    row = OneTimeCode.objects.get()
    with pytest.raises(IntegrityError, match="accounts_one_live_code"), transaction.atomic():
        OneTimeCode.objects.create(
            subject=row.subject,
            purpose=row.purpose,
            binding=row.binding,
            digest=row.digest,
            created_at=row.created_at,
            expires_at=row.expires_at,
            tries_left=5,
        )


def test_expired_codes_are_forgotten() -> None:
    now = utc_now()
    _issue(now)
    assert codes.delete_ended_codes(before=now + 4 * MINUTE) == 0
    assert codes.delete_ended_codes(before=now + 6 * MINUTE) == 1


def test_codes_that_strangers_send_to_a_phone_leave_its_owner_theirs() -> None:
    now = utc_now()
    for minute in range(5):
        later = now + minute * MINUTE
        _issue(later, purpose=CodePurpose.REGISTRATION, subject=f"draft-{minute}")
    now += 5 * MINUTE
    with pytest.raises(errors.CodesExhaustedError):
        _issue(now, purpose=CodePurpose.REGISTRATION, subject="draft-6")
    assert _issue(now, purpose=CodePurpose.PASSWORD)
