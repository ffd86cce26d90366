"""Decisions about passwords and sessions, without a database."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from vssid.accounts import errors
from vssid.accounts.models import Account
from vssid.kernel.clock import format_datetime, vietnam_today
from vssid.kernel.passwords import PASSWORD_MAX as PASSWORD_MAX
from vssid.kernel.passwords import PASSWORD_MIN as PASSWORD_MIN
from vssid.kernel.passwords import first_password as first_password
from vssid.kernel.passwords import normal_password as normal_password
from vssid.kernel.text import fold

_common = CommonPasswordValidator()


def check_new_password(password: str, *, number: str, phone: str) -> None:
    """Refuse a password that is too short, too long, common, or the person's own number.

    Raises PasswordLengthError, PasswordCommonError, PasswordIsNumberError. Whether it was used
    before is asked of the database.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise errors.PasswordLengthError
    digits = "".join(sign for sign in password if sign.isdigit())
    local_phone = "0" + phone.removeprefix("+84")
    if number in digits or local_phone in digits:
        raise errors.PasswordIsNumberError
    try:
        _common.validate(fold(password))
    except ValidationError:
        raise errors.PasswordCommonError from None
    if len(set(password)) <= 2:
        raise errors.PasswordCommonError


def is_password_old(set_at: datetime, now: datetime) -> bool:
    """Whether a password is past its six months (guides A05)."""
    return now - set_at > settings.VSSID_PASSWORD_LIFETIME


def password_due_in(set_at: datetime, now: datetime) -> int | None:
    """In how many days a password is past its six months, once its owner is warned (guides A05).

    Counted in days of Vietnam; 0 is today. None while there is time, or when it is past already.
    """
    due = set_at + settings.VSSID_PASSWORD_LIFETIME
    if is_password_old(set_at, now) or now < due - settings.VSSID_PASSWORD_WARNING:
        return None
    return (vietnam_today(due) - vietnam_today(now)).days


def check_changes_not_held(held_until: datetime | None, now: datetime) -> None:
    """Refuse what waits after a reset or a new phone: exports and further changes.

    Raises ChangesHeldError, which says until when.
    """
    if held_until is not None and now < held_until:
        raise errors.ChangesHeldError(
            wait=held_until - now,
            until=format_datetime(held_until),
            hotline=settings.VSSID_HOTLINE,
        )


def code_email(account: Account, now: datetime) -> str:
    """The email that codes and passwords may go to, or "": a new one first has to stand a while.

    Whoever put another address in must not receive at once what opens the account (guides A08).
    Notices go to every email.
    """
    since = account.email_since
    if since is not None and now < since + settings.VSSID_CHANGES_HELD:
        return ""
    return account.email


def is_adult(birth_date: date, on: date) -> bool:
    """Whether somebody is of age: 18 years (Bộ luật Dân sự 91/2015 Đ.20)."""
    return (on.year - birth_date.year, on.month, on.day) >= (18, birth_date.month, birth_date.day)


def is_session_over(
    *,
    started_at: datetime,
    last_seen_at: datetime,
    now: datetime,
    idle: timedelta,
    total: timedelta,
) -> bool:
    """A session ends after `idle` without a page or `total` in all."""
    return now - last_seen_at > idle or now - started_at > total


def device_name(user_agent: str) -> str:
    """A name the owner knows their device by: «Chrome trên Android»."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Trình duyệt")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "thiết bị khác")
    return f"{browser} trên {system}"


_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "máy Mac"),
    ("Linux", "Linux"),
)
