"""What a map shows of a directory, and the list beside it says: spots, each a place or several.

A question by text or place shows what its list shows. Without one the map shows everything: by
province while the country is in sight, nearer by the cells of a grid that does not move with the
map. At most MOST_SPOTS spots (of provinces 34), read with one query; what would lie upon another
spot on a phone belongs to it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from vssid.reference import queries
from vssid.reference.choices import FacilityView, Named, OfficeView
from vssid.reference.lookups import (
    A_PAGE,
    MOST_FOUND,
    Listing,
    View,
    Wanted,
    agencies,
    asks_near,
    facilities,
    hits_of,
    lacking,
    of_the_name,
    replaced,
)
from vssid.reference.outline.shapes import COUNTRY, Frame, around, provinces
from vssid.reference.rows import ERA_TODAY, Point
from vssid.reference.searching.entries import Entry, Hit, Served

Group = TypeVar("Group", str, tuple[int, int])

MOST_SPOTS: Final = 24
_BY_PROVINCE: Final = 6.0
"""Degrees from south to north: whoever sees more of the country sees provinces."""
_CELLS_ACROSS: Final = 5
_SAME_PLACE: Final = 0.002
_LEAST: Final = 0.05
_MARK: Final = 0.05
"""What of a phone's map a mark covers, as a share of its longer side."""


@dataclass(frozen=True, slots=True)
class Part:
    """A province in a spot, and how many entries it has."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Spot(Generic[View]):
    """One entry (`view`), or `count` of them: of `provinces`, or `near` the one in their middle.

    `frame` shows all of them, from nearer. `members` are those that lie at one place, more than are
    shown one by one, MOST_FOUND at most: no map tells them apart.
    """

    point: Point
    count: int
    frame: Frame
    view: View | None = None
    near: str = ""
    provinces: tuple[Part, ...] = ()
    members: tuple[View, ...] = ()


@dataclass(frozen=True, slots=True)
class Spotted(Generic[View]):
    """The spots in the order of their list, and the frame that the map shows.

    `total`: the entries that they stand for; `unplaced`: how many more are not on the map, because
    nobody knows where they are, `idle`: because they are not in service today. `distances`:
    kilometres by code. One page of `pages`. `is_alike`, `near` and `namesakes` stay empty: the list
    says how well the map's answers fit. `served` and `replaced` are those of the list.
    """

    spots: Sequence[Spot[View]] = ()
    frame: Frame = COUNTRY
    total: int = 0
    unplaced: int = 0
    idle: int = 0
    distances: Mapping[str, float] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    is_cut: bool = False
    is_alike: bool = False
    near: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    served: Mapping[str, Served] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    namesakes: int = 0
    named: int = 0
    asks_near: bool = False
    lacking: Sequence[Named] = ()


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
    hits, distances = hits_of(listing, wanted)
    if wanted.text or wanted.here:
        return _as_listed(listing, wanted, hits, distances)
    entries = [hit.entry for hit in hits]
    placed = [one for one in entries if one.point]
    unplaced = len(entries) - len(placed)
    if frame is None:
        whole = around((one.point for one in placed if one.point), least=_LEAST)
        frame = whole if wanted.province else COUNTRY
    seen = [one for one in placed if one.point and frame.holds(one.point)]
    if frame.north - frame.south >= _BY_PROVINCE:
        spots: list[Spot[View]] = _provinces(seen, frame)
    else:
        spots = _gathered(listing, seen, frame)
    return Spotted(spots=spots, frame=frame, total=len(seen), unplaced=unplaced)


def _as_listed(
    listing: Listing[View],
    wanted: Wanted,
    hits: Sequence[Hit],
    distances: Mapping[str, float],
) -> Spotted[View]:
    """One page of answers, each for itself; only in the list are those without a place, and those
    that are over or have not begun.

    What has the name that was typed is what was meant: what is only like it may be at the other end
    of the land, and stays in the list of the look-up.
    """
    named = of_the_name([hit.entry for hit in hits[:A_PAGE]], wanted.text)
    entries = named or [hit.entry for hit in hits]
    pages = max(1, math.ceil(len(entries) / A_PAGE))
    page = min(max(1, wanted.page), pages)
    here = entries[(page - 1) * A_PAGE : page * A_PAGE]
    working = [one for one in here if not one.is_ended]
    placed = [one for one in working if one.point]
    seen = [one.point for one in placed if one.point]
    if wanted.here:
        seen.append(wanted.here)
    views = listing.views([one.key for one in placed])
    return Spotted(
        spots=_singles(views, placed),
        served={hit.entry.key: hit.served for hit in hits if hit.served},
        replaced=replaced(hits, views, wanted.text),
        frame=around(seen, least=_LEAST),
        total=len(entries),
        unplaced=len(working) - len(placed),
        idle=len(here) - len(working),
        distances=distances,
        page=page,
        pages=pages,
        is_cut=len(entries) == MOST_FOUND,
        named=len(named),
        asks_near=asks_near(wanted),
        lacking=lacking(listing, wanted),
    )


def _singles(views: Mapping[str, View], entries: Iterable[Entry]) -> list[Spot[View]]:
    return [
        Spot(one.point, 1, around([one.point], least=_LEAST), view=views[one.key])
        for one in entries
        if one.point and one.key in views
    ]


def _provinces(entries: Iterable[Entry], frame: Frame) -> list[Spot[View]]:
    groups = sorted(_grouped((one.province, one) for one in entries).items())
    # In the middle of the land: offices on far islands would draw it out to sea.
    middles = {shape.code: shape.middle for shape in provinces()}
    places = [middles.get(code) or _middle(group) for code, group in groups]
    spots: list[Spot[View]] = []
    for marked in _apart(places, [len(group) for _, group in groups], frame):
        together = [one for at in marked for one in groups[at][1]]
        parts = tuple(_part(*groups[at]) for at in sorted(marked))
        spots.append(Spot(places[marked[0]], len(together), _frame(together), provinces=parts))
    return spots


def _part(code: str, group: Sequence[Entry]) -> Part:
    area = queries.area(ERA_TODAY, code)
    return Part(code, area.name if area else code, len(group))


def _gathered(listing: Listing[View], entries: list[Entry], frame: Frame) -> list[Spot[View]]:
    """From north to south, in a row from west to east."""
    groups = _cells(entries, frame)
    shown = [one.key for group in groups for one in _shown(group)]
    central = [_central(group).key for group in groups]
    views = listing.views(list(dict.fromkeys(shown + central)))
    spots: list[Spot[View]] = []
    for group, middle in zip(groups, central, strict=True):
        if _is_one(group):
            spots += _singles(views, group)
            continue
        view = views.get(middle)
        spots.append(
            Spot(
                _middle(group),
                len(group),
                _frame(group),
                near=view.name if isinstance(view, OfficeView | FacilityView) else "",
                members=tuple(views[one.key] for one in _shown(group) if one.key in views),
            )
        )
    return spots


def _cells(entries: list[Entry], frame: Frame) -> list[list[Entry]]:
    """The entries by the cells of a grid, which is as fine as the number of spots allows."""
    span = max(frame.north - frame.south, frame.east - frame.west, _SAME_PLACE)
    # A power of two: moving or a little zooming changes no group.
    size = 2.0 ** math.floor(math.log2(span / _CELLS_ACROSS))
    groups = _grouped((_cell(point, size), one) for one, point in _placed(entries))
    while sum(len(one) if _is_one(one) else 1 for one in groups.values()) > MOST_SPOTS:
        size *= 2
        groups = _grouped((_cell(point, size), one) for one, point in _placed(entries))
    cells = [groups[place] for place in sorted(groups)]
    marks = _apart([_middle(cell) for cell in cells], [len(cell) for cell in cells], frame)
    return [[one for at in marked for one in cells[at]] for marked in marks]


def _apart(places: Sequence[Point], counts: Sequence[int], frame: Frame) -> list[list[int]]:
    """Which places have a mark together, since theirs would lie upon each other on a phone.

    Numbers of places, each mark where its first is; of these that is the one with the most. From
    nearest all are apart: nothing more is gained by looking from nearer.
    """
    span = max(frame.north - frame.south, frame.east - frame.west)
    least = _MARK * span if span > 2 * _LEAST else 0.0
    marks: dict[int, list[int]] = {}
    for one in sorted(range(len(places)), key=lambda at: -counts[at]):
        away = {at: _degrees(places[one], places[at]) for at in marks}
        nearest = min(away, key=lambda at: away[at], default=one)
        if away.get(nearest, least) < least:
            marks[nearest].append(one)
        else:
            marks[one] = [one]
    return sorted(marks.values(), key=min)


def _degrees(one: Point, other: Point) -> float:
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east)


def _cell(point: Point, size: float) -> tuple[int, int]:
    return -math.floor(point.latitude / size), math.floor(point.longitude / size)


def _is_one(group: list[Entry]) -> bool:
    """Whether its entries are shown each for itself: one, or a few at the same place."""
    return len(group) == 1 or (_is_one_place(group) and len(group) <= A_PAGE)


def _is_one_place(group: list[Entry]) -> bool:
    frame = _bounds(group)
    return max(frame.north - frame.south, frame.east - frame.west) < _SAME_PLACE


def _shown(group: list[Entry]) -> list[Entry]:
    """Those of a group that the list names."""
    return group[:MOST_FOUND] if len(group) == 1 or _is_one_place(group) else []


def _grouped(pairs: Iterable[tuple[Group, Entry]]) -> dict[Group, list[Entry]]:
    groups: defaultdict[Group, list[Entry]] = defaultdict(list)
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
    return min(group, key=lambda one: _degrees(one.point or middle, middle))


def _bounds(group: Iterable[Entry]) -> Frame:
    points = _points(group)
    latitudes = [point.latitude for point in points]
    longitudes = [point.longitude for point in points]
    return Frame(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def _frame(group: Iterable[Entry]) -> Frame:
    return around(_points(group), least=_LEAST)
