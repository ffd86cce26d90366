"""A visitor without an account proves a phone, for one thing that they asked for.

What they typed travels sealed in the page from step to step; nothing of it is stored.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import tokens
from vssid.accounts.commands import codes
from vssid.accounts.errors import TicketLateError
from vssid.accounts.models import CodePurpose
from vssid.audit.actors import Actor
from vssid.kernel.uuid7 import uuid7

_KIND = "visitor-wish"
_TEMPLATES = {CodePurpose.NUMBER_SEARCH: "code.number-search"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asked for: `content` as typed, `phone` (E.164) once there is one."""

    purpose: str
    content: Mapping[str, str]
    subject: str
    phone: str = ""


def keep_wish(*, purpose: CodePurpose, content: Mapping[str, str], now: datetime) -> str:
    """A ticket that holds what was asked for, for half an hour (VSSID_SESSION_IDLE)."""
    return _seal(Wish(purpose.value, dict(content), uuid7().hex), now)


def kept_wish(*, purpose: CodePurpose, ticket: str, now: datetime) -> Wish:
    """What a ticket holds. Raises TicketLateError for an old one and for anything else."""
    held = json.loads(tokens.unseal(_KIND, ticket) or b"{}")
    late = settings.VSSID_SESSION_IDLE.total_seconds()
    if not held or held["purpose"] != purpose or now.timestamp() - held.pop("at") > late:
        raise TicketLateError
    return Wish(**held)


def send_code(
    *, purpose: CodePurpose, ticket: str, phone: str, asked_from: str, now: datetime
) -> str:
    """Have a code sent to a phone; returns the ticket that names it.

    `asked_from` is the visitor's network address. Raises TicketLateError, CodeTooSoonError,
    EarlierCodeError, CodesExhaustedError, CodesOfDayError, NetworkExhaustedError.
    """
    wish = replace(kept_wish(purpose=purpose, ticket=ticket, now=now), phone=phone)
    codes.issue_code(
        request=codes.CodeRequest(
            purpose=purpose,
            subject=wish.subject,
            binding=_binding(wish),
            phone=phone,
            template=_TEMPLATES[purpose],
            data={},
            asked_from=asked_from,
        ),
        by=Actor.visitor(UUID(wish.subject)),
        now=now,
    )
    return _seal(wish, now)


def name_phone(*, purpose: CodePurpose, ticket: str, phone: str, now: datetime) -> str:
    """The ticket that names a phone to which no code could be sent yet. Raises TicketLateError."""
    wish = kept_wish(purpose=purpose, ticket=ticket, now=now)
    return _seal(replace(wish, phone=phone), now)


def prove_phone(*, purpose: CodePurpose, ticket: str, typed: str, now: datetime) -> Wish:
    """Take the typed-back code and use it up; the wish is then proven.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError.
    """
    wish = kept_wish(purpose=purpose, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=purpose, subject=wish.subject, binding=_binding(wish), typed=typed, now=now
    )
    with transaction.atomic():
        codes.use_code(proof=proof, now=now)
    return wish


def _binding(wish: Wish) -> str:
    return json.dumps([wish.phone, dict(wish.content)], sort_keys=True)


def _seal(wish: Wish, now: datetime) -> str:
    held = {**asdict(wish), "at": int(now.timestamp())}
    return tokens.seal(_KIND, json.dumps(held).encode())
