"""A number typed wrongly: the right one, read from the ID in hand, takes its place by two officers.

The applicant's own way stays declaring again (guides R12).
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.accounts.commands.taken_phones import refuse_taken_phone
from vssid.accounts.errors import AccountExistsError
from vssid.accounts.queries import has_account
from vssid.kernel.identifiers import mask_number
from vssid.people.models import Person
from vssid.people.queries import number_by_identity
from vssid.reference import queries as reference
from vssid.registration import errors, matching
from vssid.registration.commands.cases import (
    HELD,
    NOTED,
    RENUMBERED,
    actor_of,
    check_decider,
    check_living,
    checked_note,
    forget_right_number,
    let_go,
    open_one,
    put_note,
    record_case,
)
from vssid.registration.commands.filing import contest, replace_declaration
from vssid.registration.commands.notices import lock_number, settle_contest, tell
from vssid.registration.models import OPEN, Declaration, DeclarationCode, Draft
from vssid.registration.risks import has_second_officer
from vssid.staff.models import Officer


def propose_number(
    *, declaration: Declaration, right: str, by: Officer, now: datetime
) -> Declaration:
    """Say which number the original ID shows; another officer confirms it.

    At an office without a second officer it takes its place at once. Whoever proposed before is
    replaced. Locks both numbers, then the declaration. Raises DeclarationNotOpenError,
    NotThisOfficeError, MayNotDecideError, CaseHeldError, NumberOfChildError, NumberSameError,
    NotInRegistryError, PersonDiedError, NumberOfAnotherError, AccountExistsError, PhoneTakenError.
    """
    with transaction.atomic():
        locked = _locked(declaration, right, by, now)
        _check(locked, right, now)
        if not has_second_officer(locked.office):
            return _renumber(locked, right, by.user_name, by, now)
        locked.right_number, locked.right_number_by = right, by.user_name
        locked.right_number_at = now
        let_go(locked)
        locked.save(update_fields=[*RENUMBERED, *HELD])
        record_case(locked, by, act="declaration.propose-number")
    return locked


def confirm_number(
    *, declaration: Declaration, right: str, by: Officer, now: datetime
) -> Declaration:
    """The second officer agrees: the declaration stands under `right` now, and the applicant hears.

    It keeps its code, state and deadlines; an approval that was proposed is void. Who declared the
    number from another phone meets it as contested. Locks both numbers, then the declarations.
    Raises DeclarationNotOpenError, NotThisOfficeError, MayNotDecideError, CaseHeldError,
    NoNumberProposedError, SamePersonError, and what `propose_number` raises of the number.
    """
    with transaction.atomic():
        locked = _locked(declaration, right, by, now)
        if not right or locked.right_number != right:
            raise errors.NoNumberProposedError
        if locked.right_number_by == by.user_name:
            raise errors.SamePersonError
        _check(locked, right, now)
        return _renumber(locked, right, locked.right_number_by, by, now)


def return_number(
    *, declaration: Declaration, note: str, by: Officer, now: datetime
) -> Declaration:
    """The second officer does not agree, or the first takes it back: the number stays.

    Locks the declaration. Raises DeclarationNotOpenError, NotThisOfficeError, MayNotDecideError,
    CaseHeldError, NoNumberProposedError, NoteMissingError.
    """
    said = checked_note(note)
    with transaction.atomic():
        locked = open_one(declaration)
        check_decider(locked, by, now)
        if not locked.right_number:
            raise errors.NoNumberProposedError
        first = locked.right_number_by
        forget_right_number(locked)
        put_note(locked, said, by)
        let_go(locked)
        locked.save(update_fields=[*RENUMBERED, *HELD, *NOTED])
        record_case(locked, by, act="declaration.return-number", details={"to": first}, reason=said)
    return locked


def _locked(declaration: Declaration, right: str, by: Officer, now: datetime) -> Declaration:
    # In one order, whoever comes from the other side.
    for number in sorted({declaration.number, right} - {""}):
        lock_number(number)
    locked = open_one(declaration)
    check_decider(locked, by, now)
    return locked


def _check(declaration: Declaration, right: str, now: datetime) -> None:
    if declaration.guardian_number:
        raise errors.NumberOfChildError
    if declaration.number == right:
        raise errors.NumberSameError(number=right)
    person = Person.objects.filter(number=right).first()
    if person is None:
        raise errors.NotInRegistryError(number=right)
    check_living(person)
    if has_account(right):
        raise AccountExistsError(hotline=settings.VSSID_HOTLINE)
    if not _may_be(declaration, person):
        raise errors.NumberOfAnotherError(number=right)
    refuse_taken_phone(number=right, phone=declaration.phone, now=now)


def _may_be(declaration: Declaration, person: Person) -> bool:
    """Whether name or ID speak for it; of a renewed paper or a new name one is enough."""
    declared, kind = declaration.id_number, declaration.id_kind
    return (
        matching.names_agree(declaration.full_name, person.full_name, id_kind=kind)
        or declared == person.id_number
        or number_by_identity(declared) == person.number
    )


def _renumber(
    declaration: Declaration, right: str, first: str, by: Officer, now: datetime
) -> Declaration:
    """Move the row to the right number, which leads its key: a row is written and one goes."""
    wrong = declaration.number
    is_contested = _settle_with_others(declaration, right, by, now)
    Declaration.objects.filter(number=wrong, id=declaration.id).delete()
    record_case(declaration, by, act="declaration.renumber", details={"proposed_by": first})
    forget_right_number(declaration)
    declaration.number, declaration.is_contested = right, is_contested
    declaration.proposed_by, declaration.proposed_at = "", None
    let_go(declaration)
    declaration.save(force_insert=True)
    DeclarationCode.objects.filter(code=declaration.code).update(number=right)
    Draft.objects.filter(declaration=declaration.id).update(declaration_number=right)
    settle_contest(wrong)
    # The history of the case goes on from what was written under the wrong number.
    details = {"proposed_by": first, "before": wrong}
    record_case(declaration, by, act="declaration.renumber", details=details)
    _tell(declaration)
    return declaration


def _settle_with_others(declaration: Declaration, right: str, by: Officer, now: datetime) -> bool:
    """As at filing (guides R12): the same phone's is replaced, another phone's is contested."""
    others = Declaration.objects.select_for_update().filter(
        number=right, guardian_number="", state__in=OPEN
    )
    is_contested = False
    for other in others:
        if other.phone == declaration.phone:
            replace_declaration(
                declaration=other, successor=declaration.code, by=actor_of(by), now=now
            )
        else:
            is_contested = True
            contest(declaration=other, by=actor_of(by))
    return is_contested


def _tell(declaration: Declaration) -> None:
    office = reference.known_office(declaration.office)
    told = {"office": office.name, "phone": office.phone, "number": mask_number(declaration.number)}
    tell(declaration, "declaration.number", told, occasion=f".{declaration.number}")
