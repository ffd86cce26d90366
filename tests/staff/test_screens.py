"""A locked screen stays locked; rows of sessions that are over go."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from tests.factories import an_officer
from vssid.kernel.clock import utc_now
from vssid.staff.commands import screens
from vssid.staff.models import LockedScreen

pytestmark = pytest.mark.django_db


def _is_locked(screen: UUID) -> bool:
    return LockedScreen.objects.filter(id=screen).exists()


def test_locking_twice_is_locking() -> None:
    officer, screen = an_officer(), uuid4()
    assert not _is_locked(screen)
    for _ in range(2):
        screens.lock_screen(officer=officer, screen=screen, now=utc_now())
    assert _is_locked(screen)
    assert not _is_locked(uuid4())


def test_lock_is_forgotten_when_its_session_is_over_and_not_before() -> None:
    officer, start, first, second = an_officer(), utc_now(), uuid4(), uuid4()
    screens.lock_screen(officer=officer, screen=first, now=start)
    almost = start + settings.VSSID_SESSION_TOTAL
    screens.lock_screen(officer=officer, screen=second, now=almost)
    assert _is_locked(first)
    screens.lock_screen(officer=officer, screen=second, now=almost + timedelta(seconds=1))
    assert not _is_locked(first)
    assert _is_locked(second)
