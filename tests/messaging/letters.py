"""Messages for tests, and transports that fail on purpose."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from vssid.kernel.clock import utc_now
from vssid.messaging import commands
from vssid.messaging.commands import Letter
from vssid.messaging.errors import TransportError
from vssid.messaging.models import Channel, Message

PHONE = "+84912000001"
CODE = Letter("code.password", {"number": "0198***001", "minutes": "5"}, {"code": "490217"})
NOTICE = Letter("account.password-changed", {"number": "0198***001", "hotline": "1900 9068"})
FIRST_PASSWORD = Letter(
    "declaration.approved",
    {"declaration": "TK-7F3K-92QD", "account": "0198000001"},
    {"password": "hskm4829"},
)


class KilledError(BaseException):
    """What a worker that is killed does: nothing of it runs any further."""


class Recorder:
    """A provider that keeps what it was given, and then does what the test says."""

    def __init__(self, *then: BaseException) -> None:
        self.sent: list[dict[str, str]] = []
        self.was_in_transaction: list[bool] = []
        self._then = list(then)

    def send(self, **message: str) -> None:
        self.was_in_transaction.append(connection.in_atomic_block)
        if self._then and isinstance(self._then[0], TransportError):
            raise self._then.pop(0)
        self.sent.append(message)
        if self._then:
            raise self._then.pop(0)


def through(patch: pytest.MonkeyPatch, transport: Recorder) -> Recorder:
    """Let every channel go through one transport."""
    patch.setattr(commands, "transport_for", lambda _channel: transport)
    return transport


def a_code(key: str = "code.1", lifetime: timedelta = timedelta(minutes=5)) -> Message:
    """A code on its way."""
    return commands.send_code(
        channel=Channel.SMS, address=PHONE, letter=CODE, key=key, expires_at=utc_now() + lifetime
    )


def a_notice(key: str = "notice.1", letter: Letter = NOTICE) -> Message:
    """A notice on its way."""
    return commands.send_notice(channel=Channel.SMS, address=PHONE, letter=letter, key=key)


def deliver(message: Message, now: datetime | None = None) -> str | None:
    """One try; the state that the command answers with."""
    state = commands.deliver(message_id=message.id, now=now or utc_now())
    message.refresh_from_db()
    return state
