"""Reads provinces, districts and communes of both eras from the data of `vietnamadminunits`.

The package itself is never imported: it would load its address parsers and 4 MB of keywords.
Counts and the shape of both files: domain §5.
"""

import hashlib
import importlib.util
import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from vssid.reference.rows import Point

_PACKAGE: Final = "vietnamadminunits"
_DATABASE: Final = "data/dataset.db"
_CONVERTER: Final = "data/converter_2025.json"

KINDS: Final = (
    "Tỉnh",
    "Thành phố",
    "Thị xã",
    "Thị trấn",
    "Quận",
    "Huyện",
    "Phường",
    "Xã",
    "Đặc khu",
)

# What the derived rows look like; a change here makes every installation load them again.
_DERIVATION: Final = b"2"

_LEGACY_SQL: Final = """
    SELECT provinceKey, provinceCode, province, provinceLat, provinceLon,
           districtKey, districtCode, district, districtLat, districtLon,
           coalesce(wardKey, ''), wardCode, ward, wardLat, wardLon
    FROM admin_units_legacy
    ORDER BY districtCode, wardCode
"""
_TODAY_SQL: Final = """
    SELECT provinceKey, provinceCode, province, provinceLat, provinceLon,
           wardKey, wardCode, ward, wardLat, wardLon
    FROM admin_units
    ORDER BY wardCode
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit as the source has it; `kind` is its type («Huyện», «Phường»)."""

    code: str
    name: str
    kind: str
    parent_code: str
    province_code: str
    point: Point

    @property
    def short_name(self) -> str:
        """The name without its type, but «Quận 1» and «Phường 4» whole."""
        rest = self.name.removeprefix(self.kind).strip()
        return self.name if rest[:1].isdigit() else rest


@dataclass(frozen=True, slots=True)
class Part:
    """A legacy ward (or an island district without wards) and a commune that took from it."""

    old_code: str
    new_code: str
    is_whole: bool
    is_default: bool


@dataclass(frozen=True)
class Source:
    """Everything the data set says, by code; nothing corrected yet."""

    legacy_provinces: dict[str, Unit]
    legacy_districts: dict[str, Unit]
    legacy_wards: dict[str, Unit]
    provinces: dict[str, Unit]
    communes: dict[str, Unit]
    province_of_legacy: dict[str, str]
    parts: tuple[Part, ...]

    @cached_property
    def islands(self) -> tuple[Unit, ...]:
        """The districts that never had wards; their people's addresses end at the district."""
        with_wards = {ward.parent_code for ward in self.legacy_wards.values()}
        return tuple(unit for code, unit in self.legacy_districts.items() if code not in with_wards)

    def legacy_unit(self, code: str) -> Unit:
        """The ward of 5 digits, or the district of 3."""
        return self.legacy_wards[code] if len(code) == 5 else self.legacy_districts[code]


def fingerprint() -> str:
    """SHA-256 of both data files and of the way rows are derived from them."""
    digest = hashlib.sha256(_DERIVATION)
    for name in (_DATABASE, _CONVERTER):
        digest.update((_folder() / name).read_bytes())
    return digest.hexdigest()


def read_source() -> Source:
    """Read the installed data set (about 0.4 s).

    Raises KeyError if its files disagree, StopIteration for a name of an unknown type.
    """
    reader = _Reader()
    with closing(_open_database(_folder() / _DATABASE)) as database:
        for row in database.execute(_LEGACY_SQL):
            reader.take_legacy(row)
        for row in database.execute(_TODAY_SQL):
            reader.take_today(row)
    converter = json.loads((_folder() / _CONVERTER).read_text(encoding="utf-8"))
    return reader.finish(converter)


def _folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The data package {_PACKAGE} is not installed.")
    return Path(spec.submodule_search_locations[0])


def _open_database(path: Path) -> sqlite3.Connection:
    # Immutable: the folder of packages may not be writable, and no lock file is wanted in it.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _unit(code: str, name: str, point: Sequence[float], *above: str) -> Unit:
    """A unit below `above` (its parent, and the province if that is another).

    The type is read from the name: the column of types contradicts seven names, and the names are
    right. Five are written «Thành Phố …», «Thị Xã …».
    """
    name = unicodedata.normalize("NFC", name)
    kind = next(kind for kind in KINDS if name.lower().startswith(f"{kind.lower()} "))
    name = kind + name[len(kind) :]
    parent, province = (above[0], above[-1]) if above else ("", code)
    return Unit(code, name, kind, parent, province, Point(*point))


class _Reader:
    """Collects rows, and the keys by which the converter names them."""

    def __init__(self) -> None:
        self._legacy_provinces: dict[str, Unit] = {}
        self._legacy_districts: dict[str, Unit] = {}
        self._legacy_wards: dict[str, Unit] = {}
        self._provinces: dict[str, Unit] = {}
        self._communes: dict[str, Unit] = {}
        self._legacy_province_keys: dict[str, str] = {}
        self._legacy_keys: dict[str, str] = {}
        self._province_keys: dict[str, str] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def take_legacy(self, row: tuple[Any, ...]) -> None:
        province_key, province, name, *point = row[:5]
        district_key, district, district_name, *district_point = row[5:10]
        ward_key, ward, ward_name, *ward_point = row[10:]
        if province not in self._legacy_provinces:
            self._legacy_province_keys[province_key] = province
            self._legacy_provinces[province] = _unit(province, name, point)
        if district not in self._legacy_districts:
            self._legacy_districts[district] = _unit(
                district, district_name, district_point, province
            )
        self._legacy_keys[f"{province_key}_{district_key}_{ward_key}"] = ward or district
        if ward:
            self._legacy_wards[ward] = _unit(ward, ward_name, ward_point, district, province)

    def take_today(self, row: tuple[Any, ...]) -> None:
        province_key, province, name, *point = row[:5]
        ward_key, ward, ward_name, *ward_point = row[5:]
        if province not in self._provinces:
            self._province_keys[province_key] = province
            self._provinces[province] = _unit(province, name, point)
        self._keys[province_key, ward_key] = ward
        self._communes[ward] = _unit(ward, ward_name, ward_point, province)

    def finish(self, converter: dict[str, Any]) -> Source:
        return Source(
            legacy_provinces=self._legacy_provinces,
            legacy_districts=self._legacy_districts,
            legacy_wards=self._legacy_wards,
            provinces=self._provinces,
            communes=self._communes,
            province_of_legacy={
                self._legacy_province_keys[old]: self._province_keys[new]
                for new, olds in converter["DICT_PROVINCE"].items()
                for old in olds
            },
            parts=tuple(self._parts(converter)),
        )

    def _parts(self, converter: dict[str, Any]) -> Iterator[Part]:
        for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for commune, olds in communes.items():
                new_code = self._keys[province, commune]
                for old in olds:
                    yield Part(self._legacy_keys[old], new_code, is_whole=True, is_default=True)
        for province, wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, communes in wards.items():
                for commune in communes:
                    yield Part(
                        self._legacy_keys[old],
                        self._keys[province, commune["newWardKey"]],
                        is_whole=False,
                        is_default=bool(commune["isDefaultNewWard"]),
                    )
