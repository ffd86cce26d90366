"""What search engines ask for first: which pages there are, and which are none of theirs."""

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from math import ceil
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference import listed
from vssid.support.answers.bank import bank
from vssid.support.news import queries
from vssid.web.citizen.lookups.kinds import CONTRACT, EMPLOYERS, OFFICES, POINTS
from vssid.web.ui.access import public
from vssid.web.ui.display import route_exists
from vssid.web.ui.found import ALLOWED, LANGUAGE, OPEN, PRIVATE
from vssid.web.ui.origin import public_address

_MOST_ARTICLES = 5000
_SOON = "public, max-age=3600"
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
MOST_IN_A_MAP: Final = 50_000
"""Addresses in one file (sitemaps.org); more are split, and the first file names the parts."""

Row = tuple[str, str]
"""The path of a page, and the day of its last change, empty where that is not known."""


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every listed page in both languages; of more than one file's worth, where the parts are."""
    rows = list(islice(_rows(), MOST_IN_A_MAP + 1))
    if len(rows) <= MOST_IN_A_MAP:
        return _map(request, rows)
    count = ceil((len(rows) + sum(1 for _ in islice(_rows(), len(rows), None))) / MOST_IN_A_MAP)
    parts = (reverse("citizen:sitemap-part", kwargs={"part": at}) for at in range(1, count + 1))
    lines = "\n".join(
        f"<sitemap><loc>{escape(public_address(request, path))}</loc></sitemap>" for path in parts
    )
    return _xml(f"<sitemapindex {_SPACE}>\n{lines}\n</sitemapindex>")


@public
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """One file's worth of them, from 1."""
    first = (part - 1) * MOST_IN_A_MAP
    rows = list(islice(_rows(), first, first + MOST_IN_A_MAP)) if part else []
    if not rows:
        raise Http404
    return _map(request, rows)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What may be asked for: private parts and answers to questions are left out."""
    lines = [
        "User-agent: *",
        *(f"Allow: {path}" for path in ALLOWED),
        *(f"Disallow: {path}" for path in PRIVATE),
        "",
        f"Sitemap: {public_address(request, reverse('citizen:sitemap'))}",
    ]
    text = "\n".join(lines) + "\n"
    return _kept_a_while(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _rows() -> Iterator[Row]:
    return chain(_pages(), _articles(), _questions(), _entries())


def _pages() -> Iterator[Row]:
    for route in OPEN:
        if route_exists(route):
            yield reverse(route), ""


def _articles() -> Iterator[Row]:
    newest = queries.opened(utc_now()).order_by("-publish_at", "-id")
    for slug, changed in newest.values_list("slug", "changed_at")[:_MOST_ARTICLES]:
        yield reverse("citizen:news-article", kwargs={"slug": slug}), changed.date().isoformat()


def _questions() -> Iterator[Row]:
    for id_ in bank().questions:
        yield reverse("citizen:question", kwargs={"question": id_}), ""


def _entries() -> Iterator[Row]:
    """Of a facility that two look-ups show, one page; of 60,000 the address is not made anew."""
    today = vietnam_today(utc_now())
    for look_up, codes in (
        (OFFICES, listed.listed_offices),
        (CONTRACT, partial(listed.listed_facilities, today)),
        (EMPLOYERS, partial(listed.listed_employers, today)),
        (POINTS, partial(listed.listed_points, today)),
    ):
        above = reverse(f"citizen:lookup-{look_up.slug}")
        for code in codes():
            yield f"{above}{quote(code)}/", ""


def _map(request: HttpRequest, rows: list[Row]) -> HttpResponse:
    lines = "\n".join(_entry(request, path, changed) for path, changed in rows)
    space = f'{_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _xml(f"<urlset {space}>\n{lines}\n</urlset>")


def _xml(text: str) -> HttpResponse:
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
    return _kept_a_while(HttpResponse(text, content_type="application/xml; charset=utf-8"))


def _entry(request: HttpRequest, path: str, changed: str) -> str:
    vietnamese = escape(public_address(request, path))
    english = f"{vietnamese}?{LANGUAGE}=en"
    same = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in (("vi", vietnamese), ("en", english))
    )
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{vietnamese}</loc>{last}{same}</url>"


def _kept_a_while(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = _SOON
    return answer
