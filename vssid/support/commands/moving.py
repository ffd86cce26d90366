"""What becomes of a petition: taken, forwarded, answered, added to, closed."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.kernel.clock import vietnam_today
from vssid.reference import queries as reference
from vssid.staff import queries as officers
from vssid.staff import rules as staff
from vssid.staff.models import Officer
from vssid.support import errors, papers, rules
from vssid.support.commands import steps
from vssid.support.models import Act, Petition, PetitionFile, State
from vssid.support.rules import Side

_BATCH = 200
# What a move may change.
_MOVED = (
    "state", "office", "due_on", "changed_at", "closed_at", "claimed_by", "answered_at",
    "was_late", "is_helpful", "double_of",
)  # fmt: skip


def take_petition(*, petition: Petition, by: Officer, now: datetime) -> Petition:
    """An officer sees to it, and colleagues see who; the sender is told. Locks the petition.

    Raises NotThisOfficeError, MayNotAnswerError, NotPossibleNowError, ClaimedByAnotherError.
    """
    with transaction.atomic():
        locked = lock_held(petition=petition, by=by)
        locked.claimed_by = by.user_name
        move(petition=locked, act=Act.TAKE, side=Side.OFFICE, now=now)
        step = steps.write_step(petition=locked, act=Act.TAKE, by=_actor(by), now=now)
        _record(locked, "petition.take", _actor(by))
        steps.tell(petition=locked, template="petition.taken", step=step)
    return locked


def answer_petition(*, petition: Petition, words: str, by: Officer, now: datetime) -> Petition:
    """Answer in words; the sender is told that there is an answer, not what it says.

    Locks the petition. Raises WordsMissingError, NotThisOfficeError, MayNotAnswerError,
    NotPossibleNowError.
    """
    steps.check_words(words=words)
    with transaction.atomic():
        locked = lock_held(petition=petition, by=by)
        _note_answer(locked, by, now)
        move(petition=locked, act=Act.ANSWER, side=Side.OFFICE, now=now)
        step = steps.write_step(
            petition=locked, act=Act.ANSWER, by=_actor(by), now=now, words=words
        )
        _record(locked, "petition.answer", _actor(by))
        steps.tell(petition=locked, template="petition.answered", step=step)
    return locked


def forward_petition(
    *, petition: Petition, office: str, words: str, by: Officer, now: datetime
) -> Petition:
    """Send it to the office that can answer; the day of the answer stays. Locks the petition.

    Raises WordsMissingError, UnknownOfficeError, SameOfficeError, NotThisOfficeError,
    MayNotAnswerError, NotPossibleNowError.
    """
    steps.check_words(words=words)
    to = reference.known_office(office)
    with transaction.atomic():
        locked = lock_held(petition=petition, by=by)
        if to.code == locked.office:
            raise errors.SameOfficeError
        details = {"petition": locked.code, "from": locked.office, "to": to.code}
        locked.office, locked.claimed_by = to.code, ""
        move(petition=locked, act=Act.FORWARD, side=Side.OFFICE, now=now)
        step = steps.write_step(
            petition=locked, act=Act.FORWARD, by=_actor(by), now=now, words=words
        )
        record_event(by=_actor(by), act="petition.forward", subject=locked.number, details=details)
        steps.tell(petition=locked, template="petition.forwarded", step=step)
    return locked


def close_petition(*, petition: Petition, words: str, by: Officer, now: datetime) -> Petition:
    """Close an answered petition; the papers are kept for their time. Locks the petition.

    Raises NotThisOfficeError, MayNotAnswerError, NotPossibleNowError.
    """
    with transaction.atomic():
        locked = lock_held(petition=petition, by=by)
        close_locked(petition=locked, side=Side.OFFICE, by=_actor(by), words=words, now=now)
    return locked


def withdraw_petition(*, petition: Petition, by: Actor, now: datetime) -> Petition:
    """The person needs no (further) answer. Locks the petition. Raises NotPossibleNowError."""
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        close_locked(petition=locked, side=Side.PERSON, by=by, words="", now=now)
    return locked


def add_to_petition(
    *, petition: Petition, words: str, parcel: papers.Parcel, by: Actor, now: datetime
) -> Petition:
    """The person writes back, with papers if need be; an answered petition is in work again.

    What the category promises begins anew then. Sending the same parcel again changes nothing.
    Locks the petition. Raises WordsMissingError,
    TooManyAdditionsError, NotPossibleNowError, PapersLateError.
    """
    steps.check_words(words=words)
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        if steps.is_sent_already(parcel=parcel, now=now):
            return locked
        steps.check_pace(by=by, now=now)
        if locked.state == State.ANSWERED:
            locked.due_on = steps.due_on(category=locked.category, now=now)
        move(petition=locked, act=Act.ADD, side=Side.PERSON, now=now)
        step = steps.write_step(
            petition=locked, act=Act.ADD, by=by, now=now, words=words, papers=parcel.papers
        )
        _record(locked, "petition.add", by)
        steps.tell(petition=locked, template="petition.added", step=step)
    return locked


def close_quiet(*, now: datetime) -> int:
    """Close the petitions whose answer nobody wrote back to for long; returns how many.

    Locks them one by one and passes over those that somebody else holds.
    """
    before = now - settings.VSSID_PETITION_CLOSES_AFTER
    quiet = Petition.objects.filter(state=State.ANSWERED, changed_at__lt=before)
    keys = list(quiet.order_by("changed_at").values_list("number", "id")[:_BATCH])
    return sum(_close_one(number, petition_id, before, now) for number, petition_id in keys)


def _close_one(number: str, petition_id: UUID, before: datetime, now: datetime) -> int:
    with transaction.atomic():
        rows = Petition.objects.select_for_update(skip_locked=True)
        locked = rows.filter(
            number=number, id=petition_id, state=State.ANSWERED, changed_at__lt=before
        ).first()
        if locked is None:
            return 0
        close_locked(
            petition=locked, side=Side.TIME, by=Actor.system("close-quiet"), words="", now=now
        )
    return 1


def close_locked(*, petition: Petition, side: Side, by: Actor, words: str, now: datetime) -> None:
    """Close a locked petition; its papers are kept for their time. Raises NotPossibleNowError."""
    petition.closed_at = now
    move(petition=petition, act=Act.CLOSE, side=side, now=now)
    step = steps.write_step(petition=petition, act=Act.CLOSE, by=by, now=now, words=words)
    keep_papers(petition=petition, until=now + settings.VSSID_PETITION_PAPERS_KEPT)
    _record(petition, "petition.close", by)
    steps.tell(petition=petition, template="petition.closed", step=step)


def keep_papers(*, petition: Petition, until: datetime | None) -> None:
    """Keep the papers of a petition until a time; None while it is open."""
    held = PetitionFile.objects.filter(number=petition.number, petition=petition.id)
    for file in held.values_list("file", flat=True):
        files.keep_until(file_id=file, until=until)


def _note_answer(petition: Petition, by: Officer, now: datetime) -> None:
    """What an answer leaves in its row: the first one's time, and whose it is."""
    if petition.answered_at is None:
        petition.answered_at = now
        petition.was_late = vietnam_today(now) > petition.due_on
    petition.is_helpful = None
    petition.claimed_by = petition.claimed_by or by.user_name


def lock_held(*, petition: Petition, by: Officer) -> Petition:
    """The locked row, for an officer who may see to it while no colleague does.

    Raises NotThisOfficeError, MayNotAnswerError, ClaimedByAnotherError.
    """
    locked = lock_of_office(petition=petition, by=by)
    if locked.claimed_by not in {"", by.user_name}:
        names = officers.names_of([locked.claimed_by])
        raise errors.ClaimedByAnotherError(
            name=names.get(locked.claimed_by, locked.claimed_by),
            petition=rules.display_code(locked.code),
        )
    return locked


def lock_of_office(*, petition: Petition, by: Officer) -> Petition:
    """The locked row, for an officer of its office or the one above.

    Raises NotThisOfficeError, MayNotAnswerError.
    """
    locked = steps.lock_petition(petition=petition)
    if not staff.can_answer(by.role):
        raise errors.MayNotAnswerError
    if locked.office != by.office and not reference.is_below(locked.office, by.office):
        raise errors.NotThisOfficeError(
            petition=rules.display_code(locked.code),
            office=reference.known_office(locked.office).name,
        )
    return locked


def move(*, petition: Petition, act: Act, side: Side, now: datetime) -> None:
    """Change the state of a locked petition and save its row. Raises NotPossibleNowError."""
    petition.state = steps.state_after(petition=petition, act=act, side=side)
    petition.changed_at = now
    petition.save(update_fields=_MOVED)


def _record(petition: Petition, act: str, by: Actor) -> None:
    record_event(by=by, act=act, subject=petition.number, details={"petition": petition.code})


def _actor(officer: Officer) -> Actor:
    return Actor.officer(officer.user_name, officer.office)
