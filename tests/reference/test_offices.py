"""The derived directory of agencies: codes, names, and nothing invented that could be dialled."""

import re
from collections import Counter

import pytest

from vssid.reference.offices import DEMO_MARK, agencies, agency_areas
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY, AgencyRow
from vssid.reference.source import Source
from vssid.reference.territory import Territory


@pytest.fixture(scope="module")
def by_code(territory: Territory) -> dict[str, AgencyRow]:
    return {row.code: row for row in agencies(territory)}


def test_every_code_is_unique_and_well_formed(
    territory: Territory, by_code: dict[str, AgencyRow]
) -> None:
    assert len(list(agencies(territory))) == len(by_code) == 34 + 696
    for row in by_code.values():
        shape = r"0\d{2}" if row.level == "province" else r"0\d{2}\d{2}"
        assert re.fullmatch(shape, row.code), row


def test_every_office_is_below_one_of_the_34(by_code: dict[str, AgencyRow]) -> None:
    provincial = {code for code, row in by_code.items() if row.level == "province"}

    assert len(provincial) == 34
    assert {r.parent_code for r in by_code.values() if r.level == "office"} == provincial
    assert {r.parent_code for r in by_code.values() if r.level == "province"} == {""}


def test_an_office_keeps_its_code_after_its_province_was_merged(
    by_code: dict[str, AgencyRow],
) -> None:
    assert by_code["03501"].former_name == "BHXH thành phố Phủ Lý"
    assert by_code["03501"].parent_code == "037"
    assert "035" not in by_code


def test_publicly_known_agencies_are_exact(by_code: dict[str, AgencyRow]) -> None:
    assert by_code["001"].name == "BHXH TP Hà Nội"
    thanh_tri = by_code["00114"]
    assert thanh_tri.name == "BHXH cơ sở Thanh Trì"
    assert thanh_tri.former_name == "BHXH huyện Thanh Trì"
    assert thanh_tri.address == "ngõ 673 đường Ngọc Hồi, thị trấn Văn Điển"
    assert thanh_tri.phone == "024 386 12458"
    hoan_kiem = next(r for r in by_code.values() if r.former_name == "BHXH quận Hoàn Kiếm")
    assert hoan_kiem.phone == "0243 944 0116"
    assert by_code["07906"].name == "BHXH cơ sở Bình Thạnh"


def test_only_public_contacts_have_a_phone_and_all_else_is_marked(
    by_code: dict[str, AgencyRow],
) -> None:
    public = {row.code for row in by_code.values() if row.contact_is_public}

    assert public == {row.code for row in by_code.values() if row.phone}
    assert len(public) == 2
    assert [
        r for r in by_code.values() if r.code not in public and DEMO_MARK not in r.address
    ] == []


def test_serials_fill_every_province_from_01(by_code: dict[str, AgencyRow]) -> None:
    serials: dict[str, list[int]] = {}
    for row in by_code.values():
        if row.level == "office":
            serials.setdefault(row.code[:3], []).append(int(row.code[3:]))

    assert len(serials) == 63
    for found in serials.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def test_names_below_one_agency_differ(by_code: dict[str, AgencyRow]) -> None:
    names = Counter((row.parent_code, row.name) for row in by_code.values())
    former = Counter((row.parent_code, row.former_name) for row in by_code.values())

    assert max(names.values()) == 1
    assert [key for key, count in former.items() if count > 1 and key[1]] == []


def test_namesakes_are_told_apart_by_type_or_by_former_province(
    by_code: dict[str, AgencyRow],
) -> None:
    names = {row.name for row in by_code.values()}

    assert {"BHXH cơ sở thị xã Kỳ Anh", "BHXH cơ sở huyện Kỳ Anh"} <= names
    assert {"BHXH cơ sở Châu Thành, Bến Tre", "BHXH cơ sở Châu Thành, Trà Vinh"} <= names
    assert "BHXH cơ sở Quận 1" in names


def test_every_commune_of_today_is_served_by_exactly_one_office(
    territory: Territory, source: Source, by_code: dict[str, AgencyRow]
) -> None:
    serving = Counter(
        row.area_code
        for row in agency_areas(territory)
        if row.era == ERA_TODAY and by_code[row.agency_code].level == "office"
    )

    assert serving.keys() == source.communes.keys()
    assert set(serving.values()) == {1}


def test_every_office_serves_its_district_and_communes_of_its_own_province(
    territory: Territory, source: Source, by_code: dict[str, AgencyRow]
) -> None:
    areas = list(agency_areas(territory))
    districts = {row.agency_code: row.area_code for row in areas if row.era == ERA_LEGACY}

    assert len(set(districts.values())) == len(districts) == 696
    for row in areas:
        if row.era == ERA_TODAY and len(row.area_code) == 5:
            province = source.communes[row.area_code].province_code
            assert by_code[row.agency_code].parent_code == f"0{province}"
