"""The only writer of opening hours: a file replaces what there was, as a whole."""

import hashlib
from datetime import datetime

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.reference import directory
from vssid.reference.hours.changes import Change, change_by, stored
from vssid.reference.hours.files import HoursFile
from vssid.reference.hours.models import SpecialDay, WeeklyHours
from vssid.reference.hours.rules import Special, Weekly
from vssid.reference.models import DataSet

_NAME = "opening-hours"


def replace_hours(*, rows: HoursFile, by: Actor, now: datetime) -> Change:
    """Put the rows of a checked file in place of all there are; returns what that changed.

    One event for the whole; the same file again writes nothing. Locks the row of the data set, so
    that two files come one after the other. Every server knows within a minute.
    """
    with transaction.atomic():
        DataSet.objects.get_or_create(
            name=_NAME, defaults={"fingerprint": "", "row_count": 0, "loaded_at": now}
        )
        data_set = DataSet.objects.select_for_update().get(name=_NAME)
        changed = change_by(rows)
        if not changed:
            return changed
        _write(*rows.values())
        data_set.fingerprint = hashlib.sha256(stored().encode()).hexdigest()
        data_set.row_count = len(rows.weekly) + len(rows.special)
        data_set.loaded_at = now
        data_set.save()
        details = {"removed": len(changed.removed), "added": len(changed.added)}
        record_event(by=by, act="reference.hours", subject=_NAME, details=details)
        transaction.on_commit(directory.forget)
    return changed


def _write(weekly: list[Weekly], special: list[Special]) -> None:
    WeeklyHours.objects.all().delete()
    SpecialDay.objects.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            agency_code=row.agency,
            weekday=row.weekday,
            opens=row.span.opens,
            closes=row.span.closes,
            valid_from=row.first,
            valid_to=row.last,
        )
        for row in weekly
    )
    SpecialDay.objects.bulk_create(
        SpecialDay(
            agency_code=row.agency,
            first_day=row.first,
            last_day=row.last,
            opens=row.span.opens if row.span else None,
            closes=row.span.closes if row.span else None,
            reason=row.reason,
        )
        for row in special
    )
