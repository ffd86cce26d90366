"""Number and password: who may try, how often, and what a wrong one is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import DEFAULT_DB_ALIAS

from vssid.accounts import buckets, errors, rules
from vssid.accounts.models import Account
from vssid.accounts.origin import Origin
from vssid.limits import commands as limits
from vssid.people.reading import read_rows

# The app asks for no picture code until as many passwords were wrong; behind one address there
# may be a whole town.
_WRONG_WITHOUT_PICTURE = 2
_WRONG_OF_ADDRESS_WITHOUT_PICTURE = 10
# One round trip: the whole account as the ORM would read it, and whether the device is its own.
_COLUMNS = ", ".join(f"a.{field.column}" for field in Account._meta.concrete_fields)
_ACCOUNT = f"""
SELECT k.id IS NOT NULL, {_COLUMNS}
FROM accounts_account a
LEFT JOIN accounts_knowndevice k ON k.number = a.number AND k.id = %(device)s
WHERE a.number = %(number)s
"""  # noqa: S608 - the columns of our own model
_NOBODY = make_password("nobody's password")


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at the door, and what went wrong there before: read once, counts nothing.

    `address_wait`: how long nobody's unknown device gets in from that address; None when it may.
    """

    number: str
    account: Account | None
    is_known: bool
    own: buckets.Bucket
    of_address: buckets.Bucket
    address_wait: timedelta | None
    wants_picture: bool


def begin_attempt(*, number: str, origin: Origin, now: datetime) -> Attempt:
    """Look who wants in; an unknown number takes the same statements as any other.

    The app asks for the picture code as well after two wrong passwords of this number, or ten from
    this network address, on devices that the account does not know; on one that it knows, after
    two that were typed there.
    """
    account, is_known = _account(number, origin)
    own = _own_bucket(number, origin, is_known=is_known)
    of_address = buckets.sign_in_from(origin.address)
    here, from_address = limits.running(of=[own, of_address], now=now)
    return Attempt(
        number=number,
        account=account,
        is_known=is_known,
        own=own,
        of_address=of_address,
        # A line may serve a whole town (CGNAT): right passwords are not counted, and known devices
        # not even asked. So it is counted after the look, and only the few that are looked at in
        # the same moment may pass it.
        address_wait=None if is_known else from_address.wait,
        wants_picture=here.count >= _WRONG_WITHOUT_PICTURE
        or (not is_known and from_address.count >= _WRONG_OF_ADDRESS_WITHOUT_PICTURE),
    )


def check_credentials(*, attempt: Attempt, password: str, now: datetime) -> Account:
    """The account that number and password open; of a number without one, what was typed.

    Wrong passwords on a device that the account knows are counted there, all others together: a
    stranger never locks an owner out. Unknown numbers take the same time and statements, get the
    same words and lock alike. A try is counted before it is looked at, so that many at once get no
    more tries than one after the other. A right password clears only what was counted where it
    was typed. Works outside of any transaction: each count must stay.
    Raises SignInLockedError, AddressLockedError, SignInRefusedError, AccountLockedError.
    """
    if attempt.address_wait is not None:
        raise errors.AddressLockedError(wait=attempt.address_wait)
    limit, key = attempt.own
    tally = limits.count(limit=limit, key=key, now=now)
    if tally.wait is not None:
        raise errors.SignInLockedError(wait=tally.wait)
    account = attempt.account
    right = _is_right(password, account.password if account else _NOBODY)
    if account is None or not right:
        if not attempt.is_known:
            limits.count(limit=attempt.of_address[0], key=attempt.of_address[1], now=now)
        if tally.is_last:
            raise errors.SignInLockedError(wait=limit.period)
        raise errors.SignInRefusedError
    limits.clear(limit=limit, key=key)
    if account.locked_at is not None:
        raise errors.AccountLockedError
    return account


def _account(number: str, origin: Origin) -> tuple[Account | None, bool]:
    """The account of a number, and whether it knows the device."""
    rows = read_rows(_ACCOUNT, {"number": number, "device": origin.device})
    if not rows:
        return None, False
    is_known, *values = rows[0]
    names = [field.attname for field in Account._meta.concrete_fields]
    return Account.from_db(DEFAULT_DB_ALIAS, names, values), bool(is_known)


def _own_bucket(number: str, origin: Origin, *, is_known: bool) -> buckets.Bucket:
    if is_known and origin.device is not None:
        return buckets.sign_in_on_device(number, origin.device)
    return buckets.sign_in_elsewhere(number)


def _is_right(typed: str, stored: str) -> bool:
    """Compare, at the same cost whatever was typed; what is too long is never right."""
    # Composing shortens a text to a third at most; the rest need not be looked at.
    short = typed[: 4 * rules.PASSWORD_MAX]
    password = rules.normal_password(short)
    fits = len(short) == len(typed) and len(password) <= rules.PASSWORD_MAX
    return check_password(password[: rules.PASSWORD_MAX], stored) and fits
