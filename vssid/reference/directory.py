"""The directory in the memory of a process: 15,000 rows that change once in years.

Lists and addresses stand on most pages, so they cost no query. Each minute at most one request asks
whether a load has replaced the data; a new day counts as well, because rows begin and end by date.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import nsmallest
from threading import Lock
from typing import Final

from django.conf import settings

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference.choices import AreaChoice, OfficeView, label_of
from vssid.reference.models import (
    Agency,
    AgencyArea,
    AgencySuccession,
    Area,
    AreaSuccession,
    DataSet,
)
from vssid.reference.placing import distance_km
from vssid.reference.rows import ERA_TODAY, Point
from vssid.reference.seats import seat

LEARNED_WITHIN: Final = timedelta(seconds=60)
"""After that long every process knows what has changed."""

_CHECK_EVERY_SECONDS: Final = LEARNED_WITHIN.total_seconds()


@dataclass(frozen=True, slots=True)
class Place:
    """An area as the directory keeps it."""

    code: str
    name: str
    short_name: str
    level: str
    parent_code: str
    province_code: str

    @property
    def choice(self) -> AreaChoice:
        """The line of a list: «01 - Thành phố Hà Nội»."""
        return AreaChoice(self.code, self.name, f"{self.code} - {self.name}")


@dataclass(frozen=True, slots=True)
class Office:
    """An agency; its codes are also those of whom it took over from, `known_as` are their names."""

    view: OfficeView
    codes: frozenset[str]
    sort_key: str
    known_as: tuple[str, ...] = ()

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known."""
        if self.view.latitude is None or self.view.longitude is None:
            return None
        return Point(self.view.latitude, self.view.longitude)


class Directory:
    """Areas, agencies and what leads from one to another, as of one day."""

    def __init__(self, today: date) -> None:
        self.areas: dict[tuple[str, str], Place] = {}
        self.choices: dict[tuple[str, str], tuple[AreaChoice, ...]] = {}
        self.successors: dict[str, tuple[str, ...]] = {}
        self.offices: dict[str, Office] = {}
        self.office_names: dict[str, str] = {}
        self.heirs: dict[str, tuple[str, ...]] = {}
        self.offices_below: dict[str, tuple[str, ...]] = {}
        self.office_of_area: dict[tuple[str, str], str] = {}
        self._nearest: dict[str, tuple[str, ...]] = {}
        self._read_areas()
        self._read_successions()
        self._read_offices(today)

    def nearest_offices(self, code: str, count: int) -> tuple[str, ...]:
        """The codes of the offices nearest to one, at most 9; measured once for each (3 ms)."""
        if code not in self._nearest:
            self._nearest[code] = self._measured(code)
        return self._nearest[code][:count]

    def _measured(self, code: str) -> tuple[str, ...]:
        here = self.offices[code].point
        if here is None:
            return ()
        others = (
            (distance_km(here, entry.point), other)
            for other, entry in self.offices.items()
            if entry.point and entry.view.level == "office" and other != code
        )
        return tuple(other for _, other in nsmallest(9, others))

    def _read_areas(self) -> None:
        """By code, the order of the official lists and of the labels, which begin with it."""
        columns = ("era", "code", "name", "short_name", "level", "parent_code", "province_code")
        below: defaultdict[tuple[str, str], list[AreaChoice]] = defaultdict(list)
        for era, *values in Area.objects.order_by("code").values_list(*columns):
            place = Place(*values)
            self.areas[era, place.code] = place
            below[era, place.parent_code].append(place.choice)
        self.choices = {key: tuple(found) for key, found in below.items()}

    def _read_successions(self) -> None:
        rows = AreaSuccession.objects.order_by("-is_default", "new_code")
        found: defaultdict[str, list[str]] = defaultdict(list)
        for old, new in rows.values_list("old_code", "new_code"):
            found[old].append(new)
        self.successors = {old: tuple(new) for old, new in found.items()}

    def _read_offices(self, today: date) -> None:
        agencies = list(Agency.objects.select_related("parent").order_by("code"))
        self.office_names = {agency.code: agency.name for agency in agencies}
        in_service = {agency.code for agency in agencies if _serves(agency, today)}
        self.heirs = _heirs(in_service)
        ended: defaultdict[str, list[Agency]] = defaultdict(list)
        for agency in agencies:
            for heir in self.heirs.get(agency.code, ()):
                ended[heir].append(agency)
        below: defaultdict[str, list[str]] = defaultdict(list)
        for agency in agencies:
            if agency.code in in_service:
                self.offices[agency.code] = _office(agency, ended.get(agency.code, []))
                below[agency.parent_id or ""].append(agency.code)
        self.offices_below = {parent: tuple(codes) for parent, codes in below.items()}
        # An era's last areas stay served: legacy addresses are still entered and converted.
        rows = AgencyArea.objects.filter(agency__in=list(self.offices)).order_by("valid_from")
        for era, area, office in rows.values_list("era", "area_code", "agency_id"):
            self.office_of_area[era, area] = office
        self._place_offices(agency.code for agency in agencies if agency.contact_is_public)

    def _place_offices(self, public: Iterable[str]) -> None:
        """The province of each, and the commune of today of those whose address is no demo's."""
        for code, office in self.offices.items():
            province = self.areas.get((ERA_TODAY, (office.view.parent_code or code)[1:3]))
            view = replace(office.view, province=province.name if province else "")
            self.offices[code] = replace(office, view=view)
        todays: defaultdict[str, list[str]] = defaultdict(list)
        before: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for (era, area), place in self.areas.items():
            key = area if era == ERA_TODAY else place.parent_code
            office_code = self.office_of_area.get((era, key), "")
            if place.level == "commune" and era == ERA_TODAY:
                todays[office_code].append(place.name)
            elif place.level == "commune":
                heir = self.areas.get((ERA_TODAY, next(iter(self.successors.get(area, ())), "")))
                before[office_code][place.name] = heir.name if heir else ""
        for code in self.offices.keys() & set(public):
            office = self.offices[code]
            commune = seat(office.view.address, todays[code], before[code])
            self.offices[code] = replace(office, view=replace(office.view, commune=commune))


def current() -> Directory:
    """The directory as loaded, at most a minute old; built on first use (about 0.2 s)."""
    return _memory.current()


def forget() -> None:
    """Look again at the next question; every load calls it after its commit."""
    _memory.forget()


def _serves(agency: Agency, today: date) -> bool:
    begun = agency.valid_from is None or agency.valid_from <= today
    return begun and (agency.valid_to is None or agency.valid_to >= today)


def _heirs(in_service: set[str]) -> dict[str, tuple[str, ...]]:
    """Who does the work of each ended agency today, the default first, over several endings."""
    rows = AgencySuccession.objects.order_by("-is_default", "new_id")
    next_ones: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in rows.values_list("old_id", "new_id"):
        next_ones[old].append(new)

    def follow(code: str, seen: frozenset[str]) -> list[str]:
        if code in in_service:
            return [code]
        nearer = [one for one in next_ones[code] if one not in seen]
        return [last for one in nearer for last in follow(one, seen | {one})]

    found = {code: follow(code, frozenset({code})) for code in list(next_ones)}
    return {
        code: tuple(dict.fromkeys(heirs)) for code, heirs in found.items() if code not in in_service
    }


def _office(agency: Agency, ended: Sequence[Agency]) -> Office:
    view = OfficeView(
        code=agency.code,
        level=agency.level,
        name=agency.name,
        former_name=agency.former_name,
        address=agency.address,
        phone=agency.phone or settings.VSSID_HOTLINE,
        phone_is_hotline=not agency.phone,
        latitude=agency.latitude,
        longitude=agency.longitude,
        parent_code=agency.parent_id or "",
        parent_name=agency.parent.name if agency.parent else "",
        is_derived=agency.is_derived,
        took_over=tuple(label_of(one.code, one.name, one.former_name) for one in ended),
    )
    return Office(
        view=view,
        codes=frozenset(one.code for one in (agency, *ended)),
        sort_key=agency.sort_key,
        known_as=tuple(name for one in ended for name in (one.name, one.former_name) if name),
    )


class _Memory:
    """One directory for all threads; whoever finds it stale builds the next one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._directory: Directory | None = None
        self._version: tuple[object, ...] = ()
        self._checked_at = 0.0

    def current(self) -> Directory:
        directory = self._directory
        if directory is not None and time.monotonic() - self._checked_at < _CHECK_EVERY_SECONDS:
            return directory
        with self._lock:
            today = vietnam_today(utc_now())
            version = (today, *_fingerprints())
            if self._directory is None or version != self._version:
                self._directory = Directory(today)
                self._version = version
            # Nothing is loaded yet: ask again at once.
            self._checked_at = time.monotonic() if len(version) > 1 else float("-inf")
            return self._directory

    def forget(self) -> None:
        with self._lock:
            self._directory = None


def _fingerprints() -> Iterable[object]:
    return DataSet.objects.order_by("name").values_list("name", "fingerprint", "loaded_at")


_memory = _Memory()
