"""Who works on a case: one officer at a time, visible to all, for a while."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vssid.registration import rules
from vssid.registration.commands.cases import (
    HELD,
    NOTED,
    check_office,
    checked_note,
    hold,
    let_go,
    open_one,
    put_note,
    record_case,
    take,
)
from vssid.registration.models import Declaration, State
from vssid.registration.ordering import QUEUE_ORDER
from vssid.staff.models import Officer


def claim_case(
    *, declaration: Declaration, by: Officer, now: datetime, reason: str = ""
) -> Declaration:
    """Work on a case of the office; from whoever holds it only with a reason, kept as a note.

    Who holds it already does so for longer. Locks the declaration. Raises DeclarationNotOpenError,
    NotThisOfficeError, CaseHeldError, NoteMissingError.
    """
    with transaction.atomic():
        locked = open_one(declaration)
        check_office(locked, by)
        before = locked.claimed_by
        if reason and rules.is_held(before, locked.claimed_until, by.user_name, now):
            put_note(locked, checked_note(reason), by)
            hold(locked, by.user_name, now)
            locked.save(update_fields=[*HELD, *NOTED])
            record_case(
                locked, by, act="declaration.claim", details={"from": before}, reason=locked.note
            )
            return locked
        take(locked, by, now)
        locked.save(update_fields=HELD)
        if before != by.user_name:
            record_case(locked, by, act="declaration.claim")
    return locked


def release_case(*, declaration: Declaration, by: Officer) -> Declaration:
    """Let a case go that the officer holds; nothing happens when it is not theirs.

    Locks the declaration. Raises DeclarationNotOpenError.
    """
    with transaction.atomic():
        locked = open_one(declaration)
        if locked.claimed_by == by.user_name:
            let_go(locked)
            locked.save(update_fields=HELD)
            record_case(locked, by, act="declaration.release")
    return locked


def claim_next(*, by: Officer, now: datetime) -> Declaration | None:
    """The first complete dossier of the office that waits for this officer, who holds it now.

    What they hold already comes first; what they proposed waits for somebody else. None when there
    is nothing left. Two who ask at once get two cases. Locks the declaration.
    """
    own = Declaration.objects.filter(
        claimed_by=by.user_name, state=State.RECEIVED, office=by.office
    ).exclude(proposed_by=by.user_name)
    is_free = Q(claimed_by="") | Q(claimed_until__lte=now)
    free = Declaration.objects.filter(
        is_free, office=by.office, state__in=["filed", "received"], received_at__isnull=False
    ).exclude(proposed_by=by.user_name)
    with transaction.atomic():
        for found in (own, free):
            waiting = found.order_by(*QUEUE_ORDER)
            locked = waiting.select_for_update(skip_locked=True).first()
            if locked is not None:
                return claim_case(declaration=locked, by=by, now=now)
    return None
