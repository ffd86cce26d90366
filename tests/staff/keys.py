"""What officers of the tests prove themselves with."""

from datetime import datetime, timedelta

from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.staff.commands import own_keys
from vssid.staff.models import Officer

SECRET = bytes(range(totp.SECRET_BYTES))


def code_at(now: datetime, *, steps: int = 0) -> str:
    """What the officer's SmartOTP shows at a moment, or some steps of 30 seconds away."""
    return totp.code_at(SECRET, totp.step_at(now) + steps)


def give_smart_otp(officer: Officer, now: datetime | None = None) -> Officer:
    """Set SmartOTP up ten minutes ago, so that the code of now is still good."""
    then = (now or utc_now()) - timedelta(minutes=10)
    own_keys.put_smart_otp(officer=officer, secret=SECRET, typed=code_at(then), now=then)
    return officer
