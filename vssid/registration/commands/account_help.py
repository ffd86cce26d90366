"""A new password or phone at the counter, by two officers (guides O04)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.commands import contacts, resets
from vssid.audit.commands import record_event
from vssid.kernel.clock import format_datetime
from vssid.registration import errors
from vssid.registration.commands.cases import actor_of, checked_note, covers
from vssid.registration.commands.notices import lock_number
from vssid.registration.models import AccountHelp, HelpKind, HelpState
from vssid.registration.risks import has_second_officer
from vssid.staff import rules as staff
from vssid.staff.models import Officer


def give_password(*, number: str, paper: str, by: Officer, now: datetime) -> AccountHelp | None:
    """Give a first password again, after comparing `paper`: «cccd», «cmnd» or «passport».

    At an office of two officers it waits for the second one and is returned; else it is done.
    Raises MayNotDecideError, HelpWaitingError, NoAccountError, ResetTooSoonError.
    """
    _check_role(by)
    with transaction.atomic():
        if has_second_officer(by.office):
            return _propose(number, HelpKind.PASSWORD, "", paper, by, now)
        resets.reset_by_desk(number=number, by=actor_of(by), now=now)
    return None


def give_phone(
    *, number: str, phone: str, typed: str, paper: str, by: Officer, now: datetime
) -> AccountHelp | None:
    """Take the code that the new phone (E.164) showed; as `give_password` goes on.

    Raises MayNotDecideError, HelpWaitingError, Account.DoesNotExist, PhoneTakenError,
    WrongCodeError, CodeSpentError, CodeLateError.
    """
    _check_role(by)
    proof = contacts.prove_desk_phone(
        number=number, phone=phone, typed=typed, by=actor_of(by), now=now
    )
    with transaction.atomic():
        contacts.use_desk_proof(proof=proof, number=number, phone=phone, now=now)
        if has_second_officer(by.office):
            return _propose(number, HelpKind.PHONE, phone, paper, by, now)
        contacts.put_desk_phone(number=number, phone=phone, paper=paper, by=actor_of(by), now=now)
    return None


def confirm_help(*, number: str, help_id: UUID, by: Officer, now: datetime) -> AccountHelp:
    """The second officer agrees: it is done now, in their name and the first one's.

    Locks the number, the row, then the account. Raises MayNotDecideError, NotThisOfficeError,
    NotProposedError, SamePersonError, HelpLateError, NoAccountError, ResetTooSoonError,
    PhoneTakenError.
    """
    _check_role(by)
    with transaction.atomic():
        lock_number(number)
        help_ = _waiting(number, help_id, by)
        if help_.proposed_by == by.user_name:
            raise errors.SamePersonError
        if now - help_.proposed_at > settings.VSSID_HELP_LIFETIME:
            raise errors.HelpLateError(hours=settings.VSSID_HELP_LIFETIME // timedelta(hours=1))
        _decide(help_, HelpState.CONFIRMED, "", by, now)
        if help_.kind == HelpKind.PHONE:
            contacts.put_desk_phone(
                number=number, phone=help_.phone, paper=help_.paper, by=actor_of(by), now=now
            )
        else:
            resets.reset_by_desk(number=number, by=actor_of(by), now=now)
    return help_


def return_help(
    *, number: str, help_id: UUID, note: str, by: Officer, now: datetime
) -> AccountHelp:
    """The second officer does not agree, or the first takes it back: nothing is done.

    Locks the row. Raises MayNotDecideError, NotThisOfficeError, NotProposedError, NoteMissingError.
    """
    _check_role(by)
    said = checked_note(note)
    with transaction.atomic():
        help_ = _waiting(number, help_id, by)
        _decide(help_, HelpState.RETURNED, said, by, now)
    return help_


def _propose(
    number: str, kind: HelpKind, phone: str, paper: str, by: Officer, now: datetime
) -> AccountHelp:
    # Two counters at once: one of them at a time.
    lock_number(number)
    before = AccountHelp.objects.select_for_update().filter(
        number=number, kind=kind, state=HelpState.WAITING
    )
    for waiting in before:
        if now - waiting.proposed_at <= settings.VSSID_HELP_LIFETIME:
            raise errors.HelpWaitingError(when=format_datetime(waiting.proposed_at))
        _decide(waiting, HelpState.RETURNED, "", by, now)
    made = AccountHelp.objects.create(
        number=number,
        kind=kind,
        office=by.office,
        phone=phone,
        paper=paper,
        proposed_by=by.user_name,
        proposed_at=now,
    )
    record_event(by=actor_of(by), act="help.propose", subject=number, details={"kind": kind.value})
    return made


def _waiting(number: str, help_id: UUID, by: Officer) -> AccountHelp:
    found = (
        AccountHelp.objects.select_for_update()
        .filter(number=number, id=help_id, state=HelpState.WAITING)
        .first()
    )
    if found is None:
        raise errors.NotProposedError
    if not covers(by.office, found.office):
        raise errors.NotThisOfficeError
    return found


def _decide(help_: AccountHelp, state: HelpState, note: str, by: Officer, now: datetime) -> None:
    help_.state, help_.note = state, note
    help_.decided_by, help_.decided_at = by.user_name, now
    help_.save(update_fields=["state", "note", "decided_by", "decided_at"])
    record_event(
        by=actor_of(by),
        act="help.confirm" if state is HelpState.CONFIRMED else "help.return",
        subject=help_.number,
        reason=note,
        details={"kind": help_.kind, "proposed_by": help_.proposed_by},
    )


def _check_role(by: Officer) -> None:
    if not staff.can_decide(by.role):
        raise errors.MayNotDecideError
