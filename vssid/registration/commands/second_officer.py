"""Two officers for one approval: the first proposes, another approves or returns it."""

from datetime import datetime

from django.db import transaction

from vssid.people.models import Person
from vssid.registration import errors
from vssid.registration.commands.cases import (
    HELD,
    NOTED,
    PROPOSED,
    check_decider,
    check_living,
    check_number,
    checked_note,
    let_go,
    open_one,
    put_note,
    record_case,
)
from vssid.registration.models import Declaration
from vssid.staff.models import Officer


def propose_approval(*, declaration: Declaration, by: Officer, now: datetime) -> Declaration:
    """Say that a case should be approved, and leave it to another officer of the office.

    Whoever proposed it already has done so: sent twice, the second goes on quietly. The approval by
    somebody else is `deciding.approve_declaration`. Locks the declaration. Raises
    DeclarationNotOpenError, NotThisOfficeError, MayNotDecideError, CaseHeldError,
    NumberWaitsError, PaperNotReceivedError, PersonDiedError.
    """
    with transaction.atomic():
        locked = open_one(declaration)
        if locked.proposed_by == by.user_name:
            return locked
        check_decider(locked, by, now)
        check_number(locked)
        if locked.received_at is None:
            raise errors.PaperNotReceivedError
        check_living(*Person.objects.filter(number__in=[locked.number, locked.guardian_number]))
        locked.proposed_by, locked.proposed_at = by.user_name, now
        let_go(locked)
        locked.save(update_fields=[*PROPOSED, *HELD])
        record_case(locked, by, act="declaration.propose")
    return locked


def return_proposal(
    *, declaration: Declaration, note: str, by: Officer, now: datetime
) -> Declaration:
    """Give a proposed case back to who proposed it, with a word why; or take one's own back.

    Locks the declaration. Raises DeclarationNotOpenError, NotThisOfficeError, MayNotDecideError,
    CaseHeldError, NotProposedError, NoteMissingError.
    """
    said = checked_note(note)
    with transaction.atomic():
        locked = open_one(declaration)
        check_decider(locked, by, now)
        first = locked.proposed_by
        if not first:
            raise errors.NotProposedError
        locked.proposed_by, locked.proposed_at = "", None
        put_note(locked, said, by)
        let_go(locked)
        locked.save(update_fields=[*PROPOSED, *HELD, *NOTED])
        record_case(locked, by, act="declaration.return", details={"to": first}, reason=said)
    return locked
