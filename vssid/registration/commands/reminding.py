"""Reminders of the signed paper (guides R11), before the declaration lapses."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import format_date, vietnam_today
from vssid.reference import queries as reference
from vssid.registration import rules
from vssid.registration.commands.notices import tell
from vssid.registration.models import Declaration, State

_BATCH = 1000


def remind_of_paper(*, now: datetime) -> int:
    """Remind whoever has not brought the paper, on the days of the setting; returns how many.

    Days count from filing, in Vietnam's calendar. Each reminder goes out once, whoever runs this
    how often; after a pause only the latest one does. What has lapsed is not reminded.
    """
    overdue = rules.filed_before(now, settings.VSSID_PAPER_DUE.days + 1)
    reminded = 0
    for day in sorted(settings.VSSID_PAPER_REMINDERS, reverse=True):
        due = Declaration.objects.filter(
            state=State.FILED,
            reminded_on_day__lt=day,
            filed_at__lt=rules.filed_before(now, day),
            filed_at__gte=overdue,
        )
        for number, declaration_id in due.values_list("number", "id")[:_BATCH]:
            reminded += _remind(number, declaration_id, day)
    return reminded


def _remind(number: str, declaration_id: UUID, day: int) -> int:
    with transaction.atomic():
        locked = (
            Declaration.objects.select_for_update(skip_locked=True)
            .filter(number=number, id=declaration_id, state=State.FILED, reminded_on_day__lt=day)
            .first()
        )
        if locked is None:
            return 0
        locked.reminded_on_day = day
        locked.save(update_fields=["reminded_on_day"])
        record_event(
            by=Actor.system("remind"),
            act="declaration.remind",
            subject=number,
            details={"code": locked.code, "day": day},
        )
        until = rules.paper_due(locked.filed_at, settings.VSSID_PAPER_DUE)
        data = {
            "office": reference.known_office(locked.office).name,
            "until": format_date(vietnam_today(until)),
        }
        tell(locked, "declaration.reminder", data, occasion=f".{day}")
    return 1
