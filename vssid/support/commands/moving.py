"""What becomes of a petition: taken, forwarded, answered, added to, closed."""

import math
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.limits import commands as limits
from vssid.reference import queries as reference
from vssid.staff import rules as staff
from vssid.staff.models import Officer
from vssid.support import errors, papers, rules
from vssid.support.commands import steps
from vssid.support.models import Act, Petition, PetitionFile, State
from vssid.support.rules import Side

_DAY = timedelta(days=1)
_BATCH = 200


def take_petition(*, petition: Petition, by: Officer, now: datetime) -> Petition:
    """An officer sees to it; the sender is told. Locks the petition.

    Raises NotThisOfficeError, MayNotAnswerError, NotPossibleNowError.
    """
    with transaction.atomic():
        locked = _of_office(petition, by)
        _move(locked, Act.TAKE, Side.OFFICE, now)
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
        locked = _of_office(petition, by)
        _move(locked, Act.ANSWER, Side.OFFICE, now)
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
        locked = _of_office(petition, by)
        if to.code == locked.office:
            raise errors.SameOfficeError
        details = {"petition": locked.code, "from": locked.office, "to": to.code}
        _move(locked, Act.FORWARD, Side.OFFICE, now)
        locked.office = to.code
        locked.save(update_fields=["office"])
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
        locked = _of_office(petition, by)
        _close(locked, Side.OFFICE, _actor(by), words, now)
    return locked


def withdraw_petition(*, petition: Petition, by: Actor, now: datetime) -> Petition:
    """The person needs no (further) answer. Locks the petition. Raises NotPossibleNowError."""
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        _close(locked, Side.PERSON, by, "", now)
    return locked


def add_to_petition(
    *, petition: Petition, words: str, parcel: papers.Parcel, by: Actor, now: datetime
) -> Petition:
    """The person writes back, with papers if need be; an answered petition is in work again.

    Sending the same parcel again changes nothing. Locks the petition. Raises WordsMissingError,
    TooManyAdditionsError, NotPossibleNowError, PapersLateError.
    """
    steps.check_words(words=words)
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        once = limits.Limit("petition.parcel", 1, settings.VSSID_PETITION_PAPERS_WAIT)
        if limits.hit(limit=once, key=parcel.id.hex, now=now) is not None:
            return locked
        _check_pace(by, now)
        _move(locked, Act.ADD, Side.PERSON, now)
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
        _close(locked, Side.TIME, Actor.system("close-quiet"), "", now)
    return 1


def _close(petition: Petition, side: Side, by: Actor, words: str, now: datetime) -> None:
    petition.closed_at = now
    _move(petition, Act.CLOSE, side, now)
    step = steps.write_step(petition=petition, act=Act.CLOSE, by=by, now=now, words=words)
    until = now + settings.VSSID_PETITION_PAPERS_KEPT
    held = PetitionFile.objects.filter(number=petition.number, petition=petition.id)
    for file in held.values_list("file", flat=True):
        files.keep_until(file_id=file, until=until)
    _record(petition, "petition.close", by)
    steps.tell(petition=petition, template="petition.closed", step=step)


def _of_office(petition: Petition, by: Officer) -> Petition:
    """The locked row, for an officer who may see to it."""
    locked = steps.lock_petition(petition=petition)
    if not staff.can_answer(by.role):
        raise errors.MayNotAnswerError
    if locked.office != by.office and not reference.is_below(locked.office, by.office):
        raise errors.NotThisOfficeError(
            petition=rules.display_code(locked.code),
            office=reference.known_office(locked.office).name,
        )
    return locked


def _move(petition: Petition, act: Act, side: Side, now: datetime) -> None:
    petition.state = steps.state_after(petition=petition, act=act, side=side)
    petition.changed_at = now
    petition.save(update_fields=["state", "changed_at", "closed_at"])


def _record(petition: Petition, act: str, by: Actor) -> None:
    record_event(by=by, act=act, subject=petition.number, details={"petition": petition.code})


def _check_pace(by: Actor, now: datetime) -> None:
    allowed = settings.VSSID_PETITION_ADDITIONS_PER_DAY
    pause = limits.hit(limit=limits.Limit("petition.add", allowed, _DAY), key=by.name, now=now)
    if pause is not None:
        hours = math.ceil(pause / timedelta(hours=1))
        raise errors.TooManyAdditionsError(wait=pause, allowed=allowed, hours=hours)


def _actor(officer: Officer) -> Actor:
    return Actor.officer(officer.user_name, officer.office)
