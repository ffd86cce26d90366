"""What officers prove themselves with: their password, SmartOTP, passkeys."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction

from vssid.audit.commands import record_event
from vssid.kernel import passkeys, totp
from vssid.kernel.passwords import normal_password
from vssid.staff import errors, rules, secrets
from vssid.staff.models import Officer, OfficerOtp, OfficerPasskey


def change_password(*, officer: Officer, new: str, now: datetime) -> Officer:
    """Put an officer's own new password in force; they have just proven the old one.

    Every other session of theirs is over with it. Locks the officer's row.
    Raises PasswordLengthError, PasswordCommonError, PasswordIsNameError, PasswordSameError.
    """
    typed = normal_password(new)
    rules.check_new_password(typed, user_name=officer.user_name)
    with transaction.atomic():
        found = Officer.objects.select_for_update().get(pk=officer.pk)
        if check_password(typed, found.password):
            raise errors.PasswordSameError
        found.password = make_password(typed)
        found.password_set_at = now
        found.must_change_password = False
        found.first_password_until = None
        found.save(
            update_fields=[
                "password", "password_set_at", "must_change_password", "first_password_until",
            ]
        )  # fmt: skip
        _record(found, "officer.password-change")
    return found


def put_smart_otp(*, officer: Officer, secret: bytes, typed: str, now: datetime) -> None:
    """Keep a SmartOTP secret once a code of it was typed; it takes an earlier one's place.

    The code is used up by it. Raises CodeWrongError, ClockWrongError.
    """
    step = totp.matching_step(secret, typed, now, -1)
    if step is None:
        is_late = totp.clock_drift(secret, typed, now) is not None
        raise errors.ClockWrongError if is_late else errors.CodeWrongError
    with transaction.atomic():
        OfficerOtp.objects.update_or_create(
            officer_id=officer.pk,
            defaults={
                "secret": secrets.seal(f"otp:{officer.pk}", secret),
                "last_step": step,
                "made_at": now,
            },
        )
        _record(officer, "officer.smart-otp")


def add_passkey(
    *, officer: Officer, name: str, made: passkeys.NewPasskey, now: datetime
) -> OfficerPasskey:
    """Keep a passkey that was checked. Raises PasskeyKnownError."""
    try:
        with transaction.atomic():
            kept = OfficerPasskey.objects.create(
                officer_id=officer.pk,
                credential=passkeys.credential_key(made.credential_id),
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                name=name,
                made_at=now,
            )
            _record(officer, "officer.passkey-add")
    except IntegrityError:
        raise errors.PasskeyKnownError from None
    return kept


def remove_passkey(*, officer: Officer, passkey_id: UUID) -> None:
    """Forget one of an officer's own passkeys; somebody else's stays."""
    with transaction.atomic():
        own = OfficerPasskey.objects.filter(officer_id=officer.pk, id=passkey_id)
        if own.delete()[0]:
            _record(officer, "officer.passkey-remove")


def _record(officer: Officer, act: str) -> None:
    record_event(by=officer.actor, act=act, subject=officer.user_name)
