"""One-time codes: bound to what they confirm, one live per purpose, used once."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from vssid.accounts import errors
from vssid.accounts.commands import code_limits
from vssid.accounts.commands.smart_otp_codes import (
    SMART_OTP_PURPOSES,
    explain_wrong_smart_otp,
    is_smart_otp_right,
)
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.text import ascii_digits
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.messaging.models import Channel, Message, State

_TAKE_TRY = """
UPDATE accounts_onetimecode SET tries_left = tries_left - 1
WHERE subject = %s AND purpose = %s AND ended_at IS NULL AND expires_at > %s AND tries_left > 0
RETURNING id, binding, digest, tries_left
"""


# Anybody may have codes sent to any of these; the account's own phone and email are proven.
_UNPROVEN = frozenset(
    {
        CodePurpose.REGISTRATION,
        CodePurpose.NEW_PHONE,
        CodePurpose.NEW_EMAIL,
        CodePurpose.PETITION,
        CodePurpose.NUMBER_SEARCH,
    }
)
# Whether these were sent, or how that went, depends on there being somebody to send to.
_UNTOLD = frozenset({CodePurpose.RESET, CodePurpose.FOLLOW})


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """What a code is for: `binding` is everything it confirms, so that it confirms nothing else.

    It goes by `channel`; by the only way there is when `phone` (E.164) or `email` is empty.
    `asked_from` is the network address of whoever asks for a code to an unproven phone.
    """

    purpose: CodePurpose
    subject: str
    binding: str
    phone: str
    template: str
    data: Mapping[str, str]
    email: str = ""
    channel: Channel = Channel.SMS
    asked_from: str = ""

    @property
    def way(self) -> tuple[Channel, str]:
        """The channel that it takes, and the address there."""
        if self.email and (self.channel is Channel.EMAIL or not self.phone):
            return Channel.EMAIL, self.email
        return Channel.SMS, self.phone


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the message with a live code stands; `again_at` is when another may be asked for."""

    state: Literal["waiting", "sent", "failed"]
    channel: Channel
    address: str
    again_at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedCode:
    """A code that was typed rightly and still has to be used up by the act it confirms."""

    subject: str
    id: UUID
    purpose: CodePurpose


def issue_code(*, request: CodeRequest, by: Actor, now: datetime) -> OneTimeCode:
    """Send a new code; an earlier one for the same purpose ends.

    Another one has to wait for a minute, unless the last one could not be delivered. Locks
    (subject, purpose). Raises CodeTooSoonError (EarlierCodeError when the last one was for
    something else), CodesExhaustedError, CodesOfDayError, NetworkExhaustedError.
    """
    channel, address = request.way
    with transaction.atomic():
        _lock(request.purpose, request.subject)
        _end_live_code(request.purpose, request.subject, request.binding, now)
        _count(request, address, now)
        typed = "".join(secrets.choice("0123456789") for _ in range(settings.VSSID_CODE_DIGITS))
        code = _write(request.purpose, request.subject, request.binding, uuid7(), typed, now)
        minutes = settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)
        messaging.send_code(
            channel=channel,
            address=address,
            letter=messaging.Letter(
                request.template, {**request.data, "minutes": str(minutes)}, {"code": typed}
            ),
            key=message_key(code_id=code.id),
            expires_at=code.expires_at,
        )
        record_event(
            by=by, act="code.send", subject=request.subject, details={"purpose": request.purpose}
        )
    return code


def issue_unsent_code(
    *, purpose: CodePurpose, subject: str, binding: str, now: datetime
) -> OneTimeCode:
    """Make a code that `digits_of` tells whoever knows the key: nothing is sent yet.

    For what must look alike whether or not there is somebody to send it to. The caller counts
    against its limits. An earlier code for the same purpose ends. Locks (subject, purpose).
    Raises CodeTooSoonError.
    """
    code_id = uuid7()
    with transaction.atomic():
        _lock(purpose, subject)
        _end_live_code(purpose, subject, binding, now)
        return _write(purpose, subject, binding, code_id, digits_of(code_id=code_id), now)


def digits_of(*, code_id: UUID) -> str:
    """The digits of an unsent code: derived from its id with the key, stored nowhere."""
    digits: int = settings.VSSID_CODE_DIGITS
    text = b"unsent code|" + code_id.bytes
    made = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()
    # 256 bits into six digits: no digit is likelier than another by more than 2^-236.
    return f"{int.from_bytes(made) % 10**digits:0{digits}d}"


def message_key(*, code_id: UUID) -> str:
    """The idempotency key of the message that carries a code."""
    return f"code.{code_id}"


def is_live(*, purpose: CodePurpose, subject: str, now: datetime) -> bool:
    """Whether a code for this purpose could still be typed."""
    return OneTimeCode.objects.filter(
        subject=subject, purpose=purpose, ended_at__isnull=True, expires_at__gt=now
    ).exists()


def delivery(*, purpose: CodePurpose, subject: str) -> Delivery | None:
    """How far the live code has come; None when there is none, or nobody may know."""
    if purpose in _UNTOLD:
        return None
    live = OneTimeCode.objects.filter(
        subject=subject, purpose=purpose, ended_at__isnull=True
    ).first()
    message = outbox.message_by_key(message_key(code_id=live.id)) if live is not None else None
    if live is None or message is None:
        return None
    again_at = live.created_at + settings.VSSID_CODE_RESEND_AFTER
    return Delivery(_how_far(message), Channel(message.channel), message.address, again_at)


def try_code(
    *,
    purpose: CodePurpose,
    subject: str,
    binding: str,
    typed: str,
    now: datetime,
    owner: str = "",
) -> VerifiedCode:
    """Compare what was typed, in constant time. Every call costs a try, also when others run.

    A code of the number's SmartOTP is as good as the one that was sent (guides A09); `owner` is
    that number where the subject is not. Call it outside of the act's transaction: a try must
    count even when the act is refused.
    Raises WrongCodeError, CodeSpentError, CodeLateError, SmartOtpUsedError, DeviceClockError.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TRY, [subject, purpose.value, now])
        row = cursor.fetchone()
    if row is None:
        raise _why_not(purpose, subject, now)
    code_id, bound, digest, left = row
    same_matter = hmac.compare_digest(bytes(bound), _bound(binding))
    # People type the pauses they read aloud: «490 217».
    code = ascii_digits("".join(typed.split()))
    right = hmac.compare_digest(bytes(digest), _digest(purpose, subject, binding, code))
    if same_matter and right:
        return VerifiedCode(subject, code_id, purpose)
    if same_matter and purpose in SMART_OTP_PURPOSES:
        # Anybody may type into a reset: what they type wrongly is counted apart.
        who = {"number": owner or subject, "counted_as": f"reset|{owner}" if owner else ""}
        if is_smart_otp_right(**who, typed=code, now=now):
            return VerifiedCode(subject, code_id, purpose)
        explain_wrong_smart_otp(purpose=purpose, **who, typed=code, now=now)
    if left == 0:
        raise errors.CodeSpentError
    raise errors.WrongCodeError(left=left)


def use_code(*, proof: VerifiedCode, now: datetime) -> None:
    """Use a code up, in the transaction of the act it confirms.

    Raises CodeLateError the second time.
    """
    used = OneTimeCode.objects.filter(
        subject=proof.subject, id=proof.id, purpose=proof.purpose, ended_at__isnull=True
    ).update(ended_at=now)
    if used != 1:
        raise errors.CodeLateError


def end_codes(*, subject: str, now: datetime) -> None:
    """End every live code of a subject: whoever began something must begin again."""
    OneTimeCode.objects.filter(subject=subject, ended_at__isnull=True).update(ended_at=now)


def delete_ended_codes(*, before: datetime) -> int:
    """Forget codes that ended or expired before a time; returns how many."""
    return OneTimeCode.objects.filter(expires_at__lt=before).delete()[0]


def _write(
    purpose: CodePurpose, subject: str, binding: str, code_id: UUID, typed: str, now: datetime
) -> OneTimeCode:
    return OneTimeCode.objects.create(
        subject=subject,
        id=code_id,
        purpose=purpose,
        binding=_bound(binding),
        digest=_digest(purpose, subject, binding, typed),
        created_at=now,
        expires_at=now + settings.VSSID_CODE_LIFETIME,
        tries_left=settings.VSSID_CODE_TRIES,
    )


def _lock(purpose: CodePurpose, subject: str) -> None:
    # A double press: there may be no live code yet to lock. The lock ends with the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"{purpose}|{subject}"]
        )


def _end_live_code(purpose: CodePurpose, subject: str, binding: str, now: datetime) -> None:
    live = (
        OneTimeCode.objects.select_for_update()
        .filter(subject=subject, purpose=purpose, ended_at__isnull=True)
        .first()
    )
    if live is None:
        return
    again_at = live.created_at + settings.VSSID_CODE_RESEND_AFTER
    if now < again_at and not _has_failed(purpose, live.id):
        serves = bytes(live.binding) == _bound(binding)
        error = errors.CodeTooSoonError if serves else errors.EarlierCodeError
        raise error(wait=again_at - now)
    OneTimeCode.objects.filter(subject=live.subject, id=live.id).update(ended_at=now)


def _has_failed(purpose: CodePurpose, code_id: UUID) -> bool:
    if purpose in _UNTOLD:
        return False
    message = outbox.message_by_key(message_key(code_id=code_id))
    return message is not None and _how_far(message) == "failed"


def _how_far(message: Message) -> Literal["waiting", "sent", "failed"]:
    if message.state == State.SENT:
        return "sent"
    return "failed" if message.state in {State.FAILED, State.EXPIRED} else "waiting"


def _count(request: CodeRequest, address: str, now: datetime) -> None:
    # Anybody may have codes sent to any phone by registering; that must not use up the codes of
    # the account's owner, who has proven a password first.
    if request.purpose not in _UNPROVEN:
        code_limits.count_to_account(address=address, now=now)
        return
    code_limits.count_unproven(key=address, kind="code.unproven", now=now)
    if request.asked_from:
        code_limits.count_against_network(asked_from=request.asked_from, now=now)


def _why_not(purpose: CodePurpose, subject: str, now: datetime) -> Exception:
    spent = OneTimeCode.objects.filter(
        subject=subject, purpose=purpose, ended_at__isnull=True, expires_at__gt=now, tries_left=0
    ).exists()
    return errors.CodeSpentError() if spent else errors.CodeLateError()


def _bound(binding: str) -> bytes:
    return hashlib.sha256(binding.encode()).digest()


def _digest(purpose: str, subject: str, binding: str, typed: str) -> bytes:
    text = "|".join([str(purpose), subject, binding, typed])
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
