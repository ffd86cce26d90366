"""Derives a demo directory of collection points: no openly licensed list exists (domain §5).

Every former district has a counter of its office and a post office that collects, every fourth
commune of today an agent at its people's committee. Operators replace them by the real list.
"""

from collections.abc import Iterator
from typing import Final

from vssid.reference.offices import DEMO_MARK, centre_address, lower_first, office_codes
from vssid.reference.rows import PointRow
from vssid.reference.source import Unit
from vssid.reference.territory import Territory

OFFICE_HOURS: Final = "Thứ Hai đến thứ Sáu, 7 giờ 30 – 11 giờ 30 và 13 giờ 30 – 17 giờ"
POST_HOURS: Final = "Thứ Hai đến thứ Bảy, 7 giờ 30 – 17 giờ 30"
_EVERY: Final = 4


def collection_points(territory: Territory) -> Iterator[PointRow]:
    """Counters and post offices by former district, agents by commune.

    Codes are the agency's, and a letter: C the counter, B the post office, U and the commune's
    code an agent.
    """
    offices = office_codes(territory)
    for code, district in territory.source.legacy_districts.items():
        yield _at_centre(territory, district, f"{offices[code]}-C", "agency", offices[code])
        yield _at_centre(territory, district, f"{offices[code]}-B", "post", offices[code])
    for place, (code, commune) in enumerate(territory.source.communes.items()):
        if place % _EVERY == 0:
            yield _agent(territory, commune, offices[territory.district_of_commune[code]])


def _at_centre(territory: Territory, district: Unit, code: str, kind: str, agency: str) -> PointRow:
    commune = territory.centre_commune(district.code)
    place = lower_first(district.name)
    is_post = kind == "post"
    return PointRow(
        code=code,
        name=f"Bưu điện {place} cũ" if is_post else f"Bộ phận thu BHXH {place} cũ",
        kind=kind,
        agency_code=agency,
        address=centre_address(territory, district),
        commune_code=commune.code,
        province_code=commune.province_code,
        point=territory.centre_points[district.code],
        hours=POST_HOURS if is_post else OFFICE_HOURS,
    )


def _agent(territory: Territory, commune: Unit, agency: str) -> PointRow:
    province = territory.source.provinces[commune.province_code]
    return PointRow(
        code=f"{agency}-U{commune.code}",
        name=f"Đại lý thu UBND {lower_first(commune.name)}",
        kind="commune",
        agency_code=agency,
        address=f"{commune.name}, {lower_first(province.name)} {DEMO_MARK}",
        commune_code=commune.code,
        province_code=commune.province_code,
        point=territory.places.communes[commune.code],
        hours=OFFICE_HOURS,
    )
