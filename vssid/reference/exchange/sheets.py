"""The four files: which columns each has, and to which table its rows belong."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import models

from vssid.reference.exchange import cells
from vssid.reference.exchange.cells import Column
from vssid.reference.models import (
    Agency,
    CollectionPoint,
    Employer,
    Facility,
    FacilityKind,
    FacilityLevel,
    PointKind,
)

_LATITUDE: Final = cells.degrees("latitude", 6.0, 23.5)
_LONGITUDE: Final = cells.degrees("longitude", 102.0, 118.0)
_COMMUNE: Final = cells.code("commune_code", re.compile(r"[0-9]{5}"), "00004", is_needed=False)
_PHONE: Final = cells.code(
    "phone", re.compile(r"[0-9+][0-9 .]{2,19}"), "024 1234 5678", is_needed=False
)
_CONTACT: Final = (cells.text("address", 250), _COMMUNE, _LATITUDE, _LONGITUDE, _PHONE)
_HISTORY: Final = (cells.text("former_names", 500), cells.text("successors", 100))
_VALIDITY: Final = (cells.day("valid_from"), cells.day("valid_to"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of one directory. `mark`: the field that is true of demo rows only."""

    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    mark: str

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    def has(self, column: str) -> bool:
        """Whether the file has that column."""
        return column in self.header


FACILITIES: Final = Sheet(
    "facilities",
    Facility,
    (
        cells.code("code", re.compile(r"[0-9]{2}[0-9A-Z]{3}"), "01001"),
        cells.text("name", 150, is_needed=True),
        cells.choice("kind", FacilityKind.values),
        cells.choice("level", FacilityLevel.values),
        *_CONTACT,
        cells.flag("has_contract"),
        cells.day("contract_from"),
        cells.day("contract_to"),
        cells.flag("may_issue_leave"),
        *_VALIDITY,
        *_HISTORY,
    ),
    mark="is_derived",
)
EMPLOYERS: Final = Sheet(
    "employers",
    Employer,
    (
        cells.code("code", re.compile(r"[0-9A-Z]{4,12}"), "TA0001Z"),
        cells.text("name", 200, is_needed=True),
        cells.code(
            "tax_code", re.compile(r"[0-9]{10}(?:-?[0-9]{3})?"), "0100000000-001", is_needed=False
        ),
        *_CONTACT,
        cells.whole("wage_region", 1, 4),
        cells.day("founded_on"),
        cells.day("closed_on"),
        *_HISTORY,
    ),
    mark="is_invented",
)
POINTS: Final = Sheet(
    "points",
    CollectionPoint,
    (
        cells.code("code", re.compile(r"[0-9A-Z-]{3,12}"), "00114-B"),
        cells.text("name", 150, is_needed=True),
        cells.choice("kind", PointKind.values),
        cells.code("agency_code", re.compile(r"[0-9]{3}(?:[0-9]{2})?"), "00114"),
        *_CONTACT,
        cells.text("hours", 120),
        cells.flag("collects_voluntary"),
        cells.flag("collects_household"),
        *_VALIDITY,
        *_HISTORY,
    ),
    mark="is_derived",
)
AGENCIES: Final = Sheet(
    "agencies",
    Agency,
    (
        cells.code("code", re.compile(r"[0-9]{3}(?:[0-9]{2})?"), "00114"),
        cells.text("name", 100, is_needed=True),
        cells.text("former_name", 100),
        cells.text("address", 250),
        _LATITUDE,
        _LONGITUDE,
        _PHONE,
    ),
    mark="is_derived",
)
SHEETS: Final = {one.name: one for one in (FACILITIES, EMPLOYERS, POINTS, AGENCIES)}
