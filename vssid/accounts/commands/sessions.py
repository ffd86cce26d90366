"""Signing in and out; one device at a time."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from vssid.accounts import errors, tokens
from vssid.accounts.commands import codes, disowning
from vssid.accounts.commands.endings import end, end_sessions, is_over, sign_out
from vssid.accounts.models import Account, CodePurpose, EndReason, Session
from vssid.accounts.origin import Origin
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging

__all__ = [
    "COOKIE_PURPOSE",
    "SignedInElsewhere",
    "Started",
    "end_sessions",
    "extend",
    "prove",
    "renew_token",
    "sign_out",
    "start_session",
    "take_over",
]

COOKIE_PURPOSE = "session"
_LONGEST_NAME = 80

_LOCK = "SELECT password, locked_at FROM accounts_account WHERE number = %s FOR UPDATE"
_SESSION_FIELDS = [field.attname for field in Session._meta.concrete_fields]
_COLUMNS = ", ".join(str(field.column) for field in Session._meta.concrete_fields)
_LIVE = f"SELECT {_COLUMNS} FROM accounts_session WHERE number = %s AND ended_at IS NULL"  # noqa: S608
# One round trip; every sign-in passes here. The account's row is locked first, and what was proven
# must still hold; then the index of live sessions decides. A row that is inserted has no xmax.
_OPEN = """
WITH proven AS (
  SELECT number FROM accounts_account
  WHERE number = %(number)s AND password = %(password)s AND locked_at IS NULL
  FOR UPDATE
), opened AS (
  INSERT INTO accounts_session (number, id, token_digest, device, device_id, started_at, proved_at,
                                last_seen_at, ended_at, end_reason)
  SELECT number, %(id)s, %(digest)s, %(name)s, %(device)s, %(now)s, %(now)s, %(now)s, NULL, ''
  FROM proven
  ON CONFLICT (number) WHERE ended_at IS NULL DO NOTHING
  RETURNING number
)
INSERT INTO accounts_knowndevice (number, id, name, first_seen_at, last_seen_at)
SELECT number, %(device)s, %(name)s, %(now)s, %(now)s FROM opened
ON CONFLICT (number, id) DO UPDATE SET name = EXCLUDED.name, last_seen_at = EXCLUDED.last_seen_at
RETURNING xmax = 0, EXISTS (SELECT FROM accounts_session WHERE number = %(number)s)
"""


@dataclass(frozen=True, slots=True)
class Started:
    """A session that was opened, its cookie's value, and the id for the device's own cookie."""

    session: Session
    cookie: str
    device: UUID


@dataclass(frozen=True, slots=True)
class SignedInElsewhere:
    """The password was right, but a device is signed in: going on needs a code (guides A07)."""

    account: Account
    device: str
    since: datetime


def start_session(
    *, account: Account, origin: Origin, now: datetime
) -> Started | SignedInElsewhere:
    """Open the session of a proven owner, whose device is known from then on.

    When another device is signed in nothing changes and SignedInElsewhere says which; the same
    device begins anew, and phone and email are told, as with a take-over: its cookie may have been
    copied. A device that was not known before is told of by SMS and email. Locks the account's
    row. Raises AccountLockedError, SignInRefusedError when the password that `account`
    holds was changed meanwhile.
    """
    with transaction.atomic():
        opened = _open(account, origin, now)
        if opened is None:
            return _begin_anew(account, origin, now)
        if opened.is_new_device:
            _tell("account.new-device", account, opened.started.session, now)
    return opened.started


def _begin_anew(account: Account, origin: Origin, now: datetime) -> Started | SignedInElsewhere:
    """The same when a session is there already, or what was proven holds no longer."""
    live = _lock(account)
    is_in_use = live is not None and not is_over(session=live, now=now)
    if live is not None:
        is_same_device = origin.device is not None and live.device_id == origin.device
        if is_in_use and not is_same_device:
            return SignedInElsewhere(account, live.device, live.started_at)
        end(session=live, reason=EndReason.TAKEN_OVER, now=now)
    opened = _open_locked(account, origin, now)
    if is_in_use:
        _tell("account.device-changed", account, opened.started.session, now)
    elif opened.is_new_device:
        _tell("account.new-device", account, opened.started.session, now)
    return opened.started


def take_over(
    *, account: Account, proof: codes.VerifiedCode, origin: Origin, now: datetime
) -> Started:
    """Sign the other device out and this one in, in one transaction (guides A07).

    Phone and email are told, with a link to disown it. Locks the account's row. Raises
    CodeLateError when the code was used meanwhile, AccountLockedError, SignInRefusedError.
    """
    if proof.purpose != CodePurpose.DEVICE or proof.subject != account.person_id:
        raise errors.CodeLateError
    with transaction.atomic():
        live = _lock(account)
        codes.use_code(proof=proof, now=now)
        if live is not None:
            end(session=live, reason=EndReason.TAKEN_OVER, now=now)
            record_event(
                by=Actor.citizen(account.person_id),
                act="session.take-over",
                subject=account.person_id,
            )
        started = _open_locked(account, origin, now).started
        _tell("account.device-changed", account, started.session, now)
    return started


def extend(*, number: str, session_id: UUID, now: datetime) -> datetime:
    """Keep a live session awake; returns when it ends if nothing more is done.

    Raises SessionOverError.
    """
    with transaction.atomic():
        live = _live(number, session_id, now)
        live.last_seen_at = max(live.last_seen_at, now)
        live.save(update_fields=["last_seen_at"])
    idle, total = settings.VSSID_SESSION_IDLE, settings.VSSID_SESSION_TOTAL
    return min(live.last_seen_at + idle, live.started_at + total)


def prove(*, number: str, session_id: UUID, now: datetime) -> None:
    """Note that the owner of a live session just proved themselves. Raises SessionOverError."""
    with transaction.atomic():
        live = _live(number, session_id, now)
        live.proved_at = max(live.proved_at, now)
        live.save(update_fields=["proved_at"])
        record_event(by=Actor.citizen(number), act="session.prove", subject=number)


def renew_token(*, number: str, session_id: UUID, now: datetime) -> str:
    """Give a live session another token, so that copies of its cookie open nothing any more.

    Returns the new cookie. Locks the session's row. Raises SessionOverError.
    """
    token = os.urandom(16)
    with transaction.atomic():
        live = _live(number, session_id, now)
        live.token_digest = hashlib.sha256(token).digest()
        live.save(update_fields=["token_digest"])
    return _cookie(live, token)


def _live(number: str, session_id: UUID, now: datetime) -> Session:
    """A live session, its row locked: one that ends meanwhile stays ended."""
    live = (
        Session.objects.select_for_update()
        .filter(account_id=number, id=session_id, ended_at__isnull=True)
        .first()
    )
    if live is None or is_over(session=live, now=now):
        raise errors.SessionOverError
    return live


def _lock(account: Account) -> Session | None:
    """Lock the account's row, where what was proven must still hold; returns its live session."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [account.person_id])
        row = cursor.fetchone()
        # Only a statement that begins under the lock sees what the last holder did.
        cursor.execute(_LIVE, [account.person_id])
        live = cursor.fetchone()
    if row is None or row[0] != account.password:
        raise errors.SignInRefusedError
    if row[1] is not None:
        raise errors.AccountLockedError
    return Session.from_db(DEFAULT_DB_ALIAS, _SESSION_FIELDS, live) if live else None


@dataclass(frozen=True, slots=True)
class _Opened:
    """A new session, and whether it comes from a new device though not the very first."""

    started: Started
    is_new_device: bool


def _open_locked(account: Account, origin: Origin, now: datetime) -> _Opened:
    """A new session under the caller's lock, which has seen to it that nothing is in its way."""
    opened = _open(account, origin, now)
    if opened is None:
        raise errors.SignInRefusedError
    return opened


def _open(account: Account, origin: Origin, now: datetime) -> _Opened | None:
    """A new session; None when one is live already, or when what was proven holds no longer.

    Locks the account's row.
    """
    token, device = os.urandom(16), origin.device or uuid4()
    session = Session(
        account_id=account.person_id,
        id=uuid7(),
        token_digest=hashlib.sha256(token).digest(),
        device=origin.name[:_LONGEST_NAME],
        device_id=device,
        started_at=now,
        proved_at=now,
        last_seen_at=now,
    )
    row = _insert(session, account.password)
    if row is None:
        return None
    is_new, is_later = row
    # Sessions are kept long enough to know the very first one by there being none.
    is_old_account = now - account.activated_at >= settings.VSSID_SESSION_KEPT
    record_event(
        by=Actor.citizen(account.person_id),
        act="session.start",
        subject=account.person_id,
        details={"device": session.device},
    )
    started = Started(session, _cookie(session, token), device)
    return _Opened(started, is_new and (is_later or is_old_account))


def _insert(session: Session, password: str) -> tuple[bool, bool] | None:
    """Whether its device is new, and whether there were sessions before; None as `_open`."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "number": session.account_id,
                "password": password,
                "id": session.id,
                "digest": bytes(session.token_digest),
                "name": session.device,
                "device": session.device_id,
                "now": session.started_at,
            },
        )
        row: tuple[bool, bool] | None = cursor.fetchone()
    return row


def _cookie(session: Session, token: bytes) -> str:
    return tokens.seal(COOKIE_PURPOSE, session.account_id.encode() + session.id.bytes + token)


def _tell(template: str, account: Account, session: Session, now: datetime) -> None:
    link = disowning.make_link(number=account.person_id, session_id=session.id, now=now)
    letter = messaging.Letter(
        template,
        {
            "number": mask_number(account.person_id),
            "device": session.device,
            "hotline": settings.VSSID_HOTLINE,
        },
        # Whoever reads the outbox must not be able to lock accounts.
        {"link": link},
    )
    messaging.notify(
        phone=account.phone, email=account.email, letter=letter, key=f"device.{session.id}"
    )
