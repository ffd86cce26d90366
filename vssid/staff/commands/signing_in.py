"""Officers at their door: a password, then a second factor. Also for opening a locked screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vssid.audit.commands import record_event
from vssid.kernel import passkeys, totp
from vssid.kernel.errors import CodedError
from vssid.kernel.networks import line_of
from vssid.kernel.passwords import PASSWORD_MAX, normal_password
from vssid.limits import commands as limits
from vssid.staff import errors, secrets
from vssid.staff.models import Officer, OfficerDevice, OfficerOtp, OfficerPasskey

_NOBODY = make_password("nobody's password")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an officer sits: the id in the computer's cookie, None without one, and its address."""

    device: UUID | None
    address: str


def prove_password(*, user_name: str, password: str, seat: Seat, now: datetime) -> Officer:
    """The officer that name and password open; the second factor is still to come.

    Unknown names take the same time, get the same words and lock alike. A try is counted before it
    is looked at. A computer the officer knows has a count of its own, so that a stranger's wrong
    passwords lock out strangers only.
    Raises SignInLockedError, SignInRefusedError, FirstPasswordLateError.
    """
    name = user_name.strip().lower()
    limit, key = _tries(name, seat)
    _count(limit, key, seat, now)
    officer = Officer.objects.filter(user_name=name, is_active=True).first()
    typed = normal_password(password)[:PASSWORD_MAX]
    right = check_password(typed, officer.password if officer else _NOBODY)
    if officer is None or not right:
        limits.hit(limit=_address_limit(), key=line_of(seat.address), now=now)
        raise errors.SignInRefusedError
    limits.clear(limit=limit, key=key)
    if officer.first_password_until is not None and now > officer.first_password_until:
        raise errors.FirstPasswordLateError
    return officer


def prove_code(*, officer_id: int, typed: str, now: datetime) -> None:
    """Check a code of the officer's SmartOTP and use it up. Locks its row.

    Raises CodeLockedError, CodeDayLockedError, CodeWrongError, CodeUsedError, ClockWrongError.
    """
    with _counted(officer_id, now), transaction.atomic():
        otp = OfficerOtp.objects.select_for_update().filter(officer_id=officer_id).first()
        if otp is None:
            raise errors.CodeWrongError
        secret = otp_secret(officer_id=officer_id, sealed=bytes(otp.secret))
        step = totp.matching_step(secret, typed, now, otp.last_step)
        if step is None:
            raise _why_wrong(secret, typed, now)
        otp.last_step = step
        otp.save(update_fields=["last_step"])


def prove_passkey(
    *, officer_id: int, answer: str, party: passkeys.Party, challenge: bytes, now: datetime
) -> None:
    """Check a passkey's answer to `challenge`, which the caller gives up with it. Locks its row.

    Raises CodeLockedError, CodeDayLockedError, PasskeyWrongError.
    """
    with _counted(officer_id, now), transaction.atomic():
        try:
            credential = passkeys.credential_key(passkeys.presented(answer).credential_id)
            own = OfficerPasskey.objects.select_for_update().filter(officer_id=officer_id)
            kept = own.get(credential=credential)
            kept.sign_count = passkeys.check_assertion(
                answer=answer,
                party=party,
                challenge=challenge,
                passkey=passkeys.NewPasskey(
                    bytes(kept.credential_id), bytes(kept.public_key), kept.sign_count
                ),
                handle=passkey_handle(officer_id=officer_id),
            )
        except (passkeys.PasskeyRefusedError, OfficerPasskey.DoesNotExist):
            raise errors.PasskeyWrongError from None
        kept.used_at = now
        kept.save(update_fields=["sign_count", "used_at"])


def forget_wrong_codes(*, officer_id: int) -> None:
    """Let an officer try again whose head gave them another password."""
    for limit in (_code_limit(), _day_limit()):
        limits.clear(limit=limit, key=str(officer_id))


def begin_work(*, officer: Officer, seat: Seat, now: datetime) -> UUID:
    """Record a whole sign-in and know the computer from now on; returns the id for its cookie."""
    device = seat.device or uuid4()
    with transaction.atomic():
        OfficerDevice.objects.update_or_create(
            officer_id=officer.pk,
            id=device,
            defaults={"last_seen_at": now},
            create_defaults={"first_seen_at": now, "last_seen_at": now},
        )
        record_event(by=officer.actor, act="officer.sign-in")
    return device


def record_unlock(*, officer: Officer) -> None:
    """Record that a locked screen was opened again."""
    record_event(by=officer.actor, act="officer.unlock")


def otp_secret(*, officer_id: int, sealed: bytes) -> bytes:
    """The SmartOTP secret that was sealed for this officer. Raises LookupError for another's."""
    secret = secrets.unseal(f"otp:{officer_id}", sealed)
    if secret is None:
        raise LookupError("this secret was not sealed for this officer")
    return secret


def passkey_handle(*, officer_id: int) -> bytes:
    """What an officer's passkeys know their owner by."""
    return f"vssid-staff-{officer_id}".encode()


def _tries(name: str, seat: Seat) -> tuple[limits.Limit, str]:
    tries, lock = settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK
    # Asked whether or not the name exists: an unknown one must take the same time.
    known = OfficerDevice.objects.filter(officer__user_name=name, id=seat.device or uuid4())
    if known.exists():
        return limits.Limit("officer.known", tries, lock, locks=True), f"{name}|{seat.device}"
    return limits.Limit("officer.unknown", tries, lock, locks=True), name


def _count(limit: limits.Limit, key: str, seat: Seat, now: datetime) -> None:
    pause = None
    if limit.name == "officer.unknown":
        pause = limits.wait(limit=_address_limit(), key=line_of(seat.address), now=now)
    pause = pause or limits.hit(limit=limit, key=key, now=now)
    if pause is not None:
        raise errors.SignInLockedError(wait=pause)


def _address_limit() -> limits.Limit:
    # Only wrong passwords count: a whole office may sign in from one address at eight o'clock.
    return limits.Limit(
        "officer.address", settings.VSSID_DESK_TRIES_PER_ADDRESS, settings.VSSID_SIGN_IN_LOCK
    )


def _code_limit() -> limits.Limit:
    return limits.Limit(
        "officer.second", settings.VSSID_CODE_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True
    )


def _day_limit() -> limits.Limit:
    # Right codes do not clear it: the owner's would make room for somebody who has the password.
    return limits.Limit(
        "officer.second-day", settings.VSSID_DESK_CODES_WRONG_A_DAY, timedelta(days=1), locks=True
    )


@contextmanager
def _counted(officer_id: int, now: datetime) -> Iterator[None]:
    """One try of a second factor, counted before it is looked at; a wrong one also for the day."""
    key = str(officer_id)
    pause = limits.wait(limit=_day_limit(), key=key, now=now)
    if pause is not None:
        raise errors.CodeDayLockedError(wait=pause)
    pause = limits.hit(limit=_code_limit(), key=key, now=now)
    if pause is not None:
        raise errors.CodeLockedError(wait=pause)
    try:
        yield
    except CodedError:
        limits.hit(limit=_day_limit(), key=key, now=now)
        raise
    limits.clear(limit=_code_limit(), key=key)


def _why_wrong(secret: bytes, typed: str, now: datetime) -> Exception:
    if totp.matching_step(secret, typed, now, -1) is not None:
        return errors.CodeUsedError()
    if totp.clock_drift(secret, typed, now) is not None:
        return errors.ClockWrongError()
    return errors.CodeWrongError()
