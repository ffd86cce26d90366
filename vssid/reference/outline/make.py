"""Draws the outline of the country: 34 provinces, every commune's point inside its own.

Run by hand when provinces change (README.md beside): it needs shapely and a file of 63 provinces
as Natural Earth has them. Where that is wrong by a few kilometres, the land nearest to a commune's
point (its Voronoi cell among all communes) goes to the commune's province.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import shapely

from vssid.reference.outline.islands import ARCHIPELAGOS
from vssid.reference.source import read_source
from vssid.reference.territory import Territory

TARGET: Final = Path(__file__).parents[1] / "static" / "reference" / "outline.json"
_DIGITS: Final = 3
"""A hundred metres: nobody zooms in further on an outline."""
_COAST: Final = 0.06
"""Degrees from its province up to which a point lies at its coast, farther out on an island."""
_AROUND: Final = 0.012
_ISLET: Final = 0.03
_SPECK: Final = 0.00002
_SMOOTHED: Final = 0.004
_MARGIN: Final = 0.003
"""Degrees: nearer than this to another province a point might change sides by rounding."""


def main(source: Path) -> None:
    """Read the topology of 63 provinces, write the outline."""
    territory = Territory(read_source())
    points = {
        code: shapely.Point(place.longitude, place.latitude)
        for code, place in territory.places.communes.items()
    }
    province_of = {code: unit.province_code for code, unit in territory.source.communes.items()}
    land = _merged(_provinces_of_old(source), points, province_of)
    codes = sorted(land)
    smooth = shapely.coverage_simplify([land[code] for code in codes], _SMOOTHED)
    land = _put_right(dict(zip(codes, smooth, strict=True)), points, province_of)
    land = _with_coasts(_without_scraps(land, points), points, province_of)
    names = {unit.code: unit.name for unit in territory.source.provinces.values()}
    features = [_feature(code, names[code], land[code]) for code in codes]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    TARGET.write_text(text + "\n", encoding="utf-8")


def _provinces_of_old(source: Path) -> list[Any]:
    """The shapes of a TopoJSON file, each as one geometry."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for step in arc:
            x, y = x + step[0], y + step[1]
            arcs[-1].append((x * wide + left, y * high + low))
    (collection,) = topology["objects"].values()
    return [part for one in collection["geometries"] for part in _parts(one, arcs)]


def _parts(geometry: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> Iterator[Any]:
    """A province as one shape; islands of nobody («-99») each by itself."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    shapes = [
        shapely.make_valid(shapely.Polygon(*[rings[0]], rings[1:]))
        for rings in ([_ring(ring, arcs) for ring in polygon] for polygon in polygons)
        if len(rings[0]) > 3
    ]
    yield from shapes if geometry["id"] == "-99" else [shapely.union_all(shapes)]


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _merged(
    shapes: list[Any], points: dict[str, Any], province_of: dict[str, str]
) -> dict[str, Any]:
    """By province of today: the old ones most of whose communes are its own."""
    parts: defaultdict[str, list[Any]] = defaultdict(list)
    for shape in shapes:
        shapely.prepare(shape)
        votes = Counter(province_of[code] for code, point in points.items() if shape.covers(point))
        if not votes:
            nearest = min(points, key=lambda code: shape.distance(points[code]))
            votes[province_of[nearest]] += 1
        parts[votes.most_common(1)[0][0]].append(shape)
    return {code: shapely.union_all(found) for code, found in parts.items()}


def _put_right(
    land: dict[str, Any], points: dict[str, Any], province_of: dict[str, str]
) -> dict[str, Any]:
    """The land around each commune's point that lies in another province goes to its own."""
    codes = list(points)
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint([points[code] for code in codes]), ordered=True
    ).geoms
    moved: defaultdict[str, list[Any]] = defaultdict(list)
    for code, cell in zip(codes, cells, strict=True):
        own = province_of[code]
        others = (one for other, one in land.items() if other != own)
        if any(one.distance(points[code]) < _MARGIN for one in others):
            moved[own].append(cell)
    given = {own: shapely.union_all(found) for own, found in moved.items()}
    country = shapely.union_all(list(land.values()))
    for code, shape in land.items():
        taken = shapely.union_all([one for own, one in given.items() if own != code])
        gained = given[code].intersection(country) if code in given else shapely.Point()
        land[code] = shape.difference(taken).union(gained)
    return land


def _without_scraps(land: dict[str, Any], points: dict[str, Any]) -> dict[str, Any]:
    """Pieces without a commune that were cut off go to the neighbour with the longest border."""
    everywhere = shapely.MultiPoint(list(points.values()))
    gained: defaultdict[str, list[Any]] = defaultdict(list)
    for code, shape in land.items():
        for part in shapely.get_parts(shape):
            borders = {
                other: part.intersection(one).length
                for other, one in land.items()
                if other != code and part.touches(one)
            }
            if borders and not part.intersects(everywhere):
                gained[max(borders, key=lambda other: borders[other])].append(part)
                land[code] = land[code].difference(part)
    return {code: shapely.union_all([shape, *gained[code]]) for code, shape in land.items()}


def _with_coasts(
    land: dict[str, Any], points: dict[str, Any], province_of: dict[str, str]
) -> dict[str, Any]:
    """Points at sea get ground: the coast reaches to them, islands are drawn as discs."""
    added: defaultdict[str, list[Any]] = defaultdict(list)
    for code, point in points.items():
        shape = land[province_of[code]]
        if shape.covers(point):
            continue
        way = shapely.shortest_line(point, shape)
        is_coast = way.length < _COAST
        ground = way.buffer(_AROUND, quad_segs=2) if is_coast else point.buffer(_ISLET, quad_segs=3)
        added[province_of[code]].append(ground)
    for archipelago in ARCHIPELAGOS:
        added[archipelago.province] += [
            shapely.Point(longitude, latitude).buffer(_ISLET, quad_segs=2)
            for _, latitude, longitude in archipelago.islands
        ]
    for code, grounds in added.items():
        others = shapely.union_all([one for other, one in land.items() if other != code])
        land[code] = land[code].union(shapely.union_all(grounds).difference(others))
    return land


def _feature(code: str, name: str, shape: Any) -> dict[str, Any]:
    polygons = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
    coordinates = [
        [_rounded(ring.coords) for ring in (one.exterior, *_lakes(one))]
        for one in sorted(polygons, key=lambda one: -one.area)
        if one.area > _SPECK
    ]
    return {
        "type": "Feature",
        "id": code,
        "properties": {"name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _lakes(polygon: Any) -> list[Any]:
    return [ring for ring in polygon.interiors if shapely.Polygon(ring).area > _SPECK]


def _rounded(coordinates: Any) -> list[list[float]]:
    points: list[list[float]] = []
    for x, y in coordinates:
        point = [round(x, _DIGITS), round(y, _DIGITS)]
        if not points or points[-1] != point:
            points.append(point)
    return points


if __name__ == "__main__":
    main(Path(sys.argv[1]))
