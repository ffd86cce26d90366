"""What a map shows of a directory, and the list beside it says: spots, each a place or several.

A question by text or place shows what its list shows. Without one the map shows everything: by
province while the country is in sight, nearer by the cells of a grid that does not move with the
map. At most MOST_SPOTS spots, read with one query.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from vssid.reference import queries
from vssid.reference.choices import FacilityView, OfficeView
from vssid.reference.lookups import (
    A_PAGE,
    MOST_FOUND,
    Listing,
    View,
    Wanted,
    agencies,
    entries_of,
    facilities,
)
from vssid.reference.outline.shapes import COUNTRY, Frame, around, provinces
from vssid.reference.rows import ERA_TODAY, Point
from vssid.reference.searching.entries import Entry

Place = TypeVar("Place", str, tuple[int, int])

MOST_SPOTS: Final = 24
_BY_PROVINCE: Final = 6.0
"""Degrees from south to north: whoever sees more of the country sees provinces."""
_CELLS_ACROSS: Final = 5
_SAME_PLACE: Final = 0.002
_LEAST: Final = 0.05


@dataclass(frozen=True, slots=True)
class Spot(Generic[View]):
    """One entry (`view`), or `count` of them: of a `province`, or `near` the one in their middle.

    `frame` shows all of them, from nearer.
    """

    point: Point
    count: int
    frame: Frame
    view: View | None = None
    near: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True)
class Spotted(Generic[View]):
    """The spots in the order of their list, and the frame that the map shows.

    `total`: the entries that they stand for; `unplaced`: how many more are not on the map, because
    nobody knows where they are. `distances`: kilometres by code. One page of `pages`. `is_alike`
    stays false: the map shows what fits, and leaves it to the list to say how well.
    """

    spots: Sequence[Spot[View]] = ()
    frame: Frame = COUNTRY
    total: int = 0
    unplaced: int = 0
    distances: Mapping[str, float] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    is_cut: bool = False
    is_alike: bool = False


def agencies_on_map(wanted: Wanted, frame: Frame | None) -> Spotted[OfficeView]:
    """Agencies in service; `frame` is what the map shows, none for whatever fits the question."""
    return _spotted(agencies(wanted), wanted, frame)


def facilities_on_map(
    wanted: Wanted,
    frame: Frame | None,
    *,
    has_contract: bool = False,
    may_issue_leave: bool = False,
) -> Spotted[FacilityView]:
    """Health facilities, as `find_facilities` finds them."""
    listing = facilities(wanted, has_contract=has_contract, may_issue_leave=may_issue_leave)
    return _spotted(listing, wanted, frame)


def _spotted(listing: Listing[View], wanted: Wanted, frame: Frame | None) -> Spotted[View]:
    entries, distances = entries_of(listing, wanted)
    if wanted.text or wanted.here:
        return _as_listed(listing, wanted, entries, distances)
    placed = [one for one in entries if one.point]
    unplaced = len(entries) - len(placed)
    if frame is None:
        whole = around((one.point for one in placed if one.point), least=_LEAST)
        frame = whole if wanted.province else COUNTRY
    seen = [one for one in placed if one.point and frame.holds(one.point)]
    if frame.north - frame.south >= _BY_PROVINCE:
        spots: list[Spot[View]] = _provinces(seen)
    else:
        spots = _gathered(listing, seen, frame)
    return Spotted(spots=spots, frame=frame, total=len(seen), unplaced=unplaced)


def _as_listed(
    listing: Listing[View],
    wanted: Wanted,
    entries: Sequence[Entry],
    distances: Mapping[str, float],
) -> Spotted[View]:
    """One page of answers, each for itself; those without a place are only in the list."""
    pages = max(1, math.ceil(len(entries) / A_PAGE))
    page = min(max(1, wanted.page), pages)
    here = entries[(page - 1) * A_PAGE : page * A_PAGE]
    placed = [one for one in here if one.point]
    seen = [one.point for one in placed if one.point]
    if wanted.here:
        seen.append(wanted.here)
    return Spotted(
        spots=_singles(listing.views([one.key for one in placed]), placed),
        frame=around(seen, least=_LEAST),
        total=len(entries),
        unplaced=len(here) - len(placed),
        distances=distances,
        page=page,
        pages=pages,
        is_cut=len(entries) == MOST_FOUND,
    )


def _singles(views: Mapping[str, View], entries: Iterable[Entry]) -> list[Spot[View]]:
    return [
        Spot(one.point, 1, around([one.point], least=_LEAST), view=views[one.key])
        for one in entries
        if one.point and one.key in views
    ]


def _provinces(entries: Iterable[Entry]) -> list[Spot[View]]:
    groups = _grouped((one.province, one) for one in entries)
    # In the middle of the land: offices on far islands would draw it out to sea.
    middles = {shape.code: shape.middle for shape in provinces()}
    return [
        Spot(
            middles.get(code) or _middle(group),
            len(group),
            _frame(group),
            near=area.name if (area := queries.area(ERA_TODAY, code)) else code,
            province=code,
        )
        for code, group in sorted(groups.items())
    ]


def _gathered(listing: Listing[View], entries: list[Entry], frame: Frame) -> list[Spot[View]]:
    """From north to south, in a row from west to east."""
    groups = _cells(entries, max(frame.north - frame.south, frame.east - frame.west))
    central = {id(group): _central(group) for group in groups}
    wanted = [one.key for group in groups for one in (group if _is_one(group) else [])]
    views = listing.views(wanted + [one.key for one in central.values()])
    spots: list[Spot[View]] = []
    for group in groups:
        if _is_one(group):
            spots += _singles(views, group)
        else:
            middle = views.get(central[id(group)].key)
            name = middle.name if isinstance(middle, OfficeView | FacilityView) else ""
            spots.append(Spot(_middle(group), len(group), _frame(group), near=name))
    return spots


def _cells(entries: list[Entry], span: float) -> list[list[Entry]]:
    """The entries by the cells of a grid, which is as fine as the number of spots allows."""
    # A power of two: moving or a little zooming changes no group.
    size = 2.0 ** math.floor(math.log2(max(span, _SAME_PLACE) / _CELLS_ACROSS))
    groups = _grouped((_cell(point, size), one) for one, point in _placed(entries))
    while sum(len(one) if _is_one(one) else 1 for one in groups.values()) > MOST_SPOTS:
        size *= 2
        groups = _grouped((_cell(point, size), one) for one, point in _placed(entries))
    return [groups[place] for place in sorted(groups)]


def _cell(point: Point, size: float) -> tuple[int, int]:
    return -math.floor(point.latitude / size), math.floor(point.longitude / size)


def _is_one(group: list[Entry]) -> bool:
    """Whether its entries are shown each for itself: one, or a few at the same place."""
    frame = _bounds(group)
    span = max(frame.north - frame.south, frame.east - frame.west)
    return len(group) == 1 or (span < _SAME_PLACE and len(group) <= A_PAGE)


def _grouped(pairs: Iterable[tuple[Place, Entry]]) -> dict[Place, list[Entry]]:
    groups: defaultdict[Place, list[Entry]] = defaultdict(list)
    for place, one in pairs:
        groups[place].append(one)
    return dict(groups)


def _placed(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Point]]:
    return ((one, one.point) for one in entries if one.point)


def _points(group: Iterable[Entry]) -> list[Point]:
    return [point for _, point in _placed(group)]


def _middle(group: list[Entry]) -> Point:
    points = _points(group)
    return Point(
        sum(point.latitude for point in points) / len(points),
        sum(point.longitude for point in points) / len(points),
    )


def _central(group: list[Entry]) -> Entry:
    middle = _middle(group)

    def away(one: Entry) -> float:
        point = one.point or middle
        return math.hypot(point.latitude - middle.latitude, point.longitude - middle.longitude)

    return min(group, key=away)


def _bounds(group: Iterable[Entry]) -> Frame:
    points = _points(group)
    latitudes = [point.latitude for point in points]
    longitudes = [point.longitude for point in points]
    return Frame(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def _frame(group: Iterable[Entry]) -> Frame:
    return around(_points(group), least=_LEAST)
