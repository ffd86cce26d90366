"""Taking a code that the owner's device made by itself, wherever an SMS code is taken (A09)."""

from datetime import datetime, timedelta
from functools import lru_cache

from vssid.accounts import buckets, errors
from vssid.accounts.models import CodePurpose, SmartOtp
from vssid.accounts.sealing import seal_secret, unseal_secret
from vssid.kernel import totp
from vssid.limits import commands as limits

SMART_OTP_PURPOSES = frozenset(
    {
        CodePurpose.PASSWORD,
        CodePurpose.DEVICE,
        CodePurpose.RESET,
        CodePurpose.EMAIL,
        CodePurpose.PHONE,
        CodePurpose.SMART_OTP,
        CodePurpose.PASSKEY,
        CodePurpose.CLOSE,
    }
)
"""What a SmartOTP code confirms. The others prove that somebody can read a phone or mailbox."""

STEP = timedelta(seconds=totp.STEP_SECONDS)
_SIGNED_IN = SMART_OTP_PURPOSES - {CodePurpose.DEVICE, CodePurpose.RESET}
_NOBODY = "nobody"


def is_smart_otp_right(*, number: str, typed: str, now: datetime, counted_as: str = "") -> bool:
    """Whether `typed` is the present code of the number's SmartOTP; a right one is used up.

    Of many at once one succeeds. After 5 wrong ones in 15 minutes, or 20 in a day, none is right
    for a while, while SMS codes still are. A number without a SmartOTP takes the same steps. Call
    it outside of a transaction, so that wrong ones count whatever follows. `counted_as`: the key
    of its tries, where strangers may type; theirs must not use up the owner's.
    """
    # A try is counted before it is looked at: many at once get no more of them.
    pauses = [
        limits.hit(limit=limit, key=key, now=now) for limit, key in _buckets(counted_as or number)
    ]
    row, secret = _secret_of(number)
    step = totp.matching_step(secret, typed, now, row.last_step if row else -1)
    if row is None or step is None or any(pauses):
        return False
    # The secret stands in the condition: another device may have been set up meanwhile.
    unused = SmartOtp.objects.filter(account_id=number, secret=row.secret, last_step__lt=step)
    if unused.update(last_step=step) != 1:
        return False
    for limit, key in _buckets(counted_as or number):
        limits.clear(limit=limit, key=key)
    return True


def explain_wrong_smart_otp(
    *, purpose: CodePurpose, number: str, typed: str, now: datetime, counted_as: str = ""
) -> None:
    """Raise SmartOtpUsedError for a code that served before, DeviceClockError for a wrong clock.

    Call it after a code was refused and a try was spent. Clocks are recognised within ten minutes.
    Of one that is fast only the signed-in owner is told: to anybody else it would say which code
    will be right soon. Nobody is told anything while codes are refused.
    """
    if any(
        limits.wait(limit=limit, key=key, now=now) for limit, key in _buckets(counted_as or number)
    ):
        return
    row, secret = _secret_of(number)
    drift = totp.clock_drift(secret, typed, now)
    if row is None or drift is None:
        return
    if abs(drift) <= totp.WINDOW:
        raise errors.SmartOtpUsedError
    if drift < 0 or purpose in _SIGNED_IN:
        raise errors.DeviceClockError(drift=drift * STEP)


def _buckets(number: str) -> tuple[buckets.Bucket, ...]:
    return buckets.smart_otp_guesses(number), buckets.smart_otp_guesses_of_day(number)


def _secret_of(number: str) -> tuple[SmartOtp | None, bytes]:
    row = SmartOtp.objects.filter(account_id=number).first()
    if row is None:
        return None, unseal_secret(_NOBODY, _nobodys_secret())
    return row, unseal_secret(number, row.secret)


@lru_cache(maxsize=1)
def _nobodys_secret() -> bytes:
    return seal_secret(_NOBODY, totp.new_secret())
