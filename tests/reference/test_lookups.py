"""The look-ups of facilities, employers and collection points (guides U02)."""

from datetime import date, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import fold
from vssid.reference import directory, lookups, mapping
from vssid.reference.lookups import Wanted
from vssid.reference.models import Agency, CollectionPoint, Employer, Facility
from vssid.reference.rows import ERA_LEGACY, Point
from vssid.reference.searching import memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]

BA_DINH = Point(21.0386, 105.838)


@pytest.fixture
def employer(db: None) -> Employer:
    made = Employer.objects.create(
        code="TZ0002Z",
        name="Công ty TNHH May Đồng Tâm",
        commune_code="00004",
        wage_region=1,
        tax_code="0100000009-001",
    )
    memory.forget()
    return made


def _codes(text: str, **narrower: str) -> list[str]:
    found = lookups.find_employers(Wanted(text, **narrower))
    return [view.code for view in found.views]


def _change(code: str, **values: object) -> None:
    Facility.objects.filter(code=code).update(**values)
    memory.forget()


def test_a_facility_is_found_by_code_and_says_where_it_is() -> None:
    found = lookups.facility("01001")

    assert found is not None
    assert found.province == "Thành phố Hà Nội"
    assert found.commune.startswith("Phường ")
    assert found.is_demo


def test_facilities_are_found_by_words_without_accents() -> None:
    found = lookups.find_facilities(Wanted("tram y te ba dinh", province="01"))

    assert found.views[0].name == "Trạm Y tế phường Ba Đình"


def test_the_two_look_ups_differ_by_property() -> None:
    _change("01001", has_contract=False)

    leave = lookups.find_facilities(Wanted(province="01"), may_issue_leave=True)
    contract = lookups.find_facilities(Wanted("01001"), has_contract=True)

    assert {facility.kind for facility in leave.views} == {"hospital", "health-centre"}
    assert "01001" not in {facility.code for facility in contract.views}


@pytest.mark.parametrize(
    ("first", "last", "has_it"), [(-1, 0, True), (1, 9, False), (-9, -1, False), (None, 0, True)]
)
def test_a_contract_counts_from_its_first_to_its_last_day(
    first: int | None,
    last: int,
    *,
    has_it: bool,
) -> None:
    today = vietnam_today(utc_now())
    begins = None if first is None else today + timedelta(days=first)
    _change("01001", contract_from=begins, contract_to=today + timedelta(days=last))

    found = lookups.find_facilities(Wanted("01001"), has_contract=True)

    assert [view.code for view in found.views[:1]] == (["01001"] if has_it else [])
    assert (lookups.facility_with_contract("01001", today) is not None) is has_it


def test_a_closed_facility_is_not_listed_but_found_and_says_so() -> None:
    _change("01001", valid_to=date(2026, 1, 1))

    listed = lookups.find_facilities(Wanted(province="01"))
    found = lookups.find_facilities(Wanted("benh vien da khoa thanh pho ha noi"))

    assert "01001" not in {view.code for view in listed.views}
    assert (found.views[0].code, found.views[0].is_ended) == ("01001", True)


def test_a_former_facility_leads_to_who_took_over() -> None:
    _change("01001", valid_to=date(2026, 1, 1), successors="01011; 01012")

    found = lookups.find_facilities(Wanted("bv đa khoa tp hà nội"))
    gone = lookups.facility("01001")

    assert {view.code for view in found.views[:2]} == {"01011", "01012"}
    assert gone is not None
    assert [heir.code for heir in gone.heirs] == ["01011", "01012"]


def test_a_facility_is_found_by_a_former_name() -> None:
    _change("01001", former_names="Nhà thương Bảo hộ; Nhà thương Phủ Doãn")

    found = lookups.find_facilities(Wanted("nha thuong phu doan"))

    assert found.views[0].code == "01001"
    assert found.views[0].former_names == ("Nhà thương Bảo hộ", "Nhà thương Phủ Doãn")


@pytest.mark.parametrize(
    "typed",
    ["TZ0002Z", "tz0002z", "TZ00", "may dong tam", "Đồng Tâm", "cty tnhh may đông tam",
     "0100000009", "0100000009-001", "dogn tam may", "mst 0100000009", "0100.000.009"],
)  # fmt: skip
def test_an_employer_is_found_by_code_tax_code_or_name(employer: Employer, typed: str) -> None:
    assert _codes(typed)[0] == "TZ0002Z"


def test_employers_are_narrowed_by_commune_and_province(employer: Employer) -> None:
    assert _codes("dong tam", province="01", commune="00004") == ["TZ0002Z"]
    assert _codes("dong tam", province="01", commune="00008") == []
    assert _codes("dong tam", province="79") == []


def test_a_closed_employer_says_so(employer: Employer) -> None:
    Employer.objects.filter(code="TZ0002Z").update(closed_on=date(2024, 1, 31))

    found = lookups.employer("TZ0002Z")

    assert found is not None
    assert found.is_closed


def test_nothing_asked_lists_nothing(employer: Employer) -> None:
    assert lookups.find_employers(Wanted("")).views == ()


def test_unknown_codes_are_none() -> None:
    assert lookups.facility("99999") is None
    assert lookups.employer("NONE") is None
    assert lookups.collection_point("NONE") is None


def test_the_nearest_come_first_with_their_distance() -> None:
    found = lookups.find_facilities(Wanted(here=BA_DINH), has_contract=True)

    assert found.views[0].name == "Trạm Y tế phường Ba Đình"
    kilometres = [found.distances[view.code] for view in found.views]
    assert kilometres == sorted(kilometres)
    assert kilometres[0] < 1 < kilometres[-1] < 20


def test_what_is_named_is_sorted_by_distance_too() -> None:
    found = lookups.find_facilities(Wanted("benh vien", here=BA_DINH))

    assert found.views[0].code == "01001"
    assert all(view.kind == "hospital" for view in found.views[:3])


def test_a_point_in_the_sea_still_has_a_nearest() -> None:
    found = lookups.find_collection_points(Wanted(here=Point(8.6, 111.9)))

    assert len(found.views) == lookups.A_PAGE


def test_a_collection_point_says_for_whom_it_collects() -> None:
    found = lookups.find_collection_points(Wanted("buu dien thanh tri"))

    assert found.views[0].agency_code == "00114"
    assert found.views[0].agency == "BHXH cơ sở Thanh Trì"


def test_every_province_has_collection_points() -> None:
    rows = CollectionPoint.objects.values_list("province_code", flat=True)
    assert len(set(rows)) == 34


@pytest.mark.parametrize(
    "typed",
    ["BHXH huyện Thanh Trì", "bhxh h. thanh tri", "thanh tri bhxh", "00114", "[00114]",
     "bao hiem xa hoi thanh tri", "bhxh thanh trì", "than tri", "bhxh h thnah tri"],
)  # fmt: skip
def test_u02_an_office_is_found_by_its_former_name_and_code(typed: str) -> None:
    found = [view.code for view in lookups.find_agencies(Wanted(typed)).views]
    assert "00114" in found[:3]
    assert found[0] == "00114" or typed == "than tri"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BHXH TP Hà Nội", "001"),
        ("bhxh tphcm", "079"),
        ("tp vinh", "04001"),
        ("bhxh q1", "07901"),
        ("bhxh tinh ninh binh", "037"),
        ("phường Ba Đình", "00101"),
    ],
)
def test_an_office_is_found_by_what_it_serves(typed: str, code: str) -> None:
    assert lookups.find_agencies(Wanted(typed)).views[0].code == code


def test_a_long_list_comes_in_pages() -> None:
    first = lookups.find_facilities(Wanted(province="01"))
    last = lookups.find_facilities(Wanted(province="01", page=10**9))

    assert first.total == last.total > len(first.views) == lookups.A_PAGE
    assert last.page == last.pages > 1
    assert not {one.code for one in first.views} & {one.code for one in last.views}


def test_every_former_province_leads_to_the_agency_of_today() -> None:
    found = directory.current()
    legacy = {
        area.name: found.successors[area.code][0]
        for (era, _), area in found.areas.items()
        if era == ERA_LEGACY and area.level == "province"
    }
    first = {name: _agencies(f"bhxh {fold(name)}")[:3] for name in legacy}

    assert len(legacy) == 63
    assert [name for name, heir in legacy.items() if f"0{heir}" not in first[name]] == []
    assert _agencies("bhxh tinh ha nam")[0] == "037"
    assert _agencies("BHXH thành phố Cần Thơ")[0] == "092"


def test_every_office_is_among_the_first_three_by_its_name() -> None:
    missed = []
    for agency in Agency.objects.filter(level="office"):
        found = lookups.find_agencies(Wanted(fold(agency.name))).views[:3]
        if fold(agency.name) not in {fold(one.name) for one in found}:
            missed.append(agency.name)
    assert missed == []


def test_who_bears_a_name_comes_before_who_serves_a_place_of_it() -> None:
    found = lookups.find_agencies(Wanted("thanh tri"))

    assert found.views[0].code == "00114"
    assert "00114" not in found.served
    assert found.served["08306"].name == "Xã Thạnh Trị"


def test_near_me_measures_all_that_are_meant_and_not_the_best_by_text() -> None:
    found = lookups.find_facilities(Wanted("tram y te", here=BA_DINH))
    nearest = lookups.find_facilities(Wanted("tram y te", "01", here=BA_DINH))

    assert found.views[0].name == "Trạm Y tế phường Ba Đình"
    assert [one.code for one in found.views] == [one.code for one in nearest.views]
    assert all(found.distances[one.code] < 10 for one in found.views)


def test_near_me_keeps_to_what_was_named() -> None:
    found = lookups.find_agencies(Wanted("bhxh thanh tri", here=Point(10.03, 105.78)))
    coded = lookups.find_agencies(Wanted("00114", here=Point(10.03, 105.78)))

    assert [one.name for one in found.views[:2]] == ["BHXH cơ sở Thạnh Trị", "BHXH cơ sở Thanh Trì"]
    assert [one.code for one in coded.views] == ["00114"]


@pytest.mark.parametrize(
    ("typed", "is_alike"),
    [
        ("benh vien cho ray", True),
        ("truong mam non hoa sen", True),
        ("benh vien da khoa ha noi", False),
        ("benh vein nghe an", False),
        ("tyt p ba dinh", False),
        ("01001", False),
    ],
)
def test_what_is_only_alike_is_told_from_what_was_named(typed: str, *, is_alike: bool) -> None:
    found = lookups.find_facilities(Wanted(typed))
    assert (found.is_alike or not found.views) is is_alike


def test_names_of_several_endings_lead_to_the_last() -> None:
    _change("01001", valid_to=date(2026, 1, 1), successors="01011")
    _change("01011", valid_to=date(2026, 2, 1), successors="01012")

    gone = lookups.facility("01001")
    found = lookups.find_facilities(Wanted("benh vien da khoa thanh pho ha noi"))

    assert gone is not None
    assert [heir.code for heir in gone.heirs] == ["01012"]
    assert found.views[0].code == "01012"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bhxh ban me thuot", "06601"),
        ("114", "00114"),
        ("01201", "01201"),
        ("bhxh tp vinh", "04001"),
    ],
)
def test_an_office_is_found_by_other_spellings_and_a_part_of_its_code(
    typed: str, code: str
) -> None:
    assert _agencies(typed)[0] == code


def test_facilities_are_found_by_a_short_code() -> None:
    assert lookups.find_facilities(Wanted("01201")).views[0].code == "01201"
    found = lookups.find_facilities(Wanted("1001")).views
    assert found[0].code == "01001"


def test_an_office_is_found_by_the_name_of_its_former_province() -> None:
    found = lookups.find_agencies(Wanted("ha nam")).views
    assert {"037", "03501"} <= {office.code for office in found}


def test_offices_cost_no_query_once_they_are_in_memory(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lookups.find_agencies(Wanted("thanh tri"))
    with django_assert_num_queries(0):
        lookups.find_agencies(Wanted("ba dinh"))


def test_short_forms_of_facilities_are_spelled_out() -> None:
    found = lookups.find_facilities(Wanted("tytx thanh trì"))
    assert found.views[0].name == "Trạm Y tế xã Thanh Trì"


def test_an_office_knows_its_province_and_the_commune_its_address_was() -> None:
    office = lookups.find_agencies(Wanted("00114")).views[0]
    assert (office.commune, office.province) == ("Xã Thanh Trì", "Thành phố Hà Nội")


def _agencies(typed: str) -> list[str]:
    return [view.code for view in lookups.find_agencies(Wanted(typed)).views]


def _tomorrow() -> date:
    return vietnam_today(utc_now()) + timedelta(days=1)


def test_what_is_still_to_come_is_found_by_its_name_after_those_in_service() -> None:
    _change("01001", valid_from=_tomorrow())
    _change("01011", name="Bệnh viện Đa khoa thành phố Hà Nội")

    found = lookups.find_facilities(Wanted("benh vien da khoa thanh pho ha noi"))

    assert [view.code for view in found.views[:2]] == ["01011", "01001"]
    assert [view.begins for view in found.views[:2]] == [None, _tomorrow()]
    assert not found.views[1].is_ended


def test_what_is_still_to_come_is_in_no_list_before_its_day() -> None:
    code = lookups.find_facilities(Wanted(here=BA_DINH)).views[0].code
    before = lookups.find_facilities(Wanted(province="01")).total
    _change(code, valid_from=_tomorrow())

    listed = lookups.find_facilities(Wanted(province="01"))
    near = lookups.find_facilities(Wanted(here=BA_DINH))
    named = lookups.find_facilities(Wanted("tram y te", here=BA_DINH))

    assert listed.total == before - 1
    for found in (near, named):
        assert code not in {view.code for view in found.views}


def test_a_point_that_is_still_to_come_says_so_and_is_in_service_on_its_first_day() -> None:
    CollectionPoint.objects.filter(code="00114-B").update(valid_from=_tomorrow())
    waiting = lookups.collection_point("00114-B")
    CollectionPoint.objects.filter(code="00114-B").update(valid_from=vietnam_today(utc_now()))
    begun = lookups.collection_point("00114-B")

    assert waiting is not None
    assert begun is not None
    assert (waiting.begins, waiting.is_ended) == (_tomorrow(), False)
    assert (begun.begins, begun.is_ended) == (None, False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hoa ban cu", "Bệnh viện Hoa Ban cũ"),
        ("bv hoa bna cu", "Bệnh viện Hoa Ban cũ"),
        ("trung tam y te dong da", ""),
        ("trung tam y te", ""),
        ("nha thuong phu doan", ""),
        ("01012", ""),
    ],
)
def test_what_took_over_says_whose_name_was_meant(typed: str, said: str) -> None:
    _change("01001", name="Bệnh viện Hoa Ban cũ", valid_to=date(2026, 1, 1), successors="01012")
    _change("01012", name="Trung tâm Y tế quận Đống Đa", former_names="Nhà thương Phủ Doãn")

    found = lookups.find_facilities(Wanted(typed, province="01"))

    assert typed == "trung tam y te" or found.views[0].code == "01012"
    assert found.replaced.get("01012", "") == said
    assert set(found.replaced) <= {"01012"}


def test_an_agency_says_whom_it_followed_and_near_me_does_too() -> None:
    merged = lookups.find_agencies(Wanted("bhxh tinh ha nam"))
    near = lookups.find_agencies(Wanted("bhxh tinh ha nam", here=BA_DINH))
    own = lookups.find_agencies(Wanted("bhxh thnah pho ha noi"))

    assert merged.replaced["037"] == near.replaced["037"] == "BHXH tỉnh Hà Nam"
    assert own.views[0].code == "001"
    assert "001" not in own.replaced


@pytest.mark.parametrize("typed", ["tyt kim lien", "trạm y tế phường Kim Liên ở đâu", "01102"])
def test_who_bears_the_name_without_the_right_is_named(typed: str) -> None:
    _change("01102", name="Trạm Y tế phường Kim Liên")

    found = lookups.find_facilities(Wanted(typed, "01"), may_issue_leave=True)
    mapped = mapping.facilities_on_map(Wanted(typed, "01"), None, may_issue_leave=True)

    assert found.lacking == mapped.lacking
    assert ("01102", "Trạm Y tế phường Kim Liên", "Thành phố Hà Nội") in [
        (one.code, one.name, one.province) for one in found.lacking
    ]
    assert "01102" not in {view.code for view in found.views}


@pytest.mark.parametrize(
    "typed", ["tram y te", "ttyt thanh tri", "benh vein ha noi", "01001", "dong da", ""]
)
def test_nobody_is_said_to_lack_what_others_of_the_name_have(typed: str) -> None:
    assert lookups.find_facilities(Wanted(typed, "01"), may_issue_leave=True).lacking == ()


def test_who_is_over_is_not_said_to_lack_anything() -> None:
    _change("01011", name="Bệnh viện Hoa Ban", has_contract=False)
    lacking = lookups.find_facilities(Wanted("hoa ban", "01"), has_contract=True).lacking
    _change("01011", valid_to=date(2026, 1, 1))
    over = lookups.find_facilities(Wanted("hoa ban", "01"), has_contract=True).lacking

    assert [one.code for one in lacking] == ["01011"]
    assert over == ()
