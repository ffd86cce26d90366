"""By which channel a code goes, and how far its message has come."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import CLERK
from vssid.accounts import errors
from vssid.accounts.commands import codes
from vssid.accounts.commands.codes import CodeRequest, Delivery
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging.models import Channel, Message, State

pytestmark = pytest.mark.django_db

PHONE, EMAIL = "+84912000001", "hong@example.com"
SUBJECT = "0198000001"
NOW = utc_now()
MINUTE = timedelta(minutes=1)


def _request(**changes: Any) -> CodeRequest:
    wanted: dict[str, Any] = {
        "purpose": CodePurpose.PASSWORD,
        "subject": SUBJECT,
        "binding": "what it confirms",
        "phone": PHONE,
        "email": EMAIL,
        "template": "code.password",
        "data": {"number": "0198***001"},
    }
    return CodeRequest(**{**wanted, **changes})


def _issue(after: timedelta = 0 * MINUTE, **changes: Any) -> Message:
    codes.issue_code(request=_request(**changes), by=CLERK, now=NOW + after)
    newest = Message.objects.order_by("-id").first()
    assert newest is not None
    return newest


def _delivery(purpose: CodePurpose = CodePurpose.PASSWORD) -> Delivery | None:
    return codes.delivery(purpose=purpose, subject=SUBJECT)


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({}, (Channel.SMS, PHONE)),
        ({"channel": Channel.EMAIL}, (Channel.EMAIL, EMAIL)),
        ({"channel": Channel.EMAIL, "email": ""}, (Channel.SMS, PHONE)),
        ({"phone": ""}, (Channel.EMAIL, EMAIL)),
    ],
)
def test_code_takes_the_wished_channel_or_the_only_one(changes: Any, way: Any) -> None:
    sent = _issue(**changes)
    assert (sent.channel, sent.address) == way


def test_second_channel_replaces_the_first_code() -> None:
    _issue()
    _issue(MINUTE, channel=Channel.EMAIL)
    assert OneTimeCode.objects.filter(ended_at=None).count() == 1
    found = _delivery()
    assert found is not None
    assert (found.channel, found.address) == (Channel.EMAIL, EMAIL)


def test_each_channel_counts_its_own_codes_of_the_hour() -> None:
    for count in range(5):
        _issue(count * MINUTE)
    with pytest.raises(errors.CodesExhaustedError):
        _issue(5 * MINUTE)
    assert _issue(5 * MINUTE, channel=Channel.EMAIL).address == EMAIL


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.QUEUED, "waiting"),
        (State.HANDING_OVER, "waiting"),
        (State.SENT, "sent"),
        (State.FAILED, "failed"),
        (State.EXPIRED, "failed"),
    ],
)
def test_delivery_tells_how_far_the_message_is(state: State, said: str) -> None:
    message = _issue()
    Message.objects.filter(pk=message.pk).update(state=state, secret=None)
    assert _delivery() == Delivery(said, Channel.SMS, PHONE, NOW + MINUTE)  # type: ignore[arg-type]


def test_without_a_live_code_there_is_no_delivery() -> None:
    assert _delivery() is None
    _issue()
    assert _delivery(CodePurpose.DEVICE) is None
    codes.end_codes(subject=SUBJECT, now=NOW)
    assert _delivery() is None


def test_undelivered_code_may_be_asked_for_again_at_once() -> None:
    first = _issue()
    with pytest.raises(errors.CodeTooSoonError):
        _issue(channel=Channel.EMAIL)
    Message.objects.filter(pk=first.pk).update(state=State.FAILED, secret=None)
    assert _issue(channel=Channel.EMAIL).address == EMAIL


def test_nobody_learns_how_the_code_of_a_reset_fares() -> None:
    _issue(purpose=CodePurpose.RESET, template="code.reset")
    assert _delivery(CodePurpose.RESET) is None


def test_digits_of_an_unsent_code_open_it_and_are_stored_nowhere() -> None:
    code = codes.issue_unsent_code(
        purpose=CodePurpose.RESET, subject=SUBJECT, binding="number", now=NOW
    )
    typed = codes.digits_of(code_id=code.id)
    assert len(typed) == 6
    assert typed.isdecimal()
    assert not Message.objects.exists()
    proof = codes.try_code(
        purpose=CodePurpose.RESET, subject=SUBJECT, binding="number", typed=typed, now=NOW
    )
    assert proof.id == code.id


def test_digits_differ_from_code_to_code() -> None:
    assert len({codes.digits_of(code_id=uuid7()) for _ in range(50)}) > 40


def test_ended_codes_open_nothing() -> None:
    code = codes.issue_unsent_code(
        purpose=CodePurpose.RESET, subject=SUBJECT, binding="number", now=NOW
    )
    codes.end_codes(subject=SUBJECT, now=NOW)
    with pytest.raises(errors.CodeLateError):
        codes.try_code(
            purpose=CodePurpose.RESET,
            subject=SUBJECT,
            binding="number",
            typed=codes.digits_of(code_id=code.id),
            now=NOW,
        )
