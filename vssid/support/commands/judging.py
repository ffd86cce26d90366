"""What the person makes of an answer: whether it helped, and that it has to be opened again."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.support import errors, papers, rules
from vssid.support.commands import moving, steps
from vssid.support.models import Act, Petition
from vssid.support.rules import Side


def rate_answer(*, petition: Petition, is_helpful: bool, by: Actor, now: datetime) -> Petition:
    """Say whether the (last) answer helped; saying it again changes nothing, another word does.

    Locks the petition. Raises NotPossibleNowError.
    """
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        steps.state_after(petition=locked, act=Act.RATE, side=Side.PERSON)
        if locked.answered_at is None:
            raise errors.NotPossibleNowError(
                petition=rules.display_code(locked.code), state=locked.get_state_display()
            )
        if locked.is_helpful == is_helpful:
            return locked
        steps.check_pace(by=by, now=now)
        locked.is_helpful = is_helpful
        locked.save(update_fields=["is_helpful"])
        said = "yes" if is_helpful else "no"
        steps.write_step(petition=locked, act=Act.RATE, by=by, now=now, words=said)
        _record(locked, "petition.rate", by)
    return locked


def reopen_petition(
    *, petition: Petition, words: str, parcel: papers.Parcel, by: Actor, now: datetime
) -> Petition:
    """The person opens a closed petition again because the answer did not help.

    What its category promises begins anew. Sending the same parcel again changes nothing. Locks the
    petition. Raises WordsMissingError, TooManyAdditionsError, ReopenTooLateError, PapersLateError.
    """
    steps.check_words(words=words)
    with transaction.atomic():
        locked = steps.lock_petition(petition=petition)
        if steps.is_sent_already(parcel=parcel, now=now):
            return locked
        steps.check_pace(by=by, now=now)
        if not is_reopenable(petition=locked, now=now):
            raise errors.ReopenTooLateError(petition=rules.display_code(locked.code))
        locked.closed_at = None
        locked.due_on = steps.due_on(category=locked.category, now=now)
        moving.move(petition=locked, act=Act.REOPEN, side=Side.PERSON, now=now)
        moving.keep_papers(petition=locked, until=None)
        step = steps.write_step(
            petition=locked, act=Act.REOPEN, by=by, now=now, words=words, papers=parcel.papers
        )
        _record(locked, "petition.reopen", by)
        steps.tell(petition=locked, template="petition.reopened", step=step)
    return locked


def is_reopenable(*, petition: Petition, now: datetime) -> bool:
    """Whether the person may reopen it now."""
    return rules.can_reopen(
        petition.state,
        answered=petition.answered_at,
        closed=petition.closed_at,
        double_of=petition.double_of,
        within=settings.VSSID_PETITION_REOPENS_WITHIN,
        now=now,
    )


def _record(petition: Petition, act: str, by: Actor) -> None:
    record_event(by=by, act=act, subject=petition.number, details={"petition": petition.code})
