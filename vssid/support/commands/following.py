"""A petition is followed without signing in: its code, then an OTP to the phone of who wrote it.

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
from vssid.support import jobs, queries, rules
from vssid.support.commands import steps
from vssid.support.errors import PetitionUnknownError
from vssid.support.models import Petition

_ASKED, _OPENED = "petition-asked", "petition-opened"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ticket is for: `code` in its stored form, `subject` of its OTP."""

    code: str
    subject: str


def ask_to_follow(*, code: str, now: datetime) -> str:
    """A ticket for a petition's code (stored form), known or not; `send_code` comes next.

    Every beginning has an OTP of its own: a stranger who begins ends nobody's.
    """
    return _seal(_ASKED, {"code": code, "subject": uuid7().hex}, now)


def asked(*, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    content = _open(_ASKED, ticket, now)
    if not content:
        raise TicketLateError
    return Asked(content["code"], content["subject"])


def send_code(*, ticket: str, asked_from: str, now: datetime) -> None:
    """Have an OTP (another one) sent to the phone of who wrote the petition.

    `asked_from` is the visitor's network address. Raises TicketLateError, CodeTooSoonError,
    CodesExhaustedError, CodesOfDayError, NetworkExhaustedError, alike for an unknown code.
    """
    wish = asked(ticket=ticket, now=now)
    with transaction.atomic():
        code_limits.count_unproven(key=wish.code, kind="code.follow-petition", now=now)
        code_limits.count_against_network(asked_from=asked_from, now=now)
        made = codes.issue_unsent_code(
            purpose=CodePurpose.FOLLOW, subject=wish.subject, binding=wish.code, now=now
        )
        jobs.defer_follow_code(ticket=ticket, code_id=made.id)


def send_follow_code(*, ticket: str, code_id: UUID, now: datetime) -> None:
    """What the worker does: send the OTP, if there is such a petition; otherwise nothing.

    Locks the OTP's row: a job that runs twice sends once.
    """
    try:
        wish = asked(ticket=ticket, now=now)
        phone = steps.reached_at(petition=queries.by_code(wish.code))[0]
    except (TicketLateError, PetitionUnknownError):
        return
    with transaction.atomic():
        live = (
            OneTimeCode.objects.select_for_update()
            .filter(subject=wish.subject, id=code_id, ended_at__isnull=True, expires_at__gt=now)
            .first()
        )
        key = codes.message_key(code_id=code_id)
        if not phone or live is None or outbox.message_by_key(key) is not None:
            return
        minutes = settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)
        messaging.send_code(
            channel=Channel.SMS,
            address=phone,
            letter=messaging.Letter(
                "code.follow-petition",
                {"petition": rules.display_code(wish.code), "minutes": str(minutes)},
                {"code": codes.digits_of(code_id=code_id)},
            ),
            key=key,
            expires_at=live.expires_at,
        )


def open_petition_by_code(*, ticket: str, typed: str, now: datetime) -> tuple[str, Petition]:
    """Take the typed-back OTP; returns the pass with which `followed` finds the petition, and it.

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
    try:
        petition = queries.by_code(wish.code)
    except PetitionUnknownError:
        raise CodeLateError from None
    with transaction.atomic():
        codes.use_code(proof=proof, now=now)
        record_event(
            by=Actor.visitor(UUID(wish.subject)),
            act="petition.follow",
            subject=petition.number,
            details={"petition": petition.code},
        )
    return pass_for(petition=petition, now=now), petition


def pass_for(*, petition: Petition, now: datetime) -> str:
    """The pass that opens a petition to who proved its phone just now."""
    return _seal(_OPENED, {"code": petition.code}, now)


def followed(*, opened: str, now: datetime) -> Petition | None:
    """The petition that a pass opens, for as long as an idle session; None when it is over."""
    content = _open(_OPENED, opened, now)
    return queries.by_code(content["code"]) if content else None


def _seal(kind: str, content: dict[str, str], now: datetime) -> str:
    return tokens.seal(kind, json.dumps({**content, "at": int(now.timestamp())}).encode())


def _open(kind: str, ticket: str, now: datetime) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(tokens.unseal(kind, ticket) or b"{}")
    late = settings.VSSID_SESSION_IDLE.total_seconds()
    if not content or now.timestamp() - content["at"] > late:
        return {}
    return content
