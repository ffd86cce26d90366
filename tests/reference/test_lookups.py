"""The look-ups of facilities and employers (guides U02)."""

from datetime import date

import pytest

from vssid.reference import lookups
from vssid.reference.models import Employer, Facility

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def employer(db: None) -> Employer:
    return Employer.objects.create(
        code="TZ0002Z", name="Công ty TNHH May Đồng Tâm", commune_code="00004", wage_region=1
    )


def test_a_facility_is_found_by_code_and_says_where_it_is() -> None:
    found = lookups.facility("01001")

    assert found is not None
    assert found.province == "Thành phố Hà Nội"
    assert found.commune.startswith("Phường ")
    assert found.is_derived


def test_facilities_are_found_by_words_without_accents() -> None:
    found = lookups.find_facilities("tram y te ba dinh", province_code="01")

    assert [facility.name for facility in found] == ["Trạm Y tế phường Ba Đình"]


def test_the_two_looks_ups_differ_by_property() -> None:
    Facility.objects.filter(code="01001").update(has_contract=False)

    leave = lookups.find_facilities(province_code="01", may_issue_leave=True, limit=500)
    contract = lookups.find_facilities("benh vien", province_code="01", has_contract=True)

    assert {facility.kind for facility in leave} == {"hospital", "health-centre"}
    assert contract == []


def test_a_closed_facility_is_not_listed_but_still_named() -> None:
    Facility.objects.filter(code="01001").update(valid_to=date(2026, 1, 1))

    assert lookups.find_facilities("01001") == []
    assert lookups.facility("01001") is not None


@pytest.mark.parametrize("typed", ["TZ0002Z", "tz0002z", "may dong tam", "Đồng Tâm"])
def test_an_employer_is_found_by_code_or_name(employer: Employer, typed: str) -> None:
    assert [found.code for found in lookups.find_employers(typed)] == ["TZ0002Z"]


def test_employers_are_narrowed_by_commune(employer: Employer) -> None:
    assert lookups.find_employers("dong tam", commune_code="00008") == []


def test_a_closed_employer_says_so(employer: Employer) -> None:
    Employer.objects.filter(code="TZ0002Z").update(closed_on=date(2024, 1, 31))

    found = lookups.employer("TZ0002Z")

    assert found is not None
    assert found.is_closed


def test_nothing_typed_lists_no_employer(employer: Employer) -> None:
    assert lookups.find_employers("  ") == []


def test_unknown_codes_are_none() -> None:
    assert lookups.facility("99999") is None
    assert lookups.employer("NONE") is None
