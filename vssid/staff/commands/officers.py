"""Accounts of officers: opened, moved, ended and reset by the head of their office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.passwords import first_password
from vssid.reference import queries as reference
from vssid.staff import errors, queries, rules
from vssid.staff.commands import signing_in
from vssid.staff.models import Officer, OfficerOtp, OfficerPasskey, Role


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """What an officer's account is made of; `office` is an agency code."""

    user_name: str
    full_name: str
    role: Role
    office: str


def open_officer(*, officer: NewOfficer, by: Actor, now: datetime) -> tuple[Officer, str]:
    """Make the account of an officer and its first password, which opens it for a day.

    The password exists nowhere else: it is shown once. For the program itself and operators;
    heads `hire_officer`. Raises UserNameTakenError.
    """
    password = first_password()
    try:
        with transaction.atomic():
            made = Officer.objects.create(
                user_name=officer.user_name,
                full_name=officer.full_name,
                role=officer.role,
                office=officer.office,
                password=make_password(password),
                password_set_at=now,
                must_change_password=True,
                first_password_until=now + settings.VSSID_FIRST_PASSWORD_LIFETIME,
            )
            _record(by, "officer.open", made)
    except IntegrityError:
        raise errors.UserNameTakenError from None
    return made, password


def set_password(*, officer: Officer, password: str, by: Actor, now: datetime) -> None:
    """Give a password that need not be changed first: for demo and test people."""
    with transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(
            password=make_password(password),
            password_set_at=now,
            must_change_password=False,
            first_password_until=None,
        )
        _record(by, "officer.password-set", officer)


def hire_officer(*, officer: NewOfficer, by: Officer, now: datetime) -> tuple[Officer, str]:
    """A head opens an account at their own office or one below it; with its first password.

    Raises NotYourOfficerError, NotYourOfficeError, RoleNotGivenError, UserNameTakenError.
    """
    with transaction.atomic():
        head = _head(by)
        _check_given(head, officer.role, officer.office)
        return open_officer(officer=officer, by=_actor(head), now=now)


def assign_officer(
    *, officer_id: int, role: Role, office: str, by: Officer, now: datetime
) -> Officer:
    """A head gives an officer another role, another office of theirs, or both.

    Open sessions are over. Locks the heads of the office, then the officer.
    Raises NotYourOfficerError, OwnAccountError, NotYourOfficeError, RoleNotGivenError,
    LastHeadError.
    """
    with transaction.atomic():
        head, officer = _head_and(by, officer_id)
        _check_given(head, role, office)
        if role != Role.HEAD or office != officer.office:
            _check_not_last_head(officer)
        details = {"from": [officer.role, officer.office], "to": [role, office]}
        officer.role, officer.office, officer.signed_out_at = role, office, now
        officer.save(update_fields=["role", "office", "signed_out_at"])
        _record(_actor(head), "officer.assign", officer, details)
    return officer


def end_officer(*, officer_id: int, by: Officer, now: datetime) -> Officer:
    """A head ends an account: open sessions die at their next request.

    Raises NotYourOfficerError, OwnAccountError, LastHeadError, AlreadySoError.
    """
    with transaction.atomic():
        head, officer = _head_and(by, officer_id)
        if not officer.is_active:
            raise errors.AlreadySoError
        _check_not_last_head(officer)
        officer.is_active, officer.signed_out_at = False, now
        officer.save(update_fields=["is_active", "signed_out_at"])
        _record(_actor(head), "officer.end", officer)
    return officer


def reopen_officer(*, officer_id: int, by: Officer, now: datetime) -> tuple[Officer, str]:
    """A head opens an ended account again, as new: first password, no second factor.

    Raises NotYourOfficerError, OwnAccountError, NotYourOfficeError, AlreadySoError.
    """
    with transaction.atomic():
        head, officer = _head_and(by, officer_id)
        if officer.is_active:
            raise errors.AlreadySoError
        _check_given(head, Role(officer.role), officer.office)
        officer.is_active = True
        officer.save(update_fields=["is_active"])
        _forget_second_factor(officer)
        password = _issue_password(officer, now)
        _record(_actor(head), "officer.reopen", officer)
    return officer, password


def reset_password(*, officer_id: int, by: Officer, now: datetime) -> tuple[Officer, str]:
    """A head gives a first password again; the second factor stays, open sessions are over.

    Raises NotYourOfficerError, OwnAccountError, AlreadySoError.
    """
    with transaction.atomic():
        head, officer = _head_and(by, officer_id)
        if not officer.is_active:
            raise errors.AlreadySoError
        password = _issue_password(officer, now)
        _record(_actor(head), "officer.password-reset", officer)
    return officer, password


def reset_second_factor(*, officer_id: int, by: Officer, now: datetime) -> tuple[Officer, str]:
    """A head takes a lost SmartOTP and all passkeys away and gives a first password again.

    Whoever knows the old password could set the second factor up before the officer does.
    Raises NotYourOfficerError, OwnAccountError, AlreadySoError.
    """
    with transaction.atomic():
        head, officer = _head_and(by, officer_id)
        if not officer.is_active:
            raise errors.AlreadySoError
        _forget_second_factor(officer)
        password = _issue_password(officer, now)
        _record(_actor(head), "officer.second-factor-reset", officer)
    return officer, password


def renew_facility_account(*, officer: Officer, by: Actor, now: datetime) -> str:
    """Open an account of a health facility as new: first password, no second factor.

    An ended one is in force again; open sessions are over. Locks the officer's row.
    """
    with transaction.atomic():
        found = Officer.objects.select_for_update().get(pk=officer.pk, role=Role.FACILITY)
        found.is_active = True
        found.save(update_fields=["is_active"])
        _forget_second_factor(found)
        password = _issue_password(found, now)
        _record(by, "officer.reopen", found)
    return password


def end_facility_account(*, officer: Officer, by: Actor, now: datetime) -> None:
    """End an account of a health facility: open sessions die at their next request.

    Locks the officer's row. Raises AlreadySoError.
    """
    with transaction.atomic():
        found = Officer.objects.select_for_update().get(pk=officer.pk, role=Role.FACILITY)
        if not found.is_active:
            raise errors.AlreadySoError
        found.is_active, found.signed_out_at = False, now
        found.save(update_fields=["is_active", "signed_out_at"])
        _record(by, "officer.end", found)


def _head(by: Officer) -> Officer:
    """The head as they are now: they may have been moved or ended since their page was drawn."""
    head = Officer.objects.select_for_update().get(pk=by.pk)
    if not head.is_active or not rules.can_manage(head.role):
        raise errors.NotYourOfficerError
    return head


def _head_and(by: Officer, officer_id: int) -> tuple[Officer, Officer]:
    """The head and one of their officers, both locked with the heads of that officer's office.

    All in the order of their ids. Of two heads who end each other at once the second one waits.
    """
    office = Officer.objects.filter(pk=officer_id).values("office")
    taking_part = Q(pk__in=[by.pk, officer_id]) | Q(role=Role.HEAD, office__in=office)
    list(Officer.objects.select_for_update().filter(taking_part).order_by("pk"))
    head = _head(by)
    officer = Officer.objects.filter(
        pk=officer_id,
        office__in=queries.offices_under(head.office),
        role__in=rules.GIVEN_BY_HEADS,
    ).first()
    if officer is None:
        raise errors.NotYourOfficerError
    if officer.pk == head.pk:
        raise errors.OwnAccountError
    return head, officer


def _check_given(head: Officer, role: Role, office: str) -> None:
    if role not in rules.GIVEN_BY_HEADS:
        raise errors.RoleNotGivenError
    if office not in queries.offices_under(head.office) or reference.office(office) is None:
        raise errors.NotYourOfficeError


def _check_not_last_head(officer: Officer) -> None:
    if officer.role != Role.HEAD or not officer.is_active:
        return
    heads = Officer.objects.filter(office=officer.office, role=Role.HEAD, is_active=True)
    if not heads.exclude(pk=officer.pk).exists():
        raise errors.LastHeadError


def _issue_password(officer: Officer, now: datetime) -> str:
    password = first_password()
    officer.password = make_password(password)
    officer.password_set_at = now
    officer.must_change_password = True
    officer.first_password_until = now + settings.VSSID_FIRST_PASSWORD_LIFETIME
    officer.signed_out_at = now
    officer.save(
        update_fields=[
            "password", "password_set_at", "must_change_password", "first_password_until",
            "signed_out_at",
        ]
    )  # fmt: skip
    signing_in.forget_wrong_codes(officer_id=officer.pk)
    return password


def _forget_second_factor(officer: Officer) -> None:
    OfficerOtp.objects.filter(officer=officer).delete()
    OfficerPasskey.objects.filter(officer=officer).delete()


def _actor(head: Officer) -> Actor:
    return Actor.officer(head.user_name, head.office)


def _record(
    by: Actor, act: str, officer: Officer, details: Mapping[str, object] | None = None
) -> None:
    record_event(by=by, act=act, subject=officer.user_name, details=details)
