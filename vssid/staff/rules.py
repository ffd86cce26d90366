"""Which role may do what, and what comes next at the door."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from vssid.kernel.passwords import PASSWORD_MAX, PASSWORD_MIN
from vssid.kernel.text import fold
from vssid.staff import errors
from vssid.staff.models import Role

SEE_CASES = frozenset({Role.INTAKE, Role.DECISION, Role.HEAD})
_DECIDE = frozenset({Role.DECISION, Role.HEAD})
_PUBLISH = frozenset({Role.CONTENT, Role.OPERATOR})
_ANSWER = frozenset({Role.SUPPORT, Role.DECISION, Role.HEAD})

GIVEN_BY_HEADS = (Role.INTAKE, Role.DECISION, Role.SUPPORT, Role.HEAD)
"""The roles of an office. Those that reach beyond one office are given by operators alone."""

_common = CommonPasswordValidator()


class Step(StrEnum):
    """What is still missing at the door, in this order."""

    SECOND_FACTOR = "second-factor"
    NEW_PASSWORD = "new-password"  # noqa: S105 - the name of a step
    SMART_OTP = "smart-otp"
    NONE = "none"


def can_enter(role: str) -> bool:
    """Whether a role may be at the desk at all: every officer signs in and out."""
    return role in Role.values


def can_see_cases(role: str) -> bool:
    """Whether a role works with declarations at all."""
    return role in SEE_CASES


def can_decide(role: str) -> bool:
    """Whether a role may decide on declarations and help with accounts (guides O03, O04)."""
    return role in _DECIDE


def can_answer(role: str) -> bool:
    """Whether a role sees and answers the petitions of its office (guides O05)."""
    return role in _ANSWER


def can_publish(role: str) -> bool:
    """Whether a role writes what everybody reads (guides U04)."""
    return role in _PUBLISH


def can_keep_directories(role: str) -> bool:
    """Whether a role takes and brings the directories that everybody looks up (guides U02)."""
    return role == Role.OPERATOR


def can_manage(role: str) -> bool:
    """Whether a role opens, moves and ends the accounts of its office and those below it."""
    return role == Role.HEAD


def can_read_figures(role: str) -> bool:
    """Whether a role reads how petitions are answered: heads their offices', operators all."""
    return role == Role.HEAD or sees_every_office(role)


def sees_every_office(role: str) -> bool:
    """Whether the figures of a role are those of the whole country."""
    return role == Role.OPERATOR


def can_check_cards(role: str) -> bool:
    """Whether a role works at a health facility, which checks cards and does nothing else."""
    return role == Role.FACILITY


def next_step(*, has_second: bool, is_proved: bool, must_change: bool) -> Step:
    """What follows the right password.

    `is_proved`: the second factor was given. Who has none sets it up, after changing the password
    that somebody else knew.
    """
    if has_second and not is_proved:
        return Step.SECOND_FACTOR
    if must_change:
        return Step.NEW_PASSWORD
    return Step.NONE if has_second else Step.SMART_OTP


def is_password_due(set_at: datetime | None, now: datetime) -> bool:
    """Whether a password is past its time."""
    return set_at is not None and now - set_at > settings.VSSID_PASSWORD_LIFETIME


def check_new_password(password: str, *, user_name: str) -> None:
    """Refuse a password that is too short, too long, common, or holds the user name.

    Raises PasswordLengthError, PasswordCommonError, PasswordIsNameError.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise errors.PasswordLengthError
    if user_name in password.lower():
        raise errors.PasswordIsNameError
    try:
        _common.validate(fold(password))
    except ValidationError:
        raise errors.PasswordCommonError from None
    if len(set(password)) <= 2:
        raise errors.PasswordCommonError
