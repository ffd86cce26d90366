"""A case goes to a colleague or to another office, with a word."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.reference import queries as reference
from vssid.registration import errors
from vssid.registration.commands.cases import (
    HELD,
    NOTED,
    PROPOSED,
    RENUMBERED,
    check_office,
    checked_note,
    forget_right_number,
    hold,
    let_go,
    open_one,
    put_note,
    record_case,
    take,
)
from vssid.registration.commands.notices import tell_handed
from vssid.registration.models import Declaration
from vssid.staff import queries as staff
from vssid.staff.models import Officer


def hand_to_colleague(
    *, declaration: Declaration, colleague: str, note: str, by: Officer, now: datetime
) -> Declaration:
    """Let a colleague at the case's office, by user name, hold it for a working day, with a word.

    Locks the declaration. Raises DeclarationNotOpenError, NotThisOfficeError, CaseHeldError,
    ColleagueUnknownError, NoteMissingError.
    """
    said = checked_note(note)
    with transaction.atomic():
        locked = open_one(declaration)
        check_office(locked, by)
        take(locked, by, now)
        names = [name for name, _label in staff.colleagues(locked.office)]
        if colleague not in names or colleague == by.user_name:
            raise errors.ColleagueUnknownError
        hold(locked, colleague, now, settings.VSSID_HANDED_LIFETIME)
        put_note(locked, said, by)
        locked.save(update_fields=[*HELD, *NOTED])
        record_case(locked, by, act="declaration.hand-over", details={"to": colleague}, reason=said)
    return locked


def hand_to_office(
    *, declaration: Declaration, office: str, note: str, by: Officer, now: datetime
) -> Declaration:
    """Send a case to another office in service, by its code; what was proposed here is void there.

    The applicant is told where it is now. Locks the declaration. Raises DeclarationNotOpenError,
    NotThisOfficeError, CaseHeldError, UnknownOfficeError, OfficeSameError, NoteMissingError.
    """
    said = checked_note(note)
    known = reference.known_office(office)
    with transaction.atomic():
        locked = open_one(declaration)
        check_office(locked, by)
        take(locked, by, now)
        if locked.office == known.code:
            raise errors.OfficeSameError
        details = {"from": locked.office, "to": known.code}
        locked.office = known.code
        locked.proposed_by, locked.proposed_at = "", None
        forget_right_number(locked)
        put_note(locked, said, by)
        let_go(locked)
        locked.save(update_fields=["office", *PROPOSED, *RENUMBERED, *HELD, *NOTED])
        record_case(locked, by, act="declaration.hand-over", details=details, reason=said)
        tell_handed(locked, now)
    return locked
