"""What was typed when a session ended: kept sealed for an hour, for the same person only."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vssid.accounts import tokens
from vssid.accounts.models import KeptForm

_PURPOSE = "kept-form"
_KEPT_FOR = timedelta(hours=1)
_LONGEST = 64 * 1024
_MOST = 20


def keep_form(*, number: str, path: str, fields: Mapping[str, str], now: datetime) -> UUID | None:
    """Keep the typed `fields` of the form at `path`; returns what to ask for them by.

    None when there is nothing to keep, or more than a form of ours ever holds. The oldest of an
    account give way.
    """
    content = json.dumps(dict(fields)).encode()
    if not fields or len(content) > _LONGEST or len(path) > 500:
        return None
    with transaction.atomic():
        kept = KeptForm.objects.create(
            account_id=number,
            path=path,
            content=tokens.seal(_PURPOSE, content).encode(),
            expires_at=now + _KEPT_FOR,
        )
        mine = KeptForm.objects.filter(account_id=number).order_by("-id")
        too_many = list(mine.values_list("id", flat=True)[_MOST:])
        KeptForm.objects.filter(account_id=number, id__in=too_many).delete()
    return kept.id


def kept_form(*, number: str, kept_id: UUID, path: str, now: datetime) -> dict[str, str]:
    """The fields kept for this person and page; empty when there are none (any more)."""
    kept = KeptForm.objects.filter(
        account_id=number, id=kept_id, path=path, expires_at__gt=now
    ).first()
    opened = tokens.unseal(_PURPOSE, bytes(kept.content).decode()) if kept else None
    return json.loads(opened) if opened else {}


def forget_expired(*, now: datetime) -> int:
    """Delete what nobody came back for; returns how many."""
    return KeptForm.objects.filter(expires_at__lte=now).delete()[0]
