"""Puts units where they are: the data set has some of them at another place of the same name.

Found by comparing both eras, which were placed independently: a commune lies where the wards lie
that became it. Domain §5 names the worst case, Hoàng Sa and Trường Sa, which the old era has on the
mainland; eight communes of today lie at a namesake up to 100 km away.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from statistics import median
from typing import Final

from vssid.reference.rows import Point
from vssid.reference.source import Source, Unit

_EARTH_RADIUS_KM: Final = 6371.0

# No commune is that far from its former wards; a namesake in the province is.
_NAMESAKE_KM: Final = 60.0
# A ward at its district's point was not placed by itself; further off than this it is wrong.
_UNPLACED_KM: Final = 25.0


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * (
        sin(radians(one.longitude - other.longitude) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(across))


def middle(points: Iterable[Point]) -> Point:
    """The median of latitudes and of longitudes: one point gone astray does not move it."""
    latitudes, longitudes = zip(*points, strict=True)
    return Point(median(latitudes), median(longitudes))


class Places:
    """The corrected points of every unit of a source, by code."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._anchors = self._middles_of_whole_wards()
        self.communes = {code: self._commune(unit) for code, unit in source.communes.items()}
        successor = {part.old_code: part.new_code for part in source.parts if part.is_default}
        self.legacy_wards = {
            code: self._legacy_ward(unit, self.communes[successor[code]])
            for code, unit in source.legacy_wards.items()
        }
        self.legacy_districts = {code: unit.point for code, unit in source.legacy_districts.items()}
        self.legacy_districts |= self._districts_placed_by_wards()
        for island in source.islands:
            self.legacy_districts[island.code] = self.communes[successor[island.code]]

    def anchor(self, commune_code: str) -> Point:
        """Where the wards lie that became this commune as a whole, else where the commune lies."""
        return self._anchors.get(commune_code, self.communes[commune_code])

    def _is_placed(self, ward: Unit) -> bool:
        return ward.point != self._source.legacy_districts[ward.parent_code].point

    def _middles_of_whole_wards(self) -> dict[str, Point]:
        points: defaultdict[str, list[Point]] = defaultdict(list)
        for part in self._source.parts:
            ward = self._source.legacy_wards.get(part.old_code)
            if part.is_whole and ward and self._is_placed(ward):
                points[part.new_code].append(ward.point)
        return {code: middle(found) for code, found in points.items()}

    def _commune(self, unit: Unit) -> Point:
        anchor = self._anchors.get(unit.code)
        if anchor and distance_km(anchor, unit.point) > _NAMESAKE_KM:
            return anchor
        return unit.point

    def _legacy_ward(self, unit: Unit, successor: Point) -> Point:
        limit = _NAMESAKE_KM if self._is_placed(unit) else _UNPLACED_KM
        return successor if distance_km(unit.point, successor) > limit else unit.point

    def _districts_placed_by_wards(self) -> dict[str, Point]:
        """Districts none of whose wards was placed by itself."""
        placed: set[str] = set()
        points: defaultdict[str, list[Point]] = defaultdict(list)
        for code, ward in self._source.legacy_wards.items():
            points[ward.parent_code].append(self.legacy_wards[code])
            if self._is_placed(ward):
                placed.add(ward.parent_code)
        return {code: middle(found) for code, found in points.items() if code not in placed}
