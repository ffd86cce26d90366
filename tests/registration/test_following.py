"""Following a case: by the code of the paper and an OTP, and unknown codes answered alike."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    HONG,
    RIVAL,
    AuditingFailedError,
    a_declaration,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import errors as account_errors
from vssid.accounts.commands import codes
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Kind, Message
from vssid.registration.commands import following

pytestmark = pytest.mark.django_db
NOBODYS = "TK00000000"
MINUTE = timedelta(minutes=1)


def _asked(code: str) -> str:
    """A ticket whose OTP was asked for, and sent if there is somebody."""
    ticket = following.ask_to_follow(code=code, now=utc_now())
    following.send_code(ticket=ticket, asked_from="203.0.113.7", now=utc_now())
    _work(ticket)
    return ticket


def _work(ticket: str) -> None:
    subject = following.asked(ticket=ticket, now=utc_now()).subject
    live = OneTimeCode.objects.get(subject=subject, ended_at=None)
    following.send_follow_code(ticket=ticket, code_id=live.id, now=utc_now())


def _otps() -> list[str]:
    return list(Message.objects.filter(kind=Kind.CODE).values_list("address", flat=True))


def test_otp_of_the_declarations_phone_opens_the_case() -> None:
    declaration = a_declaration()
    ticket = _asked(declaration.code)
    opened = following.open_case(ticket=ticket, typed=last_code(), now=utc_now())
    assert following.followed(opened=opened, now=utc_now()) == declaration
    event = Event.objects.get(act="declaration.follow")
    assert (event.subject, event.details) == (HONG.number, {"code": declaration.code})


def test_otp_goes_to_the_phone_of_that_declaration_alone() -> None:
    a_declaration()
    second = a_declaration(RIVAL)
    _asked(second.code)
    assert _otps() == [RIVAL.phone]


def test_unknown_code_runs_the_same_statements_and_sends_nothing() -> None:
    declaration = a_declaration()
    with CaptureQueriesContext(connection) as known:
        following.send_code(
            ticket=following.ask_to_follow(code=declaration.code, now=utc_now()),
            asked_from="203.0.113.7",
            now=utc_now(),
        )
    with CaptureQueriesContext(connection) as unknown:
        ticket = following.ask_to_follow(code=NOBODYS, now=utc_now())
        following.send_code(ticket=ticket, asked_from="203.0.113.7", now=utc_now())
    assert len(known) == len(unknown)
    _work(ticket)
    assert not _otps()
    with pytest.raises(account_errors.WrongCodeError):
        following.open_case(ticket=ticket, typed="000000", now=utc_now())


def test_even_the_right_digits_open_nothing_for_an_unknown_code() -> None:
    ticket = _asked(NOBODYS)
    live = OneTimeCode.objects.get(purpose=CodePurpose.FOLLOW)
    digits = codes.digits_of(code_id=live.id)
    with pytest.raises(account_errors.CodeLateError):
        following.open_case(ticket=ticket, typed=digits, now=utc_now())


@pytest.mark.parametrize("is_known", [True, False])
def test_second_otp_within_a_minute_has_to_wait_alike(*, is_known: bool) -> None:
    code = a_declaration().code if is_known else NOBODYS
    _asked(code)
    with pytest.raises(account_errors.CodeTooSoonError):
        _asked(code)


@pytest.mark.parametrize("is_known", [True, False])
def test_five_otps_an_hour_alike(*, is_known: bool) -> None:
    code, now = a_declaration().code if is_known else NOBODYS, utc_now()
    for minute in range(5):
        at = now + 2 * minute * MINUTE
        ticket = following.ask_to_follow(code=code, now=at)
        following.send_code(ticket=ticket, asked_from="", now=at)
    at = now + 12 * MINUTE
    with pytest.raises(account_errors.CodesExhaustedError):
        following.send_code(
            ticket=following.ask_to_follow(code=code, now=at), asked_from="", now=at
        )


def test_job_that_runs_twice_sends_once() -> None:
    ticket = _asked(a_declaration().code)
    _work(ticket)
    assert _otps() == [HONG.phone]


def test_otp_serves_once_and_the_pass_half_an_hour() -> None:
    declaration = a_declaration()
    ticket, typed = _asked(declaration.code), last_code()
    opened = following.open_case(ticket=ticket, typed=typed, now=utc_now())
    with pytest.raises(account_errors.CodeLateError):
        following.open_case(ticket=ticket, typed=typed, now=utc_now())
    assert following.followed(opened=opened, now=utc_now() + 29 * MINUTE) == declaration
    assert following.followed(opened=opened, now=utc_now() + 31 * MINUTE) is None


def test_otp_of_one_case_opens_no_other() -> None:
    first, second = a_declaration(), a_declaration(RIVAL)
    _asked(first.code)
    typed, other = last_code(HONG.phone), _asked(second.code)
    with pytest.raises(account_errors.WrongCodeError):
        following.open_case(ticket=other, typed=typed, now=utc_now())


def test_wrong_otps_are_counted_until_it_is_spent() -> None:
    ticket = _asked(a_declaration().code)
    wrong = another_code(last_code())
    for _ in range(4):
        with pytest.raises(account_errors.WrongCodeError):
            following.open_case(ticket=ticket, typed=wrong, now=utc_now())
    with pytest.raises(account_errors.CodeSpentError):
        following.open_case(ticket=ticket, typed=wrong, now=utc_now())


@pytest.mark.parametrize("ticket", ["", "nonsense"])
def test_forged_ticket_and_pass_open_nothing(ticket: str) -> None:
    with pytest.raises(account_errors.TicketLateError):
        following.asked(ticket=ticket, now=utc_now())
    assert following.followed(opened=ticket, now=utc_now()) is None
    following.send_follow_code(ticket=ticket, code_id=UUID(int=1), now=utc_now())
    assert not _otps()


def test_ticket_is_no_pass() -> None:
    ticket = following.ask_to_follow(code=a_declaration().code, now=utc_now())
    assert following.followed(opened=ticket, now=utc_now()) is None


def test_otp_is_not_used_up_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = _asked(a_declaration().code)
    with monkeypatch.context() as patch:
        fail_auditing(patch, following)
        with pytest.raises(AuditingFailedError):
            following.open_case(ticket=ticket, typed=last_code(), now=utc_now())
    assert following.open_case(ticket=ticket, typed=last_code(), now=utc_now())
