"""What search engines ask for first: which pages there are, and which are none of theirs."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vssid.kernel.clock import utc_now
from vssid.support.news import queries
from vssid.web.ui.access import public
from vssid.web.ui.display import route_exists
from vssid.web.ui.found import ALLOWED, LANGUAGE, OPEN, PRIVATE
from vssid.web.ui.origin import public_address

_MOST = 5000
_SOON = "public, max-age=3600"


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every listed page in both languages, and every open article with its last change."""
    entries = "\n".join(
        _entry(request, path, changed) for path, changed in (*_pages(), *_articles())
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}\n</urlset>\n"
    )
    return _kept_a_while(HttpResponse(text, content_type="application/xml; charset=utf-8"))


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


def _pages() -> Iterator[tuple[str, str]]:
    for route in OPEN:
        if route_exists(route):
            yield reverse(route), ""


def _articles() -> Iterator[tuple[str, str]]:
    newest = queries.opened(utc_now()).order_by("-publish_at", "-id")
    for slug, changed in newest.values_list("slug", "changed_at")[:_MOST]:
        yield reverse("citizen:news-article", kwargs={"slug": slug}), changed.date().isoformat()


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
