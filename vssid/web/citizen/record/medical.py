"""«Sổ khám chữa bệnh»: one year of it, or the visits at a facility (guides I06)."""

from math import ceil
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from vssid.insurance import queries, rules
from vssid.insurance.discretion import headings_as, medical_book_as
from vssid.insurance.records import MedicalBook, VisitDetails, VisitHeading
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.text import clean
from vssid.people.visibility import Part
from vssid.web.citizen.record import figures, withheld, words
from vssid.web.citizen.record.reader import Reader
from vssid.web.ui.access import CitizenRequest
from vssid.web.ui.pages import render

FIRST_YEAR = 1995
LONGEST_SEARCH = 100
MOST_FOUND = 60
VISITS_A_PAGE = 30
LONGEST_NUMBER = 6


def medical_book(request: CitizenRequest, reader: Reader, year: int | None = None) -> HttpResponse:
    """One year; without a year, the latest that has a visit. `?tim=` looks for a facility.

    Sought without a year, it is sought through all of them.
    """
    this_year = vietnam_today(utc_now()).year
    if year is not None and not FIRST_YEAR <= year <= this_year:
        raise Http404
    # Who is not shown the places does not look for one.
    sought = request.GET.get("tim", "") if reader.sees_all(Part.MEDICAL_BOOK) else ""
    wanted = clean(sought)[:LONGEST_SEARCH]
    if wanted and year is None:
        return _all_years(request, reader, wanted)
    # What is not shown must not be found either.
    book = medical_book_as(
        queries.medical_book(reader.access, year),
        reader.sights[Part.MEDICAL_BOOK],
        reader.sights[Part.MEDICAL_DETAILS],
    )
    return _one_year(request, reader, book, wanted)


def _one_year(
    request: CitizenRequest, reader: Reader, book: MedicalBook, wanted: str
) -> HttpResponse:
    shown = rules.visits_at(book.visits, wanted) if wanted else book.visits
    whole = rules.shares_of(shown)
    pages = max(1, ceil(len(shown) / VISITS_A_PAGE))
    page = _page_number(request.GET.get("trang", ""), pages)
    on_page = shown[(page - 1) * VISITS_A_PAGE : page * VISITS_A_PAGE]
    return render(
        request,
        "citizen/record/medical_book.html",
        reader.page(_("Sổ khám chữa bệnh"), wide=True),
        reader=reader,
        notes=withheld.notes(reader.other, Part.MEDICAL_BOOK, Part.MEDICAL_DETAILS),
        book=book,
        wanted=wanted,
        links=_links(reader, book.years, book.year, wanted),
        count=len(shown),
        visits=_numbered(reader, book.visits, on_page),
        pages=(page, pages, _of_pages(reader, book.year, wanted)),
        whole=whole,
        whole_parts=figures.share_parts(whole, is_own=reader.other is None),
        papers=figures.paper_rows(on_page),
        cost_rows=figures.cost_rows,
        words=words,
    )


def _all_years(request: CitizenRequest, reader: Reader, wanted: str) -> HttpResponse:
    """The visits of every year at a facility, without their bills: each leads to its own year."""
    visits = headings_as(
        queries.visits(reader.access),
        reader.sights[Part.MEDICAL_BOOK],
        reader.sights[Part.MEDICAL_DETAILS],
    )
    found = rules.visits_at(visits, wanted)
    places = _places(visits)
    return render(
        request,
        "citizen/record/medical_search.html",
        reader.page(_("Sổ khám chữa bệnh"), wide=True),
        reader=reader,
        notes=withheld.notes(reader.other, Part.MEDICAL_BOOK, Part.MEDICAL_DETAILS),
        wanted=wanted,
        links=_links(reader, {year for year, _number in places.values()}, None, wanted),
        found=[(one, _address(reader, *places[one])) for one in found[:MOST_FOUND]],
        count=len(found),
    )


def _numbered(
    reader: Reader, visits: tuple[VisitDetails, ...], shown: tuple[VisitDetails, ...]
) -> list[tuple[int, VisitDetails, list[figures.Part]]]:
    """The visits shown with their place in the year, which search and links go by."""
    kept = {visit.id for visit in shown}
    return [
        (number, visit, figures.share_parts(rules.shares_of([visit]), is_own=reader.other is None))
        for number, visit in enumerate(visits, start=1)
        if visit.id in kept
    ]


def _places(visits: tuple[VisitHeading, ...]) -> dict[VisitHeading, tuple[int, int]]:
    """The year of each visit in Vietnam and its place in it, the newest first."""
    counts: dict[int, int] = {}
    places = {}
    for visit in visits:
        year = vietnam_today(visit.entered_at).year
        counts[year] = counts.get(year, 0) + 1
        places[visit] = (year, counts[year])
    return places


def _address(reader: Reader, year: int, number: int) -> str:
    page = ceil(number / VISITS_A_PAGE)
    sought = f"?trang={page}" if page > 1 else ""
    return f"{reader.to('medical-book-year', year=year)}{sought}#lan-{number}"


def _of_pages(reader: Reader, year: int, wanted: str) -> str:
    """The address of a page, with {page} for its number."""
    sought = f"&{urlencode({'tim': wanted})}" if wanted else ""
    return f"{reader.to('medical-book-year', year=year)}?trang={{page}}{sought}"


def _page_number(typed: str, pages: int) -> int:
    """The page asked for; what is none leads to the nearest there is."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER
    number = int(typed) if is_number else 1
    return min(max(number, 1), pages)


def _links(
    reader: Reader, years: tuple[int, ...] | set[int], current: int | None, wanted: str
) -> list[tuple[str, str, bool]]:
    """The years to switch between; what is sought goes along."""
    sought = f"?{urlencode({'tim': wanted})}" if wanted else ""
    this_year = vietnam_today(utc_now()).year
    listed = {*years, this_year} | ({current} if current else set())
    return [
        (str(one), reader.to("medical-book-year", year=one) + sought, one == current)
        for one in sorted(listed, reverse=True)
    ]
