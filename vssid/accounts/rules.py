"""Decisions about passwords and sessions, without a database."""

import secrets
import unicodedata
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from vssid.accounts import errors
from vssid.kernel.text import fold

PASSWORD_MIN, PASSWORD_MAX = 8, 128
# Letters and digits that are hard to take for one another when read aloud from an SMS.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"

_common = CommonPasswordValidator()


def first_password() -> str:
    """A password for the first sign-in: four letters and four digits, easy to read aloud."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(4))
    return letters + "".join(secrets.choice(_DIGITS) for _ in range(4))


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


def normal_password(text: str) -> str:
    """What is hashed: NFC, so that an accent typed as its own sign is the same password."""
    return unicodedata.normalize("NFC", text)


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
