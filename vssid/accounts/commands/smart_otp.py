"""Setting a SmartOTP up, moving it to another device, and removing it (guides A09)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import errors, rules, tokens
from vssid.accounts.commands import codes
from vssid.accounts.commands.disown_links import make_link
from vssid.accounts.commands.smart_otp_codes import STEP
from vssid.accounts.models import Account, CodePurpose, SmartOtp
from vssid.accounts.sealing import seal_secret
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel import totp
from vssid.kernel.errors import CodedError
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel

_TICKET = "smart-otp"
_LONGEST_DEVICE = 80


@dataclass(frozen=True, slots=True)
class Setup:
    """What a ticket of ours holds; nothing of it is stored before it is confirmed.

    `device` is empty for an authenticator of somebody else's making. `is_proven` once the code of
    the phone, or of the SmartOTP in force, was typed: only then the secret may be shown. `mark`
    tells this setup from others and leads to nothing. `instead_of` is when the SmartOTP in force at
    the beginning was made, empty when there was none: a ticket serves once.
    """

    secret: bytes
    device: str
    is_proven: bool
    instead_of: str
    mark: str


def begin_smart_otp(*, number: str, device: str, now: datetime) -> str:
    """Make a secret; returns the sealed ticket. `send_smart_otp_code` comes next.

    Raises ChangesHeldError.
    """
    account = Account.objects.get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    setup = Setup(
        secret=totp.new_secret(),
        device=device[:_LONGEST_DEVICE],
        is_proven=False,
        instead_of=_made_at(number),
        mark="",
    )
    return _seal(number, setup, now)


def send_smart_otp_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code that setting up needs, to the phone: never by email.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    setup = read_setup(number=number, ticket=ticket, now=now)
    account = Account.objects.get(person_id=number)
    _send_code(account, _setting(setup), "code.smart-otp", now)


def prove_smart_otp(*, number: str, ticket: str, typed: str, now: datetime) -> str:
    """Use up the code that was sent, or one of the SmartOTP in force; returns the proven ticket.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, DeviceClockError.
    """
    setup = read_setup(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.SMART_OTP,
        subject=number,
        binding=_setting(setup),
        typed=typed,
        now=now,
    )
    codes.use_code(proof=proof, now=now)
    return _seal(number, replace(setup, is_proven=True), now)


def read_setup(*, number: str, ticket: str, now: datetime) -> Setup:
    """What a ticket made for this number holds.

    Raises TicketLateError for an old one, and for anything that is not ours.
    """
    content = json.loads(tokens.unseal(_TICKET, ticket) or b"{}")
    lifetime = settings.VSSID_SESSION_IDLE.total_seconds()
    if content.get("number") != number or now.timestamp() - content["at"] > lifetime:
        raise errors.TicketLateError
    return Setup(
        secret=bytes.fromhex(content["secret"]),
        device=content["device"],
        is_proven=content["is_proven"],
        instead_of=content["instead_of"],
        mark=hashlib.sha256(ticket.encode()).hexdigest()[:16],
    )


def confirm_smart_otp(
    *, number: str, session_id: UUID, ticket: str, typed: str, now: datetime
) -> None:
    """Put a SmartOTP in force once the new device made a right code; an older one goes with it.

    That code is used up. The owner is told by SMS and email; that disowns the session. Locks
    the account's row. Raises TicketLateError, ChangesHeldError, SmartOtpNotProvenError,
    DeviceClockError.
    """
    setup = read_setup(number=number, ticket=ticket, now=now)
    if not setup.is_proven:
        raise errors.TicketLateError
    step = totp.matching_step(setup.secret, typed, now, last_step=-1)
    if step is None:
        raise _why_not(setup.secret, typed, now)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        rules.check_changes_not_held(account.changes_held_until, now)
        if setup.instead_of != _made_at(number):
            raise errors.TicketLateError
        SmartOtp.objects.update_or_create(
            account=account,
            defaults={
                "secret": seal_secret(number, setup.secret),
                "device": setup.device,
                "last_step": step,
                "made_at": now,
            },
        )
        record_event(by=Actor.citizen(number), act="smart-otp.set", subject=number)
        link = make_link(number=number, session_id=session_id, now=now)
        _tell(account, "account.smart-otp-set", {"link": link})


def send_removal_code(*, number: str, now: datetime, channel: Channel = Channel.SMS) -> None:
    """Send (again) the code that removing needs.

    Raises TicketLateError when there is nothing to remove, CodeTooSoonError, CodesExhaustedError.
    """
    account = Account.objects.get(person_id=number)
    email = rules.code_email(account, now)
    binding = _removal(number)
    _send_code(account, binding, "code.smart-otp-removal", now, email=email, channel=channel)


def remove_smart_otp(*, number: str, typed: str, now: datetime) -> None:
    """Remove the SmartOTP with a code by SMS, or one of its own; the owner is told.

    It is possible also while other changes wait: whoever lost the device must be able to. Locks
    the account's row. Raises TicketLateError when there is none (any more), WrongCodeError,
    CodeSpentError, CodeLateError, DeviceClockError.
    """
    proof = codes.try_code(
        purpose=CodePurpose.SMART_OTP,
        subject=number,
        binding=_removal(number),
        typed=typed,
        now=now,
    )
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        codes.use_code(proof=proof, now=now)
        drop_smart_otp(account=account, by=Actor.citizen(number))


def drop_smart_otp(*, account: Account, by: Actor) -> bool:
    """Remove an account's SmartOTP in the caller's transaction; returns whether there was one.

    For whoever has proven the owner in another way, such as the desk. The owner is told.
    """
    if not SmartOtp.objects.filter(account=account).delete()[0]:
        return False
    record_event(by=by, act="smart-otp.remove", subject=account.person_id)
    _tell(account, "account.smart-otp-removed")
    return True


def _send_code(
    account: Account,
    binding: str,
    template: str,
    now: datetime,
    *,
    email: str = "",
    channel: Channel = Channel.SMS,
) -> None:
    number = account.person_id
    request = codes.CodeRequest(
        purpose=CodePurpose.SMART_OTP,
        subject=number,
        binding=binding,
        phone=account.phone,
        email=email,
        channel=channel,
        template=template,
        data={"number": mask_number(number)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def _setting(setup: Setup) -> str:
    """Not the ticket: whoever starts again may use the code in hand. It shows them a new secret."""
    return f"set|{setup.instead_of}"


def _removal(number: str) -> str:
    made_at = _made_at(number)
    if not made_at:
        raise errors.TicketLateError
    return f"remove|{made_at}"


def _made_at(number: str) -> str:
    made_at = SmartOtp.objects.filter(account_id=number).values_list("made_at", flat=True).first()
    return made_at.isoformat() if made_at else ""


def _why_not(secret: bytes, typed: str, now: datetime) -> CodedError:
    # Whoever is here was shown the secret: there is nothing left to find out.
    drift = totp.clock_drift(secret, typed, now)
    if drift is None:
        return errors.SmartOtpNotProvenError()
    return errors.DeviceClockError(drift=drift * STEP)


def _tell(account: Account, template: str, secret: dict[str, str] | None = None) -> None:
    shown = {"number": mask_number(account.person_id), "hotline": settings.VSSID_HOTLINE}
    messaging.notify(
        phone=account.phone,
        email=account.email,
        letter=messaging.Letter(template, shown, secret),
        key=f"smart-otp.{uuid7()}",
    )


def _seal(number: str, setup: Setup, now: datetime) -> str:
    content = {
        "number": number,
        "secret": setup.secret.hex(),
        "device": setup.device,
        "is_proven": setup.is_proven,
        "instead_of": setup.instead_of,
        "at": int(now.timestamp()),
    }
    return tokens.seal(_TICKET, json.dumps(content).encode())
