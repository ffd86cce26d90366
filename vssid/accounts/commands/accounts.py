"""Makes accounts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from vssid.accounts import errors, rules
from vssid.accounts.commands.taken_phones import refuse_taken_phone
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the owner: phone in E.164, address codes as entered with their era."""

    phone: str
    email: str
    address_era: str
    address_province: str
    address_district: str
    address_commune: str
    address_street: str


def open_account(
    *, number: str, contact: Contact, portrait: UUID | None, by: Actor, now: datetime
) -> tuple[Account, str]:
    """Make the account of a number and its first password (guides R14).

    Returns both; the password exists nowhere else and must go into an encrypted message.
    Locks the phone. Raises AccountExistsError, PhoneTakenError.
    """
    password = rules.first_password()
    with transaction.atomic():
        refuse_taken_phone(number=number, phone=contact.phone, now=now)
        account, is_new = Account.objects.get_or_create(
            person_id=number,
            defaults={
                "phone": contact.phone,
                "email": contact.email,
                "address_era": contact.address_era,
                "address_province": contact.address_province,
                "address_district": contact.address_district,
                "address_commune": contact.address_commune,
                "address_street": contact.address_street,
                "portrait": portrait,
                "password": make_password(password),
                "password_set_at": now,
                "must_change_password": True,
                "activated_at": now,
            },
        )
        if not is_new:
            raise errors.AccountExistsError(hotline=settings.VSSID_HOTLINE)
        record_event(by=by, act="account.open", subject=number)
    return account, password


def set_password(*, number: str, password: str, by: Actor, now: datetime) -> None:
    """Give an account a password that need not be changed first: for demo and test people."""
    with transaction.atomic():
        Account.objects.filter(person_id=number).update(
            password=make_password(password), password_set_at=now, must_change_password=False
        )
        record_event(by=by, act="password.set", subject=number)
