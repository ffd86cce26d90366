"""The 34 provinces as shapes, and the part of the earth that a map shows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from vssid.reference.rows import Point

OUTLINE: Final = Path(__file__).parents[1] / "static" / "reference" / "outline.json"
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the earth between degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it, its edges included."""
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )

    def meets(self, other: "Frame") -> bool:
        """Whether they have something in common."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )


COUNTRY: Final = Frame(7.6, 102.0, 23.5, 115.2)
"""All of Vietnam, Hoàng Sa and Trường Sa included."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A province: its code of today, its name, its polygons, each the outer ring and its holes.

    `middle` is the centre of its largest polygon's area, where its name fits. A ring is closed; its
    points are (longitude, latitude), as GeoJSON has them.
    """

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]
    frame: Frame
    middle: Point

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside of it."""
        return self.frame.holds(point) and any(
            sum(_crosses(ring, point) for ring in polygon) % 2 for polygon in self.polygons
        )


@lru_cache(maxsize=1)
def provinces() -> tuple[Shape, ...]:
    """The provinces of today, by code; read once (about 20 ms)."""
    features = json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]
    return tuple(_shape(feature) for feature in features)


def around(points: Iterable[Point], *, least: float) -> Frame:
    """The frame of the points with a tenth around it, at least `least` degrees wide and high.

    Of no points: the country.
    """
    placed = list(points)
    if not placed:
        return COUNTRY
    latitudes = [point.latitude for point in placed]
    longitudes = [point.longitude for point in placed]
    high = max(least / 2, 0.6 * (max(latitudes) - min(latitudes)))
    wide = max(least / 2, 0.6 * (max(longitudes) - min(longitudes)))
    north_south = (max(latitudes) + min(latitudes)) / 2
    west_east = (max(longitudes) + min(longitudes)) / 2
    return Frame(north_south - high, west_east - wide, north_south + high, west_east + wide)


def _shape(feature: dict[str, object]) -> Shape:
    geometry: dict[str, list[list[list[list[float]]]]] = feature["geometry"]  # type: ignore[assignment]
    properties: dict[str, str] = feature["properties"]  # type: ignore[assignment]
    polygons = tuple(
        tuple(tuple((x, y) for x, y in ring) for ring in polygon)
        for polygon in geometry["coordinates"]
    )
    xs, ys = zip(*(point for polygon in polygons for point in polygon[0]), strict=True)
    frame = Frame(min(ys), min(xs), max(ys), max(xs))
    # The largest polygon stands first.
    return Shape(str(feature["id"]), properties["name"], polygons, frame, _centre(polygons[0][0]))


def _centre(ring: Ring) -> Point:
    area = north = east = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        part = x1 * y2 - x2 * y1
        area, east, north = area + part, east + (x1 + x2) * part, north + (y1 + y2) * part
    return Point(north / (3 * area), east / (3 * area))


def _crosses(ring: Ring, point: Point) -> int:
    """How often a line from the point to the east crosses the ring."""
    x, y = point.longitude, point.latitude
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            count += 1
    return count
