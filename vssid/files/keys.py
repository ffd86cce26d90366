"""The master keys of the settings."""

from django.conf import settings


def current() -> tuple[str, bytes]:
    """The id and the master key that wrap what is new: the first of the settings."""
    keys: dict[str, bytes] = settings.VSSID_MASTER_KEYS
    return next(iter(keys.items()))
