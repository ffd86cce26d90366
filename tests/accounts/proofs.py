"""Proofs that a test would otherwise ask a code for: an hour has only five codes."""

from vssid.accounts.commands import passkey_codes
from vssid.kernel.clock import utc_now


def passkey_proof(number: str) -> str:
    """What somebody holds who typed the code of the phone before adding a passkey."""
    return passkey_codes.seal_ticket(
        purpose=passkey_codes._PROVEN,
        number=number,
        text=passkey_codes._newest(number),
        now=utc_now(),
    )
