"""The writers of reorganisations: offices end, their successors serve what they served."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.reference import directory
from vssid.reference.bulk import upsert
from vssid.reference.models import (
    Agency,
    AgencyArea,
    AgencySuccession,
    Area,
    DataSet,
    Reorganisation,
)
from vssid.reference.reorganising.plans import Ending, Plan
from vssid.reference.reorganising.provinces import new_parents
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY

_DAY: Final = timedelta(days=1)
LOCK: Final = 5_202_571


@contextmanager
def alone() -> Iterator[bool]:
    """Whether this program alone reorganises, until the end of the block or of its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def end_offices(*, plan: Plan, by: Actor, now: datetime) -> Reorganisation:
    """End the offices of a checked plan on the eve of its day; their successors serve from then on.

    Offices below a provincial agency that ends go under its successor. Nothing of their work moves
    here. Locks the loads of the directory, then the agencies by code; writes the one event of the
    whole. Raises IntegrityError for a plan that was begun before.
    """
    with transaction.atomic():
        list(DataSet.objects.select_for_update().filter(name="agencies"))
        list(
            Agency.objects.select_for_update().filter(code__in=_taking_part(plan)).order_by("code")
        )
        made = Reorganisation.objects.create(
            id=plan.id, decision=plan.decision, plan=plan.as_json(), begun_at=now
        )
        parents = new_parents(plan)
        for ending in plan.endings.values():
            _end(ending, plan)
        for office, (parent,) in parents.items():
            Agency.objects.filter(code=office).update(parent=parent)
        _tell_servers(plan, now)
        record_event(
            by=by,
            act="reference.reorganise",
            subject=plan.id,
            reason=plan.decision,
            details={
                "on": plan.day.isoformat(),
                "offices": {one.code: list(one.heirs) for one in plan.endings.values()},
                "parents": {office: parent for office, (parent,) in parents.items()},
            },
        )
        transaction.on_commit(directory.forget)
    return made


def finish(*, plan: Plan, now: datetime) -> None:
    """Note that all work of the offices has moved; a second time changes nothing."""
    Reorganisation.objects.filter(id=plan.id, finished_at=None).update(finished_at=now)


def _tell_servers(plan: Plan, now: datetime) -> None:
    """What every process compares with what it has in memory."""
    DataSet.objects.update_or_create(
        name="reorganisations",
        defaults={
            "fingerprint": plan.id,
            "row_count": Reorganisation.objects.count(),
            "loaded_at": now,
        },
    )


def _taking_part(plan: Plan) -> set[str]:
    return {code for one in plan.endings.values() for code in (one.code, *one.heirs)}


def _end(ending: Ending, plan: Plan) -> None:
    eve = plan.day - _DAY
    Agency.objects.filter(code=ending.code).update(valid_to=eve)
    AgencySuccession.objects.bulk_create(
        AgencySuccession(
            old_id=ending.code,
            new_id=heir,
            on_date=plan.day,
            is_default=heir == ending.default,
            decision=plan.decision,
        )
        for heir in ending.heirs
    )
    rows = list(AgencyArea.objects.select_for_update().filter(agency=ending.code))
    taken = {(row.era, row.area_code): _heir(ending, plan, row.era, row.area_code) for row in rows}
    taken |= _wards_elsewhere(ending, plan, [row for row in rows if row.era == ERA_LEGACY])
    _close(ending, plan)
    served = [
        AgencyArea(
            agency_id=heir,
            era=era,
            area_code=area,
            valid_from=plan.day,
            decision=plan.decision,
        )
        for (era, area), heir in taken.items()
    ]
    upsert(AgencyArea, served, ("agency_code", "era", "area_code"))


def _heir(ending: Ending, plan: Plan, era: str, area: str) -> str:
    is_commune = era == ERA_TODAY or len(area) == 5
    return plan.heir(ending.code, era, area) if is_commune else ending.default


def _wards_elsewhere(
    ending: Ending, plan: Plan, legacy: list[AgencyArea]
) -> dict[tuple[str, str], str]:
    """The wards of its districts that do not go where their district goes."""
    districts = [row.area_code for row in legacy if len(row.area_code) == 3]
    wards = Area.objects.filter(era=ERA_LEGACY, parent_code__in=districts)
    heirs = {
        ward: _heir(ending, plan, ERA_LEGACY, ward) for ward in wards.values_list("code", flat=True)
    }
    return {(ERA_LEGACY, ward): to for ward, to in heirs.items() if to != ending.default}


def _close(ending: Ending, plan: Plan) -> None:
    """What it served until its last day stays as history; what it would have served goes."""
    rows = AgencyArea.objects.filter(agency=ending.code)
    rows.filter(valid_from__gte=plan.day).delete()
    rows.filter(valid_to=None).update(valid_to=plan.day - _DAY)
    rows.update(decision=plan.decision)
