"""The map as a picture, for who has no scripts: SVG, its spots numbered as in the list."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from vssid.reference.outline.islands import ARCHIPELAGOS
from vssid.reference.outline.shapes import Frame, Ring, provinces
from vssid.reference.rows import Point

WIDTH: Final = 340
_LOWEST, _HIGHEST = 260, 400
_FINEST: Final = 1.4
"""Steps of a border that are shorter, in units of the picture, are left out."""
_SMALLEST, _LARGEST = 13.0, 18.0
_CROWDED, _CROWDED_RADIUS = 12, 8.5
"""More spots than this are drawn small."""
_NAMED_BELOW: Final = 4.0
"""Degrees from south to north: nearer than this there is room for the names of provinces."""
_LETTERS: Final = 130
"""What the name of an archipelago takes."""

Drawn = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered spot at (`x`, `y`); several places have a larger circle."""

    number: int
    x: float
    y: float
    radius: float
    is_several: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map; its text ends at the point or is centred there."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`land` are SVG paths of provinces; `here` is where the device is, if it was told."""

    width: int
    height: int
    land: tuple[str, ...]
    pins: tuple[Pin, ...]
    names: tuple[Name, ...]
    here: Drawn | None = None

    @property
    def is_crowded(self) -> bool:
        """Whether its pins are small."""
        return len(self.pins) > _CROWDED


class _Paper:
    """Where degrees lie on the picture: the frame in its middle, true to its shape."""

    def __init__(self, frame: Frame) -> None:
        self.middle = Point((frame.south + frame.north) / 2, (frame.west + frame.east) / 2)
        self._narrow = math.cos(math.radians(self.middle.latitude))
        high = max(frame.north - frame.south, 1e-6)
        wide = max((frame.east - frame.west) * self._narrow, 1e-6)
        self.height = round(min(_HIGHEST, max(_LOWEST, WIDTH * high / wide)))
        self._scale = min(WIDTH / wide, self.height / high)
        half_high = self.height / self._scale / 2
        half_wide = WIDTH / self._scale / 2 / self._narrow
        self.frame = Frame(
            self.middle.latitude - half_high,
            self.middle.longitude - half_wide,
            self.middle.latitude + half_high,
            self.middle.longitude + half_wide,
        )

    def at(self, longitude: float, latitude: float) -> Drawn:
        x = (longitude - self.middle.longitude) * self._narrow * self._scale + WIDTH / 2
        y = (self.middle.latitude - latitude) * self._scale + self.height / 2
        return round(x, 1), round(y, 1)


def picture(frame: Frame, spots: Sequence[tuple[Point, int]], here: Point | None = None) -> Picture:
    """The frame with its spots, each a point and how many places it stands for."""
    paper = _Paper(frame)
    return Picture(
        width=WIDTH,
        height=paper.height,
        land=_land(frame),
        pins=tuple(
            Pin(
                number,
                *paper.at(point.longitude, point.latitude),
                radius(count, len(spots)),
                count > 1,
            )
            for number, (point, count) in enumerate(spots, start=1)
        ),
        names=tuple(_names(paper)),
        here=paper.at(here.longitude, here.latitude) if here else None,
    )


def radius(count: int, spots: int) -> float:
    """The more places, the larger, which the list says in words; small where many are in sight."""
    if spots > _CROWDED:
        return _CROWDED_RADIUS
    return min(_LARGEST, _SMALLEST + 2 * math.log10(count))


@lru_cache(maxsize=64)
def _land(frame: Frame) -> tuple[str, ...]:
    """Kept, because most people look at the country or at a province (about 20 ms)."""
    paper = _Paper(frame)
    paths = (
        "".join(_path(paper, ring) for polygon in shape.polygons for ring in polygon)
        for shape in provinces()
        if shape.frame.meets(paper.frame)
    )
    return tuple(path for path in paths if path)


def _path(paper: _Paper, ring: Ring) -> str:
    """A ring as far as the frame shows it, without the steps that nobody would see.

    An island that is too small for its shape becomes a dot.
    """
    clipped = _clipped([paper.at(*point) for point in ring[:-1]], paper.height)
    points = _thinned(clipped)
    if len(points) > 2:
        return f"M{_written(points[0])}l{''.join(_steps(points))}z"
    return f"M{clipped[0][0]:g} {clipped[0][1]:g}h2v2h-2z" if clipped else ""


def _steps(points: Sequence[Drawn]) -> Iterator[str]:
    """From point to point: steps are shorter than places, and the same ones come again."""
    for (x, y), (after_x, after_y) in pairwise(points):
        step = _written((round(after_x - x, 1), round(after_y - y, 1)))
        yield step if step.startswith("-") else f" {step}"


def _written(pair: Drawn) -> str:
    """«0.5, -1.0» as «.5-1», which SVG reads as well."""
    x, y = (re.sub(r"^(-?)0\.", r"\1.", f"{value:g}") for value in pair)
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def _thinned(points: Iterable[Drawn]) -> list[Drawn]:
    kept: list[Drawn] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) >= _FINEST:
            kept.append(point)
    return kept


def _clipped(points: list[Drawn], height: int) -> list[Drawn]:
    """What of a polygon lies in the picture (Sutherland and Hodgman), its edges just outside."""
    for axis, limit, sign in ((0, -2, 1), (0, WIDTH + 2, -1), (1, -2, 1), (1, height + 2, -1)):
        kept: list[Drawn] = []
        for first, second in zip(points[-1:] + points[:-1], points, strict=True):
            was_in = sign * (first[axis] - limit) >= 0
            is_in = sign * (second[axis] - limit) >= 0
            if was_in != is_in:
                share = (limit - first[axis]) / (second[axis] - first[axis])
                kept.append(
                    (
                        round(first[0] + share * (second[0] - first[0]), 1),
                        round(first[1] + share * (second[1] - first[1]), 1),
                    )
                )
            if is_in:
                kept.append(second)
        points = kept
    return points


def short_name(province: str) -> str:
    """«Hà Nội» of «Thành phố Hà Nội»."""
    return province.removeprefix("Thành phố ").removeprefix("Tỉnh ")


def _names(paper: _Paper) -> Iterator[Name]:
    if paper.frame.north - paper.frame.south < _NAMED_BELOW:
        for shape in provinces():
            if paper.frame.holds(shape.middle):
                x, y = paper.at(shape.middle.longitude, shape.middle.latitude)
                yield Name(short_name(shape.name), x, y, "middle")
    for one in ARCHIPELAGOS:
        if paper.frame.holds(Point(one.latitude, one.longitude)):
            x, y = paper.at(one.longitude, one.latitude)
            anchor = "end" if x > WIDTH - _LETTERS / 2 else "middle"
            yield Name(one.name, WIDTH - 4 if anchor == "end" else x, y + 22, anchor)
