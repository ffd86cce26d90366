"""The only writers of messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import jobs, rules, secrets, templates
from vssid.messaging.errors import TransportError
from vssid.messaging.models import Channel, Kind, Message, State
from vssid.messaging.transports import transport_for

_NOTICE_LIFETIME = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Letter:
    """What to say: a template's name with its data; `secret` is kept encrypted until delivered."""

    template: str
    data: Mapping[str, str]
    secret: Mapping[str, str] | None = None


def send_code(
    *, channel: Channel, address: str, letter: Letter, key: str, expires_at: datetime
) -> Message:
    """Put a code into the outbox, in the caller's transaction. It goes out at most once.

    `key` names the cause; the same key twice raises IntegrityError.
    """
    return _enqueue(channel, Kind.CODE, address, letter, key, expires_at)


def send_notice(*, channel: Channel, address: str, letter: Letter, key: str) -> Message:
    """Put a notice into the outbox, in the caller's transaction. It goes out at least once."""
    return _enqueue(channel, Kind.NOTICE, address, letter, key, utc_now() + _NOTICE_LIFETIME)


def notify(*, phone: str, email: str, letter: Letter, key: str) -> None:
    """A notice by SMS, and by email where one is known (guides R14, R15)."""
    send_notice(channel=Channel.SMS, address=phone, letter=letter, key=f"{key}.sms")
    if email:
        send_notice(channel=Channel.EMAIL, address=email, letter=letter, key=f"{key}.email")


def _enqueue(
    channel: Channel, kind: Kind, address: str, letter: Letter, key: str, expires_at: datetime
) -> Message:
    now, message_id = utc_now(), uuid7()
    with transaction.atomic():
        message = Message.objects.create(
            id=message_id,
            channel=channel,
            kind=kind,
            address=address,
            template=letter.template,
            data=dict(letter.data),
            secret=secrets.seal(message_id, letter.secret) if letter.secret else None,
            idempotency_key=key,
            created_at=now,
            expires_at=expires_at,
            next_try_at=now,
        )
        jobs.defer_delivery(message_id)
    return message


def deliver(*, message_id: UUID, now: datetime) -> State | None:
    """Hand one message to its transport. Returns its new state, None when it was not its turn.

    No database transaction is open while the provider is called. The claim is committed first: a
    code whose outcome is unknown is never sent again, a notice is.
    """
    message = _claim(message_id, now)
    if message is None:
        return None
    try:
        _hand_over(message)
    except TransportError as error:
        return _put_back(message, error, now)
    return _finish(message, State.SENT, now=now)


def _claim(message_id: UUID, now: datetime) -> Message | None:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(id=message_id, state=State.QUEUED, next_try_at__lte=now)
            .first()
        )
        if message is None:
            return None
        if message.expires_at <= now:
            _finish(message, State.EXPIRED, now=now)
            return None
        message.state = State.HANDING_OVER
        message.handed_over_at = now
        message.attempts += 1
        message.save(update_fields=["state", "handed_over_at", "attempts"])
    return message


def _hand_over(message: Message) -> None:
    data = dict(message.data)
    if message.secret is not None:
        data.update(secrets.unseal(message.id, bytes(message.secret)))
    channel = Channel(message.channel)
    subject, text = templates.compose(message.template, data, plain=channel is Channel.SMS)
    transport_for(channel).send(
        channel=channel.value,
        address=message.address,
        subject=subject,
        text=text,
        idempotency_key=message.idempotency_key,
    )


def _put_back(message: Message, error: TransportError, now: datetime) -> State:
    message.error = error.reason[:200]
    pause = rules.pause_before_next_try(message.attempts)
    if error.permanent or pause is None or now + pause >= message.expires_at:
        return _finish(message, State.FAILED, now=now)
    message.state = State.QUEUED
    message.next_try_at = now + pause
    message.save(update_fields=["state", "next_try_at", "error"])
    return State.QUEUED


def _finish(message: Message, state: State, *, now: datetime) -> State:
    message.state, message.done_at, message.secret = state, now, None
    message.save(update_fields=["state", "done_at", "secret", "error"])
    return state


def sweep(*, now: datetime) -> int:
    """Bring messages back on their way that a killed worker left behind; returns how many.

    Notices handed over more than a minute ago go out again; such codes are given up. Queued
    messages whose time has come get a job again: the rows are the truth, jobs only wake workers.
    """
    stuck = Q(state=State.HANDING_OVER, handed_over_at__lt=now - rules.HAND_OVER_LIMIT)
    Message.objects.filter(stuck, kind=Kind.CODE).update(
        state=State.FAILED, done_at=now, secret=None, error="outcome unknown"
    )
    Message.objects.filter(stuck, kind=Kind.NOTICE).update(state=State.QUEUED, next_try_at=now)
    Message.objects.filter(state=State.QUEUED, expires_at__lte=now).update(
        state=State.EXPIRED, done_at=now, secret=None
    )
    waiting = list(
        Message.objects.filter(
            state=State.QUEUED, next_try_at__lte=now - rules.SWEEP_AFTER
        ).values_list("id", flat=True)[:1000]
    )
    for message_id in waiting:
        jobs.defer_delivery(message_id)
    return len(waiting)
