"""What the desk does among itself: taking a petition over, notes, doubles put together."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from vssid.audit.commands import record_event
from vssid.staff.models import Officer
from vssid.support import errors, rules
from vssid.support.commands import moving, steps
from vssid.support.models import Act, Petition
from vssid.support.rules import Side

_TAKEN_OVER: Final = "Nhận thay."
_MERGED: Final = "Đã gộp phản ánh {petition} vào đây."


def take_over_petition(*, petition: Petition, by: Officer, now: datetime) -> Petition:
    """Go on with what a colleague works on; a note at the desk says so. Locks the petition.

    Raises NotThisOfficeError, MayNotAnswerError.
    """
    with transaction.atomic():
        locked = moving.lock_of_office(petition=petition, by=by)
        if locked.claimed_by in {"", by.user_name}:
            return locked
        details = {"petition": locked.code, "from": locked.claimed_by}
        locked.claimed_by = by.user_name
        locked.save(update_fields=["claimed_by"])
        _note(locked, _TAKEN_OVER, by, now)
        record_event(by=by.actor, act="petition.take-over", subject=locked.number, details=details)
    return locked


def note_petition(*, petition: Petition, words: str, by: Officer, now: datetime) -> Petition:
    """Write a note that only the desk reads. Locks the petition.

    Raises WordsMissingError, NotThisOfficeError, MayNotAnswerError.
    """
    steps.check_words(words=words)
    with transaction.atomic():
        locked = moving.lock_of_office(petition=petition, by=by)
        _note(locked, words, by, now)
        record_event(
            by=by.actor,
            act="petition.note",
            subject=locked.number,
            details={"petition": locked.code},
        )
    return locked


def merge_petition(*, petition: Petition, into: Petition, by: Officer, now: datetime) -> Petition:
    """Close a petition that says what another open one of the same sender says; they are told.

    Locks both, by their ids. Raises NotADoubleError, NotThisOfficeError, MayNotAnswerError,
    ClaimedByAnotherError, NotPossibleNowError.
    """
    with transaction.atomic():
        for one in sorted((petition, into), key=lambda row: row.id):
            steps.lock_petition(petition=one)
        locked = moving.lock_held(petition=petition, by=by)
        kept = moving.lock_of_office(petition=into, by=by)
        if not rules.is_double(_sender(locked), _sender(kept), kept.state):
            raise errors.NotADoubleError
        locked.closed_at, locked.double_of = now, kept.code
        moving.move(petition=locked, act=Act.MERGE, side=Side.OFFICE, now=now)
        shown = rules.display_code(kept.code)
        step = steps.write_step(petition=locked, act=Act.MERGE, by=by.actor, now=now, words=shown)
        moving.keep_papers(petition=locked, until=now + settings.VSSID_PETITION_PAPERS_KEPT)
        _note(kept, _MERGED.format(petition=rules.display_code(locked.code)), by, now)
        details = {"petition": locked.code, "into": kept.code}
        record_event(by=by.actor, act="petition.merge", subject=locked.number, details=details)
        steps.tell(petition=locked, template="petition.merged", step=step, more={"into": shown})
    return locked


def _sender(petition: Petition) -> tuple[str, str, str, str]:
    return (petition.code, petition.number, petition.sender, petition.phone)


def _note(petition: Petition, words: str, by: Officer, now: datetime) -> None:
    steps.write_step(petition=petition, act=Act.NOTE, by=by.actor, now=now, words=words)
