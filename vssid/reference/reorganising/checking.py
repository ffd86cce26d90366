"""What of a plan does not agree with the directory; nothing is changed while a fault is left."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from vssid.kernel.clock import format_date
from vssid.reference import directory
from vssid.reference.directory import Directory
from vssid.reference.models import Agency, AgencyArea, Reorganisation
from vssid.reference.reorganising import provinces
from vssid.reference.reorganising.plans import Ending, Fault, Plan, Row
from vssid.reference.rows import ERA_TODAY

_NAMED: Final = 10


def check(plan: Plan, today: date) -> list[Fault]:
    """Every fault of a plan that has a good form, by line; the directory is as of `today`."""
    found = directory.current()
    faults = list(_overlaps(plan))
    served = _served(plan)
    for ending in plan.endings.values():
        faults += _office(ending, found, today)
        if _is_provincial(ending, found):
            faults += provinces.faults_of(ending, plan, found)
            continue
        faults += _left_without(ending, served.get(ending.code, set()), found)
        for row in ending.communes.values():
            faults += _commune(row, served.get(ending.code, set()), found)
    for row in plan.rows():
        faults += _successor(row, plan, found)
    return sorted(faults)


def begun(plan: Plan) -> Reorganisation | None:
    """What is known of the plan, if it was begun before."""
    return Reorganisation.objects.filter(id=plan.id).first()


def _served(plan: Plan) -> dict[str, set[str]]:
    """The communes of today that each ending office serves."""
    rows = AgencyArea.objects.filter(
        agency__in=list(plan.endings), era=ERA_TODAY, area_code__regex="^[0-9]{5}$", valid_to=None
    )
    found: dict[str, set[str]] = {}
    for agency, area in rows.values_list("agency_id", "area_code"):
        found.setdefault(agency, set()).add(area)
    return found


def _overlaps(plan: Plan) -> Iterator[Fault]:
    for other in Reorganisation.objects.filter(finished_at=None).exclude(id=plan.id):
        yield Fault(
            0,
            f"The plan by «{other.decision}» was begun and is not finished. Run it again with "
            "--apply first.",
        )


def _office(ending: Ending, found: Directory, today: date) -> Iterator[Fault]:
    row = ending.row
    if ending.code not in found.offices:
        yield Fault(row.line, _not_in_service(row.office, found))
        return
    if row.day is None or row.day < today:
        day = format_date(row.day) if row.day else ""
        yield Fault(row.line, f"{day} is past: a plan takes effect today or later.")
    elif Agency.objects.filter(code=row.office, valid_from__gte=row.day).exists():
        yield Fault(row.line, f"[{row.office}] begins no earlier than the day on which it ends.")


def _successor(row: Row, plan: Plan, found: Directory) -> Iterator[Fault]:
    successor = row.successor
    if successor == row.office:
        yield Fault(row.line, f"[{successor}] cannot be its own successor.")
    elif successor in plan.endings:
        line = plan.endings[successor].row.line
        is_circle = row.office in plan.endings[successor].heirs
        what = "this is a circle" if is_circle else "name the office that stays"
        yield Fault(row.line, f"[{successor}] ends by this plan itself (line {line}): {what}.")
    elif successor not in found.offices:
        yield Fault(row.line, _not_in_service(successor, found))


def _commune(row: Row, served: set[str], found: Directory) -> Iterator[Fault]:
    if row.what in served:
        return
    place = found.areas.get((ERA_TODAY, row.what))
    if place is None or place.level != "commune":
        yield Fault(row.line, f"No commune of today has the code {row.what}.")
        return
    serving = found.office_of_area.get((ERA_TODAY, row.what), "")
    by = f"[{serving}] does" if serving else "nobody does"
    yield Fault(row.line, f"[{row.office}] does not serve {row.what} {place.name}: {by}.")


def _is_provincial(ending: Ending, found: Directory) -> bool:
    office = found.offices.get(ending.code)
    return office is not None and office.view.level == "province"


def _left_without(ending: Ending, served: set[str], found: Directory) -> Iterator[Fault]:
    left = sorted(served - set(ending.communes))
    if left:
        names = [f"{code} {found.areas[ERA_TODAY, code].name}" for code in left[:_NAMED]]
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        yield Fault(
            ending.row.line,
            f"These communes of [{ending.code}] would have no office: {', '.join(names)}{more}. "
            "Give each a row «commune».",
        )


def _not_in_service(code: str, found: Directory) -> str:
    heirs = found.heirs.get(code)
    if heirs:
        return f"[{code}] has ended already; its work is done by {', '.join(heirs)}."
    if code in found.office_names:
        return f"[{code}] is not in service."
    return f"No agency has the code {code}."
