"""Derives a demo directory of health facilities: no openly licensed list exists (domain §5).

Every commune of today has a trạm y tế, every former district a trung tâm y tế, every former
province a general hospital. Operators replace it by the real list through a feed.
"""

from collections.abc import Iterator

from vssid.reference.offices import DEMO_MARK, centre_address, lower_first, office_codes, seat_of
from vssid.reference.rows import FacilityRow
from vssid.reference.source import Unit
from vssid.reference.territory import Territory


def facilities(territory: Territory) -> Iterator[FacilityRow]:
    """Hospitals, health centres, stations.

    Codes have five digits and begin with the legacy province, as on BHYT cards: 001 the hospital,
    011 to 099 the health centres (their office's serial and 10), from 101 the stations.
    """
    offices = office_codes(territory)
    for province in territory.source.legacy_provinces.values():
        yield _hospital(territory, province)
    for code, district in territory.source.legacy_districts.items():
        yield _health_centre(territory, district, int(offices[code][3:]))
    used: dict[str, int] = {}
    for code, commune in territory.source.communes.items():
        district = territory.source.legacy_districts[territory.district_of_commune[code]]
        serial = used.get(district.province_code, 100) + 1
        used[district.province_code] = serial
        yield _station(territory, commune, f"{district.province_code}{serial:03d}")


def _hospital(territory: Territory, province: Unit) -> FacilityRow:
    seat = territory.source.legacy_districts[seat_of(territory, province.code)]
    name = f"Bệnh viện Đa khoa {lower_first(province.name)}"
    return _at_centre(territory, seat, f"{province.code}001", name, "hospital")


def _health_centre(territory: Territory, district: Unit, serial: int) -> FacilityRow:
    # With its type, because one province may have a thị xã and a huyện of one name.
    name = f"Trung tâm Y tế {lower_first(district.name)}"
    code = f"{district.province_code}{serial + 10:03d}"
    return _at_centre(territory, district, code, name, "health-centre")


def _at_centre(
    territory: Territory, district: Unit, code: str, name: str, kind: str
) -> FacilityRow:
    commune = territory.centre_commune(district.code)
    return FacilityRow(
        code=code,
        name=name,
        kind=kind,
        level="basic",
        address=centre_address(territory, district),
        commune_code=commune.code,
        province_code=commune.province_code,
        point=territory.centre_points[district.code],
        may_issue_leave=True,
    )


def _station(territory: Territory, commune: Unit, code: str) -> FacilityRow:
    province = territory.source.provinces[commune.province_code]
    return FacilityRow(
        code=code,
        name=f"Trạm Y tế {lower_first(commune.name)}",
        kind="station",
        level="initial",
        address=f"{commune.name}, {lower_first(province.name)} {DEMO_MARK}",
        commune_code=commune.code,
        province_code=commune.province_code,
        point=territory.places.communes[commune.code],
        may_issue_leave=False,
    )
