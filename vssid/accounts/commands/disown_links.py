"""The links of «Không phải tôi?», as the notices carry them."""

import base64
import hashlib
import hmac
import os
from datetime import datetime
from uuid import UUID

from django.conf import settings

from vssid.accounts.models import DisownLink

# 16 signs of base32: 80 bits.
_BYTES = 10


def make_link(*, number: str, session_id: UUID, now: datetime, phone_before: str = "") -> str:
    """The address by which the owner can disown a session, in the caller's transaction.

    Only the keyed hash of its code is kept. `phone_before` (E.164) is put back by it. Whoever
    reads the outbox must not be able to lock accounts: the link belongs into a letter's secret.
    """
    code = base64.b32encode(os.urandom(_BYTES)).decode().lower()
    DisownLink.objects.create(
        digest=digest_of(code=code),
        number=number,
        session_id=session_id,
        phone_before=phone_before,
        expires_at=now + settings.VSSID_DISOWN_LINK_LIFETIME,
    )
    return f"{settings.VSSID_PUBLIC_URL}/khong-phai-toi/{code}/"


def phone_before(*, number: str, since: datetime) -> str:
    """The phone that the first change after a time replaced; empty when there was none."""
    made_since = since + settings.VSSID_DISOWN_LINK_LIFETIME
    links = DisownLink.objects.filter(number=number, expires_at__gte=made_since)
    first = links.exclude(phone_before="").order_by("expires_at").first()
    return first.phone_before if first else ""


def digest_of(*, code: str) -> str:
    """What a link is found by: the keyed hash of its code, however it is typed."""
    text = "disown|" + "".join(code.split()).lower()
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
