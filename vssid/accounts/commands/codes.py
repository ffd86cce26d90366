"""One-time codes: bound to what they confirm, one live per purpose, used once."""

import hashlib
import hmac
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from vssid.accounts import errors
from vssid.accounts.models import CodePurpose, OneTimeCode
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.messaging.models import Channel

_TAKE_TRY = """
UPDATE accounts_onetimecode SET tries_left = tries_left - 1
WHERE subject = %s AND purpose = %s AND ended_at IS NULL AND expires_at > %s AND tries_left > 0
RETURNING id, binding, digest, tries_left
"""


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """What a code is for: `binding` is everything it confirms, so that it confirms nothing else."""

    purpose: CodePurpose
    subject: str
    binding: str
    phone: str
    template: str
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerifiedCode:
    """A code that was typed rightly and still has to be used up by the act it confirms."""

    subject: str
    id: UUID
    purpose: CodePurpose


def issue_code(*, request: CodeRequest, by: Actor, now: datetime) -> OneTimeCode:
    """Send a new code; an earlier one for the same purpose ends.

    Locks (subject, purpose). Raises CodeTooSoonError, CodesExhaustedError.
    """
    with transaction.atomic():
        _lock(request)
        _end_live_code(request, now)
        _count_against_phone(request, now)
        typed = "".join(secrets.choice("0123456789") for _ in range(settings.VSSID_CODE_DIGITS))
        code_id = uuid7()
        code = OneTimeCode.objects.create(
            subject=request.subject,
            id=code_id,
            purpose=request.purpose,
            binding=_bound(request.binding),
            digest=_digest(request.purpose, request.subject, request.binding, typed),
            created_at=now,
            expires_at=now + settings.VSSID_CODE_LIFETIME,
            tries_left=settings.VSSID_CODE_TRIES,
        )
        minutes = settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)
        messaging.send_code(
            channel=Channel.SMS,
            address=request.phone,
            letter=messaging.Letter(
                request.template, {**request.data, "minutes": str(minutes)}, {"code": typed}
            ),
            key=f"code.{code_id}",
            expires_at=code.expires_at,
        )
        record_event(
            by=by, act="code.send", subject=request.subject, details={"purpose": request.purpose}
        )
    return code


def try_code(
    *, purpose: CodePurpose, subject: str, binding: str, typed: str, now: datetime
) -> VerifiedCode:
    """Compare what was typed, in constant time. Every call costs a try, also when others run.

    Call it outside of the act's transaction: a try must count even when the act is refused.
    Raises WrongCodeError, CodeSpentError, CodeLateError.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TRY, [subject, purpose.value, now])
        row = cursor.fetchone()
    if row is None:
        raise _why_not(purpose, subject, now)
    code_id, bound, digest, left = row
    same_matter = hmac.compare_digest(bytes(bound), _bound(binding))
    # People type the pauses they read aloud: «490 217».
    code = "".join(typed.split())
    right = hmac.compare_digest(bytes(digest), _digest(purpose, subject, binding, code))
    if same_matter and right:
        return VerifiedCode(subject, code_id, purpose)
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


def delete_ended_codes(*, before: datetime) -> int:
    """Forget codes that ended or expired before a time; returns how many."""
    return OneTimeCode.objects.filter(expires_at__lt=before).delete()[0]


def _lock(request: CodeRequest) -> None:
    # A double press: there may be no live code yet to lock. The lock ends with the transaction.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))",
            [f"{request.purpose}|{request.subject}"],
        )


def _end_live_code(request: CodeRequest, now: datetime) -> None:
    live = (
        OneTimeCode.objects.select_for_update()
        .filter(subject=request.subject, purpose=request.purpose, ended_at__isnull=True)
        .first()
    )
    if live is None:
        return
    again_at = live.created_at + settings.VSSID_CODE_RESEND_AFTER
    if now < again_at:
        raise errors.CodeTooSoonError(seconds=math.ceil((again_at - now).total_seconds()))
    OneTimeCode.objects.filter(subject=live.subject, id=live.id).update(ended_at=now)


def _count_against_phone(request: CodeRequest, now: datetime) -> None:
    # Anybody may have codes sent to any phone by registering; that must not use up the codes of
    # the account's owner, who has proven a password first.
    is_proven = request.purpose != CodePurpose.REGISTRATION
    name = "code.account" if is_proven else "code.phone"
    limit = limits.Limit(name, settings.VSSID_CODES_PER_HOUR, timedelta(hours=1))
    pause = limits.hit(limit=limit, key=request.phone, now=now)
    if pause is not None:
        raise errors.CodesExhaustedError(minutes=math.ceil(pause / timedelta(minutes=1)))


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
