"""The entries of each directory, read from its table once for an index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Protocol

from django.db.models import Q

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import directory
from vssid.reference.directory import Directory
from vssid.reference.keys import sort_key_of
from vssid.reference.models import CollectionPoint, Employer, Facility, FacilityKind, PointKind
from vssid.reference.rows import ERA_LEGACY, ERA_TODAY, Point
from vssid.reference.searching.entries import Entry, Served
from vssid.reference.succeeding import last_heirs

HAS_CONTRACT: Final = 1
MAY_ISSUE_LEAVE: Final = 2
COLLECTS_VOLUNTARY: Final = 4
COLLECTS_HOUSEHOLD: Final = 8


_LONG_AGO: Final[dict[tuple[str, str], tuple[Served, ...]]] = {
    (ERA_LEGACY, "769"): (
        Served("Quận 2", ("Thành phố Hồ Chí Minh",)),
        Served("Quận 9", ("Thành phố Hồ Chí Minh",)),
    ),
}
"""Districts that ended before the data begins (1/1/2021) and that people still name."""
_PROVINCES_OF_OLD: Final = {
    "001": "BHXH tỉnh Hà Tây",
    "046": "BHXH tỉnh Thừa Thiên Huế",
    "079": "BHXH TP Sài Gòn",
}
"""The same of provinces (1/8/2008, 1/1/2025), by the agency of today."""


class _Row(Protocol):
    code: str
    name: str
    address: str
    commune_code: str
    latitude: float | None
    longitude: float | None
    former_names: str
    successors: str


def split_list(text: str) -> tuple[str, ...]:
    """What a field of several values holds: they are separated by semicolons."""
    return tuple(part for part in map(str.strip, text.split(";")) if part)


def has_contract_on(row: Facility, on: date) -> bool:
    """Whether a facility treats insured patients on a day, as far as its contract goes."""
    return row.has_contract and is_within(row.contract_from, row.contract_to, on)


def is_within(first: date | None, last: date | None, on: date) -> bool:
    """Whether a day lies in a time; empty days leave it open."""
    return (first is None or first <= on) and (last is None or last >= on)


def offices() -> Iterator[Entry]:
    """Agencies in service: also by the communes and former areas that they serve."""
    found = directory.current()
    served: defaultdict[str, list[Served]] = defaultdict(list)
    for area, agency in found.office_of_area.items():
        if area in found.areas:
            served[agency] += [Served(found.areas[area].name), *_LONG_AGO.get(area, ())]
    before = _before_by_office(found)
    merged = _merged_provinces(found)
    for code, office in found.offices.items():
        view = office.view
        names = [view.name, view.former_name, *office.known_as, *merged[code]]
        yield Entry(
            key=code,
            names=tuple(dict.fromkeys(name for name in names if name)),
            beside=(view.address, view.parent_name, *_provinces(found, code)),
            codes=tuple(office.codes),
            province=(view.parent_code or code)[1:3],
            point=office.point,
            sort_key=office.sort_key,
            serves=_each_once([*served[code], *before[code]]),
        )


def facilities() -> Iterator[Entry]:
    """Health facilities, those that ended too where nobody took over."""
    today = vietnam_today(utc_now())
    names = _names_with_predecessors(Facility)
    before = _before(directory.current())
    for row in Facility.objects.all():
        properties = HAS_CONTRACT if has_contract_on(row, today) else 0
        properties |= MAY_ISSUE_LEAVE if row.may_issue_leave else 0
        is_over = not is_within(row.valid_from, row.valid_to, today)
        if not (is_over and row.successors):
            # A station is for its commune; a hospital that stands there is for more.
            serves = before[row.commune_code] if row.kind == FacilityKind.STATION else ()
            yield _entry(row, names[row.code], properties, is_over=is_over, serves=serves)


def employers() -> Iterator[Entry]:
    """Employers, found by their tax code as well."""
    today = vietnam_today(utc_now())
    names = _names_with_predecessors(Employer)
    for row in Employer.objects.all():
        is_over = row.closed_on is not None and row.closed_on <= today
        if not (is_over and row.successors):
            yield _entry(row, names[row.code], is_over=is_over, tax_code=row.tax_code)


def points() -> Iterator[Entry]:
    """Collection points: an office's own counter is for all former communes of the office."""
    today = vietnam_today(utc_now())
    names = _names_with_predecessors(CollectionPoint)
    at, of_office = _before(directory.current()), _before_by_office(directory.current())
    for row in CollectionPoint.objects.all():
        properties = COLLECTS_VOLUNTARY if row.collects_voluntary else 0
        properties |= COLLECTS_HOUSEHOLD if row.collects_household else 0
        is_over = not is_within(row.valid_from, row.valid_to, today)
        if not (is_over and row.successors):
            is_counter = row.kind == PointKind.AGENCY
            serves = of_office[row.agency_code] if is_counter else at[row.commune_code]
            yield _entry(row, names[row.code], properties, is_over=is_over, serves=serves)


def _entry(
    row: _Row,
    also: list[str],
    properties: int = 0,
    *,
    is_over: bool,
    tax_code: str = "",
    serves: Sequence[Served] = (),
) -> Entry:
    areas = directory.current().areas
    commune = areas.get((ERA_TODAY, row.commune_code))
    province = areas.get((ERA_TODAY, commune.province_code)) if commune else None
    known = row.latitude is not None and row.longitude is not None
    return Entry(
        key=row.code,
        names=(row.name, *split_list(row.former_names), *also),
        beside=(row.address, *(place.name for place in (commune, province) if place)),
        codes=tuple({row.code, tax_code, tax_code.replace("-", "")}),
        province=province.code if province else getattr(row, "province_code", ""),
        commune=row.commune_code,
        point=Point(row.latitude or 0, row.longitude or 0) if known else None,
        properties=properties,
        is_ended=is_over,
        sort_key=sort_key_of(row.name),
        serves=_each_once(serves),
    )


def _names_with_predecessors(
    model: type[Facility] | type[Employer] | type[CollectionPoint],
) -> defaultdict[str, list[str]]:
    """By code, the names of those that ended and whose work is done there, after all of them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    heirs = heirs_of_ended(model)
    followed = model.objects.exclude(successors="")
    for name, former, successors in followed.values_list("name", "former_names", "successors"):
        lasting = [last for heir in split_list(successors) for last in last_heirs(heir, heirs)]
        for heir in dict.fromkeys(lasting):
            found[heir] += [name, *split_list(former)]
    return found


def heirs_of_ended(
    model: type[Facility] | type[Employer] | type[CollectionPoint],
) -> dict[str, tuple[str, ...]]:
    """By the code of each that is over, who took over next."""
    today = vietnam_today(utc_now())
    over = Q(closed_on__lte=today) if model is Employer else Q(valid_to__lt=today)
    rows = model.objects.filter(over).exclude(successors="")
    return {
        code: split_list(next_ones) for code, next_ones in rows.values_list("code", "successors")
    }


def _former_communes(found: Directory) -> dict[str, Served]:
    """By code, the communes of before 1/7/2025: their names, and where they were."""
    served = {}
    for (era, code), place in found.areas.items():
        if era == ERA_LEGACY and place.level == "commune":
            above = (place.parent_code, place.province_code)
            around = (found.areas.get((ERA_LEGACY, one)) for one in above)
            served[code] = Served(place.name, tuple(one.name for one in around if one))
    return served


def _before_by_office(found: Directory) -> defaultdict[str, list[Served]]:
    """By office, the communes of before 1/7/2025 of its district, and those in parts of others."""
    before: defaultdict[str, list[Served]] = defaultdict(list)
    for code, former in _former_communes(found).items():
        for place, office in enumerate(_serving(found, code)):
            before[office].append(former._replace(is_partly=place > 0))
    return before


def _serving(found: Directory, former_commune: str) -> Iterable[str]:
    """The office of its former district, then those of the communes of today that it became."""
    place = found.areas[ERA_LEGACY, former_commune]
    heirs = found.successors.get(former_commune, ())
    areas = [(ERA_LEGACY, place.parent_code), *((ERA_TODAY, heir) for heir in heirs)]
    offices = (found.office_of_area.get(area, "") for area in areas)
    return dict.fromkeys(office for office in offices if office)


def _before(found: Directory) -> defaultdict[str, list[Served]]:
    """By commune of today, those of before 1/7/2025 that it, or a part of it, was."""
    before: defaultdict[str, list[Served]] = defaultdict(list)
    for code, former in _former_communes(found).items():
        for place, heir in enumerate(found.successors.get(code, ())):
            before[heir].append(former._replace(is_partly=place > 0))
    return before


def _each_once(served: Iterable[Served]) -> tuple[Served, ...]:
    """Without those of a name that was there before: it leads to the same."""
    first: dict[str, Served] = {}
    for one in served:
        first.setdefault(one.name, one)
    return tuple(first.values())


def _merged_provinces(found: Directory) -> defaultdict[str, list[str]]:
    """By provincial agency, what the agencies of the former provinces were called."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for agency, name in _PROVINCES_OF_OLD.items():
        names[agency].append(name)
    for (era, code), place in found.areas.items():
        if era == ERA_LEGACY and place.level == "province":
            for heir in found.successors.get(code, ()):
                agency = found.office_of_area.get((ERA_TODAY, heir), "")
                names[agency].append(f"BHXH {place.name[:1].lower()}{place.name[1:]}")
    return names


def _provinces(found: Directory, office: str) -> Iterator[str]:
    """The former province whose number is in an office's code."""
    legacy = found.areas.get((ERA_LEGACY, office[1:3]))
    if legacy:
        yield legacy.name
