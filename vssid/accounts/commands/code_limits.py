"""How many codes may go out: to whom, and asked for from where."""

from datetime import datetime

from vssid.accounts import buckets, errors
from vssid.limits import commands as limits


def count_to_account(*, address: str, now: datetime) -> None:
    """Count one code to the proven phone or email of an account. Raises CodesExhaustedError."""
    limit, key = buckets.codes_to_account(address)
    pause = limits.hit(limit=limit, key=key, now=now)
    if pause is not None:
        raise errors.CodesExhaustedError(wait=pause)


def count_unproven(*, key: str, kind: str, now: datetime) -> None:
    """Count one code to a phone, email or number that nobody has proven: a pause, an hour, a day.

    `kind` names the buckets. Raises CodeTooSoonError, CodesExhaustedError, CodesOfDayError.
    """
    refusals = (
        (buckets.unproven_pause(kind, key), errors.CodeTooSoonError),
        (buckets.unproven_hour(kind, key), errors.CodesExhaustedError),
        (buckets.unproven_day(kind, key), errors.CodesOfDayError),
    )
    for (limit, counted), error in refusals:
        pause = limits.hit(limit=limit, key=counted, now=now)
        if pause is not None:
            raise error(wait=pause)


def count_against_network(*, asked_from: str, now: datetime) -> None:
    """Count one code to somebody unproven against the network of whoever asked for it.

    `asked_from` is their network address. Raises NetworkExhaustedError.
    """
    for limit, key in (buckets.network_hour(asked_from), buckets.network_day(asked_from)):
        pause = limits.hit(limit=limit, key=key, now=now)
        if pause is not None:
            raise errors.NetworkExhaustedError(wait=pause)
