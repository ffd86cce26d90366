"""Proving oneself again before a sensitive act: the session is the same, its proof is fresh."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password

from vssid.accounts import errors, rules
from vssid.accounts.commands import passkeys, sessions
from vssid.accounts.commands.smart_otp_codes import (
    explain_wrong_smart_otp,
    is_smart_otp_right,
)
from vssid.accounts.models import Account, CodePurpose
from vssid.kernel.passkeys import Party
from vssid.limits import commands as limits


def prove_by_password(*, number: str, session_id: UUID, password: str, now: datetime) -> None:
    """Note a fresh proof once the password was typed rightly.

    Wrong ones lock this step only, never signing in. A try is counted before it is looked at.
    Raises SignInLockedError, ProofWrongError, SessionOverError.
    """
    limit = limits.Limit(
        "proof.password", settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True
    )
    pause = limits.hit(limit=limit, key=number, now=now)
    if pause is not None:
        raise errors.SignInLockedError(wait=pause)
    account = Account.objects.get(person_id=number)
    typed = rules.normal_password(password)[: rules.PASSWORD_MAX]
    if not check_password(typed, account.password):
        if limits.wait(limit=limit, key=number, now=now) is not None:
            raise errors.SignInLockedError(wait=limit.period)
        raise errors.ProofWrongError
    limits.clear(limit=limit, key=number)
    sessions.prove(number=number, session_id=session_id, now=now)


def prove_by_passkey(
    *,
    number: str,
    session_id: UUID,
    ticket: str,
    answer: str,
    party: Party,
    address: str,
    now: datetime,
) -> None:
    """Note a fresh proof once a passkey of the account answered rightly.

    Raises what `passkeys.use_passkey` raises, and SessionOverError.
    """
    passkeys.use_passkey(
        purpose="prove",
        ticket=ticket,
        answer=answer,
        party=party,
        address=address,
        now=now,
        number=number,
    )
    sessions.prove(number=number, session_id=session_id, now=now)


def prove_by_smart_otp(*, number: str, session_id: UUID, typed: str, now: datetime) -> None:
    """Note a fresh proof once the present code of the account's SmartOTP was typed (guides A09).

    Wrong ones are counted with all others of that SmartOTP. Raises ProofCodeWrongError,
    SmartOtpUsedError, DeviceClockError, SessionOverError.
    """
    if not is_smart_otp_right(number=number, typed=typed, now=now):
        explain_wrong_smart_otp(purpose=CodePurpose.SMART_OTP, number=number, typed=typed, now=now)
        raise errors.ProofCodeWrongError
    sessions.prove(number=number, session_id=session_id, now=now)
