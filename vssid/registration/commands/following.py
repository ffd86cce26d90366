"""The applicant follows a case: the code of the paper, then an OTP to its phone or proven email.

Asking never tells whether a code is known, in words or in time: every code runs the same statements
and gets an OTP whose digits derive from its id; a worker sends it, or does nothing.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import tokens
from vssid.accounts.commands import code_limits, codes
from vssid.accounts.errors import CodeLateError, TicketLateError
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.messaging.models import Channel
from vssid.registration import jobs, queries, rules
from vssid.registration.commands.notices import proven_email, reached_at
from vssid.registration.models import Declaration

_ASKED, _OPENED = "follow-asked", "follow-opened"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ticket is for: `code` in its stored form, `subject` of its OTP."""

    code: str
    subject: str


def ask_to_follow(*, code: str, now: datetime) -> str:
    """A ticket for a declaration's code (stored form), known or not; `send_code` comes next.

    Every beginning has an OTP of its own: a stranger who begins ends nobody's.
    """
    return _seal(_ASKED, {"code": code, "subject": uuid7().hex}, now)


def send_code(
    *, ticket: str, asked_from: str, now: datetime, channel: Channel = Channel.SMS
) -> None:
    """Have an OTP (another one) sent to the phone of the declaration, or to its proven email.

    `asked_from` is the visitor's network address. Raises TicketLateError, CodeTooSoonError,
    CodesExhaustedError, CodesOfDayError, NetworkExhaustedError, alike for an unknown code and for
    one without such an email.
    """
    wish = asked(ticket=ticket, now=now)
    with transaction.atomic():
        code_limits.count_unproven(key=wish.code, kind="code.follow", now=now)
        code_limits.count_against_network(asked_from=asked_from, now=now)
        made = codes.issue_unsent_code(
            purpose=CodePurpose.FOLLOW, subject=wish.subject, binding=wish.code, now=now
        )
        jobs.defer_follow_code(ticket=ticket, code_id=made.id, channel=channel.value)


def asked(*, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    content = _open(_ASKED, ticket, now)
    if not content:
        raise TicketLateError
    return Asked(content["code"], content["subject"])


def send_follow_code(
    *, ticket: str, code_id: UUID, now: datetime, channel: Channel = Channel.SMS
) -> None:
    """What the worker does: send the OTP, if there is somebody to send it to; otherwise nothing.

    Locks the OTP's row: a job that runs twice sends once.
    """
    try:
        wish = asked(ticket=ticket, now=now)
    except TicketLateError:
        return
    declaration = _declaration(wish.code)
    address = _address(declaration, channel) if declaration else ""
    if not address:
        return
    with transaction.atomic():
        live = (
            OneTimeCode.objects.select_for_update()
            .filter(subject=wish.subject, id=code_id, ended_at__isnull=True, expires_at__gt=now)
            .first()
        )
        key = codes.message_key(code_id=code_id)
        if live is None or outbox.message_by_key(key) is not None:
            return
        minutes = settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)
        messaging.send_code(
            channel=channel,
            address=address,
            letter=messaging.Letter(
                "code.follow",
                {"declaration": rules.display_code(wish.code), "minutes": str(minutes)},
                {"code": codes.digits_of(code_id=code_id)},
            ),
            key=key,
            expires_at=live.expires_at,
        )


def open_case(*, ticket: str, typed: str, now: datetime) -> str:
    """Take the typed-back OTP; returns the pass with which `followed` finds the case.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, alike for an unknown
    code.
    """
    wish = asked(ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.FOLLOW,
        subject=wish.subject,
        binding=wish.code,
        typed=typed,
        now=now,
    )
    declaration = _declaration(wish.code)
    if declaration is None:
        raise CodeLateError
    with transaction.atomic():
        codes.use_code(proof=proof, now=now)
        record_event(
            by=Actor.visitor(UUID(wish.subject)),
            act="declaration.follow",
            subject=declaration.number,
            details={"code": declaration.code},
        )
    return _seal(_OPENED, {"code": wish.code}, now)


def followed(*, opened: str, now: datetime) -> Declaration | None:
    """The declaration that a pass opens, for as long as an idle session; None when it is over."""
    content = _open(_OPENED, opened, now)
    return _declaration(content["code"]) if content else None


def _address(declaration: Declaration, channel: Channel) -> str:
    """Where the OTP goes; empty for an email that is not there or not proven."""
    phone, _email = reached_at(declaration)
    return phone if channel is Channel.SMS else proven_email(declaration)


def _declaration(code: str) -> Declaration | None:
    return queries.with_code(code).first()


def _seal(kind: str, content: dict[str, str], now: datetime) -> str:
    return tokens.seal(kind, json.dumps({**content, "at": int(now.timestamp())}).encode())


def _open(kind: str, ticket: str, now: datetime) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(tokens.unseal(kind, ticket) or b"{}")
    late = settings.VSSID_SESSION_IDLE.total_seconds()
    if not content or now.timestamp() - content["at"] > late:
        return {}
    return content
