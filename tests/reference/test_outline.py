"""The outline of the country: 34 provinces, communes inside their own, archipelagos (U03)."""

import json

from vssid.reference.facilities import facilities
from vssid.reference.offices import agencies
from vssid.reference.outline.islands import ARCHIPELAGOS
from vssid.reference.outline.shapes import COUNTRY, OUTLINE, Frame, around, provinces
from vssid.reference.points import collection_points
from vssid.reference.rows import Point
from vssid.reference.source import read_source
from vssid.reference.territory import Territory

OUTLINE_LIMIT = 150 * 1024


def test_it_has_the_provinces_of_today_under_their_names() -> None:
    assert {one.code: one.name for one in provinces()} == {
        unit.code: unit.name for unit in read_source().provinces.values()
    }


def test_every_commune_lies_inside_its_own_province_and_no_other() -> None:
    territory = Territory(read_source())
    astray = [
        (unit.code, unit.name, holding)
        for unit in territory.source.communes.values()
        if (
            holding := [
                one.code for one in provinces() if one.holds(territory.places.communes[unit.code])
            ]
        )
        != [unit.province_code]
    ]
    assert astray == []


def test_every_place_of_the_demo_lies_inside_its_own_province_and_no_other(
    territory: Territory,
) -> None:
    placed = [
        *((one.code, one.province_code, one.point) for one in facilities(territory)),
        *((one.code, one.province_code, one.point) for one in collection_points(territory)),
        *((one.code, (one.parent_code or one.code)[1:], one.point) for one in agencies(territory)),
    ]
    astray = [
        (code, holding)
        for code, province, point in placed
        if (holding := [one.code for one in provinces() if one.holds(point)]) != [province]
    ]
    assert len(placed) > 6000
    assert astray == []


def test_both_archipelagos_are_drawn_with_their_province_and_named() -> None:
    shapes = {one.code: one for one in provinces()}
    named = {one.name: one for one in ARCHIPELAGOS}
    assert shapes[named["Quần đảo Hoàng Sa"].province].name == "Thành phố Đà Nẵng"
    assert shapes[named["Quần đảo Trường Sa"].province].name == "Tỉnh Khánh Hòa"
    for archipelago in ARCHIPELAGOS:
        for name, latitude, longitude in archipelago.islands:
            assert shapes[archipelago.province].holds(Point(latitude, longitude)), name


def test_archipelagos_lie_where_they_are() -> None:
    """Hoàng Sa between 15°45' and 17°15' north, Trường Sa between 6°30' and 12°."""
    where = {
        "Quần đảo Hoàng Sa": Frame(15.75, 111.0, 17.25, 113.0),
        "Quần đảo Trường Sa": Frame(6.5, 111.5, 12.0, 117.34),
    }
    territory = Territory(read_source())
    for one in ARCHIPELAGOS:
        frame = where[one.name]
        assert frame.holds(Point(one.latitude, one.longitude))
        assert frame.holds(territory.places.communes[one.commune])
        assert all(frame.holds(Point(*place)) for _, *place in one.islands)


def test_it_is_small_and_closed() -> None:
    assert OUTLINE.stat().st_size <= OUTLINE_LIMIT
    features = json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in polygon), feature["id"]


def test_the_country_is_in_its_frame() -> None:
    for one in provinces():
        assert COUNTRY.holds(Point(one.frame.south, one.frame.west)), one.name
        assert COUNTRY.holds(Point(one.frame.north, one.frame.east)), one.name


def test_the_sea_and_the_neighbours_are_nobodys() -> None:
    for point in (Point(18.0, 107.5), Point(17.97, 102.6), Point(11.55, 104.9), Point(22.8, 108.4)):
        assert not any(one.holds(point) for one in provinces())


def test_a_frame_has_room_around_its_points() -> None:
    assert around([], least=1) == COUNTRY
    frame = around([Point(10, 106)], least=0.2)
    assert (round(frame.south, 3), round(frame.east, 3)) == (9.9, 106.1)
    wide = around([Point(10, 106), Point(12, 106)], least=0.2)
    assert wide.south < 10
    assert wide.north > 12
