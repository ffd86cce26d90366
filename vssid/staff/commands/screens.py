"""The lock of a counter screen."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from vssid.staff.models import LockedScreen, Officer


def lock_screen(*, officer: Officer, screen: UUID, now: datetime) -> None:
    """Lock a screen for good, and forget the officer's older ones, whose sessions are over.

    It is no event: nothing was seen or changed by it. Opening it again is one.
    """
    LockedScreen.objects.get_or_create(
        id=screen, defaults={"officer_id": officer.pk, "locked_at": now}
    )
    # A screen is locked within its session: no session can still name it by then.
    past = now - settings.VSSID_SESSION_TOTAL
    LockedScreen.objects.filter(officer_id=officer.pk, locked_at__lt=past).delete()
