"""What a map shows: all in sight as few spots, the answers to a question one by one (U03)."""

from collections.abc import Iterator

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
    assert found.frame == COUNTRY
    assert len(found.spots) == 34
    assert [spot.province for spot in found.spots] == sorted(spot.province for spot in found.spots)
    assert sum(spot.count for spot in found.spots) == found.total
    assert found.spots[0].near == "Thành phố Hà Nội"


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
