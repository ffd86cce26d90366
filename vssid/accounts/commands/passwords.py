"""Changing a password with a code, and the notice that one is due (guides A03–A05)."""

import json
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q

from vssid.accounts import buckets, errors, rules, tokens
from vssid.accounts.commands import codes, sessions
from vssid.accounts.models import Account, CodePurpose, PastPassword
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import format_date
from vssid.kernel.identifiers import mask_number
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.messaging.models import Channel

_TICKET = "password-change"


def prepare_change(*, number: str, old: str, new: str, now: datetime) -> str:
    """Check both passwords; returns the ticket that a code confirms: `send_change_code` comes next.

    The ticket is sealed and holds the new password's hash: the password itself waits nowhere.
    Raises SignInLockedError, OldPasswordWrongError, PasswordLengthError, PasswordCommonError,
    PasswordIsNumberError, PasswordReusedError.
    """
    account = Account.objects.get(person_id=number)
    _check_old(account, old, now)
    stored = hash_of_new(account=account, new=new)
    content = {"number": number, "password": stored, "at": int(now.timestamp())}
    return tokens.seal(_TICKET, json.dumps(content).encode())


def send_change_code(
    *, number: str, ticket: str, now: datetime, channel: Channel = Channel.SMS
) -> None:
    """Send (again) the code that confirms a change; by SMS without an email that may take codes.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    _read_ticket(number, ticket, now)
    account = Account.objects.get(person_id=number)
    request = codes.CodeRequest(
        purpose=CodePurpose.PASSWORD,
        subject=number,
        binding=ticket,
        phone=account.phone,
        email=rules.code_email(account, now),
        channel=channel,
        template="code.password",
        data={"number": mask_number(number)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def finish_change(*, number: str, session_id: UUID, ticket: str, typed: str, now: datetime) -> str:
    """Put the new password in force once its code was typed; owner is told by SMS and email.

    Returns the cookie with which the session goes on: copies of the old one open nothing any more.
    Locks the account's row. Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError,
    SessionOverError.
    """
    password = _read_ticket(number, ticket, now)
    proof = codes.try_code(
        purpose=CodePurpose.PASSWORD, subject=number, binding=ticket, typed=typed, now=now
    )
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        codes.use_code(proof=proof, now=now)
        put_in_force(account=account, stored=password, now=now, is_first=False)
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
        return sessions.renew_token(number=number, session_id=session_id, now=now)


def hash_of_new(*, account: Account, new: str) -> str:
    """Check a new password; returns what is stored of it.

    Raises PasswordLengthError, PasswordCommonError, PasswordIsNumberError, PasswordReusedError.
    """
    new = rules.normal_password(new)
    rules.check_new_password(new, number=account.person_id, phone=account.phone)
    _refuse_used_before(account, new)
    return make_password(new)


def put_in_force(*, account: Account, stored: str, now: datetime, is_first: bool) -> None:
    """Store a new password's hash and keep the old one; the caller has locked the account's row.

    One that an office gave `is_first`: it must be changed at the next sign-in.
    """
    PastPassword.objects.create(
        account=account, password=account.password, set_at=account.password_set_at
    )
    account.password = stored
    account.password_set_at = now
    account.must_change_password = is_first
    account.save(update_fields=["password", "password_set_at", "must_change_password"])


def forget_wrong_old(*, number: str) -> None:
    """Forget how often the old password was typed wrongly: there is a new one."""
    limit, key = buckets.old_password(number)
    limits.clear(limit=limit, key=key)


def warn_of_due(*, now: datetime, batch: int = 500) -> int:
    """Tell owners by SMS and email that their password is soon six months old; returns how many.

    Once for each password (its time is in the key), however often it runs; each batch in its own
    transaction. First passwords are left out: they are changed at the first sign-in anyway.
    """
    told, oldest = 0, now - settings.VSSID_PASSWORD_LIFETIME
    due = Account.objects.filter(
        password_set_at__lte=oldest + settings.VSSID_PASSWORD_WARNING,
        must_change_password=False,
        locked_at__isnull=True,
    ).order_by("password_set_at", "person_id")
    rest = Q(password_set_at__gt=oldest)
    while accounts := list(due.filter(rest)[:batch]):
        with transaction.atomic():
            told += _warn(accounts)
        at, number = accounts[-1].password_set_at, accounts[-1].person_id
        rest = Q(password_set_at__gt=at) | Q(password_set_at=at, person_id__gt=number)
        rest &= Q(password_set_at__gte=at)
    return told


def _warn(accounts: list[Account]) -> int:
    keys = {one.person_id: _due_key(one) for one in accounts}
    known = outbox.known_keys(f"{key}.sms" for key in keys.values())
    waiting = [one for one in accounts if f"{keys[one.person_id]}.sms" not in known]
    for account in waiting:
        until = format_date(account.password_set_at + settings.VSSID_PASSWORD_LIFETIME)
        letter = messaging.Letter(
            "account.password-due",
            {"number": mask_number(account.person_id), "until": until},
        )
        messaging.notify(
            phone=account.phone, email=account.email, letter=letter, key=keys[account.person_id]
        )
    return len(waiting)


def _due_key(account: Account) -> str:
    return f"password-due.{account.person_id}.{int(account.password_set_at.timestamp())}"


def _read_ticket(number: str, ticket: str, now: datetime) -> str:
    """The new password's hash that a ticket holds. Raises TicketLateError."""
    content = json.loads(tokens.unseal(_TICKET, ticket) or b"{}")
    lifetime = settings.VSSID_SESSION_IDLE.total_seconds()
    if content.get("number") != number or now.timestamp() - content["at"] > lifetime:
        raise errors.TicketLateError
    return str(content["password"])


def _check_old(account: Account, old: str, now: datetime) -> None:
    # Whoever found the phone unlocked must not be able to guess the password at leisure.
    # Counted before it is looked at, so that many at once get no more tries.
    limit, key = buckets.old_password(account.person_id)
    tally = limits.count(limit=limit, key=key, now=now)
    if tally.wait is not None:
        raise errors.SignInLockedError(wait=tally.wait)
    typed = rules.normal_password(old)
    right = check_password(typed[: rules.PASSWORD_MAX], account.password)
    if not right or len(typed) > rules.PASSWORD_MAX:
        if tally.is_last:
            raise errors.SignInLockedError(wait=limit.period)
        raise errors.OldPasswordWrongError
    limits.clear(limit=limit, key=key)


def _refuse_used_before(account: Account, new: str) -> None:
    earlier = PastPassword.objects.filter(account=account).order_by("-id")
    kept = settings.VSSID_PASSWORD_HISTORY - 1
    hashes = [account.password, *earlier.values_list("password", flat=True)[:kept]]
    if any(check_password(new, stored) for stored in hashes):
        raise errors.PasswordReusedError
