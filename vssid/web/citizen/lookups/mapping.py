"""The map of a look-up: the same question as its list, the same answer as the list beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vssid.reference import queries as reference
from vssid.reference.errors import TooManyLookupsError
from vssid.reference.lookups import Wanted
from vssid.reference.mapping import Spot, Spotted
from vssid.reference.outline.islands import ARCHIPELAGOS
from vssid.reference.outline.shapes import COUNTRY, Frame, around, provinces
from vssid.reference.rows import ERA_TODAY, Point
from vssid.web.citizen.lookups.asking import Asked, asked, count
from vssid.web.citizen.lookups.kinds import LOOK_UPS, LookUp
from vssid.web.citizen.lookups.picture import Picture, picture, short_name
from vssid.web.citizen.lookups.results import Result, View, reason_of, result
from vssid.web.ui import refusals
from vssid.web.ui.access import CitizenRequest, public_knowing
from vssid.web.ui.areas import options
from vssid.web.ui.page import Page
from vssid.web.ui.pages import render

_LONGEST_FRAME: Final = 80
_DEGREES: Final = 4
_CLOSE: Final = 1.4
"""How much of the surroundings of one place is shown, in degrees."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A spot as the list says it: one place (`entry`), or a group.

    A group has an `address` from nearer, or `links` (address, words): its provinces, or its places
    where no map tells them apart (`is_open`); `more` says how many of them are not named.
    """

    at: str
    count: int
    frame: str
    name: str
    text: str
    address: str = ""
    entry: Result | None = None
    links: tuple[tuple[str, str], ...] = ()
    is_open: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A map: its picture without scripts; frame and tiles for the script that takes its place."""

    picture: Picture
    frame: str
    label: str
    names: str
    here: str = ""
    moves: bool = False
    tiles: str = ""
    credit: str = ""


@public_knowing
def on_map(request: CitizenRequest, slug: str) -> HttpResponse:
    """Offices or facilities on a map (guides U03); GET `khung` is what of it is in sight."""
    look_up, question = LOOK_UPS[slug], asked(request)
    if look_up.on_map is None:
        raise Http404
    frame, note = _frame(request)
    problem, status, wait = "", 200, None
    try:
        count(request)
        spotted = look_up.on_map(question.wanted, frame)
    except TooManyLookupsError as error:
        refusals.note(request, error.code)
        spotted, problem, status, wait = Spotted(), str(error), 429, error.wait
    answer = _draw(
        request,
        look_up,
        Asked(question.wanted, question.note or note),
        spotted,
        problem=problem,
        status=status,
    )
    if wait is not None:
        answer["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return answer


def map_address(look_up: LookUp, wanted: Wanted, **more: str) -> str:
    """Where the map of a look-up is, with what is looked for; empty if it has none."""
    if look_up.on_map is None:
        return ""
    return _with(reverse(f"citizen:lookup-{look_up.slug}-map"), wanted, **more)


def list_address(look_up: LookUp, wanted: Wanted) -> str:
    """Where the list of a look-up is, with what is looked for."""
    return _with(reverse(f"citizen:lookup-{look_up.slug}"), wanted)


def close_up(view: View) -> Shown | None:
    """One place and what is around it; None if nobody knows where it is."""
    if view.latitude is None or view.longitude is None:
        return None
    point = Point(view.latitude, view.longitude)
    label = _("Bản đồ: %(name)s") % {"name": view.name}
    return _shown(around([point], least=_CLOSE), [(point, 1)], label)


def _draw(
    request: CitizenRequest,
    look_up: LookUp,
    question: Asked,
    spotted: "Spotted[View]",
    *,
    problem: str,
    status: int,
) -> HttpResponse:
    wanted = question.wanted
    page = Page(
        title=_("%(what)s trên bản đồ") % {"what": look_up.title},
        heading=str(look_up.title),
        tab="lookup",
        back=reverse("citizen:lookup"),
        htmx=True,
        wide=True,
    )
    return render(
        request,
        "citizen/lookups/map.html",
        page,
        status=status,
        wanted=wanted,
        note=question.note,
        problem=problem,
        found=spotted,
        results=[_listed(look_up, wanted, one, spotted) for one in spotted.spots],
        apart=[text for text in (_unplaced(spotted.unplaced), _idle(spotted.idle)) if text],
        shown=_whole(wanted, spotted),
        **_around(look_up, wanted),
    )


def _around(look_up: LookUp, wanted: Wanted) -> dict[str, object]:
    """What the page has around its answer: the filters and the addresses."""
    communes = reference.communes(ERA_TODAY, wanted.province) if wanted.province else ()
    other_page = map_address(look_up, wanted, trang="{page}")
    return {
        "look_up": look_up,
        "provinces": options(reference.provinces()),
        "communes": options(communes) if look_up.by_commune else [],
        "pages": other_page.replace("%7Bpage%7D", "{page}"),
        "address": reverse(f"citizen:lookup-{look_up.slug}-map"),
        "address_of": lambda code: _entry(look_up, code),
        "list_address": list_address(look_up, wanted),
        "map_address": map_address(look_up, wanted),
    }


def _whole(wanted: Wanted, spotted: "Spotted[View]") -> Shown:
    places = [(spot.point, spot.count) for spot in spotted.spots]
    label = _("Bản đồ, các điểm đánh số như trong danh sách")
    moves = not (wanted.text or wanted.here)
    return _shown(spotted.frame, places, label, wanted.here, moves=moves)


def _shown(
    frame: Frame,
    places: Sequence[tuple[Point, int]],
    label: str,
    here: Point | None = None,
    *,
    moves: bool = False,
) -> Shown:
    return Shown(
        picture=picture(frame, places, here),
        frame=_written(frame),
        label=label,
        names=_names(),
        here=_at(here) if here else "",
        moves=moves,
        tiles=settings.VSSID_MAP_TILES_URL,
        credit=settings.VSSID_MAP_TILES_CREDIT,
    )


@lru_cache(maxsize=1)
def _names() -> str:
    """The names on the map: archipelagos always («*»), provinces from nearer."""
    islands = [f"*{one.name},{one.latitude},{one.longitude}" for one in ARCHIPELAGOS]
    areas = [
        f"{short_name(one.name)},{one.middle.latitude:.2f},{one.middle.longitude:.2f}"
        for one in provinces()
    ]
    return ";".join([*islands, *areas])


def _listed(
    look_up: LookUp, wanted: Wanted, spot: "Spot[View]", spotted: "Spotted[View]"
) -> Listed:
    listed = Listed(
        at=_at(spot.point),
        count=spot.count,
        frame=_written(spot.frame),
        name=_("Quanh %(name)s") % {"name": spot.near},
        text=_places(spot.count),
    )
    if spot.view is not None:
        reason = reason_of(spotted, spot.view.code)
        entry = result(spot.view, spotted.distances, reason=reason)
        address = _entry(look_up, entry.code)
        return replace(listed, name=entry.name, address=address, entry=entry)
    if spot.provinces:
        return _listed_provinces(look_up, spot, listed)
    if spot.members:
        rest = spot.count - len(spot.members)
        said = _("và %(places)s nữa: xin gõ tên để tìm.") % {"places": _places(rest)}
        links = tuple((_entry(look_up, one.code), one.name) for one in spot.members)
        return replace(listed, links=links, is_open=True, more=said if rest else "")
    return replace(listed, address=map_address(look_up, wanted, khung=listed.frame))


def _listed_provinces(look_up: LookUp, spot: "Spot[View]", listed: Listed) -> Listed:
    parts = spot.provinces
    links = tuple(
        (map_address(look_up, Wanted(province=one.code)), f"{one.name}: {_places(one.count)}")
        for one in parts
    )
    if len(parts) == 1:
        return replace(listed, name=parts[0].name, address=links[0][0])
    names = ", ".join(short_name(one.name) for one in parts)
    return replace(listed, name=names, links=links)


def _places(count: int) -> str:
    return ngettext("%(count)s nơi", "%(count)s nơi", count) % {"count": count}


def _unplaced(number: int) -> str:
    words = ngettext(
        "%(count)s nơi chưa rõ vị trí, chỉ có trong danh sách.",
        "%(count)s nơi chưa rõ vị trí, chỉ có trong danh sách.",
        number,
    )
    return words % {"count": number} if number else ""


def _idle(number: int) -> str:
    words = ngettext(
        "%(count)s nơi đã ngừng hoặc chưa hoạt động, chỉ có trong danh sách.",
        "%(count)s nơi đã ngừng hoặc chưa hoạt động, chỉ có trong danh sách.",
        number,
    )
    return words % {"count": number} if number else ""


def _frame(request: CitizenRequest) -> tuple[Frame | None, str]:
    """What the address wants to have in sight, and a sentence if that cannot be."""
    text = request.GET.get("khung", "")[:_LONGEST_FRAME]
    if not text:
        return None, ""
    try:
        south, west, north, east = map(float, text.split(","))
    except ValueError:
        south = west = north = east = math.nan
    frame = Frame(
        max(south, COUNTRY.south - 10),
        max(west, COUNTRY.west - 10),
        min(north, COUNTRY.north + 10),
        min(east, COUNTRY.east + 10),
    )
    if frame.south < frame.north and frame.west < frame.east and frame.meets(COUNTRY):
        return frame, ""
    return None, _("Địa chỉ trang chép thiếu phần khung bản đồ, nên bản đồ hiện từ đầu.")


def _written(frame: Frame) -> str:
    edges = (frame.south, frame.west, frame.north, frame.east)
    return ",".join(f"{edge:.{_DEGREES}f}" for edge in edges)


def _at(point: Point) -> str:
    return f"{point.latitude:.5f},{point.longitude:.5f}"


def _entry(look_up: LookUp, code: str) -> str:
    return reverse(f"citizen:lookup-{look_up.slug}-entry", kwargs={"code": code})


def _with(address: str, wanted: Wanted, **more: str) -> str:
    sent = {"tim": wanted.text, "tinh": wanted.province, "xa": wanted.commune, **more}
    kept = urlencode({name: text for name, text in sent.items() if text})
    return f"{address}?{kept}" if kept else address
