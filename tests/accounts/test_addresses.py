"""Today's areas; an address of the former era is kept as entered and converted (guides A08)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import HONG, AuditingFailedError, an_account, fail_auditing
from vssid.accounts import errors
from vssid.accounts.commands import addresses
from vssid.accounts.commands.addresses import Address
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.models import Person
from vssid.reference.errors import CommuneElsewhereError, UnknownCommuneError
from vssid.reference.queries import convert_legacy

pytestmark = pytest.mark.django_db

TODAY = Address("2025", "01", "", "00004", "Số 9, ngõ 2")
# Xã Vạn Phúc, huyện Thanh Trì went to one place; xã Hòa Liên, huyện Hòa Vang was split.
WHOLE = ("01", "020", "00676")
SPLIT = ("48", "497", "20296")


def _legacy(areas: tuple[str, str, str], today: str) -> Address:
    return Address("legacy", *areas, "Thôn Đông", today)


def _change(address: Address) -> None:
    addresses.change_address(number=HONG.number, address=address, now=utc_now())


def _stored() -> Address:
    account = Account.objects.get(pk=HONG.number)
    return Address(
        account.address_era,
        account.address_province,
        account.address_district,
        account.address_commune,
        account.address_street,
        account.address_today,
    )


def _went(areas: tuple[str, str, str]) -> list[str]:
    return [one.code for one in convert_legacy(areas[2])]


def _acts() -> list[str]:
    events = Event.objects.filter(subject=HONG.number, act__startswith="address.")
    return list(events.values_list("act", flat=True))


def test_address_of_today_takes_the_place_of_the_old_one() -> None:
    an_account()
    version = Person.objects.get(pk=HONG.number).record_version
    _change(TODAY)
    assert _stored() == TODAY
    assert _acts() == ["address.change"]
    # Pages of the record show it: a kept copy of them is not taken for unchanged.
    assert Person.objects.get(pk=HONG.number).record_version > version


@pytest.mark.parametrize("areas", [WHOLE, SPLIT])
def test_legacy_address_is_kept_as_entered_with_its_commune_of_today(
    areas: tuple[str, str, str],
) -> None:
    an_account()
    wanted = _legacy(areas, _went(areas)[-1])
    _change(wanted)
    assert _stored() == wanted


def test_the_two_wards_are_what_these_tests_take_them_for() -> None:
    assert len(_went(WHOLE)) == 1
    assert len(_went(SPLIT)) == 2


@pytest.mark.parametrize(
    ("address", "error"),
    [
        (Address("2025", "01", "", "99999", "x"), UnknownCommuneError),
        (Address("2025", "79", "", "00004", "x"), CommuneElsewhereError),
        (Address("2025", "01", "", "00004", "x", "00004"), errors.CommuneNotSuccessorError),
        (_legacy(WHOLE, "00004"), errors.CommuneNotSuccessorError),
        (_legacy(SPLIT, ""), errors.CommuneNotSuccessorError),
    ],
)
def test_areas_that_do_not_belong_together_are_refused(address: Address, error: Any) -> None:
    an_account()
    before = _stored()
    with pytest.raises(error):
        _change(address)
    assert _stored() == before


def test_old_legacy_address_is_converted_and_kept() -> None:
    account = an_account()
    province, district, commune = SPLIT
    Account.objects.filter(pk=account.pk).update(
        address_era="legacy",
        address_province=province,
        address_district=district,
        address_commune=commune,
    )
    for today in _went(SPLIT):
        addresses.convert_address(number=HONG.number, today=today, now=utc_now())
        assert _stored().commune == commune
        assert _stored().today == today
    assert _acts() == ["address.convert", "address.convert"]
    with pytest.raises(errors.CommuneNotSuccessorError):
        addresses.convert_address(number=HONG.number, today="00004", now=utc_now())


def test_address_of_today_has_nothing_to_convert() -> None:
    an_account()
    with pytest.raises(errors.AddressNotLegacyError):
        addresses.convert_address(number=HONG.number, today="00004", now=utc_now())


def test_address_waits_while_changes_are_held() -> None:
    an_account()
    before = _stored()
    until = utc_now() + timedelta(hours=1)
    Account.objects.filter(pk=HONG.number).update(changes_held_until=until)
    with pytest.raises(errors.ChangesHeldError):
        _change(TODAY)
    with pytest.raises(errors.ChangesHeldError):
        addresses.convert_address(number=HONG.number, today="00004", now=utc_now())
    assert _stored() == before


def test_address_stays_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    before = _stored()
    fail_auditing(monkeypatch, addresses)
    with pytest.raises(AuditingFailedError):
        _change(TODAY)
    assert _stored() == before
