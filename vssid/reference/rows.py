"""The rows of the directory as plain values: what the readers make and the commands store."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

ERA_TODAY: Final = "2025"
ERA_LEGACY: Final = "legacy"
ERAS: Final = (ERA_TODAY, ERA_LEGACY)

LAST_DAY_OF_DISTRICTS: Final = date(2025, 6, 30)
FIRST_DAY_OF_COMMUNES: Final = date(2025, 7, 1)
"""NQ 202/2025/QH15: 34 provinces, no districts, 3,321 communes."""


class Point(NamedTuple):
    """Degrees of latitude north and longitude east, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A province, district or commune of one era under its statistics code (2, 3 or 5 digits)."""

    era: str
    level: str
    code: str
    name: str
    short_name: str
    parent_code: str
    province_code: str
    point: Point


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A unit before 1/7/2025 and one that took over (a part of) its ground.

    `kind`: kept, renamed, merged (wholly, with others), split (this is one of several parts).
    """

    old_code: str
    new_code: str
    kind: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A social insurance agency."""

    code: str
    level: str
    name: str
    former_name: str
    parent_code: str
    address: str
    phone: str
    contact_is_public: bool
    point: Point


@dataclass(frozen=True, slots=True)
class AgencyAreaRow:
    """An area that an agency serves."""

    agency_code: str
    era: str
    area_code: str


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A health facility of the demo directory; commune and province are those of today."""

    code: str
    name: str
    kind: str
    level: str
    address: str
    commune_code: str
    province_code: str
    point: Point
    may_issue_leave: bool


@dataclass(frozen=True, slots=True)
class PointRow:
    """A collection point of the demo directory; commune and province are those of today."""

    code: str
    name: str
    kind: str
    agency_code: str
    address: str
    commune_code: str
    province_code: str
    point: Point
    hours: str
