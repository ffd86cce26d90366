"""What the acts on a case have in common: the lock on its row, who may, who holds it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import format_date, format_datetime
from vssid.kernel.text import clean
from vssid.people.models import Person
from vssid.reference import queries as reference
from vssid.registration import errors, rules
from vssid.registration.models import Declaration, State
from vssid.staff import queries as staff_queries
from vssid.staff import rules as staff
from vssid.staff.models import Officer

HELD = ("claimed_by", "claimed_until")
PROPOSED = ("proposed_by", "proposed_at")
NOTED = ("note", "note_by")
RENUMBERED = ("right_number", "right_number_by", "right_number_at")

_SHORTEST_NOTE = 5
_LONGEST_NOTE = 500


def open_one(declaration: Declaration) -> Declaration:
    """The declaration as it is now, locked. Raises DeclarationNotOpenError, CaseMovedError."""
    locked = (
        Declaration.objects.select_for_update()
        .filter(number=declaration.number, id=declaration.id)
        .first()
    )
    if locked is None:
        # Not followed: whoever acts has seen, and locked, the number that it had.
        raise errors.CaseMovedError(declaration=rules.display_code(declaration.code))
    if not rules.is_open(locked.state):
        raise errors.DeclarationNotOpenError(
            declaration=rules.display_code(locked.code), state=State(locked.state).label
        )
    return locked


def check_number(declaration: Declaration) -> None:
    """Whether no other number waits to be confirmed. Raises NumberWaitsError."""
    if declaration.right_number:
        raise errors.NumberWaitsError(number=declaration.right_number)


def check_living(*people: Person | None) -> None:
    """Whether nobody of them has died, as the registry knows. Raises PersonDiedError."""
    for person in people:
        if person is not None and person.died_on is not None:
            raise errors.PersonDiedError(name=person.full_name, day=format_date(person.died_on))


def check_office(declaration: Declaration, by: Officer) -> None:
    """Whether the case lies with the officer's office or below it. Raises NotThisOfficeError."""
    if not covers(by.office, declaration.office):
        raise errors.NotThisOfficeError


def covers(office: str, other: str) -> bool:
    """Whether `office` is `other`, or the province above it."""
    return other == office or reference.is_below(other, office)


def check_decider(declaration: Declaration, by: Officer, now: datetime) -> None:
    """Whether the officer may decide on the case, and holds it; a free one is theirs from now on.

    Raises NotThisOfficeError, MayNotDecideError, CaseHeldError.
    """
    check_office(declaration, by)
    if not staff.can_decide(by.role):
        raise errors.MayNotDecideError
    take(declaration, by, now)


def take(declaration: Declaration, by: Officer, now: datetime) -> None:
    """Let the officer hold a case that is free; the caller saves HELD. Raises CaseHeldError."""
    until = declaration.claimed_until
    if until is not None and rules.is_held(declaration.claimed_by, until, by.user_name, now):
        raise errors.CaseHeldError(
            who=name_of(declaration.claimed_by), until=format_datetime(until)
        )
    hold(declaration, by.user_name, now)


def hold(
    declaration: Declaration, user_name: str, now: datetime, lasting: timedelta | None = None
) -> None:
    """Let somebody hold a case, whoever held it; the caller saves HELD.

    `lasting`: for how long, if not for the time of one's own claim.
    """
    declaration.claimed_by = user_name
    declaration.claimed_until = now + (lasting or settings.VSSID_CLAIM_LIFETIME)


def let_go(declaration: Declaration) -> None:
    """Nobody holds the case; the caller saves HELD."""
    declaration.claimed_by, declaration.claimed_until = "", None


def forget_right_number(declaration: Declaration) -> None:
    """No other number is proposed any more; the caller saves RENUMBERED."""
    declaration.right_number, declaration.right_number_by = "", ""
    declaration.right_number_at = None


def put_note(declaration: Declaration, text: str, by: Officer) -> None:
    """Leave a word for whoever works on the case next; the caller saves NOTED."""
    declaration.note, declaration.note_by = text, by.user_name


def checked_note(text: str) -> str:
    """What was written for a colleague. Raises NoteMissingError."""
    note = clean(text)
    if len(note) < _SHORTEST_NOTE:
        raise errors.NoteMissingError
    return note[:_LONGEST_NOTE]


def name_of(user_name: str) -> str:
    """The full name of an officer; the user name when nobody has it."""
    return staff_queries.names_of([user_name]).get(user_name, user_name)


def actor_of(officer: Officer) -> Actor:
    """How events name the officer."""
    return Actor.officer(officer.user_name, officer.office)


def record_case(
    declaration: Declaration,
    by: Officer,
    *,
    act: str,
    details: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Write the event of an act on a case."""
    record_event(
        by=actor_of(by),
        act=act,
        subject=declaration.number,
        reason=reason,
        details={"code": declaration.code, **(details or {})},
    )
