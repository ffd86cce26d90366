"""Codes that a device makes by itself (SmartOTP): time-based one-time passwords of RFC 6238.

SHA-1, six digits, 30 seconds, 20 random bytes: the only parameters that every authenticator on
every phone understands. A *step* is the number of whole 30 seconds since 1970; a code belongs to
one step. Pure but for the randomness of `new_secret`; the moment is always passed in.
"""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final

import pyotp

ISSUER: Final = "VssID"
STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20
"""As long as SHA-1's output: RFC 4226, section 4, R6."""
WINDOW: Final = 1
"""Steps of drift and of typing time that are forgiven on either side: RFC 6238, section 5.2."""
DRIFT_REACH: Final = 20
"""Steps within which a clock is recognised as wrong: ten minutes on either side."""
_GROUP: Final = 4


def new_secret() -> bytes:
    """Return a new secret of 20 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(now: datetime) -> int:
    """Return the step of a moment. Raises ValueError for a moment without a zone."""
    if now.tzinfo is None:
        raise ValueError("A moment without a time zone belongs to no step.")
    return int(now.timestamp() // STEP_SECONDS)


def code_at(secret: bytes, step: int) -> str:
    """Return the six digits of a step. Raises ValueError for a step before 1970."""
    return pyotp.HOTP(_base32(secret), digits=DIGITS).at(step)


def matching_step(
    secret: bytes, typed: str, now: datetime, last_step: int, window: int = WINDOW
) -> int | None:
    """Return the step that the typed code belongs to, or None when it is not right now.

    Looked at are `window` steps before and after the present one, all of them whatever is found,
    so that the time taken tells nothing. A step up to `last_step`, the last one used, never
    matches: no code serves twice. Spaces in what was typed are ignored. The caller stores the
    step, in a statement that refuses when a later one was stored meanwhile.
    """
    return _latest_match(secret, typed, step_at(now), last_step, window)


def clock_drift(secret: bytes, typed: str, now: datetime, reach: int = DRIFT_REACH) -> int | None:
    """Return by how many steps the device's clock is off if the typed code is one of its codes.

    Negative: its clock is slow. None: a wrong code, at least within `reach` steps. It serves only
    to tell an owner that their clock is wrong, after a try was spent: never to let anybody in. Of
    random codes 41 in a million are taken for one of a wrong clock.
    """
    present = step_at(now)
    found = _latest_match(secret, typed, present, -1, reach)
    return None if found is None else found - present


def otpauth_uri(secret: bytes, *, label: str, issuer: str = ISSUER) -> str:
    """Return the address that authenticators read from a QR code.

    `label` tells the accounts of a family apart; authenticators copy it to their makers' clouds, so
    give a masked number. Digits, period and algorithm are the defaults of the format and left out,
    as some authenticators stumble over them.
    """
    return pyotp.TOTP(_base32(secret), digits=DIGITS).provisioning_uri(
        name=label, issuer_name=issuer
    )


def readable_secret(secret: bytes) -> str:
    """Return a secret as it is typed into an authenticator: Base32 in groups of four."""
    text = _base32(secret)
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _latest_match(
    secret: bytes, typed: str, present: int, last_step: int, reach: int
) -> int | None:
    # Of two steps with the same six digits the later one is used up, so that the digits that were
    # just accepted open nothing a second time.
    digits = "".join(typed.split()).encode()
    found = None
    for step in range(max(0, present - reach), present + reach + 1):
        is_same = hmac.compare_digest(code_at(secret, step).encode(), digits)
        if is_same and step > last_step:
            found = step
    return found


def _base32(secret: bytes) -> str:
    return base64.b32encode(secret).decode()
