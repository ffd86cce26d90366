"""The owner's email: the phone agrees to every change, the new address too (guides A08)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import errors, rules
from vssid.accounts.commands import codes
from vssid.accounts.commands.change_tickets import open_ticket, seal_ticket
from vssid.accounts.commands.disown_links import make_link
from vssid.accounts.models import Account, CodePurpose
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.emails import mask_email
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging

_NEW, _PROVEN = "new-email", "new-email-proven"


def prepare_email(*, number: str, email: str, now: datetime) -> str:
    """Check a wish for an address; returns the ticket that codes confirm.

    `send_phone_code` comes next. An empty `email` means to have none. Raises ChangesHeldError,
    EmailSameError.
    """
    account = Account.objects.get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    if email == account.email:
        raise errors.EmailSameError
    return seal_ticket(purpose=_NEW, number=number, text=email, now=now)


def send_phone_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code to the phone; it names the new address, and serves for that alone.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    email = new_email(number=number, ticket=ticket, now=now)
    named = {"email": mask_email(email)} if email else {}
    request = codes.CodeRequest(
        purpose=CodePurpose.EMAIL,
        subject=number,
        binding=_binding(email),
        phone=Account.objects.get(person_id=number).phone,
        template="code.email" if email else "code.email-removal",
        data={"number": mask_number(number), **named},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def confirm_phone(*, number: str, ticket: str, typed: str, now: datetime) -> str:
    """The phone, or SmartOTP, agrees; returns the ticket that the new address's code confirms.

    `send_new_code` comes next. Raises TicketLateError, WrongCodeError, CodeSpentError,
    CodeLateError.
    """
    email = new_email(number=number, ticket=ticket, now=now)
    if not email:
        raise errors.TicketLateError
    proof = _try_phone_code(number, email, typed, now)
    codes.use_code(proof=proof, now=now)
    return seal_ticket(purpose=_PROVEN, number=number, text=email, now=now)


def send_new_code(*, number: str, ticket: str, asked_from: str, now: datetime) -> None:
    """Send (again) the code to the new address.

    `asked_from` is the network address of the request: codes to unproven addresses have budgets
    there. Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    email = proven_email(number=number, ticket=ticket, now=now)
    request = codes.CodeRequest(
        purpose=CodePurpose.NEW_EMAIL,
        subject=number,
        binding=_binding(email),
        phone="",
        email=email,
        template="code.new-email",
        data={"number": mask_number(number)},
        asked_from=asked_from,
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def finish_email(*, number: str, session_id: UUID, ticket: str, typed: str, now: datetime) -> None:
    """Put the new address in force once its code was typed; phone and old address are told.

    Further changes wait, and the address itself waits for codes and passwords as long. The notice
    disowns the session. Locks the account's row. Raises TicketLateError, ChangesHeldError,
    WrongCodeError, CodeSpentError, CodeLateError.
    """
    email = proven_email(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.NEW_EMAIL,
        subject=number,
        binding=_binding(email),
        typed=typed,
        now=now,
    )
    with transaction.atomic():
        account = _locked(number, now)
        codes.use_code(proof=proof, now=now)
        old = account.email
        account.email, account.email_since = email, now
        account.changes_held_until = now + settings.VSSID_CHANGES_HELD
        account.save(update_fields=["email", "email_since", "changes_held_until"])
        record_event(by=Actor.citizen(number), act="email.change", subject=number)
        _tell(account, old, "account.email-changed", session_id, now)


def remove_email(*, number: str, session_id: UUID, ticket: str, typed: str, now: datetime) -> None:
    """Forget the address once the phone agreed; phone and old address are told.

    Locks the account's row. Raises TicketLateError, ChangesHeldError, WrongCodeError,
    CodeSpentError, CodeLateError.
    """
    if new_email(number=number, ticket=ticket, now=now):
        raise errors.TicketLateError
    proof = _try_phone_code(number, "", typed, now)
    with transaction.atomic():
        account = _locked(number, now)
        codes.use_code(proof=proof, now=now)
        old = account.email
        _drop(account)
        _tell(account, old, "account.email-removed", session_id, now)


def forget_email(*, account: Account, since: datetime) -> None:
    """Forget an address that was put in force since then, in the caller's transaction."""
    if account.email_since is not None and account.email_since >= since:
        _drop(account)


def new_email(*, number: str, ticket: str, now: datetime) -> str:
    """The address that a ticket of the first step is for, "" for none. Raises TicketLateError."""
    return open_ticket(purpose=_NEW, number=number, ticket=ticket, now=now)


def proven_email(*, number: str, ticket: str, now: datetime) -> str:
    """The address that a ticket of the second step is for. Raises TicketLateError."""
    return open_ticket(purpose=_PROVEN, number=number, ticket=ticket, now=now)


def _try_phone_code(number: str, email: str, typed: str, now: datetime) -> codes.VerifiedCode:
    return codes.try_code(
        purpose=CodePurpose.EMAIL, subject=number, binding=_binding(email), typed=typed, now=now
    )


def _binding(email: str) -> str:
    """Not the ticket: whoever starts again with the same address may use the code in hand."""
    return f"email|{email}"


def _drop(account: Account) -> None:
    number = account.person_id
    account.email, account.email_since = "", None
    account.save(update_fields=["email", "email_since"])
    record_event(by=Actor.citizen(number), act="email.remove", subject=number)


def _tell(account: Account, old: str, template: str, session_id: UUID, now: datetime) -> None:
    number = account.person_id
    shown = {"number": mask_number(number), "hotline": settings.VSSID_HOTLINE}
    if account.email:
        shown["email"] = mask_email(account.email)
    link = make_link(number=number, session_id=session_id, now=now)
    messaging.notify(
        phone=account.phone,
        email=old,
        letter=messaging.Letter(template, shown, {"link": link}),
        key=f"email.{uuid7()}",
    )


def _locked(number: str, now: datetime) -> Account:
    account = Account.objects.select_for_update().get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    return account
