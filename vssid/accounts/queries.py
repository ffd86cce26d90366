"""Reads of accounts. The session check is one statement: it stands before every personal page."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from vssid.accounts import rules, tokens
from vssid.accounts.commands.sessions import COOKIE_PURPOSE
from vssid.accounts.models import (
    Account,
    EndReason,
    Export,
    KnownDevice,
    Passkey,
    Session,
    SmartOtp,
)
from vssid.accounts.passages import Passage, PassageKind, Reached, along, reached
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.kernel.clock import vietnam_today
from vssid.people.reading import read_rows

# Last-seen is written at most once a minute, in the same round trip.
_TOUCHED_AFTER = timedelta(minutes=1)
_SESSION = """
WITH live AS (
  SELECT s.token_digest, s.started_at, s.last_seen_at, s.proved_at, s.ended_at, s.end_reason,
         a.changes_held_until, a.portrait, a.phone, a.must_change_password, a.password_set_at,
         p.full_name, p.record_version,
         a.address_era, a.address_province, a.address_district, a.address_commune, a.address_street
  FROM accounts_session s
  JOIN accounts_account a ON a.number = s.number
  JOIN people_person p ON p.number = s.number
  WHERE s.number = %(number)s AND s.id = %(id)s
), touched AS (
  UPDATE accounts_session s SET last_seen_at = %(now)s FROM live
  WHERE s.number = %(number)s AND s.id = %(id)s AND live.ended_at IS NULL
    AND live.token_digest = %(digest)s AND %(is_awake)s
    AND live.last_seen_at < %(now)s::timestamptz - %(touched_after)s::interval
    AND live.last_seen_at >= %(now)s::timestamptz - %(idle)s::interval
)
SELECT * FROM live
"""
_SESSION_COLUMNS = 18
_SESSION_ALONG = {kind: along(_SESSION, kind) for kind in PassageKind}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose page this is. `access` opens their own record.

    `address` is the contact address as entered: era, province, district, commune (codes), street.
    `must_change_password`: the first one, or one older than allowed (guides A03, A05).
    `ends_at` is when the session ends if nothing more is done, `latest_end` when it ends whatever
    is done. Sensitive acts ask again when `proved_at` is too long ago, and wait while
    `changes_held_until` is to come. `reached` is whose record the passage opens that was asked for.
    """

    number: str
    session_id: UUID
    full_name: str
    portrait: UUID | None
    phone: str
    address: tuple[str, ...]
    must_change_password: bool
    password_set_at: datetime
    proved_at: datetime
    ends_at: datetime
    latest_end: datetime
    changes_held_until: datetime | None
    record_version: int
    access: Access
    reached: Reached | None = None


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why there is no session: empty when there never was one.

    `number` is whose session it was, known only from a cookie that we made.
    """

    reason: str = ""
    number: str = ""


def session_of(
    cookie: str, now: datetime, passage: Passage | None = None
) -> SignedIn | NotSignedIn:
    """The live session that a cookie names. One round trip; none for a cookie we did not make.

    `passage` is looked at on the way: whether it is theirs, and opens a record now.
    """
    return _session(cookie, now, is_awake=True, passage=passage)


def look_at_session(cookie: str, now: datetime) -> SignedIn | NotSignedIn:
    """The same without keeping the session awake: for what an open page asks by itself."""
    return _session(cookie, now, is_awake=False)


def _session(
    cookie: str, now: datetime, *, is_awake: bool, passage: Passage | None = None
) -> SignedIn | NotSignedIn:
    content = tokens.unseal(COOKIE_PURPOSE, cookie) if cookie else None
    if content is None or len(content) != 42:
        return NotSignedIn()
    number, session_id = content[:10].decode(), UUID(bytes=content[10:26])
    digest = hashlib.sha256(content[26:]).digest()
    asked: dict[str, object] = {
        "number": number,
        "id": session_id,
        "digest": digest,
        "now": now,
        "idle": settings.VSSID_SESSION_IDLE,
        "is_awake": is_awake,
        "touched_after": _TOUCHED_AFTER,
    }
    today = vietnam_today(now)
    if passage:
        asked |= {"passage": passage.id, "today": today}
    rows = read_rows(_SESSION_ALONG[passage.kind] if passage else _SESSION, asked)
    if not rows or not hmac.compare_digest(bytes(rows[0][0]), digest):
        return NotSignedIn()
    row, more = rows[0][:_SESSION_COLUMNS], rows[0][_SESSION_COLUMNS:]
    session = _judge(number, session_id, row, now, is_awake=is_awake)
    if passage is None or isinstance(session, NotSignedIn):
        return session
    return replace(session, reached=reached(passage, more, today))


def _judge(
    number: str, session_id: UUID, row: tuple[Any, ...], now: datetime, *, is_awake: bool
) -> SignedIn | NotSignedIn:
    (_, started_at, last_seen_at, proved_at, ended_at, end_reason, held_until, portrait, phone,
     must_change, set_at, name, version, *address) = row  # fmt: skip
    if ended_at is not None:
        return NotSignedIn(str(end_reason), number)
    idle = now - last_seen_at > settings.VSSID_SESSION_IDLE
    latest_end = started_at + settings.VSSID_SESSION_TOTAL
    if idle or now > latest_end:
        return NotSignedIn(EndReason.EXPIRED.value, number)
    is_touched = is_awake and now - last_seen_at > _TOUCHED_AFTER
    seen_at = now if is_touched else last_seen_at
    return SignedIn(
        number=number,
        session_id=session_id,
        full_name=str(name),
        portrait=portrait,
        phone=str(phone),
        address=tuple(address),
        must_change_password=must_change or rules.is_password_old(set_at, now),
        password_set_at=set_at,
        proved_at=proved_at,
        ends_at=min(seen_at + settings.VSSID_SESSION_IDLE, latest_end),
        latest_end=latest_end,
        changes_held_until=held_until,
        record_version=int(version),
        access=open_record(by=Actor.citizen(number), subject=number, purpose="own record"),
    )


def has_account(number: str) -> bool:
    """Whether a number has an account. Told only behind a picture code (docs/security.md)."""
    return Account.objects.filter(person_id=number).exists()


def account(number: str) -> Account:
    """The account of a number. Raises Account.DoesNotExist."""
    return Account.objects.get(person_id=number)


def smart_otp_of(number: str) -> SmartOtp | None:
    """The SmartOTP in force for a number, None when there is none."""
    return SmartOtp.objects.filter(account_id=number).first()


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey as its owner sees it; `used_at` is None until its first use."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


def passkeys_of(number: str) -> tuple[PasskeyRow, ...]:
    """The passkeys of a number, the oldest first."""
    rows = Passkey.objects.filter(account_id=number).order_by("id")
    return tuple(PasskeyRow(*row) for row in rows.values_list("id", "name", "made_at", "used_at"))


def known_devices(number: str) -> QuerySet[KnownDevice]:
    """The devices that an account knows, the one used last first."""
    return KnownDevice.objects.filter(account_id=number).order_by("-last_seen_at", "id")


def live_session(number: str) -> Session | None:
    """The one session that nobody ended; it may have gone idle meanwhile."""
    return Session.objects.filter(account_id=number, ended_at__isnull=True).first()


def exports_of(number: str) -> list[Export]:
    """The last ten copies of their record that a person asked for, the newest first."""
    return list(Export.objects.filter(account_id=number).order_by("-id")[:10])
