"""What the demo officers' authenticators hold: known to everybody, as the demo's password is."""

from datetime import datetime
from hashlib import sha256

from vssid.kernel import totp
from vssid.staff.commands.signing_in import otp_secret
from vssid.staff.queries import sealed_smart_otps
from vssid.web.demo import cast


def smart_otp_secret(user_name: str) -> bytes:
    """The SmartOTP secret of a demo officer."""
    return sha256(f"VssID demo {user_name}".encode()).digest()[: totp.SECRET_BYTES]


def officers_codes(now: datetime) -> list[tuple[str, str]]:
    """User names and codes of a moment; who was reset, or set up another secret, has none here."""
    names = [worker.user_name for worker in cast.OFFICERS]
    in_force = {
        name: otp_secret(officer_id=officer_id, sealed=sealed)
        for name, officer_id, sealed in sealed_smart_otps(names)
    }
    step = totp.step_at(now)
    return [
        (name, totp.code_at(in_force[name], step))
        for name in names
        if in_force.get(name) == smart_otp_secret(name)
    ]
