"""Signing in and out; one device at a time."""

import hashlib
import math
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction

from vssid.accounts import errors, rules, tokens
from vssid.accounts.commands import codes
from vssid.accounts.models import Account, CodePurpose, EndReason, Session
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging

COOKIE_PURPOSE = "session"
_NOBODY = make_password("nobody's password")


@dataclass(frozen=True, slots=True)
class SignedInElsewhere:
    """The password was right, but a device is signed in: going on needs a code (guides A07)."""

    account: Account
    device: str
    since: datetime


def check_credentials(*, number: str, password: str, now: datetime) -> Account:
    """The account that number and password open; of a number without one, what was typed.

    Unknown numbers take the same time, get the same words and lock alike. A try is counted before
    it is looked at, so that many at once get no more tries than one after the other.
    Raises SignInLockedError, SignInRefusedError.
    """
    limit = _sign_in_limit()
    pause = limits.hit(limit=limit, key=number, now=now)
    if pause is not None:
        raise errors.SignInLockedError(minutes=math.ceil(pause / timedelta(minutes=1)))
    account = Account.objects.filter(person_id=number).first()
    stored = account.password if account else _NOBODY
    right = check_password(rules.normal_password(password)[: rules.PASSWORD_MAX], stored)
    if account is None or not right:
        if limits.wait(limit=limit, key=number, now=now) is not None:
            raise errors.SignInLockedError(minutes=limit.period // timedelta(minutes=1))
        raise errors.SignInRefusedError
    limits.clear(limit=limit, key=number)
    return account


def start_session(
    *, account: Account, device: str, now: datetime
) -> tuple[Session, str] | SignedInElsewhere:
    """Open the session of a proven owner; returns it with its cookie's value.

    When another device is signed in nothing changes and SignedInElsewhere says which.
    Locks the account's row.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=account.person_id)
        live = Session.objects.filter(account=account, ended_at__isnull=True).first()
        if live is not None and not _is_over(live, now):
            return SignedInElsewhere(account, live.device, live.started_at)
        if live is not None:
            _end(live, EndReason.EXPIRED, now)
        return _create(account, device, now)


def take_over(
    *, account: Account, proof: codes.VerifiedCode, device: str, now: datetime
) -> tuple[Session, str]:
    """Sign the other device out and this one in, in one transaction (guides A07).

    Locks the account's row. Raises CodeLateError when the code was used meanwhile.
    """
    if proof.purpose != CodePurpose.DEVICE or proof.subject != account.person_id:
        raise errors.CodeLateError
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=account.person_id)
        codes.use_code(proof=proof, now=now)
        for live in Session.objects.filter(account=account, ended_at__isnull=True):
            _end(live, EndReason.TAKEN_OVER, now)
            record_event(
                by=Actor.citizen(account.person_id),
                act="session.take-over",
                subject=account.person_id,
            )
        session, cookie = _create(account, device, now)
        messaging.notify(
            phone=account.phone,
            email=account.email,
            letter=messaging.Letter(
                "account.device-changed",
                {
                    "number": mask_number(account.person_id),
                    "device": device,
                    "hotline": settings.VSSID_HOTLINE,
                },
            ),
            key=f"device.{session.id}",
        )
    return session, cookie


def sign_out(*, number: str, session_id: UUID, now: datetime) -> None:
    """End a session; ending an ended one changes nothing (guides A10)."""
    with transaction.atomic():
        live = Session.objects.filter(
            account_id=number, id=session_id, ended_at__isnull=True
        ).first()
        if live is not None:
            _end(live, EndReason.SIGNED_OUT, now)
            record_event(by=Actor.citizen(number), act="session.end", subject=number)


def _create(account: Account, device: str, now: datetime) -> tuple[Session, str]:
    token = os.urandom(16)
    session_id = uuid7()
    try:
        session = Session.objects.create(
            account=account,
            id=session_id,
            token_digest=hashlib.sha256(token).digest(),
            device=device[:80],
            started_at=now,
            last_seen_at=now,
        )
    except IntegrityError as error:  # pragma: no cover - the account's row is locked
        raise errors.TicketLateError from error
    record_event(
        by=Actor.citizen(account.person_id), act="session.start", subject=account.person_id
    )
    content = account.person_id.encode() + session_id.bytes + token
    return session, tokens.seal(COOKIE_PURPOSE, content)


def _end(session: Session, reason: EndReason, now: datetime) -> None:
    Session.objects.filter(account_id=session.account_id, id=session.id).update(
        ended_at=now, end_reason=reason
    )


def _is_over(session: Session, now: datetime) -> bool:
    return rules.is_session_over(
        started_at=session.started_at,
        last_seen_at=session.last_seen_at,
        now=now,
        idle=settings.VSSID_SESSION_IDLE,
        total=settings.VSSID_SESSION_TOTAL,
    )


def _sign_in_limit() -> limits.Limit:
    return limits.Limit(
        "sign-in", settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True
    )
