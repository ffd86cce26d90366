"""The codes that the demo officers' authenticators show."""

from datetime import datetime

from vssid.kernel import totp
from vssid.staff.commands.signing_in import otp_secret
from vssid.staff.queries import sealed_smart_otps
from vssid.web.demo import cast
from vssid.web.demo.otp_secrets import smart_otp_secret


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
