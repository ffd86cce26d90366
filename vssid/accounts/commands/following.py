"""What is followed by its code without signing in: a ticket, an OTP to whom it concerns, a pass.

Asking never tells whether a code is known, in words or in time: every code runs the same statements
and gets an OTP whose digits derive from its id; a worker sends it, or does nothing. What the code
leads to, and whom it concerns, is known above.
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
from vssid.accounts.errors import CodeTooSoonError, EarlierCodeError, TicketLateError
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.messaging.models import Channel


@dataclass(frozen=True, slots=True)
class Followed:
    """One kind of thing that has a code.

    `asked` and `opened` seal its tickets and its passes, so that those of another kind open
    nothing; `letter` is the message with the OTP, which tells the code as `named`.
    """

    asked: str
    opened: str
    letter: str
    named: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ticket is for: `code` in its stored form, `subject` of its OTP."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where an OTP goes, and the code as people read it."""

    channel: Channel
    address: str
    shown: str


def ask_to_follow(*, kind: Followed, code: str, now: datetime) -> str:
    """A ticket for a code (stored form), known or not; `issue_follow_code` comes next.

    Every beginning has an OTP of its own: a stranger who begins ends nobody's.
    """
    return _seal(kind.asked, {"code": code, "subject": uuid7().hex}, now)


def asked(*, kind: Followed, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    content = _open(kind.asked, ticket, now)
    if not content:
        raise TicketLateError
    return Asked(content["code"], content["subject"])


def issue_follow_code(*, kind: Followed, ticket: str, asked_from: str, now: datetime) -> UUID:
    """Make an OTP (another one) for a worker to send, in the caller's transaction; returns its id.

    `asked_from` is the visitor's network address. Raises TicketLateError, CodeTooSoonError
    (EarlierCodeError where the last OTP was for another beginning), CodesExhaustedError,
    CodesOfDayError, NetworkExhaustedError, alike for an unknown code.
    """
    wish = asked(kind=kind, ticket=ticket, now=now)
    try:
        code_limits.count_unproven(key=wish.code, kind=kind.letter, now=now)
    except CodeTooSoonError as error:
        if codes.is_live(purpose=CodePurpose.FOLLOW, subject=wish.subject, now=now):
            raise
        raise EarlierCodeError(wait=error.wait) from error
    code_limits.count_against_network(asked_from=asked_from, now=now)
    made = codes.issue_unsent_code(
        purpose=CodePurpose.FOLLOW, subject=wish.subject, binding=wish.code, now=now
    )
    return made.id


def send_follow_code(
    *, kind: Followed, wish: Asked, code_id: UUID, way: Way, now: datetime
) -> None:
    """What the worker does for a code that is known: send the OTP, unless it is over or was sent.

    Locks the OTP's row: a job that runs twice sends once.
    """
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
            channel=way.channel,
            address=way.address,
            letter=messaging.Letter(
                kind.letter,
                {kind.named: way.shown, "minutes": str(minutes)},
                {"code": codes.digits_of(code_id=code_id)},
            ),
            key=key,
            expires_at=live.expires_at,
        )


def try_follow_code(*, wish: Asked, typed: str, now: datetime) -> codes.VerifiedCode:
    """Compare the typed-back OTP; `codes.use_code` uses it up together with what it opens.

    Raises WrongCodeError, CodeSpentError, CodeLateError, alike for an unknown code.
    """
    return codes.try_code(
        purpose=CodePurpose.FOLLOW,
        subject=wish.subject,
        binding=wish.code,
        typed=typed,
        now=now,
    )


def pass_for(*, kind: Followed, code: str, now: datetime) -> str:
    """The pass of who proved just now that the thing of this code (stored form) concerns them."""
    return _seal(kind.opened, {"code": code}, now)


def code_of_pass(*, kind: Followed, opened: str, now: datetime) -> str:
    """The code that a pass opens, for as long as an idle session; empty when it is over."""
    return str(_open(kind.opened, opened, now).get("code", ""))


def _seal(purpose: str, content: dict[str, str], now: datetime) -> str:
    return tokens.seal(purpose, json.dumps({**content, "at": int(now.timestamp())}).encode())


def _open(purpose: str, ticket: str, now: datetime) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(tokens.unseal(purpose, ticket) or b"{}")
    late = settings.VSSID_SESSION_IDLE.total_seconds()
    if not content or now.timestamp() - content["at"] > late:
        return {}
    return content
