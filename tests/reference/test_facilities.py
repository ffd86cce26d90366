"""The demo directory of health facilities."""

import re
from collections import Counter

from vssid.reference.facilities import facilities
from vssid.reference.offices import DEMO_MARK
from vssid.reference.source import Source
from vssid.reference.territory import Territory


def test_every_commune_has_a_station_and_every_district_a_centre(
    territory: Territory, source: Source
) -> None:
    kinds = Counter(row.kind for row in facilities(territory))
    stations = {row.commune_code for row in facilities(territory) if row.kind == "station"}

    assert kinds == {"station": 3321, "health-centre": 696, "hospital": 63}
    assert stations == source.communes.keys()


def test_codes_are_unique_and_begin_with_a_legacy_province(
    territory: Territory, source: Source
) -> None:
    codes = [row.code for row in facilities(territory)]

    assert len(set(codes)) == len(codes)
    assert {code[:2] for code in codes} == source.legacy_provinces.keys()
    assert all(re.fullmatch(r"\d{5}", code) for code in codes)


def test_every_facility_lies_in_a_commune_of_its_province_and_is_marked(
    territory: Territory, source: Source
) -> None:
    for row in facilities(territory):
        assert source.communes[row.commune_code].province_code == row.province_code
        assert DEMO_MARK in row.address
