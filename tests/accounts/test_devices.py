"""Devices that an account knows, and forgets."""

from uuid import uuid4

import pytest

from tests.factories import (
    HONG,
    KHOA,
    AuditingFailedError,
    an_account,
    an_origin,
    fail_auditing,
)
from vssid.accounts.commands import devices, sessions
from vssid.accounts.models import KnownDevice
from vssid.accounts.queries import known_devices
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db


def _known() -> KnownDevice:
    sessions.start_session(account=an_account(), origin=an_origin(), now=utc_now())
    return KnownDevice.objects.get()


def test_forgotten_device_is_known_no_longer_and_an_event_tells_of_it() -> None:
    device = _known()
    assert devices.forget_device(number=HONG.number, device=device.id)
    assert not known_devices(HONG.number).exists()
    assert Event.objects.filter(act="device.forget", subject=HONG.number).count() == 1


def test_device_that_is_not_known_changes_nothing() -> None:
    _known()
    assert not devices.forget_device(number=HONG.number, device=uuid4())
    assert known_devices(HONG.number).count() == 1
    assert not Event.objects.filter(act="device.forget").exists()


def test_device_of_another_account_stays_known_there() -> None:
    device = _known()
    an_account(KHOA)
    assert not devices.forget_device(number=KHOA.number, device=device.id)
    assert known_devices(HONG.number).count() == 1


def test_device_is_not_forgotten_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    device = _known()
    fail_auditing(monkeypatch, devices)
    with pytest.raises(AuditingFailedError):
        devices.forget_device(number=HONG.number, device=device.id)
    assert known_devices(HONG.number).count() == 1
