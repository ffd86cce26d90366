"""The outbox: a code at most once, a notice at least once, nothing lost on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import all_at_once, secret_of
from tests.messaging.letters import (
    FIRST_PASSWORD,
    NOTICE,
    PHONE,
    KilledError,
    Recorder,
    a_code,
    a_notice,
    deliver,
    through,
)
from vssid.kernel.clock import utc_now
from vssid.messaging import commands, rules
from vssid.messaging.errors import TransportError
from vssid.messaging.models import Channel, DemoMessage, Message, State

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=2)


def _jobs(message: Message) -> int:
    return ProcrastinateJob.objects.filter(args__message_id=str(message.id)).count()


def _kill_while_delivering(message: Message) -> None:
    with pytest.raises(KilledError):
        commands.deliver(message_id=message.id, now=utc_now())
    message.refresh_from_db()


# --- into the outbox ------------------------------------------------------------------------------


def test_message_and_its_job_are_written_together() -> None:
    message = a_notice()
    assert message.state == State.QUEUED
    assert _jobs(message) == 1


def test_sweep_leaves_one_waiting_job_for_a_message() -> None:
    message = a_notice()
    later = utc_now() + timedelta(minutes=1)
    for _ in range(3):
        commands.sweep(now=later)
    assert _jobs(message) == 1


def test_message_and_its_job_are_undone_with_their_cause() -> None:
    with transaction.atomic():
        message = a_notice()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert _jobs(message) == 0


def test_message_is_not_written_when_no_job_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_message_id: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("vssid.messaging.jobs.defer_delivery", fail)
    with pytest.raises(ZeroDivisionError):
        a_notice()
    assert not Message.objects.exists()


def test_one_cause_makes_one_message() -> None:
    a_notice("approved.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_notice("approved.1")
    assert Message.objects.count() == 1


def test_secret_is_unreadable_in_the_outbox_and_readable_to_the_worker() -> None:
    message = a_notice(letter=FIRST_PASSWORD)
    message.refresh_from_db()
    assert b"hskm4829" not in bytes(message.secret or b"")
    assert "hskm4829" not in str(Message.objects.values().get())
    assert secret_of(message) == {"password": "hskm4829"}


def test_notice_goes_by_sms_alone_where_no_email_is_known() -> None:
    commands.notify(phone=PHONE, email="", letter=NOTICE, key="x")
    assert [one.channel for one in Message.objects.all()] == [Channel.SMS]


def test_notice_goes_by_email_as_well_where_one_is_known() -> None:
    commands.notify(phone=PHONE, email="hong@example.com", letter=NOTICE, key="x")
    found = {one.channel: one.address for one in Message.objects.all()}
    assert found == {Channel.SMS: PHONE, Channel.EMAIL: "hong@example.com"}


# --- out of it ------------------------------------------------------------------------------------


def test_delivered_message_reaches_its_address_and_forgets_its_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider = through(monkeypatch, Recorder())
    message = a_code()
    assert deliver(message) == State.SENT
    assert message.secret is None
    assert message.done_at is not None
    assert [one["address"] for one in provider.sent] == [PHONE]
    assert "490217" in provider.sent[0]["text"]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_provider_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider = through(monkeypatch, Recorder())
    deliver(a_notice())
    assert provider.was_in_transaction == [False]


def test_delivered_message_is_not_delivered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = through(monkeypatch, Recorder())
    message = a_notice()
    assert [deliver(message), deliver(message)] == [State.SENT, None]
    assert len(provider.sent) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_deliver_a_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = through(monkeypatch, Recorder())
    message, now = a_notice(), utc_now()
    found = all_at_once([lambda: commands.deliver(message_id=message.id, now=now)] * 12)
    assert (found.count(State.SENT), found.count(None)) == (1, 11)
    assert len(provider.sent) == 1


def test_code_past_its_time_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = through(monkeypatch, Recorder())
    message = a_code()
    assert deliver(message, utc_now() + timedelta(minutes=6)) is None
    assert (message.state, message.secret, provider.sent) == (State.EXPIRED, None, [])


# --- a provider that does not take it -------------------------------------------------------------


def test_refused_message_waits_longer_after_each_try(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = [TransportError(permanent=False, reason="smtp 451") for _ in range(3)]
    provider = through(monkeypatch, Recorder(*tries))
    message, now, pauses = a_notice(), utc_now(), []
    for _ in tries:
        assert deliver(message, now) == State.QUEUED
        pauses.append((message.next_try_at - now).total_seconds())
        assert deliver(message, now) is None, "its time has not come"
        now = message.next_try_at
    assert pauses == [5, 15, 60]
    assert message.error == "smtp 451"
    assert deliver(message, now) == State.SENT
    assert len(provider.sent) == 1


def test_message_refused_for_good_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    through(monkeypatch, Recorder(TransportError(permanent=True, reason="smtp 550")))
    message = a_notice(letter=FIRST_PASSWORD)
    assert deliver(message) == State.FAILED
    assert (message.secret, message.error) == (None, "smtp 550")
    assert deliver(message, utc_now() + timedelta(days=1)) is None


def test_code_that_would_come_too_late_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    through(monkeypatch, Recorder(TransportError(permanent=False, reason="busy")))
    message = a_code(lifetime=timedelta(seconds=4))
    assert deliver(message) == State.FAILED
    assert message.secret is None


@pytest.mark.parametrize("attempts", range(1, 9))
def test_pauses_grow(attempts: int) -> None:
    pause, longer = (rules.pause_before_next_try(tries) for tries in (attempts, attempts + 1))
    assert pause is not None
    assert longer is None or longer > pause


def test_ninth_failure_is_the_last() -> None:
    assert rules.pause_before_next_try(9) is None


# --- a worker that is killed ----------------------------------------------------------------------


@pytest.mark.parametrize("has_reached_the_provider", [False, True])
def test_code_of_a_killed_worker_is_never_sent_again(
    monkeypatch: pytest.MonkeyPatch, *, has_reached_the_provider: bool
) -> None:
    provider = _killing(monkeypatch, has_reached_the_provider=has_reached_the_provider)
    message = a_code()
    _kill_while_delivering(message)
    assert message.state == State.HANDING_OVER
    through(monkeypatch, provider)
    commands.sweep(now=utc_now() + LATER)
    assert deliver(message, utc_now() + LATER) is None
    assert (message.state, message.secret) == (State.FAILED, None)
    assert len(provider.sent) == int(has_reached_the_provider)


@pytest.mark.parametrize("has_reached_the_provider", [False, True])
def test_notice_of_a_killed_worker_goes_out_after_all_with_the_same_key(
    monkeypatch: pytest.MonkeyPatch, *, has_reached_the_provider: bool
) -> None:
    provider = _killing(monkeypatch, has_reached_the_provider=has_reached_the_provider)
    message = a_notice(letter=FIRST_PASSWORD)
    _kill_while_delivering(message)
    through(monkeypatch, provider)
    commands.sweep(now=utc_now() + LATER)
    assert deliver(message, utc_now() + LATER) == State.SENT
    assert len(provider.sent) == 1 + int(has_reached_the_provider)
    assert {one["idempotency_key"] for one in provider.sent} == {"notice.1"}
    assert all("hskm4829" in one["text"] for one in provider.sent)


def _killing(patch: pytest.MonkeyPatch, *, has_reached_the_provider: bool) -> Recorder:
    if has_reached_the_provider:
        return through(patch, Recorder(KilledError()))

    def killed(_channel: Channel) -> Any:
        raise KilledError

    patch.setattr(commands, "transport_for", killed)
    return Recorder()


def test_message_being_handed_over_is_left_alone_by_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    through(monkeypatch, Recorder(KilledError()))
    message = a_notice()
    _kill_while_delivering(message)
    assert commands.sweep(now=utc_now() + timedelta(seconds=30)) == 0
    message.refresh_from_db()
    assert message.state == State.HANDING_OVER


def test_message_that_lost_its_job_gets_one_again() -> None:
    message = a_notice()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert commands.sweep(now=utc_now() + timedelta(seconds=6)) == 1
    assert _jobs(message) == 1


def test_fresh_message_keeps_its_first_job_alone() -> None:
    message = a_notice()
    assert commands.sweep(now=utc_now() + timedelta(seconds=1)) == 0
    assert _jobs(message) == 1


def test_sweep_lets_expired_messages_go() -> None:
    message = a_code()
    commands.sweep(now=utc_now() + timedelta(minutes=6))
    message.refresh_from_db()
    assert (message.state, message.secret) == (State.EXPIRED, None)


# --- what PostgreSQL holds by itself --------------------------------------------------------------


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.EXPIRED])
def test_database_refuses_a_done_message_with_a_secret(state: State) -> None:
    message = a_code()
    with (
        pytest.raises(IntegrityError, match="messaging_done_keeps_no_secret"),
        transaction.atomic(),
    ):
        Message.objects.filter(id=message.id).update(state=state)


def test_database_refuses_an_unknown_state() -> None:
    message = a_notice()
    with pytest.raises(IntegrityError, match="messaging_state_known"), transaction.atomic():
        Message.objects.filter(id=message.id).update(state="elsewhere")


# --- the demo phone -------------------------------------------------------------------------------


def test_demo_phone_shows_what_was_sent() -> None:
    deliver(a_code())
    arrived = DemoMessage.objects.get()
    assert (arrived.address, arrived.channel) == (PHONE, Channel.SMS)
    assert "490217" in arrived.text


def test_same_key_arrives_once_on_the_demo_phone() -> None:
    message = a_notice()
    deliver(message)
    Message.objects.filter(id=message.id).update(state=State.QUEUED)
    assert deliver(message) == State.SENT
    assert DemoMessage.objects.count() == 1
