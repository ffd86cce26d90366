"""Every limit of accounts: its name, how often in how long, and what its key is."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from vssid.kernel.networks import line_of, network_of
from vssid.limits.commands import Limit

Bucket = tuple[Limit, str]
"""A limit, and the key that is counted."""


def sign_in_on_device(number: str, device: UUID) -> Bucket:
    """Wrong passwords on one device that the account knows: nobody else's count there."""
    return _lock("sign-in.device"), f"{number}|{device}"


def sign_in_elsewhere(number: str) -> Bucket:
    """Wrong passwords on all other devices together. Unknown numbers are counted alike."""
    return _lock("sign-in.number"), number


def sign_in_from(address: str) -> Bucket:
    """Wrong passwords for whatever number from one line, on devices the account does not know."""
    allowed, period = settings.VSSID_SIGN_IN_TRIES_PER_ADDRESS, settings.VSSID_SIGN_IN_LOCK
    return Limit("sign-in.address", allowed, period), line_of(address)


def old_password(number: str) -> Bucket:
    """Wrong old passwords when changing it or proving oneself again, signed in."""
    return _lock("password.old"), number


def codes_to_account(address: str) -> Bucket:
    """Codes to a phone or email that an account has proven. Key: the phone or email."""
    return Limit("code.account", settings.VSSID_CODES_PER_HOUR, timedelta(hours=1)), address


def unproven_pause(kind: str, key: str) -> Bucket:
    """The pause between two codes to what nobody has proven. `kind` tells phones from numbers."""
    return Limit(f"{kind}.pause", 1, settings.VSSID_CODE_RESEND_AFTER), key


def unproven_hour(kind: str, key: str) -> Bucket:
    """Codes in an hour to what nobody has proven."""
    return Limit(f"{kind}.hour", settings.VSSID_CODES_PER_HOUR, timedelta(hours=1)), key


def unproven_day(kind: str, key: str) -> Bucket:
    """Codes in a day to what nobody has proven."""
    return Limit(f"{kind}.day", settings.VSSID_CODES_PER_DAY, timedelta(days=1)), key


def network_hour(address: str) -> Bucket:
    """Codes in an hour to the unproven, asked for from one network."""
    allowed = settings.VSSID_CODES_PER_NETWORK_HOUR
    return Limit("code.network-hour", allowed, timedelta(hours=1)), network_of(address)


def network_day(address: str) -> Bucket:
    """Codes in a day to the unproven, asked for from one network."""
    allowed = settings.VSSID_CODES_PER_NETWORK_DAY
    return Limit("code.network-day", allowed, timedelta(days=1)), network_of(address)


def desk_reset(number: str) -> Bucket:
    """A new password from the desk: a double press gives one."""
    return Limit("reset.desk", 1, settings.VSSID_CODE_RESEND_AFTER), number


def exports_of_day(number: str) -> Bucket:
    """Copies of one's record asked for in a day."""
    return Limit("export.day", settings.VSSID_EXPORTS_PER_DAY, timedelta(days=1)), number


def smart_otp_guesses(number: str) -> Bucket:
    """Wrong SmartOTP codes, whatever they were to confirm. SMS codes are taken all the while."""
    return _lock("smart-otp"), number


def smart_otp_guesses_of_day(number: str) -> Bucket:
    """The same in a day. A guess hits one of three codes: 20 a day find one in 45 years."""
    return Limit("smart-otp.day", 20, timedelta(days=1)), number


def share_tries(number: str) -> Bucket:
    """Numbers and names typed to share a record with: nobody may find people out by trying."""
    return Limit("share.find", 10, timedelta(hours=1)), number


def _lock(name: str) -> Limit:
    return Limit(name, settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True)
