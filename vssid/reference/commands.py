"""The only writers of the directory: each loads one part of it from the installed data set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import utc_now
from vssid.reference import facilities, offices, points
from vssid.reference.bulk import upsert
from vssid.reference.keys import sort_key_of
from vssid.reference.models import (
    Agency,
    AgencyArea,
    AgencySuccession,
    Area,
    AreaSuccession,
    CollectionPoint,
    DataSet,
    Employer,
    Facility,
)
from vssid.reference.rows import (
    ERA_LEGACY,
    ERA_TODAY,
    FIRST_DAY_OF_COMMUNES,
    LAST_DAY_OF_DISTRICTS,
    AgencyAreaRow,
    AgencyRow,
    AreaRow,
    FacilityRow,
    PointRow,
    SuccessionRow,
)
from vssid.reference.searching import memory
from vssid.reference.source import fingerprint, read_source
from vssid.reference.tax_codes import tax_code
from vssid.reference.territory import Territory

_PARTS: Final = ("areas", "agencies", "facilities", "points")
_NOWHERE: Final = (None, None)
_PLACED: Final = ("code", "latitude", "longitude")
_PREFIXES: Final = ("BHXH cơ sở ", "BHXH tỉnh ", "BHXH TP ")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load did: `rows` is what the directory has now; `is_changed` is False for a rerun."""

    name: str
    rows: int
    is_changed: bool


class EmployerFacts(Protocol):
    """What is known of an employer, from a feed or from the generator of invented lives."""

    @property
    def code(self) -> str:
        """The employer's code (mã đơn vị)."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def address(self) -> str:
        """Its address as one line."""

    @property
    def commune_code(self) -> str:
        """The commune of today it lies in."""

    @property
    def wage_region(self) -> int:
        """Region of the minimum wage, 1 to 4."""

    @property
    def founded_on(self) -> date | None:
        """Its first day, if known."""

    @property
    def closed_on(self) -> date | None:
        """Its last day, if it is over."""

    @property
    def is_invented(self) -> bool:
        """Whether it stands for nobody."""


def load_areas(*, by: Actor, territory: Territory | None = None) -> LoadResult:
    """Load provinces, districts and communes of both eras and their succession (domain §5).

    Does nothing when the installed data set is the one loaded last. Rows are updated in place, rows
    the data set no longer has stay. Locks the data set's row first, writes one audit event.
    """
    return _load("areas", by, territory, _write_areas)


def load_agencies(*, by: Actor, territory: Territory | None = None) -> LoadResult:
    """Load the derived agencies and what they serve.

    Those entered by operators stay untouched, and what a reorganisation has ended or moved.
    Reruns, locks and audit as `load_areas`.
    """
    return _load("agencies", by, territory, _write_agencies)


def load_facilities(*, by: Actor, territory: Territory | None = None) -> LoadResult:
    """Load the derived health facilities; those entered by operators stay untouched.

    Reruns, locks and audit as `load_areas`.
    """
    return _load("facilities", by, territory, _write_facilities)


def load_points(*, by: Actor, territory: Territory | None = None) -> LoadResult:
    """Load the derived collection points; those entered by operators stay untouched.

    Reruns, locks and audit as `load_areas`.
    """
    return _load("points", by, territory, _write_points)


def load_reference(*, by: Actor) -> tuple[LoadResult, ...]:
    """Load areas, agencies, facilities and points, all or nothing; reads the data set once."""
    with transaction.atomic():
        current = fingerprint()
        loaded = DataSet.objects.filter(name__in=_PARTS, fingerprint=current).count()
        territory = None if loaded == len(_PARTS) else Territory(read_source())
        return (
            load_areas(by=by, territory=territory),
            load_agencies(by=by, territory=territory),
            load_facilities(by=by, territory=territory),
            load_points(by=by, territory=territory),
        )


def write_employers(*, employers: Sequence[EmployerFacts], by: Actor) -> None:
    """Write employers, each where its commune lies; a known one is brought up to date.

    Invented ones get a tax code that is nobody's.
    """
    fields = [
        "name", "address", "commune_code", "wage_region", "founded_on", "closed_on", "is_invented",
    ]  # fmt: skip
    places = _points_of_communes(one.commune_code for one in employers)
    rows = [
        Employer(
            code=one.code,
            tax_code=tax_code(one.code) if one.is_invented else "",
            latitude=places.get(one.commune_code, _NOWHERE)[0],
            longitude=places.get(one.commune_code, _NOWHERE)[1],
            **{name: getattr(one, name) for name in fields},
        )
        for one in employers
    ]
    written = [*fields, "latitude", "longitude"]
    with transaction.atomic():
        Employer.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=written
        )
        mark_changed(name="employers", rows=len(rows))
        record_event(by=by, act="employers.write", details={"rows": len(rows)})


def mark_changed(*, name: str, rows: int) -> None:
    """Let every process know that a directory has changed: each learns of it within a minute."""
    DataSet.objects.update_or_create(
        name=name, defaults={"row_count": rows, "loaded_at": utc_now()}
    )
    transaction.on_commit(memory.forget)


def _points_of_communes(codes: Iterable[str]) -> dict[str, tuple[float | None, float | None]]:
    rows = Area.objects.filter(era=ERA_TODAY, code__in=set(codes))
    return {code: (north, east) for code, north, east in rows.values_list(*_PLACED)}


def _is_handed_over(name: str) -> bool:
    """Whether operators brought a directory of their own in place of the demo's."""
    return DataSet.objects.filter(name=f"own-{name}").exists()


def _load(
    name: str, by: Actor, territory: Territory | None, write: Callable[[Territory], int]
) -> LoadResult:
    current = fingerprint()
    with transaction.atomic():
        # Made before it is locked: two first loads wait for each other here.
        DataSet.objects.get_or_create(
            name=name, defaults={"fingerprint": "", "row_count": 0, "loaded_at": utc_now()}
        )
        data_set = DataSet.objects.select_for_update().get(name=name)
        if data_set.fingerprint == current:
            return LoadResult(name, data_set.row_count, is_changed=False)
        data_set.row_count = write(territory or Territory(read_source()))
        data_set.fingerprint = current
        data_set.loaded_at = utc_now()
        data_set.save()
        details = {"data_set": name, "rows": data_set.row_count, "fingerprint": current}
        record_event(by=by, act="reference.load", subject=name, details=details)
        transaction.on_commit(memory.forget)
    return LoadResult(name, data_set.row_count, is_changed=True)


def _write_areas(territory: Territory) -> int:
    areas = [_area(row) for row in territory.areas()]
    upsert(Area, areas, ("era", "code"))
    AreaSuccession.objects.all().delete()
    successions = [_succession(row) for row in territory.successions()]
    upsert(AreaSuccession, successions, ("old_era", "old_code", "new_era", "new_code"))
    return len(areas) + len(successions)


def _write_agencies(territory: Territory) -> int:
    entered = set(Agency.objects.filter(is_derived=False).values_list("code", flat=True))
    heirs = _default_heirs()
    parents = dict(Agency.objects.values_list("code", "parent_id"))
    rows = [
        _agency(_below_successor(row, heirs, parents))
        for row in offices.agencies(territory)
        if row.code not in {*entered, *heirs}
    ]
    upsert(Agency, rows, ("code",))
    AgencyArea.objects.filter(agency__is_derived=True, decision="").delete()
    served = set(AgencyArea.objects.values_list("era", "area_code"))
    areas = [
        _agency_area(row, heirs.get(row.agency_code, row.agency_code))
        for row in offices.agency_areas(territory)
        if row.agency_code not in entered and (row.era, row.area_code) not in served
    ]
    upsert(AgencyArea, areas, ("agency_code", "era", "area_code"))
    return len(rows) + len(areas)


def _below_successor(
    row: AgencyRow, heirs: Mapping[str, str], parents: Mapping[str, str | None]
) -> AgencyRow:
    """The office under whom a reorganisation put it, where the agency above it ended."""
    if row.parent_code not in heirs:
        return row
    return replace(row, parent_code=parents.get(row.code) or heirs[row.parent_code])


def _default_heirs() -> dict[str, str]:
    """Who takes what is new of each agency that a reorganisation ended."""
    rows = AgencySuccession.objects.filter(is_default=True)
    found = dict(rows.values_list("old_id", "new_id"))
    # Over several endings; a successor is never one that ended before, so this comes to an end.
    return {old: _last_of(found, old) for old in found}


def _last_of(heirs: Mapping[str, str], code: str) -> str:
    while code in heirs:
        code = heirs[code]
    return code


def _write_facilities(territory: Territory) -> int:
    if _is_handed_over("facilities"):
        return Facility.objects.count()
    entered = set(Facility.objects.filter(is_derived=False).values_list("code", flat=True))
    derived = facilities.facilities(territory)
    rows = [_facility(row) for row in derived if row.code not in entered]
    upsert(Facility, rows, ("code",))
    return len(rows)


def _write_points(territory: Territory) -> int:
    if _is_handed_over("points"):
        return CollectionPoint.objects.count()
    entered = set(CollectionPoint.objects.filter(is_derived=False).values_list("code", flat=True))
    rows = [_point(row) for row in points.collection_points(territory) if row.code not in entered]
    upsert(CollectionPoint, rows, ("code",))
    return len(rows)


def _area(row: AreaRow) -> Area:
    is_today = row.era == ERA_TODAY
    return Area(
        era=row.era,
        code=row.code,
        level=row.level,
        name=row.name,
        short_name=row.short_name,
        parent_code=row.parent_code,
        province_code=row.province_code,
        latitude=row.point.latitude,
        longitude=row.point.longitude,
        valid_from=FIRST_DAY_OF_COMMUNES if is_today else None,
        valid_to=None if is_today else LAST_DAY_OF_DISTRICTS,
        sort_key=sort_key_of(row.short_name),
    )


def _succession(row: SuccessionRow) -> AreaSuccession:
    return AreaSuccession(
        old_era=ERA_LEGACY,
        old_code=row.old_code,
        new_era=ERA_TODAY,
        new_code=row.new_code,
        on_date=FIRST_DAY_OF_COMMUNES,
        kind=row.kind,
        is_default=row.is_default,
    )


def _agency(row: AgencyRow) -> Agency:
    prefix = next((prefix for prefix in _PREFIXES if row.name.startswith(prefix)), "")
    return Agency(
        code=row.code,
        level=row.level,
        name=row.name,
        former_name=row.former_name,
        parent_id=row.parent_code or None,
        address=row.address,
        phone=row.phone,
        contact_is_public=row.contact_is_public,
        latitude=row.point.latitude,
        longitude=row.point.longitude,
        is_derived=True,
        sort_key=sort_key_of(row.name.removeprefix(prefix)),
    )


def _agency_area(row: AgencyAreaRow, agency: str) -> AgencyArea:
    is_today = row.era == ERA_TODAY
    return AgencyArea(
        agency_id=agency,
        era=row.era,
        area_code=row.area_code,
        valid_from=FIRST_DAY_OF_COMMUNES if is_today else None,
        valid_to=None if is_today else LAST_DAY_OF_DISTRICTS,
    )


def _facility(row: FacilityRow) -> Facility:
    return Facility(
        code=row.code,
        name=row.name,
        kind=row.kind,
        level=row.level,
        address=row.address,
        commune_code=row.commune_code,
        province_code=row.province_code,
        latitude=row.point.latitude,
        longitude=row.point.longitude,
        may_issue_leave=row.may_issue_leave,
        is_derived=True,
        sort_key=sort_key_of(row.name),
    )


def _point(row: PointRow) -> CollectionPoint:
    return CollectionPoint(
        code=row.code,
        name=row.name,
        kind=row.kind,
        agency_code=row.agency_code,
        address=row.address,
        commune_code=row.commune_code,
        province_code=row.province_code,
        latitude=row.point.latitude,
        longitude=row.point.longitude,
        hours=row.hours,
        is_derived=True,
    )
