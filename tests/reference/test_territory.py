"""Where units lie, and what became of them on 1/7/2025."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.reference.placing import distance_km, middle
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY, AreaRow, Point
from vssid.reference.source import Source
from vssid.reference.territory import Territory

points = st.builds(Point, st.floats(6, 24), st.floats(102, 118))


@pytest.fixture(scope="module")
def areas(territory: Territory) -> dict[tuple[str, str], AreaRow]:
    return {(row.era, row.code): row for row in territory.areas()}


@given(points, points)
def test_distance_is_symmetric_and_within_the_country(one: Point, other: Point) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= distance_km(one, other) < 3000
    assert distance_km(one, one) == 0


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_km(Point(10, 105), Point(11, 105)) == pytest.approx(111.2, abs=0.1)


def test_one_point_astray_does_not_move_the_middle() -> None:
    here = [Point(21.0, 105.8), Point(21.1, 105.9), Point(21.05, 105.85)]

    assert distance_km(middle([*here, Point(8.0, 117.0)]), middle(here)) < 10


def test_every_unit_has_a_row_under_its_era_and_code(
    areas: dict[tuple[str, str], AreaRow], territory: Territory
) -> None:
    assert len(areas) == len(list(territory.areas())) == 34 + 3321 + 63 + 696 + 10035
    levels = Counter((row.era, row.level) for row in areas.values())
    assert (ERA_TODAY, "district") not in levels


def test_every_parent_is_there(areas: dict[tuple[str, str], AreaRow]) -> None:
    orphans = [r for r in areas.values() if r.parent_code and (r.era, r.parent_code) not in areas]

    assert orphans == []


def test_every_point_lies_in_vietnam(areas: dict[tuple[str, str], AreaRow]) -> None:
    outside = [
        row.name
        for row in areas.values()
        if not (8.0 <= row.point.latitude <= 23.5 and 102.0 <= row.point.longitude <= 115.0)
    ]

    assert outside == []


@pytest.mark.parametrize(
    ("era", "code", "latitude", "longitude"),
    [
        (ERA_TODAY, "20333", 16.5, 112.0),
        (ERA_LEGACY, "498", 16.5, 112.0),
        (ERA_TODAY, "22736", 9.7, 114.4),
        (ERA_LEGACY, "576", 9.7, 114.4),
        (ERA_LEGACY, "22737", 9.7, 114.4),
    ],
)
def test_hoang_sa_and_truong_sa_lie_at_sea_in_both_eras(
    areas: dict[tuple[str, str], AreaRow], era: str, code: str, latitude: float, longitude: float
) -> None:
    point = areas[era, code].point

    assert distance_km(point, Point(latitude, longitude)) < 60


@pytest.mark.parametrize(
    ("code", "name", "legacy_ward"),
    [("06757", "Xã Vĩnh Thực", "06757"), ("04924", "Xã Lương Sơn", "04924")],
)
def test_communes_put_at_a_namesake_are_moved_to_their_wards(
    areas: dict[tuple[str, str], AreaRow], source: Source, code: str, name: str, legacy_ward: str
) -> None:
    ward = areas[ERA_LEGACY, legacy_ward].point

    assert areas[ERA_TODAY, code].name == name
    assert distance_km(source.communes[code].point, ward) > 60
    assert distance_km(areas[ERA_TODAY, code].point, ward) < 30


def test_no_ward_lies_far_from_what_it_became(
    areas: dict[tuple[str, str], AreaRow], territory: Territory
) -> None:
    far = [
        (part.old_code, part.new_code)
        for part in territory.parts
        if part.is_default
        and distance_km(
            areas[ERA_LEGACY, part.old_code].point, areas[ERA_TODAY, part.new_code].point
        )
        > 60
    ]

    assert far == []


def test_every_ward_and_island_district_has_exactly_one_default_successor(
    territory: Territory, source: Source
) -> None:
    defaults = Counter(
        row.old_code for row in territory.successions() if row.is_default and len(row.old_code) > 2
    )

    assert defaults.keys() == source.legacy_wards.keys() | {unit.code for unit in source.islands}
    assert set(defaults.values()) == {1}


def test_every_commune_of_today_came_from_somewhere(territory: Territory, source: Source) -> None:
    assert {row.new_code for row in territory.successions()} >= source.communes.keys()


def test_every_legacy_province_has_one_successor(territory: Territory) -> None:
    rows = {row.old_code: row for row in territory.successions() if len(row.old_code) == 2}

    assert len(rows) == 63
    assert rows["35"].new_code == "37"
    assert rows["35"].kind == "merged"
    assert (rows["01"].new_code, rows["01"].kind) == ("01", "kept")
    assert len({row.new_code for row in rows.values()}) == 34


def test_only_split_wards_have_several_successors(territory: Territory) -> None:
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    for row in territory.successions():
        heirs[row.old_code].append(row.kind)

    assert all(set(kinds) == {"split"} for kinds in heirs.values() if len(kinds) > 1)
    assert all("split" not in kinds for kinds in heirs.values() if len(kinds) == 1)
    assert 400 < sum(len(kinds) > 1 for kinds in heirs.values()) < 471


def test_a_namesake_at_the_other_end_of_the_province_is_no_successor(
    territory: Territory, source: Source
) -> None:
    # Phường 4 of Tân An and of Tây Ninh, 90 km apart, in one province since 1/7/2025.
    claimed = {part.new_code for part in source.parts if part.old_code == "27691"}
    kept = {part.new_code for part in territory.parts if part.old_code == "27691"}

    assert claimed == {"27694", "25459"}
    assert kept == {"27694"}


def test_true_splits_stay(territory: Territory) -> None:
    # Xã Hòa Liên, huyện Hòa Vang: divided between two wards of Đà Nẵng.
    split = {p.new_code: p.is_default for p in territory.parts if p.old_code == "20296"}

    assert len(split) == 2
    assert sorted(split.values()) == [False, True]


def test_every_commune_falls_to_one_former_district_and_none_is_left_out(
    territory: Territory, source: Source
) -> None:
    assert territory.district_of_commune.keys() == source.communes.keys()
    assert set(territory.district_of_commune.values()) == source.legacy_districts.keys()


def test_a_commune_of_several_districts_falls_to_that_of_its_seat(territory: Territory) -> None:
    # Phường Ba Đình kept the code of Trúc Bạch, quận Ba Đình.
    assert territory.district_of_commune["00004"] == "001"
    assert territory.district_of_commune["20333"] == "498"


def test_the_centre_of_a_district_is_a_commune_of_its_own(territory: Territory) -> None:
    for district in territory.source.legacy_districts:
        centre = territory.centre_commune(district)
        assert territory.district_of_commune[centre.code] == district
