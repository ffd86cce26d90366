"""Where the owner lives: today's areas; an address of the former era is kept and converted."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vssid.accounts import errors, rules
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.people.commands import bump_record_versions
from vssid.reference import queries as reference
from vssid.reference.rows import ERA_LEGACY


@dataclass(frozen=True, slots=True)
class Address:
    """Area codes as entered, with their era («2025» or «legacy»).

    `today` is the commune of today where a legacy address lies; empty for one of today.
    """

    era: str
    province: str
    district: str
    commune: str
    street: str
    today: str = ""


def change_address(*, number: str, address: Address, now: datetime) -> None:
    """Put an address in force (guides A08). Locks the account's row.

    Raises ChangesHeldError, CommuneNotSuccessorError, and what reference.check_address raises.
    """
    reference.check_address(
        era=address.era,
        province=address.province,
        district=address.district,
        commune=address.commune,
    )
    if address.era != ERA_LEGACY and address.today:
        raise errors.CommuneNotSuccessorError
    if address.era == ERA_LEGACY:
        _check_successor(address.commune or address.district, address.today)
    with transaction.atomic():
        account = _locked(number, now)
        account.address_era = address.era
        account.address_province = address.province
        account.address_district = address.district
        account.address_commune = address.commune
        account.address_street = address.street
        _save(account, address.today, "address.change")


def convert_address(*, number: str, today: str, now: datetime) -> None:
    """Say in which commune of today the legacy address lies; it is kept as entered beside it.

    Locks the account's row. Raises ChangesHeldError, AddressNotLegacyError,
    CommuneNotSuccessorError.
    """
    with transaction.atomic():
        account = _locked(number, now)
        if account.address_era != ERA_LEGACY:
            raise errors.AddressNotLegacyError
        _check_successor(account.address_commune or account.address_district, today)
        _save(account, today, "address.convert")


def _check_successor(legacy: str, today: str) -> None:
    successors = {choice.code for choice in reference.convert_legacy(legacy)}
    if today not in (successors or {""}):
        raise errors.CommuneNotSuccessorError


def _locked(number: str, now: datetime) -> Account:
    account = Account.objects.select_for_update().get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    return account


def _save(account: Account, today: str, act: str) -> None:
    account.address_today = today
    account.save(
        update_fields=[
            "address_era", "address_province", "address_district", "address_commune",
            "address_street", "address_today",
        ]
    )  # fmt: skip
    # Pages of the record show the address: none may be taken for unchanged.
    bump_record_versions(numbers=[account.person_id])
    record_event(by=Actor.citizen(account.person_id), act=act, subject=account.person_id)
