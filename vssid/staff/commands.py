"""The only writers of officers."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.limits import commands as limits
from vssid.staff import errors
from vssid.staff.models import Officer, Role

_NOBODY = make_password("nobody's password")
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """What an officer's account is made of; `office` is an agency code."""

    user_name: str
    full_name: str
    role: Role
    office: str
    password: str


def open_officer(*, officer: NewOfficer, by: Actor) -> Officer:
    """Make or renew the account of an officer."""
    with transaction.atomic():
        made, _ = Officer.objects.update_or_create(
            user_name=officer.user_name,
            defaults={
                "full_name": officer.full_name,
                "role": officer.role,
                "office": officer.office,
                "password": make_password(officer.password),
                "is_active": True,
            },
        )
        record_event(by=by, act="officer.open", subject=officer.user_name)
    return made


def check_credentials(*, user_name: str, password: str, now: datetime) -> Officer:
    """The officer that name and password open; unknown names take the same time.

    A try is counted before it is looked at, so that many at once get no more of them.
    Raises SignInLockedError, SignInRefusedError.
    """
    limit = limits.Limit(
        "officer", settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True
    )
    pause = limits.hit(limit=limit, key=user_name, now=now)
    if pause is not None:
        raise errors.SignInLockedError(minutes=math.ceil(pause / timedelta(minutes=1)))
    officer = Officer.objects.filter(user_name=user_name, is_active=True).first()
    right = check_password(password[:_LONGEST], officer.password if officer else _NOBODY)
    if officer is None or not right:
        raise errors.SignInRefusedError
    limits.clear(limit=limit, key=user_name)
    record_event(by=Actor.officer(user_name, officer.office), act="officer.sign-in")
    return officer
