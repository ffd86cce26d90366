"""What a map shows: all in sight as few spots, the answers to a question one by one (U03)."""

from collections.abc import Iterator
from math import cos, hypot, radians

import pytest
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from vssid.audit.actors import Actor
from vssid.reference import commands, lookups, mapping
from vssid.reference.lookups import Wanted
from vssid.reference.models import Facility
from vssid.reference.outline.shapes import COUNTRY, Frame
from vssid.reference.rows import Point
from vssid.reference.searching import memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

HA_NOI = Frame(20.9, 105.7, 21.15, 106.0)


@pytest.fixture(scope="module")
def _directories(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            commands.load_reference(by=Actor.system("tests"))
            memory.forget()
            yield
            transaction.set_rollback(True)
        memory.forget()


@pytest.fixture
def loaded(_directories: None, db: None) -> Iterator[None]:
    """Everything loaded; what a test changes is forgotten after it."""
    yield
    memory.forget()


def test_the_country_is_shown_by_province() -> None:
    found = mapping.agencies_on_map(Wanted(), None)
    parts = [part for spot in found.spots for part in spot.provinces]
    assert found.frame == COUNTRY
    assert len({part.code for part in parts}) == len(parts) == 34
    assert sum(spot.count for spot in found.spots) == sum(part.count for part in parts)
    assert sum(spot.count for spot in found.spots) == found.total
    assert [spot.provinces[0].code for spot in found.spots] == sorted(
        spot.provinces[0].code for spot in found.spots
    )
    assert found.spots[0].provinces[0].name == "Thành phố Hà Nội"


@pytest.mark.parametrize("frame", [COUNTRY, HA_NOI, Frame(9.5, 104.5, 11.5, 107.0)])
def test_marks_do_not_lie_upon_each_other_on_a_phone(frame: Frame) -> None:
    """A mark has 20 of about 400 pixels of the longer side of a phone's map."""
    spots = mapping.facilities_on_map(Wanted(), frame).spots
    least = 20 / 400 * max(frame.north - frame.south, frame.east - frame.west)
    near = [
        (one.near, other.near)
        for place, one in enumerate(spots)
        for other in spots[:place]
        if hypot(
            one.point.latitude - other.point.latitude,
            (one.point.longitude - other.point.longitude) * cos(radians(one.point.latitude)),
        )
        < least
    ]
    assert len(spots) > 4
    assert near == []


def test_more_at_one_place_than_are_shown_one_by_one_are_named() -> None:
    row = Facility.objects.get(code="01001")
    for number in range(70):
        row.pk = None
        row.code, row.name = f"01Z{number:02d}", f"Phòng khám số {number}"
        row.latitude, row.longitude = 21.9, 105.1
        row.save(force_insert=True)
    memory.forget()

    found = mapping.facilities_on_map(Wanted(), Frame(21.88, 105.08, 21.92, 105.12))

    (many,) = [spot for spot in found.spots if spot.count >= 70]
    assert len(many.members) == lookups.MOST_FOUND
    assert {view.code for view in many.members} <= {f"01Z{number:02d}" for number in range(70)}


def test_nearer_there_are_few_spots_that_stand_for_all_in_sight() -> None:
    found = mapping.facilities_on_map(Wanted(), HA_NOI, has_contract=True)
    inside = [
        one
        for one in memory.facilities().entries
        if one.properties & 1 and not one.is_ended and one.point and HA_NOI.holds(one.point)
    ]
    assert len(inside) > mapping.MOST_SPOTS
    assert sum(spot.count for spot in found.spots) == found.total == len(inside)
    assert len(found.spots) <= mapping.MOST_SPOTS
    assert all(spot.view or spot.near for spot in found.spots)


def test_spots_run_from_north_to_south() -> None:
    found = mapping.agencies_on_map(Wanted(), HA_NOI)
    first, last = found.spots[0].point, found.spots[-1].point
    assert first.latitude > last.latitude


def test_a_group_seen_from_nearer_falls_apart() -> None:
    frame, seen = HA_NOI, 0
    for _ in range(12):
        found = mapping.agencies_on_map(Wanted(), frame)
        group = next((spot for spot in found.spots if spot.count > 1), None)
        if group is None:
            return
        frame, seen = group.frame, seen + 1
    pytest.fail(f"still a group after {seen} steps")


def test_a_province_is_shown_as_a_whole() -> None:
    found = mapping.facilities_on_map(Wanted(province="48"), None)
    assert found.total == len(memory.facilities().listed(lookups.Narrowing("48")))
    assert all(found.frame.holds(spot.point) for spot in found.spots)


def test_a_question_shows_the_page_that_its_list_shows() -> None:
    wanted = Wanted(text="thanh tri", page=2)
    listed = lookups.find_facilities(wanted, has_contract=True)
    mapped = mapping.facilities_on_map(wanted, None, has_contract=True)
    assert [spot.view.code for spot in mapped.spots if spot.view] == [
        view.code for view in listed.views
    ]
    assert (mapped.total, mapped.page, mapped.pages) == (listed.total, listed.page, listed.pages)
    assert all(mapped.frame.holds(spot.point) for spot in mapped.spots)


def test_near_me_has_me_in_sight_and_says_how_far() -> None:
    here = Point(21.039, 105.838)
    found = mapping.agencies_on_map(Wanted(here=here), None)
    assert found.frame.holds(here)
    assert len(found.distances) == len(found.spots) == lookups.A_PAGE


def test_who_has_no_place_is_counted() -> None:
    Facility.objects.filter(code="01001").update(latitude=None, longitude=None)
    memory.forget()
    found = mapping.facilities_on_map(Wanted(province="01"), None)
    assert found.unplaced == 1
    by_text = mapping.facilities_on_map(Wanted(text="01001"), None)
    assert by_text.unplaced == 1


def test_an_empty_sea_has_no_spots() -> None:
    found = mapping.agencies_on_map(Wanted(), Frame(18.0, 107.5, 18.1, 107.6))
    assert (found.spots, found.total) == ([], 0)


def test_a_map_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mapping.facilities_on_map(Wanted(), HA_NOI)
    with django_assert_num_queries(1):
        mapping.facilities_on_map(Wanted(), HA_NOI)
