"""Lists, addresses and offices as the forms of guides R03 and R05 show them."""

import pytest
from django.conf import settings

from vssid.reference import directory, queries
from vssid.reference.choices import AreaChoice
from vssid.reference.errors import (
    CommuneElsewhereError,
    DistrictElsewhereError,
    OfficeElsewhereError,
    UnknownCommuneError,
    UnknownDistrictError,
    UnknownOfficeError,
    UnknownProvinceError,
)
from vssid.reference.models import Agency, Area, DataSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_r03_lists_show_codes_and_names() -> None:
    assert queries.provinces("legacy")[0] == AreaChoice(
        "01", "Thành phố Hà Nội", "01 - Thành phố Hà Nội"
    )
    assert "020 - Huyện Thanh Trì" in [c.label for c in queries.districts("01")]
    assert "00640 - Thị trấn Văn Điển" in [c.label for c in queries.communes("legacy", "020")]


def test_todays_form_goes_from_province_to_commune() -> None:
    assert len(queries.provinces()) == 34
    assert len(queries.communes("2025", "01")) == 126
    assert "Phường Ba Đình" in [c.name for c in queries.communes("2025", "01")]


def test_lists_stand_by_code() -> None:
    for choices in (
        queries.provinces(),
        queries.districts("01"),
        queries.communes("2025", "79"),
    ):
        assert [c.code for c in choices] == sorted(c.code for c in choices)


def test_a_code_of_both_eras_means_what_its_era_says() -> None:
    today, legacy = queries.area("2025", "00004"), queries.area("legacy", "00004")

    assert today is not None
    assert legacy is not None
    assert (today.name, legacy.name) == ("Phường Ba Đình", "Phường Trúc Bạch")


def test_unknown_parents_have_empty_lists() -> None:
    assert queries.provinces("2024") == ()
    assert queries.districts("99") == ()
    assert queries.communes("2025", "") == ()
    assert queries.communes("legacy", "01") == ()


def test_lists_cost_no_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    directory.current()
    with django_assert_num_queries(0):  # type: ignore[operator]
        queries.communes("2025", "01")
        queries.suggested_offices("2025", "00004")


def test_addresses_read_from_the_street_up() -> None:
    legacy = queries.address_text("legacy", "01", "020", "00640", " ngõ 673 đường Ngọc Hồi ")
    today = queries.address_text("2025", "01", "", "00004", "Số 1 phố Phan Đình Phùng")

    assert legacy == (
        "ngõ 673 đường Ngọc Hồi, Thị trấn Văn Điển, Huyện Thanh Trì, Thành phố Hà Nội"
    )
    assert today == "Số 1 phố Phan Đình Phùng, Phường Ba Đình, Thành phố Hà Nội"


def test_addresses_read_in_english() -> None:
    assert queries.address_text("2025", "01", "", "00004", "1 Phan Đình Phùng", "en") == (
        "1 Phan Đình Phùng, Ba Đình Ward, Hà Nội City"
    )


def test_an_unknown_code_leaves_the_rest_readable() -> None:
    assert queries.address_text("2025", "01", "", "77777", "") == "Thành phố Hà Nội"


def test_true_addresses_pass() -> None:
    queries.check_address(era="2025", province="01", district="", commune="00004")
    queries.check_address(era="legacy", province="01", district="020", commune="00640")


def test_an_island_district_is_an_address_without_a_commune() -> None:
    queries.check_address(era="legacy", province="48", district="498", commune="")


@pytest.mark.parametrize(
    ("era", "province", "district", "commune", "error"),
    [
        ("2025", "", "", "00004", UnknownProvinceError),
        ("2025", "02", "", "00004", UnknownProvinceError),
        ("2024", "01", "", "00004", UnknownProvinceError),
        ("2025", "00004", "", "00004", UnknownProvinceError),
        ("2025", "01", "001", "00004", UnknownDistrictError),
        ("legacy", "01", "", "00004", UnknownDistrictError),
        ("legacy", "02", "020", "00640", DistrictElsewhereError),
        ("2025", "01", "", "", UnknownCommuneError),
        ("2025", "01", "", "01", UnknownCommuneError),
        ("legacy", "01", "020", "", UnknownCommuneError),
        ("2025", "79", "", "00004", CommuneElsewhereError),
        ("legacy", "01", "001", "00640", CommuneElsewhereError),
        ("legacy", "48", "498", "00640", CommuneElsewhereError),
    ],
)
def test_false_addresses_are_refused(
    era: str, province: str, district: str, commune: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        queries.check_address(era=era, province=province, district=district, commune=commune)


def test_a_refusal_names_both_places() -> None:
    with pytest.raises(CommuneElsewhereError) as refusal:
        queries.check_address(era="2025", province="79", district="", commune="00004")

    assert str(refusal.value).startswith("Phường Ba Đình không thuộc Thành phố Hồ Chí Minh.")


def test_every_legacy_ward_converts() -> None:
    for district in (d for p in queries.provinces("legacy") for d in queries.districts(p.code)):
        wards = queries.communes("legacy", district.code) or (district,)
        assert all(queries.convert_legacy(ward.code) for ward in wards)


def test_a_split_ward_asks_and_offers_its_default_first() -> None:
    # Xã Hòa Liên, huyện Hòa Vang.
    assert [c.name for c in queries.convert_legacy("20296")] == [
        "Phường Liên Chiểu",
        "Phường Hải Vân",
    ]


def test_an_island_district_converts_and_other_districts_do_not() -> None:
    assert [c.name for c in queries.convert_legacy("498")] == ["Đặc khu Hoàng Sa"]
    assert queries.convert_legacy("020") == ()
    assert queries.convert_legacy("") == ()


def test_a_merged_province_converts() -> None:
    assert [c.label for c in queries.convert_legacy("35")] == ["37 - Tỉnh Ninh Bình"]


def test_province_of_an_area_is_in_its_own_era() -> None:
    assert queries.province_of("2025", "00004") == "01"
    assert queries.province_of("legacy", "498") == "48"
    assert queries.province_of("2025", "498") == ""


def test_r05_the_province_comes_first_then_the_office_below() -> None:
    assert queries.provincial_agencies()[0].label == "[001] BHXH TP Hà Nội"
    assert len(queries.provincial_agencies()) == 34
    assert "[00114] BHXH cơ sở Thanh Trì (trước đây: BHXH huyện Thanh Trì)" in [
        choice.label for choice in queries.offices_below("001")
    ]


def test_offices_below_is_empty_for_anything_but_a_provincial_agency() -> None:
    assert queries.offices_below("") == ()
    assert queries.offices_below("00114") == ()
    assert queries.offices_below("999") == ()


def test_r05_an_office_shows_its_address_and_phone() -> None:
    office = queries.office("00114")

    assert office is not None
    assert office.address == "ngõ 673 đường Ngọc Hồi, thị trấn Văn Điển"
    assert office.phone == "024 386 12458"
    assert not office.phone_is_hotline
    assert (office.parent_code, office.parent_name) == ("001", "BHXH TP Hà Nội")


def test_r19_an_office_without_a_known_phone_shows_the_hotline() -> None:
    office = queries.office("00101")

    assert office is not None
    assert office.phone == settings.VSSID_HOTLINE
    assert office.phone_is_hotline
    assert office.is_derived


def test_an_office_out_of_service_is_not_offered(fresh_directory: None) -> None:
    Agency.objects.filter(code="00101").update(valid_to="2026-01-01")

    assert queries.office("00101") is None
    assert "00101" not in [choice.code for choice in queries.offices_below("001")]


def test_r05_the_provincial_agency_may_itself_be_chosen() -> None:
    assert queries.is_below("001", "001")
    assert queries.check_office(office_code="001", provincial_code="001").code == "001"


def test_an_office_below_the_chosen_agency_is_accepted() -> None:
    assert queries.is_below("00114", "001")
    assert queries.is_below("03501", "037")


def test_an_office_of_another_province_is_refused() -> None:
    assert not queries.is_below("00114", "079")
    with pytest.raises(OfficeElsewhereError) as refusal:
        queries.check_office(office_code="00114", provincial_code="079")
    assert "BHXH cơ sở Thanh Trì không trực thuộc BHXH TP Hồ Chí Minh" in str(refusal.value)


@pytest.mark.parametrize(
    ("office_code", "provincial_code"),
    [("", ""), ("99999", "001"), ("00114", "999"), ("00114", "00114"), ("001", "")],
)
def test_unknown_offices_are_refused(office_code: str, provincial_code: str) -> None:
    assert not queries.is_below(office_code, provincial_code)
    with pytest.raises(UnknownOfficeError):
        queries.check_office(office_code=office_code, provincial_code=provincial_code)


def test_a_person_of_thanh_tri_is_offered_its_office_first_in_both_eras() -> None:
    for era, code in (("legacy", "00640"), ("legacy", "020"), ("2025", "00640")):
        offices = queries.suggested_offices(era, code)
        assert offices[0].code == "00114", (era, code)
        assert len({office.code for office in offices}) == queries.SUGGESTED_OFFICES
        assert {office.level for office in offices} == {"office"}


def test_every_commune_of_today_has_an_office_of_its_province() -> None:
    for province in queries.provinces():
        for commune in queries.communes("2025", province.code):
            serving = queries.serving_office("2025", commune.code)
            assert serving is not None
            assert serving.parent_code == f"0{province.code}"


def test_the_nearest_offices_follow_the_serving_one() -> None:
    # Around Hoàn Kiếm: Ba Đình, Hai Bà Trưng, Đống Đa, Long Biên are next door.
    offices = queries.suggested_offices("legacy", "002")

    assert offices[0].former_name == "BHXH quận Hoàn Kiếm"
    assert {office.parent_code for office in offices} == {"001"}
    assert {office.code for office in offices[1:]} <= {"00101", "00104", "00106", "00107"}


def test_nothing_is_suggested_for_an_unknown_commune() -> None:
    assert queries.suggested_offices("2025", "77777") == ()
    assert queries.suggested_offices("2025", "01") == ()
    assert queries.serving_office("2025", "77777") is None


def test_a_new_load_is_seen_after_the_memory_was_told(fresh_directory: None) -> None:
    queries.provinces()
    Area.objects.filter(era="2025", code="01").update(name="Thành phố Mới")
    DataSet.objects.filter(name="areas").update(fingerprint="another")

    directory.forget()

    assert queries.provinces()[0].name == "Thành phố Mới"
