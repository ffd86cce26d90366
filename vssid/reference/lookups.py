"""The public look-ups: agencies, health facilities, employers, collection points (guides U02).

What is found comes from the indexes in memory (`searching`), what is shown from the tables.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Final, Generic, TypeVar

from django.db.models import Q, QuerySet

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import clean, is_unaccented
from vssid.reference import bearing, queries
from vssid.reference.choices import (
    EmployerView,
    EntryView,
    FacilityView,
    Named,
    OfficeView,
    PointView,
)
from vssid.reference.models import CollectionPoint, Employer, Facility
from vssid.reference.rows import Point
from vssid.reference.searching import memory, sources
from vssid.reference.searching.asking import is_asking, without_asking, without_kinds_of_area
from vssid.reference.searching.entries import Entry, Hit, Narrowing, Served
from vssid.reference.searching.index import Index
from vssid.reference.searching.nearness import without_nearness
from vssid.reference.searching.words import words_of
from vssid.reference.showing import employer_view, facility_view, point_view

A_PAGE: Final = 10
MOST_FOUND: Final = 60
"""A text is answered with so many at most: who has not found it by then says more."""

_IN_SIGHT: Final = 3

View = TypeVar("View", bound=OfficeView | EntryView)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a text, areas of today by code, a point to be near to, a page from 1."""

    text: str = ""
    province: str = ""
    commune: str = ""
    here: Point | None = None
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked yet."""
        return not (self.text or self.province or self.here)


@dataclass(frozen=True, slots=True)
class Found(Generic[View]):
    """One page of answers, the best or the nearest first.

    `distances`: kilometres by code, when a point was given. `total`: how many there are, `pages` of
    them; `is_cut`: there would be more, which only a more exact question brings. `served`: by code,
    the area through which one was found, not by its name; `exact`: the codes of the page that have
    each word of the question; `replaced`: by code, the name of one whose work is done there after
    it, where that name was meant and not its own; `is_alike`: none of the first has each, slips
    forgiven. `near`: by code, of those that are only of the right kind, since nothing of that kind
    has the name: what has the name, and how far from it they are in kilometres. `namesakes`: how
    many communes of before 1/7/2025 bore the name that was typed, by province; 0 where it needs no
    choice. `named`: how many of the first have exactly the name that was typed. `asks_near`:
    nearness was asked for in words, which only the place of the device can answer. `lacking`: who
    bears the name but has not what was asked for, where nobody that has it bears it.
    """

    views: Sequence[View] = ()
    distances: Mapping[str, float] = field(default_factory=dict)
    total: int = 0
    page: int = 1
    pages: int = 1
    is_cut: bool = False
    served: Mapping[str, Served] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    is_alike: bool = False
    near: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    namesakes: int = 0
    named: int = 0
    asks_near: bool = False
    lacking: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Listing(Generic[View]):
    """A directory narrowed to a question: its index, which of it, and its rows by their codes."""

    index: Index
    narrowing: Narrowing
    views: Callable[[Sequence[str]], dict[str, View]]


def facility(code: str) -> FacilityView | None:
    """The facility of that code, whether or not it is still in service."""
    found = Facility.objects.filter(code=code.strip().upper()).first()
    return facility_view(found, _today()) if found else None


def facility_with_contract(code: str, on: date) -> FacilityView | None:
    """The facility of that code, while it is in service and treats insured patients."""
    found = _in_service(Facility.objects.filter(code=code), on).first()
    has_contract = found is not None and sources.has_contract_on(found, on)
    return facility_view(found, on) if found and has_contract else None


def employer(code: str) -> EmployerView | None:
    """The employer of that code, whether or not it is still there."""
    found = Employer.objects.filter(code=code.strip().upper()).first()
    return employer_view(found, _today()) if found else None


def collection_point(code: str) -> PointView | None:
    """The collection point of that code, whether or not it still collects."""
    found = CollectionPoint.objects.filter(code=code.strip().upper()).first()
    return point_view(found, _today()) if found else None


def find_agencies(wanted: Wanted) -> Found[OfficeView]:
    """Agencies in service; the names of today and before, what they serve, whom they followed."""
    return _found(agencies(wanted), wanted)


def find_facilities(
    wanted: Wanted, *, has_contract: bool = False, may_issue_leave: bool = False
) -> Found[FacilityView]:
    """Health facilities, where asked for only those with a BHYT contract today, or the right."""
    listing = facilities(wanted, has_contract=has_contract, may_issue_leave=may_issue_leave)
    return _found(listing, wanted)


def find_employers(wanted: Wanted) -> Found[EmployerView]:
    """Employers, by tax code too."""

    def views(codes: Sequence[str]) -> dict[str, EmployerView]:
        rows, today = Employer.objects.filter(code__in=codes), _today()
        return {row.code: employer_view(row, today) for row in rows}

    narrowing = Narrowing(wanted.province, wanted.commune)
    return _found(Listing(memory.employers(), narrowing, views), wanted)


def find_collection_points(wanted: Wanted) -> Found[PointView]:
    """Collection points."""

    def views(codes: Sequence[str]) -> dict[str, PointView]:
        rows, today = CollectionPoint.objects.filter(code__in=codes), _today()
        return {row.code: point_view(row, today) for row in rows}

    narrowing = Narrowing(wanted.province, wanted.commune)
    return _found(Listing(memory.points(), narrowing, views), wanted)


def agencies(wanted: Wanted) -> Listing[OfficeView]:
    """The agencies that a question is about."""

    def views(codes: Sequence[str]) -> dict[str, OfficeView]:
        found = {code: queries.office(code) for code in codes}
        return {code: view for code, view in found.items() if view is not None}

    # An agency serves many communes: it is looked for by the name of one, not narrowed to it.
    return Listing(memory.offices(), Narrowing(wanted.province), views)


def facilities(
    wanted: Wanted, *, has_contract: bool = False, may_issue_leave: bool = False
) -> Listing[FacilityView]:
    """The health facilities that a question is about."""
    properties = sources.HAS_CONTRACT if has_contract else 0
    properties |= sources.MAY_ISSUE_LEAVE if may_issue_leave else 0

    def views(codes: Sequence[str]) -> dict[str, FacilityView]:
        rows, today = Facility.objects.filter(code__in=codes), _today()
        return {row.code: facility_view(row, today) for row in rows}

    narrowing = Narrowing(wanted.province, wanted.commune, properties)
    return Listing(memory.facilities(), narrowing, views)


def hits_of(listing: Listing[View], wanted: Wanted) -> tuple[Sequence[Hit], Mapping[str, float]]:
    """What a question finds, the best or the nearest first, and kilometres by code."""
    return _hits(listing.index, wanted, listing.narrowing)


def _found(listing: Listing[View], wanted: Wanted) -> Found[View]:
    if wanted.is_empty:
        return Found()
    hits, distances = _hits(listing.index, wanted, listing.narrowing)
    pages = max(1, ceil(len(hits) / A_PAGE))
    page = min(max(1, wanted.page), pages)
    here = {hit.entry.key: hit for hit in hits[(page - 1) * A_PAGE : page * A_PAGE]}
    codes = list(here)
    shown = listing.views(codes)
    return Found(
        views=[shown[code] for code in codes if code in shown],
        distances=distances,
        total=len(hits),
        page=page,
        pages=pages,
        is_cut=bool(wanted.text) and len(hits) == MOST_FOUND,
        served={code: hit.served for code, hit in here.items() if hit.served},
        replaced=replaced(hits, shown, wanted.text),
        exact=frozenset(code for code, hit in here.items() if hit.has_all),
        is_alike=bool(hits) and not any(hit.has_each for hit in hits[:A_PAGE]),
        near={code: hit.near for code, hit in here.items() if hit.near},
        namesakes=_namesakes(hits),
        named=len(of_the_name([hit.entry for hit in hits[:A_PAGE]], wanted.text)),
        asks_near=asks_near(wanted),
        lacking=lacking(listing, wanted),
    )


def lacking(listing: Listing[View], wanted: Wanted) -> tuple[Named, ...]:
    """Who bears the name that was typed, but has not what was asked for."""
    text, _ = without_nearness(wanted.text)
    return bearing.left_out(listing.index, listing.narrowing, text)


def asks_near(wanted: Wanted) -> bool:
    """Whether words ask for what is near, and no place was given."""
    return wanted.here is None and without_nearness(wanted.text)[1]


def of_the_name(entries: Sequence[Entry], text: str) -> list[Entry]:
    """Those that have exactly the name that was typed, with its accents if any of them has."""
    words = words_of(text)
    same = [one for one in entries if any(words_of(name) == words for name in one.names)]
    typed = clean(text).lower()
    accented = [one for one in same if typed in {clean(name).lower() for name in one.names}]
    return same if is_unaccented(text) else accented or same


def replaced(
    hits: Iterable[Hit], views: Mapping[str, OfficeView | EntryView], text: str
) -> dict[str, str]:
    """By code, for whom those took over that were found by that name."""
    shown = ((hit, views[hit.entry.key]) for hit in hits if hit.entry.key in views)
    names = {view.code: _replaced(hit, view, text) for hit, view in shown}
    return {code: name for code, name in names.items() if name}


def _replaced(hit: Hit, view: OfficeView | EntryView, text: str) -> str:
    """The name by which an entry was found, if none of its own has those words too."""
    if hit.served or not hit.called or hit.called in view.names:
        return ""
    told, typed = set(words_of(hit.called)), set(words_of(text))
    own = [set(words_of(name)) for name in view.names]
    return "" if any(told <= words or typed <= words for words in own) else hit.called


def _namesakes(hits: Sequence[Hit]) -> int:
    """How many former communes have the name of the best answer; 0 for few, which are in sight."""
    meant = [hit.served for hit in hits if hit.served and hit.has_all]
    if not (hits and hits[0].has_all and hits[0].served and meant[0].where):
        return 0
    places = {one.where for one in meant if one.name == meant[0].name}
    return len(places) if len(places) > _IN_SIGHT else 0


def _hits(
    index: Index, wanted: Wanted, narrowing: Narrowing
) -> tuple[Sequence[Hit], dict[str, float]]:
    text, _ = without_nearness(wanted.text)
    here = wanted.here
    if here is None:
        if text:
            return _named(text, lambda asked: index.hits(asked, narrowing, MOST_FOUND)), {}
        return [Hit(one) for one in index.listed(narrowing)], {}
    distances: dict[str, float] = {}

    def nearest(asked: str) -> Sequence[Hit]:
        near = index.near(asked, here, narrowing, A_PAGE)
        distances.update((hit.entry.key, distance) for hit, distance in near)
        return [hit for hit, _ in near]

    if text:
        return _named(text, nearest), distances
    around = index.nearest(here, narrowing, A_PAGE)
    return [Hit(one) for one, _ in around], {one.key: distance for one, distance in around}


def _named(text: str, find: Callable[[str], Sequence[Hit]]) -> Sequence[Hit]:
    """What a text names; where the best has not all of it, what it names without asking words."""
    found: list[Sequence[Hit]] = []
    for plain in (text, *without_asking(text)):
        found.append(find(plain))
        best = next(iter(found[-1]), None)
        # A slip in a word around a name may look like another name.
        may_slip = (plain != text or not is_asking(text)) and best is not None and not best.near
        is_meant = best is not None and (best.has_all or (best.has_each and may_slip))
        if best and is_meant and not best.served:
            return found[-1]
        # Who bears the name, whatever kind its area was, comes before who serves a place of it.
        bare = without_kinds_of_area(plain)
        named = find(bare) if bare != plain else ()
        if named and named[0].has_all and not named[0].served:
            return named
        if is_meant:
            return found[-1]
    alike = (hits for hits in found if any(hit.has_each for hit in hits))
    return next(alike, None) or next(filter(None, found), ())


def _in_service(rows: QuerySet[Facility], today: date) -> QuerySet[Facility]:
    return rows.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )


def _today() -> date:
    return vietnam_today(utc_now())
