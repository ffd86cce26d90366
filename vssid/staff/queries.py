"""Reads of officers: who is whose, and what they prove themselves with."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from vssid.kernel.text import sort_key
from vssid.reference import lookups
from vssid.reference import queries as reference
from vssid.reference.models import Agency
from vssid.staff import rules
from vssid.staff.models import (
    FacilityKey,
    Officer,
    OfficerOtp,
    OfficerPasskey,
    Role,
)


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its owner knows it."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficerView:
    """An officer in a head's list."""

    id: int
    user_name: str
    full_name: str
    role: str
    role_name: str
    office: str
    office_name: str
    is_active: bool
    has_second: bool
    last_login: datetime | None
    first_password_until: datetime | None


def officer(officer_id: int) -> Officer | None:
    """The officer of an id, while the account is open."""
    return Officer.objects.filter(pk=officer_id, is_active=True).first()


def names_of(user_names: Iterable[str]) -> dict[str, str]:
    """Full names by user name, of officers in service and of those who left."""
    found = Officer.objects.filter(user_name__in=list(user_names))
    return dict(found.values_list("user_name", "full_name"))


def colleagues(office: str) -> list[tuple[str, str]]:
    """User name and full name of who works with declarations at an office, by name."""
    found = Officer.objects.filter(office=office, is_active=True, role__in=rules.SEE_CASES)
    rows = found.values_list("user_name", "full_name", "role")
    ordered = sorted(rows, key=lambda row: sort_key(row[1]))
    return [(name, f"{full_name} ({Role(role).label})") for name, full_name, role in ordered]


def sealed_smart_otps(user_names: Iterable[str]) -> list[tuple[str, int, bytes]]:
    """User name, id and sealed secret of the officers of these names who set SmartOTP up."""
    found = OfficerOtp.objects.filter(officer__user_name__in=list(user_names))
    rows = found.values_list("officer__user_name", "officer_id", "secret")
    return [(name, officer_id, bytes(sealed)) for name, officer_id, sealed in rows]


def has_second_factor(officer_id: int) -> bool:
    """Whether an officer has set up SmartOTP or a passkey."""
    return (
        OfficerOtp.objects.filter(officer_id=officer_id).exists()
        or OfficerPasskey.objects.filter(officer_id=officer_id).exists()
    )


def has_smart_otp(officer_id: int) -> bool:
    """Whether an officer has set up SmartOTP."""
    return OfficerOtp.objects.filter(officer_id=officer_id).exists()


def passkeys(officer_id: int) -> list[PasskeyView]:
    """The passkeys of an officer, the newest first."""
    found = OfficerPasskey.objects.filter(officer_id=officer_id).order_by("-id")
    return [PasskeyView(one.id, one.name, one.made_at, one.used_at) for one in found]


def credential_ids(officer_id: int) -> list[bytes]:
    """The credential ids of an officer's passkeys."""
    found = OfficerPasskey.objects.filter(officer_id=officer_id).order_by("id")
    return [bytes(one) for one in found.values_list("credential_id", flat=True)]


def next_step(who: Officer, *, is_proved: bool, now: datetime) -> rules.Step:
    """What is still missing before the desk opens to `who`, whose password was right."""
    return rules.next_step(
        has_second=has_second_factor(who.pk),
        is_proved=is_proved,
        must_change=who.must_change_password or rules.is_password_due(who.password_set_at, now),
    )


def offices_under(office: str) -> frozenset[str]:
    """The codes of an office and of those below it, ended ones included: their people stay."""
    found = Agency.objects.filter(Q(code=office) | Q(parent_id=office))
    return frozenset(found.values_list("code", flat=True))


def office_choices(office: str) -> list[tuple[str, str]]:
    """The offices in service that a head may send people to: their own first, then those below."""
    own = reference.office(office)
    below = [(one.code, one.label) for one in reference.offices_below(office)]
    return ([(own.code, own.label)] if own else []) + below


def office_name(code: str) -> str:
    """The name of an office, also of one that has ended; of an unknown one, its code."""
    return reference.office_name(code)


def workplace_name(who: Officer) -> str:
    """The name of the office or health facility that an account works for."""
    if who.role != Role.FACILITY:
        return office_name(who.office)
    found = lookups.facility(who.office)
    return found.name if found else who.office


def facility_account(user_name: str) -> Officer | None:
    """The account of a health facility by its name, ended or not."""
    return Officer.objects.filter(user_name=user_name, role=Role.FACILITY).first()


def facility_keys(facility: str = "") -> list[FacilityKey]:
    """The keys of a facility, or of all, by facility and age; the ended ones too."""
    found = FacilityKey.objects.order_by("facility", "id")
    return list(found.filter(facility=facility) if facility else found)


def facility_key(text: str) -> FacilityKey | None:
    """The key in force that a program showed; None for anything else."""
    key_id, _, secret = text.partition(".")
    try:
        found = FacilityKey.objects.filter(id=UUID(hex=key_id), ended_at__isnull=True).first()
    except ValueError:
        return None
    digest = hashlib.sha256(secret.encode(errors="replace")).digest()
    return found if found and hmac.compare_digest(digest, bytes(found.digest)) else None


def officers_under(office: str) -> list[OfficerView]:
    """The accounts that the head of an office sees: open ones first, by office and name."""
    found = Officer.objects.filter(
        office__in=offices_under(office), role__in=rules.GIVEN_BY_HEADS
    ).order_by("-is_active", "office", "user_name")
    proved = set(OfficerOtp.objects.values_list("officer_id", flat=True))
    proved |= set(OfficerPasskey.objects.values_list("officer_id", flat=True))
    return [_view(one, has_second=one.pk in proved) for one in found]


def officer_under(office: str, officer_id: int) -> OfficerView | None:
    """One of them; None for anybody else."""
    found = Officer.objects.filter(
        pk=officer_id, office__in=offices_under(office), role__in=rules.GIVEN_BY_HEADS
    ).first()
    return _view(found, has_second=has_second_factor(found.pk)) if found else None


def _view(one: Officer, *, has_second: bool) -> OfficerView:
    return OfficerView(
        id=one.pk,
        user_name=one.user_name,
        full_name=one.full_name,
        role=one.role,
        role_name=str(Role(one.role).label),
        office=one.office,
        office_name=office_name(one.office),
        is_active=one.is_active,
        has_second=has_second,
        last_login=one.last_login,
        first_password_until=one.first_password_until,
    )
