"""The phone that codes go to: old and new one agree, or the desk does (guides A08, A11, O04)."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts import errors, rules
from vssid.accounts.commands import codes, disown_links, endings
from vssid.accounts.commands.change_tickets import open_ticket, seal_ticket
from vssid.accounts.commands.passkeys import drop_passkeys
from vssid.accounts.commands.smart_otp import drop_smart_otp
from vssid.accounts.commands.taken_phones import refuse_taken_phone
from vssid.accounts.models import Account, CodePurpose, EndReason
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import mask_number
from vssid.kernel.phones import mask_phone
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.people.commands import bump_record_versions
from vssid.reference import queries as reference

_NEW_PHONE, _OLD_PHONE_PROVEN = "new-phone", "old-phone-proven"


def prepare_phone(*, number: str, phone: str, now: datetime) -> str:
    """Check a wish for a new phone; returns the ticket that codes confirm (guides A08, A11).

    `send_old_phone_code` comes next. Whether the new phone (E.164) serves somebody else is told
    only to who holds it: at the end. Raises ChangesHeldError, PhoneSameError.
    """
    account = Account.objects.get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    if phone == account.phone:
        raise errors.PhoneSameError
    return seal_ticket(purpose=_NEW_PHONE, number=number, text=phone, now=now)


def send_old_phone_code(*, number: str, ticket: str, now: datetime) -> None:
    """Send (again) the code to the old phone; it names the new one, and serves for that alone.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    phone = new_phone(number=number, ticket=ticket, now=now)
    request = codes.CodeRequest(
        purpose=CodePurpose.PHONE,
        subject=number,
        binding=_binding(phone),
        phone=Account.objects.get(person_id=number).phone,
        template="code.phone",
        data={"number": mask_number(number), "phone": mask_phone(phone)},
    )
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def confirm_old_phone(*, number: str, ticket: str, typed: str, now: datetime) -> str:
    """The old phone, or SmartOTP, agrees; returns the ticket that the new phone's code confirms.

    `send_new_phone_code` comes next. Raises TicketLateError, WrongCodeError, CodeSpentError,
    CodeLateError.
    """
    phone = new_phone(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.PHONE, subject=number, binding=_binding(phone), typed=typed, now=now
    )
    codes.use_code(proof=proof, now=now)
    return seal_ticket(purpose=_OLD_PHONE_PROVEN, number=number, text=phone, now=now)


def send_new_phone_code(*, number: str, ticket: str, asked_from: str, now: datetime) -> None:
    """Send (again) the code to the new phone.

    Raises TicketLateError, CodeTooSoonError, CodesExhaustedError.
    """
    phone = proven_phone(number=number, ticket=ticket, now=now)
    request = _to_new_phone(number, phone, _binding(phone), "code.new-phone", asked_from)
    codes.issue_code(request=request, by=Actor.citizen(number), now=now)


def finish_phone(*, number: str, session_id: UUID, ticket: str, typed: str, now: datetime) -> None:
    """Put the new phone in force; old phone and email are told, and further changes wait.

    The session stays; the notice disowns it and puts the old phone back. Locks the new phone and
    the account's row. Raises TicketLateError, ChangesHeldError, PhoneTakenError, WrongCodeError,
    CodeSpentError, CodeLateError.
    """
    phone = proven_phone(number=number, ticket=ticket, now=now)
    proof = codes.try_code(
        purpose=CodePurpose.NEW_PHONE,
        subject=number,
        binding=_binding(phone),
        typed=typed,
        now=now,
    )
    with transaction.atomic():
        refuse_taken_phone(number=number, phone=phone, now=now)
        account = _locked(number, now)
        codes.use_code(proof=proof, now=now)
        record_event(by=Actor.citizen(number), act="phone.change", subject=number)
        link = disown_links.make_link(
            number=number, session_id=session_id, now=now, phone_before=account.phone
        )
        letter = messaging.Letter("account.phone-changed", {}, {"link": link})
        _set_phone(account, phone, letter, now)


def new_phone(*, number: str, ticket: str, now: datetime) -> str:
    """The phone that a ticket of the first step is for. Raises TicketLateError."""
    return open_ticket(purpose=_NEW_PHONE, number=number, ticket=ticket, now=now)


def proven_phone(*, number: str, ticket: str, now: datetime) -> str:
    """The phone that a ticket of the second step is for. Raises TicketLateError."""
    return open_ticket(purpose=_OLD_PHONE_PROVEN, number=number, ticket=ticket, now=now)


def send_desk_phone_code(*, number: str, phone: str, by: Actor, now: datetime) -> None:
    """At the counter, the old phone being lost: send (again) a code to the new one (guides O04).

    `phone` is in E.164, `by` the officer; the code serves this phone and this officer only.
    Raises Account.DoesNotExist, PhoneSameError, CodeTooSoonError, CodesExhaustedError.
    """
    if phone == Account.objects.get(person_id=number).phone:
        raise errors.PhoneSameError
    request = _to_new_phone(number, phone, _desk_binding(phone, by), "code.desk-phone")
    codes.issue_code(request=request, by=by, now=now)


def prove_desk_phone(
    *, number: str, phone: str, typed: str, by: Actor, now: datetime
) -> codes.VerifiedCode:
    """Take the code that the new phone showed at the counter; outside of any transaction.

    `use_desk_proof` comes next. Raises WrongCodeError, CodeSpentError, CodeLateError.
    """
    return codes.try_code(
        purpose=CodePurpose.NEW_PHONE,
        subject=number,
        binding=_desk_binding(phone, by),
        typed=typed,
        now=now,
    )


def use_desk_proof(*, proof: codes.VerifiedCode, number: str, phone: str, now: datetime) -> None:
    """Use that code up, unless the phone serves another adult: the person may name another then.

    Locks the new phone. Raises PhoneTakenError, CodeLateError.
    """
    with transaction.atomic():
        refuse_taken_phone(number=number, phone=phone, now=now)
        codes.use_code(proof=proof, now=now)


def put_desk_phone(*, number: str, phone: str, paper: str, by: Actor, now: datetime) -> None:
    """Put the new phone, proven before, in force (guides A11, O04).

    `paper` is the kind of the original ID that was compared: «cccd», «cmnd» or «passport». A wait
    for earlier changes does not hold here: the owner stood at the counter. Old phone and email
    are told, further changes wait, the session ends, and so do SmartOTP and passkeys, which lived
    on the lost phone. Locks the new phone and the account's row. Raises Account.DoesNotExist,
    PhoneTakenError.
    """
    with transaction.atomic():
        refuse_taken_phone(number=number, phone=phone, now=now)
        account = Account.objects.select_for_update().get(person_id=number)
        endings.end_sessions(number=number, reason=EndReason.DESK, now=now)
        drop_smart_otp(account=account, by=by)
        drop_passkeys(account=account, by=by)
        record_event(by=by, act="phone.change-by-desk", subject=number, details={"paper": paper})
        office = reference.known_office(by.office).name
        letter = messaging.Letter("account.phone-changed-by-desk", {"office": office})
        _set_phone(account, phone, letter, now)


def put_phone_back(*, account: Account, since: datetime, now: datetime) -> None:
    """Bring back the phone that was replaced since then, in the caller's transaction.

    Unless it serves another adult by now. The account's row is locked.
    """
    number = account.person_id
    old = disown_links.phone_before(number=number, since=since)
    if not old or old == account.phone:
        return
    with suppress(errors.PhoneTakenError):
        refuse_taken_phone(number=number, phone=old, now=now)
        account.phone = old
        account.save(update_fields=["phone"])
        bump_record_versions(numbers=[number])
        record_event(by=Actor.citizen(number), act="phone.restore", subject=number)


def _set_phone(account: Account, phone: str, letter: messaging.Letter, now: datetime) -> None:
    """Put a phone in force; the old one reads `letter`, with what all such letters say."""
    old, number = account.phone, account.person_id
    account.phone = phone
    account.changes_held_until = now + settings.VSSID_CHANGES_HELD
    account.save(update_fields=["phone", "changes_held_until"])
    # The record's first page shows the phone: no copy of it may be taken for unchanged.
    bump_record_versions(numbers=[number])
    # Whoever holds the old phone must not finish with it what they began.
    codes.end_codes(subject=number, now=now)
    shown = {
        "number": mask_number(number),
        "phone": mask_phone(phone),
        "hours": str(settings.VSSID_CHANGES_HELD // timedelta(hours=1)),
        "hotline": settings.VSSID_HOTLINE,
        **letter.data,
    }
    messaging.notify(
        phone=old,
        email=account.email,
        letter=messaging.Letter(letter.template, shown, letter.secret),
        key=f"phone.{uuid7()}",
    )


def _to_new_phone(
    number: str, phone: str, binding: str, template: str, asked_from: str = ""
) -> codes.CodeRequest:
    return codes.CodeRequest(
        purpose=CodePurpose.NEW_PHONE,
        subject=number,
        binding=binding,
        phone=phone,
        template=template,
        data={"number": mask_number(number)},
        asked_from=asked_from,
    )


def _locked(number: str, now: datetime) -> Account:
    account = Account.objects.select_for_update().get(person_id=number)
    rules.check_changes_not_held(account.changes_held_until, now)
    return account


def _binding(phone: str) -> str:
    """Not the ticket: whoever starts again with the same phone may use the code in hand."""
    return f"owner|{phone}"


def _desk_binding(phone: str, by: Actor) -> str:
    return f"desk|{phone}|{by.office}|{by.name}"
