"""Petitions past their day: marked, and brought before the head of the office."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import vietnam_today
from vssid.support.commands import steps
from vssid.support.models import WAITING, Act, Petition

_BATCH: Final = 500
_REMINDER: Final = Actor.system("remind-heads")


def remind_heads(*, now: datetime) -> int:
    """Remind the head of each office of what is overdue there; returns of how many petitions.

    A petition is brought up again after VSSID_PETITION_REMINDER_PAUSE. The reminder stands in its
    history at the desk, and heads find their number on the first page. Locks one by one and passes
    over what somebody holds.
    """
    today = vietnam_today(now)
    before = today - settings.VSSID_PETITION_REMINDER_PAUSE
    due = Q(state__in=WAITING, due_on__lt=today) & (
        Q(reminded_on__isnull=True) | Q(reminded_on__lte=before)
    )
    keys = Petition.objects.filter(due).order_by("due_on").values_list("number", "id")
    return sum(_remind(number, petition_id, due, now) for number, petition_id in keys[:_BATCH])


def _remind(number: str, petition_id: UUID, due: Q, now: datetime) -> int:
    with transaction.atomic():
        rows = Petition.objects.select_for_update(skip_locked=True)
        locked = rows.filter(due, number=number, id=petition_id).first()
        if locked is None:
            return 0
        locked.reminded_on = vietnam_today(now)
        locked.save(update_fields=["reminded_on"])
        steps.write_step(petition=locked, act=Act.REMIND, by=_REMINDER, now=now)
        record_event(
            by=_REMINDER,
            act="petition.remind",
            subject=number,
            details={"petition": locked.code, "office": locked.office},
        )
    return 1
