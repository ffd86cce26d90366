"""How many strangers' entries an officer may look up: whoever serves people needs few an hour."""

from datetime import datetime, timedelta

from django.conf import settings

from vssid.limits import commands as limits
from vssid.registration.errors import LookUpsExhaustedError
from vssid.staff.models import Officer

_HOUR = timedelta(hours=1)


def count_look_up(*, by: Officer, now: datetime) -> None:
    """Count a look at whom a typed number belongs to, before it is read.

    Not of a case that lies with the office: there the number is the applicant's. Raises
    LookUpsExhaustedError.
    """
    limit = limits.Limit("desk.look-up", settings.VSSID_DESK_LOOK_UPS_PER_HOUR, _HOUR)
    wait = limits.hit(limit=limit, key=by.user_name, now=now)
    if wait is not None:
        raise LookUpsExhaustedError(wait=wait)
