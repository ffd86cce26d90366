"""Reads of accounts. The session check is one statement: it stands before every personal page."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from vssid.accounts import tokens
from vssid.accounts.commands.sessions import COOKIE_PURPOSE
from vssid.accounts.models import Account, EndReason
from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.people.reading import read_rows

# Last-seen is written at most once a minute, in the same round trip.
_SIGNED_IN = """
WITH live AS (
  SELECT s.number, s.id, s.token_digest, s.started_at, s.last_seen_at, s.ended_at, s.end_reason,
         a.portrait, a.phone, a.must_change_password, a.password_set_at,
         a.address_era, a.address_province, a.address_district, a.address_commune,
         a.address_street, p.full_name, p.record_version
  FROM accounts_session s
  JOIN accounts_account a ON a.number = s.number
  JOIN people_person p ON p.number = s.number
  WHERE s.number = %(number)s AND s.id = %(id)s
), touched AS (
  UPDATE accounts_session s SET last_seen_at = %(now)s FROM live
  WHERE s.number = live.number AND s.id = live.id AND live.ended_at IS NULL
    AND live.token_digest = %(digest)s
    AND live.last_seen_at < %(now)s::timestamptz - interval '1 minute'
    AND live.last_seen_at >= %(now)s::timestamptz - %(idle)s::interval
)
SELECT token_digest, started_at, last_seen_at, ended_at, end_reason, portrait, phone,
       must_change_password, password_set_at, full_name, record_version,
       address_era, address_province, address_district, address_commune, address_street
FROM live
"""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose page this is. `access` opens their own record.

    `address` is the contact address as entered: era, province, district, commune (codes), street.
    """

    number: str
    session_id: UUID
    full_name: str
    portrait: UUID | None
    phone: str
    address: tuple[str, ...]
    must_change_password: bool
    password_set_at: datetime
    record_version: int
    access: Access


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why there is no session: empty when there never was one."""

    reason: str = ""


def session_of(cookie: str, now: datetime) -> SignedIn | NotSignedIn:
    """The live session that a cookie names. One round trip; none for a cookie we did not make."""
    content = tokens.unseal(COOKIE_PURPOSE, cookie) if cookie else None
    if content is None or len(content) != 42:
        return NotSignedIn()
    number, session_id = content[:10].decode(), UUID(bytes=content[10:26])
    digest = hashlib.sha256(content[26:]).digest()
    rows = read_rows(
        _SIGNED_IN,
        {
            "number": number,
            "id": session_id,
            "digest": digest,
            "now": now,
            "idle": settings.VSSID_SESSION_IDLE,
        },
    )
    if not rows or not hmac.compare_digest(bytes(rows[0][0]), digest):
        return NotSignedIn()
    return _judge(number, session_id, rows[0], now)


def _judge(
    number: str, session_id: UUID, row: tuple[Any, ...], now: datetime
) -> SignedIn | NotSignedIn:
    (_, started_at, last_seen_at, ended_at, end_reason, portrait, phone, must_change, set_at,
     name, version, *address) = row  # fmt: skip
    if ended_at is not None:
        return NotSignedIn(str(end_reason))
    idle = now - last_seen_at > settings.VSSID_SESSION_IDLE
    if idle or now - started_at > settings.VSSID_SESSION_TOTAL:
        return NotSignedIn(EndReason.EXPIRED.value)
    return SignedIn(
        number=number,
        session_id=session_id,
        full_name=str(name),
        portrait=portrait,
        phone=str(phone),
        address=tuple(address),
        must_change_password=bool(must_change),
        password_set_at=set_at,
        record_version=int(version),
        access=open_record(by=Actor.citizen(number), subject=number, purpose="own record"),
    )


def has_account(number: str) -> bool:
    """Whether a number has an account. Told only behind a picture code (docs/security.md)."""
    return Account.objects.filter(person_id=number).exists()


def account(number: str) -> Account:
    """The account of a number. Raises Account.DoesNotExist."""
    return Account.objects.get(person_id=number)
