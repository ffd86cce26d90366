"""Devices that an account knows, and forgets."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.models import KnownDevice
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event


def forget_device(*, number: str, device: UUID) -> bool:
    """Know a device no longer: wrong passwords typed there count as a stranger's from now on.

    Returns whether it was known; one that was not changes nothing. A session on it goes on.
    """
    with transaction.atomic():
        forgotten, _rows = KnownDevice.objects.filter(account_id=number, id=device).delete()
        if forgotten:
            record_event(by=Actor.citizen(number), act="device.forget", subject=number)
    return bool(forgotten)


def forget_unused(*, now: datetime) -> int:
    """Know devices no longer on which nobody signed in for a year; returns how many."""
    return KnownDevice.objects.filter(last_seen_at__lt=now - settings.VSSID_DEVICE_KEPT).delete()[0]
