"""A new password for who forgot theirs: through what was registered, or at the desk.

Asking never tells whether a number has an account, in words or in time: every number, known or
not, runs the same statements and gets a code whose digits derive from its id. A worker looks the
account up and sends the code, or does nothing. Only whoever types the right code learns more.

What was asked for holds as long as the account stays as it was: its ticket carries a mark of it.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from vssid.accounts import buckets, errors, jobs, rules, tokens
from vssid.accounts.commands import (
    code_limits,
    codes,
    passkeys,
    passwords,
    sessions,
    smart_otp,
)
from vssid.accounts.models import Account, CodePurpose, EndReason, KnownDevice, OneTimeCode
from vssid.accounts.origin import Origin
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import INSURANCE_NUMBER_LENGTH, mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.messaging.models import Channel
from vssid.people.queries import number_by_identity
from vssid.reference import queries as reference

_ASKED, _PROVEN = "reset-asked", "reset-proven"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: `number` as it was typed (10 or 12 digits), `subject` of its code.

    `mark` is what the account was like then.
    """

    number: str
    channel: Channel
    subject: str
    mark: str


def prepare_reset(*, number: str, channel: Channel, origin: Origin, now: datetime) -> str:
    """A ticket for a number that forgot its password (guides A06): `ask_for_code` comes next.

    For a number without an account as well. Whoever begins again on a device that is known goes on
    with the code in hand; elsewhere every beginning has codes of its own, so that a stranger who
    begins ends nobody's.
    """
    subject = uuid7().hex
    if origin.device is not None:
        # The device's id is a secret of its cookie: nobody else comes to the same subject.
        subject = tokens.keyed_mark(f"reset|{number}|{origin.device}")
    return _asked_ticket(number, channel, subject, now)


def ask_for_code(*, ticket: str, channel: Channel, origin: Origin, now: datetime) -> str:
    """Have a code (another one) sent by `channel`, to the registered phone or email.

    Returns the ticket to go on with. Raises TicketLateError; CodeTooSoonError (EarlierCodeError
    when this ticket has no code), CodesExhaustedError, CodesOfDayError, NetworkExhaustedError,
    alike for a number without an account.
    """
    before = asked(ticket=ticket, now=now)
    ticket = _asked_ticket(before.number, channel, before.subject, now)
    with transaction.atomic():
        try:
            _count(_owner(before.number), origin, now)
        except errors.CodeTooSoonError as error:
            if codes.is_live(purpose=CodePurpose.RESET, subject=before.subject, now=now):
                raise
            raise errors.EarlierCodeError(wait=error.wait) from error
        code = codes.issue_unsent_code(
            purpose=CodePurpose.RESET, subject=before.subject, binding=before.number, now=now
        )
        jobs.defer_reset_code(ticket=ticket, code_id=code.id)
    return ticket


def asked(*, ticket: str, now: datetime) -> Asked:
    """What a ticket is for. Raises TicketLateError."""
    content = _open(_ASKED, ticket, now)
    channel = Channel(content["channel"])
    return Asked(content["number"], channel, content["subject"], content["mark"])


def send_reset_code(*, ticket: str, code_id: UUID, now: datetime) -> None:
    """What the worker does: send the code, if the number has an account; otherwise nothing.

    By phone when the account has no email that may take codes, or is locked. Locks the code's row:
    a job that runs twice sends once.
    """
    try:
        wish = asked(ticket=ticket, now=now)
    except errors.TicketLateError:
        return
    account = _account(_owner(wish.number))
    if account is None or _mark(account) != wish.mark:
        return
    with transaction.atomic():
        live = (
            OneTimeCode.objects.select_for_update()
            .filter(subject=wish.subject, id=code_id, ended_at__isnull=True, expires_at__gt=now)
            .first()
        )
        if live is None or outbox.message_by_key(codes.message_key(code_id=code_id)) is not None:
            return
        _send(account, wish, live, now)


def prove_reset(*, ticket: str, typed: str, now: datetime) -> str:
    """Take the typed-back code; returns the ticket with which the new password is set.

    Raises TicketLateError, WrongCodeError, CodeSpentError, CodeLateError, alike for a number
    without an account; the right code is late when the account has changed since it was asked for.
    """
    wish = asked(ticket=ticket, now=now)
    owner = _owner(wish.number)
    proof = codes.try_code(
        purpose=CodePurpose.RESET,
        subject=wish.subject,
        binding=wish.number,
        typed=typed,
        now=now,
        owner=owner,
    )
    # Not before: to whom knows no code it would tell that there is an account.
    if _mark(_account(owner)) != wish.mark:
        raise errors.CodeLateError
    content = {
        "number": wish.number,
        "subject": proof.subject,
        "code": proof.id.hex,
        "mark": wish.mark,
    }
    return _seal(_PROVEN, content, now)


def check_proven(*, ticket: str, now: datetime) -> None:
    """Whether a ticket still lets a new password be set. Raises TicketLateError."""
    _open(_PROVEN, ticket, now)


def finish_reset(*, ticket: str, new: str, now: datetime) -> None:
    """Put the new password in force; phone and email are told, sessions end, changes wait.

    Opens an account that its owner had locked, and forgets wrong passwords. Nothing that was asked
    for before the account changed (password, phone, email, lock) comes through. Locks the account's
    row. Raises TicketLateError, CodeLateError, PasswordLengthError, PasswordCommonError,
    PasswordIsNumberError, PasswordReusedError.
    """
    content = _open(_PROVEN, ticket, now)
    proof = codes.VerifiedCode(content["subject"], UUID(content["code"]), CodePurpose.RESET)
    number = _owner(content["number"])
    account = _account(number)
    if account is None or _mark(account) != content["mark"]:
        raise errors.CodeLateError
    stored = passwords.hash_of_new(account=account, new=new)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        if _mark(account) != content["mark"]:
            raise errors.CodeLateError
        codes.use_code(proof=proof, now=now)
        _replace(account, stored, EndReason.RESET, now, is_first=False)
        record_event(by=Actor.citizen(number), act="password.reset", subject=number)
        letter = messaging.Letter(
            "account.password-reset",
            {"number": mask_number(number), "hotline": settings.VSSID_HOTLINE},
        )
        messaging.notify(
            phone=account.phone, email=account.email, letter=letter, key=f"reset.{proof.id}"
        )


def reset_by_desk(*, number: str, by: Actor, now: datetime) -> None:
    """Give a first password again, by SMS, after the officer compared the ID (guides O04).

    The officer never sees it. Sessions end, passkeys and SmartOTP are gone, changes wait, the
    password must be changed at the next sign-in. The email is told, without the password: who
    comes to the desk may have lost it. Locks the account's row. Raises NoAccountError,
    ResetTooSoonError.
    """
    password = rules.first_password()
    stored = make_password(password)
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(person_id=number).first()
        if account is None:
            raise errors.NoAccountError
        limit, key = buckets.desk_reset(number)
        pause = limits.hit(limit=limit, key=key, now=now)
        if pause is not None:
            raise errors.ResetTooSoonError(wait=pause)
        _replace(account, stored, EndReason.DESK, now, is_first=True)
        passkeys.drop_passkeys(account=account, by=by)
        smart_otp.drop_smart_otp(account=account, by=by)
        record_event(by=by, act="password.reset-by-desk", subject=number)
        _send_first_password(account, password, by)


def _send_first_password(account: Account, password: str, by: Actor) -> None:
    data = {
        "office": reference.known_office(by.office).name,
        "hotline": settings.VSSID_HOTLINE,
    }
    key, number = f"reset.{uuid7()}", account.person_id
    given = messaging.Letter(
        "account.password-by-desk", {**data, "account": number}, {"password": password}
    )
    messaging.send_notice(
        channel=Channel.SMS, address=account.phone, letter=given, key=f"{key}.sms"
    )
    if account.email:
        told = messaging.Letter(
            "account.password-by-desk-told", {**data, "number": mask_number(number)}
        )
        messaging.send_notice(
            channel=Channel.EMAIL, address=account.email, letter=told, key=f"{key}.email"
        )


def _asked_ticket(number: str, channel: Channel, subject: str, now: datetime) -> str:
    # The number as it was typed: the length of the ticket must not tell whether it led to somebody.
    content = {
        "number": number,
        "channel": channel.value,
        "subject": subject,
        "mark": _mark(_account(_owner(number))),
    }
    return _seal(_ASKED, content, now)


def _count(number: str, origin: Origin, now: datetime) -> None:
    # A stranger who asks again and again must not keep the owner out: a device that the account
    # knows is counted apart. The question is asked for every number. What is counted is what is
    # sent: a limit of its own on sending would answer known numbers unlike others.
    is_known = (
        origin.device is not None
        and KnownDevice.objects.filter(account_id=number, id=origin.device).exists()
    )
    key = f"{number}|{origin.device}" if is_known else number
    code_limits.count_unproven(key=key, kind="code.reset", now=now)
    if not is_known:
        code_limits.count_against_network(asked_from=origin.address, now=now)


def _send(account: Account, wish: Asked, live: OneTimeCode, now: datetime) -> None:
    channel, address = Channel.SMS, account.phone
    email = _code_email(account, now)
    if wish.channel is Channel.EMAIL and email:
        channel, address = Channel.EMAIL, email
    number = account.person_id
    minutes = settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)
    messaging.send_code(
        channel=channel,
        address=address,
        letter=messaging.Letter(
            "code.reset",
            {"number": mask_number(number), "minutes": str(minutes)},
            {"code": codes.digits_of(code_id=live.id)},
        ),
        key=codes.message_key(code_id=live.id),
        expires_at=live.expires_at,
    )
    record_event(
        by=Actor.visitor(wish.subject),
        act="code.send",
        subject=number,
        details={"purpose": CodePurpose.RESET.value},
    )


def _replace(
    account: Account, stored: str, reason: EndReason, now: datetime, *, is_first: bool
) -> None:
    """The new password, with all that a reset brings; the account's row is locked."""
    number = account.person_id
    passwords.put_in_force(account=account, stored=stored, now=now, is_first=is_first)
    held = {"locked_at": None, "changes_held_until": now + settings.VSSID_CHANGES_HELD}
    Account.objects.filter(person_id=number).update(**held)
    sessions.end_sessions(number=number, reason=reason, now=now)
    _forget_wrong_passwords(number)
    # Whoever began something with the old password must not finish it.
    codes.end_codes(subject=number, now=now)


def _forget_wrong_passwords(number: str) -> None:
    # What network addresses are counted for stays: it was not about this account alone.
    passwords.forget_wrong_old(number=number)
    known = KnownDevice.objects.filter(account_id=number).values_list("id", flat=True)
    on_devices = [buckets.sign_in_on_device(number, device) for device in known]
    for limit, key in [buckets.sign_in_elsewhere(number), *on_devices]:
        limits.clear(limit=limit, key=key)


def _account(number: str) -> Account | None:
    return Account.objects.filter(person_id=number).first()


def _mark(account: Account | None) -> str:
    """What an account is like, unreadable: another one after each change of what a reset rests on.

    A number without an account has one as well.
    """
    held: list[object] = []
    if account is not None:
        held = [account.password, account.phone, account.email, account.locked_at]
    return tokens.keyed_mark("reset|" + json.dumps(held, default=str))


def _code_email(account: Account, now: datetime) -> str:
    """The email, if it may take codes. Of a locked account only the phone is trusted."""
    return rules.code_email(account, now) if account.locked_at is None else ""


def _owner(number: str) -> str:
    """The BHXH number of a number as it was typed; one that leads to nobody stays as it is."""
    if len(number) == INSURANCE_NUMBER_LENGTH:
        return number
    return number_by_identity(number) or number


def _seal(kind: str, content: dict[str, str], now: datetime) -> str:
    return tokens.seal(kind, json.dumps({**content, "at": int(now.timestamp())}).encode())


def _open(kind: str, ticket: str, now: datetime) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(tokens.unseal(kind, ticket) or b"{}")
    late = settings.VSSID_SESSION_IDLE.total_seconds()
    if not content or now.timestamp() - content["at"] > late:
        raise errors.TicketLateError
    return content
