"""Changing a password with a code (guides A03, A04)."""

import json
import math
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from vssid.accounts import errors, rules, tokens
from vssid.accounts.commands import codes
from vssid.accounts.models import Account, CodePurpose, PastPassword
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import mask_number
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging

_TICKET = "password-change"


def prepare_change(*, number: str, old: str, new: str, now: datetime) -> str:
    """Check both passwords and send the code; returns the ticket that the code confirms.

    The ticket is sealed and holds the new password's hash: the password itself waits nowhere.
    Raises SignInLockedError, OldPasswordWrongError, PasswordLengthError, PasswordCommonError,
    PasswordIsNumberError, PasswordReusedError, CodeTooSoonError, CodesExhaustedError.
    """
    account = Account.objects.get(person_id=number)
    new = rules.normal_password(new)
    _check_old(account, old, now)
    rules.check_new_password(new, number=number, phone=account.phone)
    _refuse_used_before(account, new)
    content = {"number": number, "password": make_password(new), "at": int(now.timestamp())}
    ticket = tokens.seal(_TICKET, json.dumps(content).encode())
    send_change_code(number=number, ticket=ticket, now=now)
    return ticket


def send_change_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code that confirms a change.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    _read_ticket(number, ticket, now)
    account = Account.objects.get(person_id=number)
    request = codes.CodeRequest(
        purpose=CodePurpose.PASSWORD,
        subject=number,
        binding=ticket,
        phone=account.phone,
        template="code.password",
        data={"number": mask_number(number)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def finish_change(*, number: str, ticket: str, typed: str, now: datetime) -> None:
    """Put the new password in force once its code was typed; owner is told by SMS and email.

    Locks the account's row. Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError.
    """
    password = _read_ticket(number, ticket, now)
    proof = codes.try_code(
        purpose=CodePurpose.PASSWORD, subject=number, binding=ticket, typed=typed, now=now
    )
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        codes.use_code(proof=proof, now=now)
        PastPassword.objects.create(
            account=account, password=account.password, set_at=account.password_set_at
        )
        account.password = password
        account.password_set_at = now
        account.must_change_password = False
        account.save(update_fields=["password", "password_set_at", "must_change_password"])
        record_event(by=Actor.citizen(number), act="password.change", subject=number)
        messaging.notify(
            phone=account.phone,
            email=account.email,
            letter=messaging.Letter(
                "account.password-changed",
                {"number": mask_number(number), "hotline": settings.VSSID_HOTLINE},
            ),
            key=f"password.{proof.id}",
        )


def _read_ticket(number: str, ticket: str, now: datetime) -> str:
    """The new password's hash that a ticket holds. Raises TicketLateError."""
    content = json.loads(tokens.unseal(_TICKET, ticket) or b"{}")
    lifetime = settings.VSSID_SESSION_IDLE.total_seconds()
    if content.get("number") != number or now.timestamp() - content["at"] > lifetime:
        raise errors.TicketLateError
    return str(content["password"])


def _check_old(account: Account, old: str, now: datetime) -> None:
    # Whoever found the phone unlocked must not be able to guess the password at leisure.
    limit = limits.Limit(
        "password.old", settings.VSSID_SIGN_IN_TRIES, settings.VSSID_SIGN_IN_LOCK, locks=True
    )
    pause = limits.wait(limit=limit, key=account.person_id, now=now)
    if pause is not None:
        raise errors.SignInLockedError(minutes=math.ceil(pause / timedelta(minutes=1)))
    if not check_password(rules.normal_password(old)[: rules.PASSWORD_MAX], account.password):
        limits.hit(limit=limit, key=account.person_id, now=now)
        raise errors.OldPasswordWrongError
    limits.clear(limit=limit, key=account.person_id)


def _refuse_used_before(account: Account, new: str) -> None:
    earlier = PastPassword.objects.filter(account=account).order_by("-id")
    kept = settings.VSSID_PASSWORD_HISTORY - 1
    hashes = [account.password, *earlier.values_list("password", flat=True)[:kept]]
    if any(check_password(new, stored) for stored in hashes):
        raise errors.PasswordReusedError
