"""Keys with which programs of health facilities call the machine API."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import vietnam_today
from vssid.reference import lookups
from vssid.staff import errors
from vssid.staff.models import FacilityKey

_SECRET_BYTES = 32


def open_key(*, facility: str, name: str, by: Actor, now: datetime) -> tuple[FacilityKey, str]:
    """Make a key of a facility; its text exists nowhere else and is shown once.

    Raises FacilityUnknownError.
    """
    if lookups.facility_with_contract(facility, vietnam_today(now)) is None:
        raise errors.FacilityUnknownError(code=facility)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        made = FacilityKey.objects.create(
            facility=facility,
            name=name,
            digest=hashlib.sha256(secret.encode()).digest(),
            made_at=now,
        )
        record_event(by=by, act="facility-key.open", subject=str(made.id))
    return made, f"{made.id.hex}.{secret}"


def end_key(*, key_id: UUID, by: Actor, now: datetime) -> None:
    """End a key: its next call is refused. Raises KeyEndedError."""
    with transaction.atomic():
        if not FacilityKey.objects.filter(id=key_id, ended_at=None).update(ended_at=now):
            raise errors.KeyEndedError
        record_event(by=by, act="facility-key.end", subject=str(key_id))
