"""Derives the directory of agencies: no openly licensed list of them exists (domain §5).

Every province of today has its agency, every former district an office, because the codes of the
district era live on. Everything made here is demo data, but for the few facts that are public.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vssid.reference.rows import ERA_LEGACY, ERA_TODAY, AgencyAreaRow, AgencyRow
from vssid.reference.source import Unit
from vssid.reference.territory import Territory

DEMO_MARK: Final = "(dữ liệu minh họa)"

PUBLIC_SERIALS: Final = {"020": "14", "765": "06"}
"""By district: [00114] Thanh Trì (guides R05), [07906] Bình Thạnh (domain §5, medium)."""

PUBLIC_CONTACTS: Final = {
    "00102": ("", "0243 944 0116"),
    "00114": ("ngõ 673 đường Ngọc Hồi, thị trấn Văn Điển", "024 386 12458"),
}
"""Address and phone that are publicly known, by agency (domain §5)."""

# Where a province's agency stood when it was not the district with the lowest code.
_SEATS: Final = {"37": "374", "48": "492", "70": "689"}


@dataclass(frozen=True, slots=True)
class _Names:
    today: str
    former: str


def lower_first(name: str) -> str:
    """«Huyện Thanh Trì» as it stands inside a sentence: «huyện Thanh Trì»."""
    return name[:1].lower() + name[1:]


def seat_of(territory: Territory, legacy_province: str) -> str:
    """The district where a legacy province had its offices; statistics codes begin with it."""
    districts = territory.source.legacy_districts.values()
    codes = (unit.code for unit in districts if unit.province_code == legacy_province)
    return _SEATS.get(legacy_province) or min(codes)


def office_codes(territory: Territory) -> dict[str, str]:
    """The agency code of every former district: `0`, its province, a serial of two digits.

    The serials follow the districts' codes, around those that are publicly known.
    """
    codes: dict[str, str] = {}
    by_province: dict[str, list[str]] = {}
    for unit in territory.source.legacy_districts.values():
        by_province.setdefault(unit.province_code, []).append(unit.code)
    for province, districts in by_province.items():
        known = {code: PUBLIC_SERIALS[code] for code in districts if code in PUBLIC_SERIALS}
        free = (f"{n:02d}" for n in range(1, 100) if f"{n:02d}" not in known.values())
        for district in sorted(districts):
            codes[district] = f"0{province}{known.get(district) or next(free)}"
    return codes


def agencies(territory: Territory) -> Iterator[AgencyRow]:
    """The provincial agencies, then the offices below them."""
    for province in territory.source.provinces.values():
        yield _provincial_agency(territory, province)
    codes = office_codes(territory)
    names = _office_names(territory)
    for district in territory.source.legacy_districts.values():
        yield _office(territory, district, codes[district.code], names[district.code])


def agency_areas(territory: Territory) -> Iterator[AgencyAreaRow]:
    """What each agency serves: its province; its former district and the communes made of it."""
    for code in territory.source.provinces:
        yield AgencyAreaRow(f"0{code}", ERA_TODAY, code)
    codes = office_codes(territory)
    for district, office in codes.items():
        yield AgencyAreaRow(office, ERA_LEGACY, district)
    for commune, district in territory.district_of_commune.items():
        yield AgencyAreaRow(codes[district], ERA_TODAY, commune)


def centre_address(territory: Territory, district: Unit) -> str:
    """Words for the middle of a former district, said to be demo data."""
    commune = territory.centre_commune(district.code)
    province = territory.source.provinces[commune.province_code]
    return (
        f"Trung tâm {lower_first(district.name)} cũ, nay thuộc {lower_first(commune.name)}, "
        f"{lower_first(province.name)} {DEMO_MARK}"
    )


def _provincial_agency(territory: Territory, province: Unit) -> AgencyRow:
    source = territory.source
    # The code of a merged province is the one of the old province where its seat is now.
    seat = source.legacy_districts[seat_of(territory, province.code)]
    kind = "TP" if province.kind == "Thành phố" else "tỉnh"
    return AgencyRow(
        code=f"0{province.code}",
        level="province",
        name=f"BHXH {kind} {province.short_name}",
        former_name="",
        parent_code="",
        address=centre_address(territory, seat),
        phone="",
        contact_is_public=False,
        point=territory.centre_points[seat.code],
    )


def _office(territory: Territory, district: Unit, code: str, names: _Names) -> AgencyRow:
    source = territory.source
    province = source.provinces[source.province_of_legacy[district.province_code]]
    address, phone = PUBLIC_CONTACTS.get(code, ("", ""))
    return AgencyRow(
        code=code,
        level="office",
        name=names.today,
        former_name=names.former,
        parent_code=f"0{province.code}",
        address=address or centre_address(territory, district),
        phone=phone,
        contact_is_public=code in PUBLIC_CONTACTS,
        point=territory.centre_points[district.code],
    )


def _office_names(territory: Territory) -> dict[str, _Names]:
    """Names that differ below one provincial agency.

    Kỳ Anh was a huyện and a thị xã of one province; Châu Thành was a huyện of both provinces
    that are Vĩnh Long now.
    """
    source = territory.source
    districts = source.legacy_districts.values()
    below = Counter(
        (source.province_of_legacy[unit.province_code], unit.short_name) for unit in districts
    )
    beside = Counter((unit.province_code, unit.short_name) for unit in districts)
    names = {}
    for unit in districts:
        old_province = source.legacy_provinces[unit.province_code]
        today, former = unit.short_name, lower_first(unit.name)
        if today[-1].isdigit():
            former = unit.name
        if beside[unit.province_code, unit.short_name] > 1:
            today = former
        if (
            below[source.province_of_legacy[unit.province_code], unit.short_name]
            > beside[unit.province_code, unit.short_name]
        ):
            today = f"{today}, {old_province.short_name}"
            former = f"{former}, {lower_first(old_province.name)}"
        names[unit.code] = _Names(f"BHXH cơ sở {today}", f"BHXH {former}")
    return names
