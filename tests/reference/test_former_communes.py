"""Communes of before 1/7/2025 lead to who serves their ground today (guides U02)."""

import random
from collections import Counter

import pytest

from bench.damaged_names import bare
from vssid.kernel.text import fold
from vssid.reference import directory, lookups, queries
from vssid.reference.directory import Place
from vssid.reference.lookups import Wanted
from vssid.reference.rows import ERA_LEGACY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

SEED, MANY = 1975, 100
LEAST_RIGHT = 0.95


def _former_communes() -> list[Place]:
    areas = directory.current().areas.items()
    return [one for (era, _), one in areas if era == ERA_LEGACY and one.level == "commune"]


def _a_hundred_of_unique_names() -> list[Place]:
    """A hundred of those whose name, without accents, no other one bears or bore."""
    names = {
        (one.level, one.code, bare(one.short_name)) for one in directory.current().areas.values()
    }
    borne = Counter(name for *_, name in names)
    unique = [one for one in _former_communes() if borne[bare(one.short_name)] == 1]
    return random.Random(SEED).sample(unique, MANY)  # noqa: S311 - the same in every run


def _district(commune: Place) -> str:
    return directory.current().areas[ERA_LEGACY, commune.parent_code].short_name


@pytest.mark.parametrize("with_what", ["kind", "district"])
def test_u02_a_former_commune_leads_to_the_office_that_serves_it(with_what: str) -> None:
    missed = []
    for commune in _a_hundred_of_unique_names():
        district = _district(commune)
        typed = commune.name if with_what == "kind" else f"{commune.short_name} {district}"
        right = queries.serving_office(ERA_LEGACY, commune.code)
        found = lookups.find_agencies(Wanted(fold(typed))).views[:3]
        if right is None or right.code not in [one.code for one in found]:
            missed.append((fold(typed), [one.name for one in found]))

    assert 1 - len(missed) / MANY >= LEAST_RIGHT, missed


def test_u02_a_former_commune_leads_to_the_stations_of_what_became_of_it() -> None:
    missed = []
    for commune in _a_hundred_of_unique_names():
        right = {one.code for one in queries.convert_legacy(commune.code)}
        typed = f"tyt {fold(commune.name)}"
        found = lookups.facilities(Wanted(typed)).index.find(typed, lookups.Narrowing(), 3)
        if not right & {one.commune for one in found}:
            missed.append((typed, [one.names[0] for one in found]))

    assert 1 - len(missed) / MANY >= LEAST_RIGHT, missed


def test_u02_a_former_commune_leads_to_a_collection_point_of_its_office() -> None:
    missed = []
    for commune in _a_hundred_of_unique_names():
        right = queries.serving_office(ERA_LEGACY, commune.code)
        found = lookups.find_collection_points(Wanted(fold(commune.name))).views[:3]
        if right is None or right.name not in [one.agency for one in found]:
            missed.append((fold(commune.name), [one.name for one in found]))

    assert 1 - len(missed) / MANY >= LEAST_RIGHT, missed


def test_u02_of_namesakes_there_is_a_choice_by_province() -> None:
    found = lookups.find_agencies(Wanted("xa tan lap"))
    lies_in = [one.parent_code for one in found.views]
    here = lookups.find_agencies(Wanted("xa tan lap", province="01"))
    there = lookups.find_agencies(Wanted("xa tan lap dan phuong"))

    assert found.namesakes > 10
    assert lies_in == sorted(lies_in)
    assert {one.name for one in here.views[:2]} == {"BHXH cơ sở Đan Phượng", "BHXH cơ sở Hoài Đức"}
    assert there.views[0].name == "BHXH cơ sở Đan Phượng"
    assert there.namesakes == 0
