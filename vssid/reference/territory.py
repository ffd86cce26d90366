"""The succession of 1/7/2025: what became of every legacy unit, and whose district it was."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, TypeVar

from vssid.reference.outline.shapes import provinces
from vssid.reference.placing import Places, distance_km
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY, AreaRow, Point, SuccessionRow
from vssid.reference.source import Part, Source, Unit

Value = TypeVar("Value")

# Of namesakes, one this much farther away than the nearest was not meant.
_NAMESAKE_KM: Final = 15.0
_NAMESAKE_FACTOR: Final = 2.0


class Territory:
    """A source with its points and its succession put right."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = Places(source)
        self.parts = _without_namesakes(source, self.places)

    @cached_property
    def sources_of(self) -> dict[str, list[Part]]:
        """The parts that every commune of today was made of, by its code."""
        return _grouped((part.new_code, part) for part in self.parts)

    @cached_property
    def district_of_commune(self) -> dict[str, str]:
        """The former district of every commune of today.

        A commune made from several districts goes to that of the ward whose statistics code it
        kept, which is the ward of its seat (true of 3,316 of 3,321); the five others were
        island districts of their own.
        """
        return {code: self._seat(code) for code in self.source.communes}

    @cached_property
    def communes_of_district(self) -> dict[str, list[str]]:
        """The communes of today that fall to every former district, by its code."""
        return _grouped(
            (district, commune) for commune, district in self.district_of_commune.items()
        )

    @cached_property
    def centre_points(self) -> dict[str, Point]:
        """Where the middle of every former district is drawn, by its code.

        Where our outline has it at sea or in another province, since it is good to a few kilometres
        only, the point of the district's centre commune, which is inside of its own.
        """
        return {code: self._centre_point(code) for code in self.source.legacy_districts}

    def centre_commune(self, district_code: str) -> Unit:
        """The commune of today nearest to the middle of a former district."""
        point = self.places.legacy_districts[district_code]
        nearest = min(
            self.communes_of_district[district_code],
            key=lambda code: distance_km(point, self.places.communes[code]),
        )
        return self.source.communes[nearest]

    def areas(self) -> Iterator[AreaRow]:
        """Every unit of both eras, parents before children."""
        source, places = self.source, self.places
        for unit in source.legacy_provinces.values():
            yield _area(ERA_LEGACY, "province", unit, unit.point)
        for unit in source.legacy_districts.values():
            yield _area(ERA_LEGACY, "district", unit, places.legacy_districts[unit.code])
        for unit in source.legacy_wards.values():
            yield _area(ERA_LEGACY, "commune", unit, places.legacy_wards[unit.code])
        for unit in source.provinces.values():
            yield _area(ERA_TODAY, "province", unit, unit.point)
        for unit in source.communes.values():
            yield _area(ERA_TODAY, "commune", unit, places.communes[unit.code])

    def successions(self) -> Iterator[SuccessionRow]:
        """What became of every province and ward; districts ended without a successor.

        The five island districts without wards have the commune that took their place.
        """
        provinces = self.source.province_of_legacy
        whole = tuple(
            Part(old, new, is_whole=True, is_default=True) for old, new in provinces.items()
        )
        yield from _successions(whole, self.source.legacy_provinces, self.source.provinces)
        units = self.source.legacy_wards | {unit.code: unit for unit in self.source.islands}
        yield from _successions(self.parts, units, self.source.communes)

    def _centre_point(self, district_code: str) -> Point:
        middle = self.places.legacy_districts[district_code]
        commune = self.centre_commune(district_code)
        own = next(shape for shape in provinces() if shape.code == commune.province_code)
        return middle if own.holds(middle) else self.places.communes[commune.code]

    def _seat(self, commune_code: str) -> str:
        old_codes = [part.old_code for part in self.sources_of[commune_code]]
        seat = commune_code if commune_code in old_codes else min(old_codes)
        return self.source.legacy_wards[seat].parent_code if len(seat) == 5 else seat


def _area(era: str, level: str, unit: Unit, point: Point) -> AreaRow:
    return AreaRow(
        era=era,
        level=level,
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        parent_code=unit.parent_code,
        province_code=unit.province_code,
        point=point,
    )


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    groups: defaultdict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _without_namesakes(source: Source, places: Places) -> tuple[Part, ...]:
    """The parts without those that were only linked by their name.

    The resolutions of 2025 say «một phần của Phường 4» without its district, and the data set
    linked every «Phường 4» of the merged province to that commune. Of namesakes linked to one
    commune, only the nearest is meant, unless the others lie about as near.
    """
    distances = {
        part: distance_km(
            _point(places, part.old_code),
            places.anchor(part.new_code),
        )
        for part in source.parts
    }
    namesakes = _grouped(
        (f"{part.new_code} {source.legacy_unit(part.old_code).name}", part) for part in source.parts
    )
    false_parts = set()
    for parts in namesakes.values():
        nearest = min(distances[part] for part in parts)
        limit = max(_NAMESAKE_KM, _NAMESAKE_FACTOR * nearest)
        false_parts |= {part for part in parts if not part.is_default and distances[part] > limit}
    return tuple(part for part in source.parts if part not in false_parts)


def _point(places: Places, old_code: str) -> Point:
    points = places.legacy_wards if len(old_code) == 5 else places.legacy_districts
    return points[old_code]


def _successions(
    parts: Iterable[Part], old_units: dict[str, Unit], new_units: dict[str, Unit]
) -> Iterator[SuccessionRow]:
    parts = tuple(parts)
    heirs = _grouped((part.old_code, part) for part in parts)
    sources = _grouped((part.new_code, part) for part in parts)
    for part in parts:
        if len(heirs[part.old_code]) > 1:
            kind = "split"
        elif len(sources[part.new_code]) > 1:
            kind = "merged"
        elif old_units[part.old_code].name == new_units[part.new_code].name:
            kind = "kept"
        else:
            kind = "renamed"
        yield SuccessionRow(part.old_code, part.new_code, kind, part.is_default)
