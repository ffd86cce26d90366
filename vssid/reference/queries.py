"""What other parts ask the directory: lists for forms, addresses as text, offices.

All of it comes from the memory of the process (`directory`), without a query. Lists of areas
stand by code, because their labels begin with it and the official lists are so ordered: neighbours
by code are neighbours on the ground, and who knows the code of their commune finds it by eye.
"""

from typing import Final

from vssid.reference import directory
from vssid.reference.addresses import english_name, join_address
from vssid.reference.choices import AgencyChoice, AreaChoice, OfficeView
from vssid.reference.directory import Directory, Office, Place
from vssid.reference.errors import (
    CommuneElsewhereError,
    DistrictElsewhereError,
    OfficeElsewhereError,
    UnknownCommuneError,
    UnknownDistrictError,
    UnknownOfficeError,
    UnknownProvinceError,
)
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY

SUGGESTED_OFFICES: Final = 3


def provinces(era: str = ERA_TODAY) -> tuple[AreaChoice, ...]:
    """The 34 provinces of today, or the 63 of the legacy era: «01 - Thành phố Hà Nội»."""
    return directory.current().choices.get((era, ""), ())


def districts(province_code: str) -> tuple[AreaChoice, ...]:
    """The districts of a legacy province: «020 - Huyện Thanh Trì» (guides R03)."""
    return directory.current().choices.get((ERA_LEGACY, province_code), ())


def communes(era: str, parent_code: str) -> tuple[AreaChoice, ...]:
    """The communes of a province of today, or of a legacy district (empty for five islands)."""
    return tuple(
        choice
        for choice in directory.current().choices.get((era, parent_code), ())
        if len(choice.code) == 5
    )


def area(era: str, code: str) -> AreaChoice | None:
    """The province, district or commune of that code."""
    place = directory.current().areas.get((era, code))
    return place.choice if place else None


def address_text(
    era: str, province: str, district: str, commune: str, street: str, lang: str = "vi"
) -> str:
    """«Số 1 phố Huế, Phường Hai Bà Trưng, Thành phố Hà Nội»; `lang` is "vi" or "en".

    Codes that the directory does not know are left out: an old address must still be readable.
    """
    areas = directory.current().areas
    places = (areas.get((era, code)) for code in (commune, district, province) if code)
    names = [place.name for place in places if place]
    if lang != "vi":
        names = [english_name(name) for name in names]
    return join_address([street.strip(), *names])


def check_address(*, era: str, province: str, district: str, commune: str) -> None:
    """Refuse an address whose parts do not lie in each other.

    Today: province and commune, no district. Legacy: all three, but for the five island districts
    that had no communes. Raises UnknownProvinceError, UnknownDistrictError,
    DistrictElsewhereError, UnknownCommuneError, CommuneElsewhereError.
    """
    found = directory.current()
    parent = _place(found, era, province, "province")
    if parent is None:
        raise UnknownProvinceError
    if era == ERA_LEGACY:
        parent = _checked_district(found, parent, district)
    elif district:
        raise UnknownDistrictError
    _check_commune(found, era, parent, commune)


def convert_legacy(code: str) -> tuple[AreaChoice, ...]:
    """The communes of today where a legacy ward went: several if it was split, the default first.

    Takes an island district without wards as well; of a legacy province, the one of today. Empty
    for an unknown code and for other districts, which ended without a successor.
    """
    found = directory.current()
    places = (found.areas.get((ERA_TODAY, new)) for new in found.successors.get(code, ()))
    return tuple(place.choice for place in places if place)


def province_of(era: str, code: str) -> str:
    """The province code of an area, in the area's own era; empty if there is none."""
    place = directory.current().areas.get((era, code))
    return place.province_code if place else ""


def provincial_agencies() -> tuple[AgencyChoice, ...]:
    """The 34 provincial agencies: «[001] BHXH TP Hà Nội» (guides R05), by code."""
    return _agency_choices("")


def offices_below(provincial_code: str) -> tuple[AgencyChoice, ...]:
    """A provincial agency's offices, «[00114] BHXH cơ sở Thanh Trì (trước đây: …)», by code."""
    return _agency_choices(provincial_code) if provincial_code else ()


def office(code: str) -> OfficeView | None:
    """The agency in service under that code, an office or a provincial agency."""
    found = directory.current().offices.get(code)
    return found.view if found else None


def known_office(code: str) -> OfficeView:
    """The agency of a code that was checked when it was stored; of an ended one, who took over.

    Raises UnknownOfficeError.
    """
    found = office(code) or next(iter(successors(code)), None)
    if found is None:
        raise UnknownOfficeError
    return found


def office_name(code: str) -> str:
    """The name of an agency in service or ended; of one that was never known, its code."""
    return directory.current().office_names.get(code, code)


def successors(code: str) -> tuple[OfficeView, ...]:
    """Who does the work of an ended agency today, the default first; empty for any other."""
    found = directory.current()
    return tuple(found.offices[heir].view for heir in found.heirs.get(code, ()))


def receiving_office(code: str, era: str, area_code: str) -> OfficeView | None:
    """Where the work of an agency about an area (as `serving_office`) goes today.

    An agency in service keeps it; an ended one's goes to the successor that serves the area, or
    stands above who does, else to the default one. None for an unknown code.
    """
    found = directory.current()
    heirs = found.heirs.get(code, ())
    serving = _serving(found, era, area_code) if heirs else None
    if serving and serving.view.code in heirs:
        return serving.view
    if serving and serving.view.parent_code in heirs:
        return office(serving.view.parent_code)
    return office(code) or next(iter(successors(code)), None)


def is_below(office_code: str, provincial_code: str) -> bool:
    """Whether the office may be chosen there; the provincial agency may itself be (guides R05)."""
    found = office(office_code)
    return found is not None and provincial_code == (found.parent_code or found.code)


def check_office(*, office_code: str, provincial_code: str) -> OfficeView:
    """The chosen office. Raises UnknownOfficeError, OfficeElsewhereError."""
    found, agency = office(office_code), office(provincial_code)
    if found is None or agency is None or agency.level != "province":
        raise UnknownOfficeError
    if not is_below(office_code, provincial_code):
        raise OfficeElsewhereError(office=found.name, agency=agency.name)
    return found


def serving_office(era: str, commune_code: str) -> OfficeView | None:
    """The office that serves a commune; legacy: a ward or a district. None for an unknown code."""
    serving = _serving(directory.current(), era, commune_code)
    return serving.view if serving else None


def suggested_offices(era: str, commune_code: str) -> tuple[OfficeView, ...]:
    """The office that serves a commune, then the two nearest to it.

    Legacy: the code of a ward, or of a district. Empty for an unknown code.
    """
    found = directory.current()
    serving = _serving(found, era, commune_code)
    if serving is None:
        return ()
    near = found.nearest_offices(serving.view.code, SUGGESTED_OFFICES - 1)
    return (serving.view, *(found.offices[code].view for code in near))


def _place(found: Directory, era: str, code: str, level: str) -> Place | None:
    place = found.areas.get((era, code))
    return place if place and place.level == level else None


def _checked_district(found: Directory, province: Place, code: str) -> Place:
    district = _place(found, ERA_LEGACY, code, "district")
    if district is None:
        raise UnknownDistrictError
    if district.parent_code != province.code:
        raise DistrictElsewhereError(district=district.name, province=province.name)
    return district


def _check_commune(found: Directory, era: str, parent: Place, code: str) -> None:
    if not code and (era, parent.code) not in found.choices:
        return
    commune = _place(found, era, code, "commune")
    if commune is None:
        raise UnknownCommuneError
    if commune.parent_code != parent.code:
        raise CommuneElsewhereError(commune=commune.name, parent=parent.name)


def _agency_choices(parent_code: str) -> tuple[AgencyChoice, ...]:
    found = directory.current()
    views = (found.offices[code].view for code in found.offices_below.get(parent_code, ()))
    return tuple(AgencyChoice(view.code, view.name, view.label) for view in views)


def _serving(found: Directory, era: str, code: str) -> Office | None:
    place = found.areas.get((era, code))
    if place is None or place.level == "province":
        return None
    served = (era, code) if (era, code) in found.office_of_area else (era, place.parent_code)
    return found.offices.get(found.office_of_area.get(served, ""))
