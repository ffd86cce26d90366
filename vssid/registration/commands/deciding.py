"""The office's side: taking over, receiving the paper, approving, refusing, lapsing."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.commands import accounts
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import vietnam_today
from vssid.kernel.text import clean
from vssid.people.models import Person
from vssid.people.queries import guardians_of, person_with_papers
from vssid.reference import queries as reference
from vssid.registration import errors, rules
from vssid.registration.commands.cases import (
    HELD,
    NOTED,
    PROPOSED,
    RENUMBERED,
    actor_of,
    check_decider,
    check_living,
    check_number,
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
from vssid.registration.commands.comparing import keep_paper
from vssid.registration.commands.guarding import grant_guardianship
from vssid.registration.commands.notices import (
    erase_photos_later,
    lock_number,
    settle_contest,
    tell,
    tell_complete,
    tell_handed,
)
from vssid.registration.findings import findings_of
from vssid.registration.models import OPEN, Declaration, State
from vssid.registration.readings import read_of
from vssid.registration.risks import has_second_officer, risks
from vssid.staff.models import Officer

_SHORTEST_REASON = 5
# Whoever loses a contest has had time to object.
_CONTEST_REMEMBERED = timedelta(days=30)
_OTHER_APPROVED = "Một tờ khai khác của cùng mã số BHXH đã được duyệt."


def take_over_case(
    *, declaration: Declaration, by: Officer, now: datetime, reason: str = ""
) -> Declaration:
    """Bring another office's open case to the officer's own, recorded (guides O01).

    The officer holds it from then on; what was proposed there is void, and the applicant is told
    where it is now. From an officer who works on it only with a reason, kept as a note. Locks the
    declaration. Raises DeclarationNotOpenError, CaseHeldError, NoteMissingError.
    """
    with transaction.atomic():
        locked = open_one(declaration)
        if locked.office != by.office:
            said = ""
            if rules.is_held(locked.claimed_by, locked.claimed_until, by.user_name, now) and reason:
                said = checked_note(reason)
                put_note(locked, said, by)
                hold(locked, by.user_name, now)
            else:
                take(locked, by, now)
            details = {"from": locked.office, "to": by.office}
            record_case(locked, by, act="declaration.take-over", details=details, reason=said)
            locked.office = by.office
            locked.proposed_by, locked.proposed_at = "", None
            forget_right_number(locked)
            locked.save(update_fields=["office", *HELD, *PROPOSED, *NOTED, *RENUMBERED])
            tell_handed(locked, now)
    return locked


def receive_paper(
    *, declaration: Declaration, by: Officer, now: datetime, for_later: bool = False
) -> Declaration:
    """Note that the signed paper is here and was compared with the original ID (guides O02).

    The dossier is complete from now on; who holds the case stays the same, but a free one is the
    officer's, or with `for_later` nobody's. Locks the declaration. Raises DeclarationNotOpenError,
    NotThisOfficeError, CaseHeldError.
    """
    with transaction.atomic():
        locked = open_one(declaration)
        check_office(locked, by)
        if locked.received_at is None:
            take(locked, by, now)
            if for_later:
                let_go(locked)
            locked.state, locked.received_at = State.RECEIVED, now
            locked.save(update_fields=["state", "received_at", *HELD])
            record_case(locked, by, act="declaration.receive")
            tell_complete(locked)
    return locked


def approve_declaration(*, declaration: Declaration, by: Officer, now: datetime) -> Declaration:
    """Approve: the account is made, user name and first password go out (guides R14, O03).

    A risky one (`risks`) is approved by the second of two officers. A child's makes no account: its
    guardian acts for the child from now on (guides C05). Other open declarations of the number end
    with it. Locks the number, then its declarations. Raises DeclarationNotOpenError,
    NotThisOfficeError, MayNotDecideError, CaseHeldError, NumberWaitsError, PaperNotReceivedError,
    NotInRegistryError, PersonDiedError, PaperAwaitedError, SecondOfficerNeededError,
    SamePersonError, PaperOfAnotherError, PhoneTakenError, AccountExistsError, and what
    `grant_guardianship` raises.
    """
    with transaction.atomic():
        lock_number(declaration.number)
        locked = open_one(declaration)
        check_decider(locked, by, now)
        check_number(locked)
        if locked.received_at is None:
            raise errors.PaperNotReceivedError
        person = person_with_papers(locked.number)
        if person is None:
            raise errors.NotInRegistryError(number=locked.number)
        guardian = _guardian_of(locked)
        check_living(person, guardian)
        _check_two_officers(locked, person, guardian, by, now)
        if locked.guardian_number:
            grant_guardianship(declaration=locked, by=actor_of(by), now=now)
            _decide(locked, State.APPROVED, by, now)
            return locked
        keep_paper(declaration=locked, by=actor_of(by))
        _open_account(locked, by, now)
        _refuse_rivals(locked.number, by, now)
    return locked


def _open_account(declaration: Declaration, by: Officer, now: datetime) -> None:
    _account, password = accounts.open_account(
        number=declaration.number,
        contact=_contact(declaration),
        portrait=declaration.portrait,
        by=actor_of(by),
        now=now,
    )
    _decide(declaration, State.APPROVED, by, now)
    told = {"account": declaration.number}
    tell(declaration, "declaration.approved", told, secret={"password": password})


def _refuse_rivals(number: str, by: Officer, now: datetime) -> None:
    # What a guardian filed for the number stands: it makes no account.
    rivals = Declaration.objects.select_for_update().filter(
        number=number, guardian_number="", state__in=OPEN
    )
    for rival in rivals:
        _refuse(rival, _OTHER_APPROVED, by, now)


def refuse_declaration(
    *, declaration: Declaration, reason: str, by: Officer, now: datetime
) -> Declaration:
    """Refuse with a reason that the person is told (guides R15, O03).

    Locks the number, then the declaration. Raises DeclarationNotOpenError, NotThisOfficeError,
    MayNotDecideError, CaseHeldError, ReasonMissingError.
    """
    reason = clean(reason)
    if len(reason) < _SHORTEST_REASON:
        raise errors.ReasonMissingError
    with transaction.atomic():
        lock_number(declaration.number)
        locked = open_one(declaration)
        check_decider(locked, by, now)
        _refuse(locked, reason[:500], by, now)
        settle_contest(locked.number)
    return locked


def lapse_overdue(*, now: datetime) -> int:
    """End declarations whose paper did not come within ten days; returns how many."""
    overdue = Declaration.objects.filter(
        state=State.FILED,
        filed_at__lt=rules.filed_before(now, settings.VSSID_PAPER_DUE.days + 1),
    )
    lapsed = 0
    for number, declaration_id in overdue.values_list("number", "id")[:500]:
        lapsed += _lapse(number, declaration_id, now)
    return lapsed


def _lapse(number: str, declaration_id: UUID, now: datetime) -> int:
    with transaction.atomic():
        lock_number(number)
        locked = (
            Declaration.objects.select_for_update(skip_locked=True)
            .filter(number=number, id=declaration_id, state=State.FILED)
            .first()
        )
        if locked is None:
            return 0
        locked.state, locked.ended_at = State.LAPSED, now
        locked.save(update_fields=["state", "ended_at"])
        record_event(
            by=Actor.system("lapse"),
            act="declaration.lapse",
            subject=number,
            details={"code": locked.code},
        )
        tell(locked, "declaration.lapsed", {"days": str(settings.VSSID_PAPER_DUE.days)})
        erase_photos_later(locked, now, keep_portrait=False)
        settle_contest(number)
    return 1


def _check_two_officers(
    declaration: Declaration,
    person: Person,
    guardian: Person | None,
    by: Officer,
    now: datetime,
) -> None:
    """Whether the officer is the second one, where two are needed; sets who was the first.

    Who filled the form in at the desk has seen person and ID: another one is the second.
    """
    if declaration.proposed_by == by.user_name:
        raise errors.SamePersonError
    paper = read_of([declaration.front, declaration.back], now=now)
    if paper.is_awaited and not declaration.guardian_number:
        raise errors.PaperAwaitedError
    found = risks(
        declaration,
        person,
        findings_of(declaration, person, paper.reading, now=now),
        is_unread=paper.is_given_up,
        guardian=guardian,
        others=_others(declaration, now),
    )
    if not (found or _has_refused_rival(declaration, by, now)):
        return
    if declaration.proposed_by or not has_second_officer(declaration.office):
        return
    if declaration.filed_by in {"", by.user_name}:
        raise errors.SecondOfficerNeededError
    declaration.proposed_by, declaration.proposed_at = declaration.filed_by, now


def _guardian_of(declaration: Declaration) -> Person | None:
    number = declaration.guardian_number
    return Person.objects.filter(number=number).first() if number else None


def _others(declaration: Declaration, now: datetime) -> list[str]:
    """What those who act for a child already are to it; of an adult nothing."""
    if not declaration.guardian_number:
        return []
    held = guardians_of(declaration.number, vietnam_today(now))
    others = held.exclude(guardian_id=declaration.guardian_number)
    return list(others.values_list("relation", flat=True))


def _has_refused_rival(declaration: Declaration, by: Officer, now: datetime) -> bool:
    """Whether the officer ended a contest alone: by refusing another person's declaration."""
    return (
        Declaration.objects.filter(
            number=declaration.number,
            guardian_number=declaration.guardian_number,
            state=State.REFUSED,
            decided_by=by.user_name,
            decided_at__gte=now - _CONTEST_REMEMBERED,
        )
        .exclude(phone=declaration.phone)
        .exists()
    )


def _refuse(declaration: Declaration, reason: str, by: Officer, now: datetime) -> None:
    declaration.refusal_reason = reason
    _decide(declaration, State.REFUSED, by, now)
    office = reference.known_office(declaration.office)
    tell(
        declaration,
        "declaration.refused",
        {
            "reason": reason if reason.endswith((".", "!", "?")) else f"{reason}.",
            "office": office.name,
            "phone": office.phone or settings.VSSID_HOTLINE,
        },
    )


def _decide(declaration: Declaration, state: State, by: Officer, now: datetime) -> None:
    declaration.state = state
    declaration.decided_at = declaration.ended_at = now
    declaration.decided_by = by.user_name
    declaration.is_contested = False
    let_go(declaration)
    forget_right_number(declaration)
    declaration.save(
        update_fields=[
            "state", "decided_at", "ended_at", "decided_by", "refusal_reason", "is_contested",
            *HELD, *PROPOSED, *RENUMBERED,
        ]
    )  # fmt: skip
    act = "declaration.approve" if state is State.APPROVED else "declaration.refuse"
    first = {"proposed_by": declaration.proposed_by} if declaration.proposed_by else {}
    record_case(declaration, by, act=act, details=first)
    # A child has no account whose picture it could become.
    keeps = state is State.APPROVED and not declaration.guardian_number
    erase_photos_later(declaration, now, keep_portrait=keeps)


def _contact(declaration: Declaration) -> accounts.Contact:
    return accounts.Contact(
        phone=declaration.phone,
        email=declaration.email,
        address_era=declaration.address_era,
        address_province=declaration.address_province,
        address_district=declaration.address_district,
        address_commune=declaration.address_commune,
        address_street=declaration.address_street,
    )
