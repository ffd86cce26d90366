"""Rows of the directories as values: names for codes, what is true today, who followed."""

from datetime import date
from typing import TypedDict

from vssid.reference import directory
from vssid.reference.choices import EmployerView, FacilityView, Heir, PointView
from vssid.reference.models import CollectionPoint, Employer, Facility
from vssid.reference.queries import office_name
from vssid.reference.rows import ERA_TODAY
from vssid.reference.searching.sources import (
    has_contract_on,
    heirs_of_ended,
    split_list,
)
from vssid.reference.succeeding import last_heirs

Row = Facility | Employer | CollectionPoint


class _Common(TypedDict):
    code: str
    name: str
    address: str
    phone: str
    commune: str
    province: str
    latitude: float | None
    longitude: float | None
    valid_from: date | None
    valid_to: date | None
    is_ended: bool
    begins: date | None
    former_names: tuple[str, ...]
    heirs: tuple[Heir, ...]
    is_demo: bool


def facility_view(row: Facility, today: date) -> FacilityView:
    """A facility as of a day."""
    return FacilityView(
        **_common(row, row.valid_from, row.valid_to, today, is_demo=row.is_derived),
        kind=row.kind,
        kind_name=str(row.get_kind_display()),
        level=row.level,
        level_name=str(row.get_level_display()),
        has_contract=has_contract_on(row, today),
        contract_from=row.contract_from,
        contract_to=row.contract_to,
        may_issue_leave=row.may_issue_leave,
    )


def employer_view(row: Employer, today: date) -> EmployerView:
    """An employer as of a day; its last day is that before it was closed."""
    common = _common(row, row.founded_on, row.closed_on, today, is_demo=row.is_invented)
    common["is_ended"] = row.closed_on is not None and row.closed_on <= today
    return EmployerView(**common, tax_code=row.tax_code, wage_region=row.wage_region)


def point_view(row: CollectionPoint, today: date) -> PointView:
    """A collection point as of a day."""
    return PointView(
        **_common(row, row.valid_from, row.valid_to, today, is_demo=row.is_derived),
        kind_name=str(row.get_kind_display()),
        agency_code=row.agency_code,
        agency=office_name(row.agency_code),
        hours=row.hours,
        collects_voluntary=row.collects_voluntary,
        collects_household=row.collects_household,
    )


def _common(
    row: Row, first: date | None, last: date | None, today: date, *, is_demo: bool
) -> _Common:
    areas = directory.current().areas
    commune = areas.get((ERA_TODAY, row.commune_code))
    province_code = commune.province_code if commune else getattr(row, "province_code", "")
    province = areas.get((ERA_TODAY, province_code))
    return _Common(
        code=row.code,
        name=row.name,
        address=row.address,
        phone=row.phone,
        commune=commune.name if commune else "",
        province=province.name if province else "",
        latitude=row.latitude,
        longitude=row.longitude,
        valid_from=first,
        valid_to=last,
        is_ended=last is not None and last < today,
        begins=first if first is not None and first > today else None,
        former_names=split_list(row.former_names),
        heirs=_heirs(row),
        is_demo=is_demo,
    )


def _heirs(row: Row) -> tuple[Heir, ...]:
    """Who does its work today; asked for those that ended only, which are few."""
    nearest = split_list(row.successors)
    if not nearest:
        return ()
    chains = heirs_of_ended(type(row))
    codes = {last for one in nearest for last in last_heirs(one, chains)} - {row.code}
    rows = type(row)._default_manager.filter(code__in=codes).order_by("code")
    return tuple(Heir(code, name) for code, name in rows.values_list("code", "name"))
