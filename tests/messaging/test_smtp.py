"""Email to a mail server that really listens."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from django.conf import settings

from tests.messaging.letters import NOTICE
from vssid.kernel.clock import utc_now
from vssid.messaging import commands
from vssid.messaging.errors import TransportError
from vssid.messaging.models import Channel, Message, State
from vssid.messaging.transports.smtp import Transport


class MailServer:
    """Keeps what it takes; `answers` says what it replies to which command."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, EmailMessage, policy=default))
        return self.answers.get("DATA", "250 OK")


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _point_to(patch: pytest.MonkeyPatch, port: int, **changes: object) -> None:
    options = {"host": "127.0.0.1", "port": port, "user": "", "password": "", "start_tls": False}
    patch.setattr(settings, "VSSID_SMTP", {**options, **changes})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the settings point to."""
    handler = MailServer()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=_port(),
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    controller.start()
    _point_to(monkeypatch, controller.port)
    yield handler
    controller.stop()


def _send(**changes: str) -> None:
    message = {
        "channel": "email",
        "address": "hong@example.com",
        "subject": "Mật khẩu đã được đổi",
        "text": "Kính gửi bà Nguyễn Thị Hồng Ánh: mật khẩu vừa được đổi.",
        "idempotency_key": "password.0190.email",
    }
    Transport().send(**{**message, **changes})


def test_email_arrives_with_its_accents(server: MailServer) -> None:
    _send()
    mail = server.mails[0]
    assert mail["Subject"] == "Mật khẩu đã được đổi"
    assert "Nguyễn Thị Hồng Ánh" in mail.get_content()
    assert mail["To"] == "hong@example.com"
    assert mail["From"] == settings.VSSID_MAIL_FROM


def test_email_sent_twice_bears_the_same_id(server: MailServer) -> None:
    _send()
    _send()
    _send(idempotency_key="password.0191.email")
    ids = [mail["Message-ID"] for mail in server.mails]
    assert ids[0] == ids[1] == "<password.0190.email@example.com>"
    assert ids[2] != ids[0]


def test_email_says_that_a_machine_wrote_it(server: MailServer) -> None:
    _send()
    assert server.mails[0]["Auto-Submitted"] == "auto-generated"


def test_subject_cannot_bring_headers_of_its_own() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        _send(subject="Xin chào\r\nBcc: other@example.com")


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "permanent"), [("451 try later", False), ("550 no such user", True)]
)
def test_refusal_is_permanent_for_5xx_only(
    server: MailServer, at: str, answer: str, *, permanent: bool
) -> None:
    server.answers[at] = answer
    with pytest.raises(TransportError) as refused:
        _send()
    assert refused.value.permanent is permanent
    assert refused.value.reason == f"smtp {answer[:3]}"


def test_server_that_is_not_there_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    _point_to(monkeypatch, _port())
    with pytest.raises(TransportError) as refused:
        _send()
    assert not refused.value.permanent


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"user": "vssid", "password": "of last year"}, "smtp 535"),
        ({"start_tls": True}, "SMTPNotSupportedError"),
    ],
)
def test_mistake_in_our_own_settings_loses_no_message(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object], reason: str
) -> None:
    _point_to(monkeypatch, settings.VSSID_SMTP["port"], **wrong)
    with pytest.raises(TransportError) as refused:
        _send()
    assert (refused.value.permanent, refused.value.reason) == (False, reason)


def test_reason_of_a_refusal_names_nobody(server: MailServer) -> None:
    server.answers["RCPT"] = "550 hong@example.com is unknown here"
    with pytest.raises(TransportError) as refused:
        _send()
    assert "hong" not in str(refused.value)


@pytest.mark.django_db
def test_notice_of_the_outbox_goes_through_the_mail_server(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_TRANSPORTS", {"sms": "demo_phone", "email": "smtp"})
    commands.notify(phone="+84912000001", email="hong@example.com", letter=NOTICE, key="n.1")
    mail = Message.objects.get(channel=Channel.EMAIL)
    assert commands.deliver(message_id=mail.id, now=utc_now()) == State.SENT
    assert server.mails[0]["Message-ID"] == "<n.1.email@example.com>"
    assert "0198***001" in server.mails[0].get_content()
