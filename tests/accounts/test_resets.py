"""A forgotten password: every number is answered alike until the right code (guides A06)."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.accounts.resetting import (
    NEW,
    NOW,
    STRANGER,
    UNKNOWN,
    UNKNOWN_PERSONAL,
    ask,
    finish,
    opens,
    work,
)
from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    AuditingFailedError,
    an_account,
    another_code,
    fail_auditing,
    last_code,
)
from vssid.accounts import buckets, errors, tokens
from vssid.accounts.commands import codes, passwords, resets
from vssid.accounts.models import (
    Account,
    CodePurpose,
    KnownDevice,
    OneTimeCode,
    SmartOtp,
)
from vssid.accounts.origin import Origin
from vssid.accounts.sealing import seal_secret
from vssid.audit.models import Event
from vssid.kernel import totp
from vssid.kernel.errors import CodedError
from vssid.limits import commands as limits
from vssid.limits.models import Bucket
from vssid.messaging.models import Channel, Kind, Message

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


# --- asking ---------------------------------------------------------------------------------------


def test_code_goes_to_the_registered_phone() -> None:
    an_account()
    ask()
    assert not Message.objects.exists(), "a worker sends it"
    work()
    sent = Message.objects.get(kind=Kind.CODE)
    assert (sent.channel, sent.address, sent.template) == (Channel.SMS, HONG.phone, "code.reset")
    event = Event.objects.get(act="code.send")
    assert (event.subject, event.details) == (HONG.number, {"purpose": "reset"})


def test_code_goes_to_the_registered_email() -> None:
    an_account(KHOA)
    ask(KHOA.number, channel=Channel.EMAIL)
    work()
    assert Message.objects.get(kind=Kind.CODE).address == KHOA.email


def test_without_an_email_the_code_goes_to_the_phone() -> None:
    an_account()
    ask(channel=Channel.EMAIL)
    work()
    assert Message.objects.get(kind=Kind.CODE).address == HONG.phone


def test_personal_number_leads_to_the_same_account() -> None:
    an_account()
    ticket = ask(HONG.id_number)
    work()
    finish(resets.prove_reset(ticket=ticket, typed=last_code(), now=NOW))
    assert opens(NEW)


@pytest.mark.parametrize("number", [UNKNOWN, UNKNOWN_PERSONAL])
def test_number_without_an_account_is_answered_alike_and_nothing_is_sent(number: str) -> None:
    ticket = ask(number)
    work()
    assert not Message.objects.exists()
    assert not Event.objects.filter(act="code.send").exists()
    with pytest.raises(errors.WrongCodeError):
        resets.prove_reset(ticket=ticket, typed="490217", now=NOW)


def _shape(queries: CaptureQueriesContext) -> list[str]:
    """The statements without their values."""
    said = [re.sub(r"'(?:[^']|'')*'", "?", one["sql"]) for one in queries.captured_queries]
    return [re.sub(r'"s\d+_x\d+"|\b\d+\b', "?", one) for one in said]


@pytest.mark.parametrize(
    ("known", "unknown"), [(HONG.number, UNKNOWN), (HONG.id_number, UNKNOWN_PERSONAL)]
)
def test_asking_and_guessing_run_the_same_statements_for_every_number(
    known: str, unknown: str
) -> None:
    secret = seal_secret(HONG.number, totp.new_secret())
    SmartOtp.objects.create(
        account=an_account(), secret=secret, device="Chrome", last_step=0, made_at=NOW
    )
    origin = Origin(uuid4(), "Chrome", "203.0.113.7")
    shapes = []
    for number in (known, unknown):
        with CaptureQueriesContext(connection) as asking:
            ticket = ask(number, origin=origin)
        work()
        typed = another_code(codes.digits_of(code_id=OneTimeCode.objects.latest("id").id))
        with CaptureQueriesContext(connection) as guessing, pytest.raises(errors.WrongCodeError):
            resets.prove_reset(ticket=ticket, typed=typed, now=NOW)
        shapes.append((_shape(asking), _shape(guessing)))
    assert len(shapes[0][0]) > 5
    assert shapes[0] == shapes[1]


def test_every_refusal_is_the_same_for_every_number() -> None:
    an_account()
    heard = []
    for number in (HONG.number, UNKNOWN):
        said = []
        ticket = ask(number)
        work()
        code = codes.digits_of(code_id=OneTimeCode.objects.latest("id").id)
        for _ in range(6):
            with pytest.raises((errors.WrongCodeError, errors.CodeSpentError)) as refused:
                resets.prove_reset(ticket=ticket, typed=another_code(code), now=NOW)
            said.append(str(refused.value))
        with pytest.raises(errors.CodeTooSoonError) as early:
            ask(number)
        with pytest.raises(errors.CodeTooSoonError):
            resets.ask_for_code(ticket=ticket, channel=Channel.SMS, origin=STRANGER, now=NOW)
        for minute in range(1, 5):
            ask(number, now=NOW + minute * MINUTE)
        with pytest.raises(errors.CodesExhaustedError) as exhausted:
            ask(number, now=NOW + 5 * MINUTE)
        heard.append([*said, str(early.value), str(exhausted.value)])
    assert heard[0] == heard[1]
    assert len(set(heard[0][:6])) == 5, "four counts, then spent"


def test_even_the_right_digits_open_nothing_for_a_number_without_an_account() -> None:
    ticket = ask(UNKNOWN)
    code = codes.digits_of(code_id=OneTimeCode.objects.get().id)
    proven = resets.prove_reset(ticket=ticket, typed=code, now=NOW)
    with pytest.raises(errors.CodeLateError):
        finish(proven)


def test_asking_is_limited_by_day_and_by_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for hour in range(10):
        ask(UNKNOWN, now=NOW + timedelta(hours=hour))
    with pytest.raises(errors.CodesOfDayError):
        ask(UNKNOWN, now=NOW + timedelta(hours=10))
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 0)
    with pytest.raises(errors.NetworkExhaustedError):
        ask("0198999998")


def test_stranger_keeps_neither_a_known_device_nor_its_code_out() -> None:
    account = an_account()
    home = Origin(uuid4(), "Firefox trên Linux", "198.51.100.1")
    KnownDevice.objects.create(
        account=account, id=home.device, name=home.name, first_seen_at=NOW, last_seen_at=NOW
    )
    ticket = ask(origin=home)
    for minute in range(5):
        ask(now=NOW + minute * MINUTE)
    with pytest.raises(errors.CodesExhaustedError):
        ask(now=NOW + 5 * MINUTE)
    work()
    mine = OneTimeCode.objects.get(subject=resets.asked(ticket=ticket, now=NOW).subject)
    assert resets.prove_reset(ticket=ticket, typed=codes.digits_of(code_id=mine.id), now=NOW)
    assert ask(origin=home, now=NOW + 2 * MINUTE)


def test_full_network_keeps_no_known_device_out(monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account()
    home = Origin(uuid4(), "Firefox trên Linux", STRANGER.address)
    KnownDevice.objects.create(
        account=account, id=home.device, name=home.name, first_seen_at=NOW, last_seen_at=NOW
    )
    monkeypatch.setattr(settings, "VSSID_CODES_PER_NETWORK_HOUR", 0)
    assert ask(origin=home)
    with pytest.raises(errors.NetworkExhaustedError):
        ask()


def test_device_of_somebody_else_is_counted_with_all_strangers() -> None:
    an_account()
    ask(origin=Origin(uuid4(), "Chrome", "203.0.113.7"))
    with pytest.raises(errors.CodeTooSoonError):
        ask(origin=Origin(uuid4(), "Chrome", "203.0.113.7"))


def test_strangers_have_ten_codes_a_day_sent_and_the_owners_device_as_many_of_its_own() -> None:
    account = an_account()
    home = Origin(uuid4(), "Firefox trên Linux", "198.51.100.1")
    KnownDevice.objects.create(
        account=account, id=home.device, name=home.name, first_seen_at=NOW, last_seen_at=NOW
    )
    for hour in range(10):
        now = NOW + timedelta(hours=hour)
        ask((HONG.number, HONG.id_number)[hour % 2], now=now)
        work(now)
    with pytest.raises(errors.CodesOfDayError):
        ask(now=NOW + timedelta(hours=10))
    assert Message.objects.filter(kind=Kind.CODE).count() == 10
    ask(origin=home, now=NOW + timedelta(hours=10))
    work(NOW + timedelta(hours=10))
    assert Message.objects.filter(kind=Kind.CODE).count() == 11


def test_guesses_are_answered_alike_for_every_number_after_ten_codes_in_a_day() -> None:
    an_account()
    heard = []
    for number in (HONG.number, UNKNOWN):
        said = []
        for hour in range(11):
            now = NOW + timedelta(hours=hour)
            try:
                ticket = ask(number, now=now)
                work(now)
                typed = another_code(codes.digits_of(code_id=OneTimeCode.objects.latest("id").id))
                resets.prove_reset(ticket=ticket, typed=typed, now=now)
            except CodedError as error:
                said.append(error.code)
        heard.append(said)
    assert heard[0] == heard[1] == ["code.wrong"] * 10 + ["code.day"]


def test_both_numbers_of_one_person_are_counted_together() -> None:
    an_account()
    ask(HONG.number)
    with pytest.raises(errors.CodeTooSoonError):
        ask(HONG.id_number)


def test_known_device_is_known_with_either_number() -> None:
    account = an_account()
    home = Origin(uuid4(), "Firefox trên Linux", "198.51.100.1")
    KnownDevice.objects.create(
        account=account, id=home.device, name=home.name, first_seen_at=NOW, last_seen_at=NOW
    )
    ask()
    assert ask(HONG.id_number, origin=home)
    with pytest.raises(errors.CodeTooSoonError):
        ask(HONG.number, origin=home)


def test_locked_account_gets_its_code_by_phone_whatever_was_asked() -> None:
    an_account(KHOA)
    Account.objects.update(locked_at=NOW)
    ask(KHOA.number, channel=Channel.EMAIL)
    work()
    assert Message.objects.get(kind=Kind.CODE).address == KHOA.phone


def test_code_goes_to_no_email_that_is_new() -> None:
    an_account(KHOA)
    Account.objects.update(email_since=NOW)
    ask(KHOA.number, channel=Channel.EMAIL)
    work()
    assert Message.objects.get(kind=Kind.CODE).address == KHOA.phone


def test_code_that_would_open_nothing_any_more_is_not_sent() -> None:
    an_account()
    ask()
    Account.objects.update(phone="+84987654321")
    work()
    assert not Message.objects.exists()


def test_code_asked_for_again_goes_with_the_account_as_it_is_now() -> None:
    an_account()
    before = ask()
    Account.objects.update(phone="+84987654321")
    later = NOW + MINUTE
    again = resets.ask_for_code(ticket=before, channel=Channel.SMS, origin=STRANGER, now=later)
    work(later)
    code = last_code("+84987654321")
    with pytest.raises(errors.CodeLateError):
        resets.prove_reset(ticket=before, typed=code, now=later)
    assert resets.prove_reset(ticket=again, typed=code, now=later)


def test_change_of_the_account_is_told_to_nobody_who_guesses() -> None:
    an_account()
    ticket = ask()
    work()
    code = last_code()
    Account.objects.update(phone="+84987654321")
    with pytest.raises(errors.WrongCodeError):
        resets.prove_reset(ticket=ticket, typed=another_code(code), now=NOW)


def test_ticket_is_as_long_for_every_number() -> None:
    an_account()
    lengths = {len(ask(one)) for one in (HONG.id_number, UNKNOWN_PERSONAL)}
    assert len(lengths) == 1


def test_job_that_runs_twice_sends_once() -> None:
    an_account()
    ask()
    work()
    work()
    assert Message.objects.filter(kind=Kind.CODE).count() == 1


def test_late_or_replaced_code_is_not_sent_any_more() -> None:
    an_account()
    ticket = ask()
    resets.ask_for_code(ticket=ticket, channel=Channel.SMS, origin=STRANGER, now=NOW + MINUTE)
    work(NOW + 10 * MINUTE)
    assert not Message.objects.exists()
    work(NOW + MINUTE)
    assert Message.objects.filter(kind=Kind.CODE).count() == 1


def test_job_tells_nobody_whose_number_was_typed() -> None:
    ask()
    job = ProcrastinateJob.objects.get(task_name="vssid.accounts.tasks.send_reset_code")
    assert HONG.number not in str(job.args)
    assert HONG.number not in str(OneTimeCode.objects.values().get())


def test_nothing_is_asked_for_when_the_job_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(**_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("vssid.accounts.jobs.defer_reset_code", fail)
    with pytest.raises(RuntimeError):
        ask()
    assert not OneTimeCode.objects.exists()
    assert not Bucket.objects.exists()


def test_code_is_not_sent_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    ask()
    fail_auditing(monkeypatch, resets)
    with pytest.raises(AuditingFailedError):
        work()
    assert not Message.objects.exists()


# --- the code -------------------------------------------------------------------------------------


def test_other_channel_replaces_the_code() -> None:
    an_account(KHOA)
    ticket = ask(KHOA.number)
    work()
    first = last_code(KHOA.phone)
    later = NOW + MINUTE
    again = resets.ask_for_code(ticket=ticket, channel=Channel.EMAIL, origin=STRANGER, now=later)
    work(later)
    second = last_code(KHOA.email)
    if first != second:
        with pytest.raises(errors.WrongCodeError):
            resets.prove_reset(ticket=again, typed=first, now=later)
    assert resets.prove_reset(ticket=again, typed=second, now=later)


def test_code_in_hand_serves_whoever_begins_again_on_a_device_that_is_known() -> None:
    an_account()
    known = replace(STRANGER, device=uuid4())
    KnownDevice.objects.create(
        account_id=HONG.number, id=known.device, name="", first_seen_at=NOW, last_seen_at=NOW
    )
    ask(origin=known)
    work()
    again = resets.prepare_reset(number=HONG.number, channel=Channel.SMS, origin=known, now=NOW)
    with pytest.raises(errors.CodeTooSoonError) as early:
        resets.ask_for_code(ticket=again, channel=Channel.SMS, origin=known, now=NOW)
    assert not isinstance(early.value, errors.EarlierCodeError)
    assert resets.prove_reset(ticket=again, typed=last_code(), now=NOW)


@pytest.mark.parametrize("number", [HONG.number, UNKNOWN])
def test_stranger_who_begins_again_is_told_that_the_code_was_for_something_else(
    number: str,
) -> None:
    an_account()
    ticket = ask(number)
    with pytest.raises(errors.EarlierCodeError):
        ask(number)
    with pytest.raises(errors.CodeTooSoonError) as early:
        resets.ask_for_code(ticket=ticket, channel=Channel.SMS, origin=STRANGER, now=NOW)
    assert not isinstance(early.value, errors.EarlierCodeError)


def test_code_of_one_number_does_not_open_another() -> None:
    an_account()
    an_account(KHOA)
    mine, theirs = ask(HONG.number), ask(KHOA.number)
    work()
    if last_code(HONG.phone) != last_code(KHOA.phone):
        with pytest.raises(errors.WrongCodeError):
            resets.prove_reset(ticket=theirs, typed=last_code(HONG.phone), now=NOW)
    assert resets.prove_reset(ticket=mine, typed=last_code(HONG.phone), now=NOW)


def test_code_of_another_purpose_does_not_reset() -> None:
    an_account()
    ticket = ask()
    work()
    reset = last_code()
    passwords.prepare_change(number=HONG.number, old=PASSWORD, new=NEW, now=NOW)
    if last_code() != reset:
        with pytest.raises(errors.WrongCodeError):
            resets.prove_reset(ticket=ticket, typed=last_code(), now=NOW)


def test_code_is_late_after_five_minutes() -> None:
    an_account()
    ticket = ask()
    work()
    with pytest.raises(errors.CodeLateError):
        resets.prove_reset(ticket=ticket, typed=last_code(), now=NOW + 5 * MINUTE)


@pytest.mark.parametrize(
    "ticket", ["", "nonsense", "ă", pytest.param(tokens.seal("reset-asked", b"{}"), id="sealed")]
)
def test_ticket_that_is_not_ours_is_late(ticket: str) -> None:
    with pytest.raises(errors.TicketLateError):
        resets.prove_reset(ticket=ticket, typed="490217", now=NOW)
    with pytest.raises(errors.TicketLateError):
        finish(ticket)


def test_ticket_of_asking_is_no_right_to_a_new_password() -> None:
    an_account()
    with pytest.raises(errors.TicketLateError):
        finish(ask())
    assert opens(PASSWORD)


def test_code_of_the_smart_otp_is_as_good() -> None:
    secret = totp.new_secret()
    SmartOtp.objects.create(
        account=an_account(),
        secret=seal_secret(HONG.number, secret),
        device="Chrome",
        last_step=0,
        made_at=NOW,
    )
    ticket = ask()
    typed = totp.code_at(secret, totp.step_at(NOW))
    finish(resets.prove_reset(ticket=ticket, typed=typed, now=NOW))
    assert opens(NEW)


def test_strangers_guesses_do_not_use_up_the_owners_smart_otp() -> None:
    an_account()
    ticket = ask()
    for _ in range(5):
        with pytest.raises((errors.WrongCodeError, errors.CodeSpentError)):
            resets.prove_reset(ticket=ticket, typed="490217", now=NOW)
    [guesses] = limits.running(of=[buckets.smart_otp_guesses(HONG.number)], now=NOW)
    assert guesses.count == 0


def test_live_codes_of_a_reset_are_not_told_apart_by_their_rows() -> None:
    an_account()
    for number in (HONG.number, UNKNOWN):
        ask(number)
    work()
    rows = OneTimeCode.objects.filter(purpose=CodePurpose.RESET).values_list(
        "tries_left", "ended_at", "expires_at"
    )
    assert len(set(rows)) == 1
