"""A provincial agency that ends: the offices below it get another one above them.

They follow the communes they serve: where a plan names these, to whom it gives them, else to the
default successor. Who would stand under two at once must end too, or have its communes named alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from vssid.reference.directory import Directory
from vssid.reference.models import Agency, AgencyArea
from vssid.reference.reorganising.plans import Ending, Fault, Plan, Row
from vssid.reference.rows import ERA_TODAY


def new_parents(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The offices that stay below provincial agencies that end, each with who takes it over."""
    above = dict(
        Agency.objects.filter(parent__in=list(plan.endings), valid_to=None)
        .exclude(code__in=list(plan.endings))
        .values_list("code", "parent_id")
    )
    rows = AgencyArea.objects.filter(
        agency__in=list(above), era=ERA_TODAY, area_code__regex="^[0-9]{5}$", valid_to=None
    )
    served: defaultdict[str, list[str]] = defaultdict(list)
    for office, commune in rows.values_list("agency_id", "area_code"):
        served[office].append(commune)
    return {
        office: _heirs(plan.endings[parent], served[office])
        for office, parent in sorted(above.items())
        if parent
    }


def offices_below(ending: Ending, plan: Plan) -> dict[str, frozenset[str]]:
    """Of `new_parents`, those that stand below this agency now."""
    offices = set(Agency.objects.filter(parent=ending.code).values_list("code", flat=True))
    return {code: heirs for code, heirs in new_parents(plan).items() if code in offices}


def faults_of(ending: Ending, plan: Plan, found: Directory) -> Iterator[Fault]:
    """What is wrong with the end of a provincial agency."""
    for row in (ending.row, *ending.communes.values()):
        heir = found.offices.get(row.successor)
        if heir and heir.view.level != "province" and row.successor not in plan.endings:
            yield Fault(
                row.line,
                f"[{row.successor}] is no provincial agency: only another one can follow "
                f"[{ending.code}].",
            )
    provinces = _provinces(ending.code)
    for row in ending.communes.values():
        yield from _commune(row, provinces, found)
    for office, heirs in offices_below(ending, plan).items():
        if len(heirs) > 1:
            yield Fault(
                ending.row.line,
                f"[{office}] serves communes that go to {', '.join(sorted(heirs))}: let it end by "
                "this plan too, or give all its communes to one of them.",
            )


def _heirs(ending: Ending, communes: list[str]) -> frozenset[str]:
    return frozenset({ending.heir_of_communes([one]) for one in communes} or {ending.default})


def _provinces(agency: str) -> set[str]:
    rows = AgencyArea.objects.filter(
        agency=agency, era=ERA_TODAY, area_code__regex="^[0-9]{2}$", valid_to=None
    )
    return set(rows.values_list("area_code", flat=True))


def _commune(row: Row, provinces: set[str], found: Directory) -> Iterator[Fault]:
    place = found.areas.get((ERA_TODAY, row.what))
    if place is None or place.level != "commune":
        yield Fault(row.line, f"No commune of today has the code {row.what}.")
    elif place.province_code not in provinces:
        yield Fault(
            row.line, f"{row.what} {place.name} does not lie in the province of [{row.office}]."
        )
