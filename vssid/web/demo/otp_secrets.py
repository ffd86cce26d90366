"""What the demo's authenticators were given: known to everybody, as the demo's password is.

Pure: programs that break the demo from outside read it without the pages' settings.
"""

from hashlib import sha256

from vssid.kernel import totp


def smart_otp_secret(user_name: str) -> bytes:
    """The SmartOTP secret of a demo officer."""
    return sha256(f"VssID demo {user_name}".encode()).digest()[: totp.SECRET_BYTES]
