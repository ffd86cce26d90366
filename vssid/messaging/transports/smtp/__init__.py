"""Delivers email to a mail server (RFC 5321), with STARTTLS where it is configured."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from django.conf import settings

from vssid.messaging.errors import TransportError

_PERMANENT = range(500, 600)
_SECONDS = 20


class Transport:
    """One connection per message: an outbox worker sends few and must not hold idle ones."""

    def send(
        self, *, channel: str, address: str, subject: str, text: str, idempotency_key: str
    ) -> None:
        """Raises TransportError: permanent for 5xx answers about this message, otherwise worth
        another try; that our own sign-in was refused is not the message's fault.
        """
        message = _compose(address, subject, text, idempotency_key)
        try:
            with _connect() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = max(answer[0] for answer in error.recipients.values())
            raise TransportError(permanent=code in _PERMANENT, reason=f"smtp {code}") from error
        except smtplib.SMTPAuthenticationError as error:
            raise TransportError(permanent=False, reason=f"smtp {error.smtp_code}") from error
        except smtplib.SMTPResponseException as error:
            permanent = error.smtp_code in _PERMANENT
            raise TransportError(permanent=permanent, reason=f"smtp {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(permanent=False, reason=type(error).__name__) from error


def _connect() -> smtplib.SMTP:
    options = settings.VSSID_SMTP
    server = smtplib.SMTP(options["host"], options["port"], timeout=_SECONDS)
    try:
        if options["start_tls"]:
            server.starttls(context=ssl.create_default_context())
        if options["user"]:
            server.login(options["user"], options["password"])
    except BaseException:
        server.close()
        raise
    return server


def _compose(address: str, subject: str, text: str, idempotency_key: str) -> EmailMessage:
    sender = settings.VSSID_MAIL_FROM
    message = EmailMessage()
    message["From"] = sender
    message["To"] = address
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    # A stable id: mail readers show a message that was handed over twice only once.
    message["Message-ID"] = f"<{idempotency_key}@{parseaddr(sender)[1].partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message
