"""The list with its categories and its search, one article, its pictures, and the feed."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vssid.files.errors import FileErasedError, FileMissingError
from vssid.kernel.clock import utc_now
from vssid.kernel.text import clean
from vssid.support.news import queries, words
from vssid.support.news import searching as news_search
from vssid.support.news.errors import ArticleUnknownError
from vssid.support.news.models import Category
from vssid.web.ui.access import public, public_knowing
from vssid.web.ui.found import LANGUAGE
from vssid.web.ui.origin import public_address
from vssid.web.ui.page import Page
from vssid.web.ui.pages import etag_of_file, etag_of_open, render

_PER_PAGE, _IN_FEED, _LONGEST_SEARCH = 10, 30, 100
_FOR_EVER = "public, max-age=31536000, immutable"
_SOON = "public, max-age=300"


class _Feed(Atom1Feed):
    """A feed whose entries say in which language they are: what is not translated is Vietnamese."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]}


@public_knowing
def news(request: HttpRequest) -> HttpResponse:
    """«Tin tức»: pinned and newest first, by category, by words with or without accents."""
    now = utc_now()
    fresh = queries.freshness(now)
    etag = etag_of_open(request, *fresh)
    if unchanged := get_conditional_response(request, etag=etag):
        return _with_etag(unchanged, etag)
    wanted = clean(request.GET.get("tim", ""))[:_LONGEST_SEARCH]
    category = request.GET.get("muc", "")
    category = category if category in Category.values else ""
    shown, lines, is_alike = _shown(request, wanted, category, now, fresh)
    kept = {name: value for name, value in (("tim", wanted), ("muc", category)) if value}
    answer = render(
        request,
        "citizen/news/news.html",
        _page(category, shown.number, is_search=bool(wanted)),
        lines=lines,
        shown=shown,
        total=shown.paginator.count,
        is_alike=is_alike,
        wanted=wanted,
        category=category,
        categories=Category.choices,
        more="?" + urlencode({**kept, "trang": ""}) + "{page}",
    )
    return _with_etag(answer, etag)


@public_knowing
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; one that is not open (any more) is not found, and the list stands there."""
    now, language = utc_now(), get_language() or settings.LANGUAGE_CODE
    base = reverse("citizen:news") + "anh/"
    try:
        whole = queries.whole(slug, language=language, now=now, base=base)
    except ArticleUnknownError as error:
        page = Page(title=_("Không có tin này"), back=reverse("citizen:news"))
        return render(request, "citizen/news/gone.html", page, status=404, said=str(error))
    etag = etag_of_open(request, whole.line.changed_at, [one.address for one in whole.pictures])
    if unchanged := get_conditional_response(request, etag=etag):
        return _with_etag(unchanged, etag)
    page = Page(
        title=whole.line.title,
        heading=_("Tin tức"),
        back=reverse("citizen:news"),
        description=whole.line.summary,
        picture=whole.lead.address if whole.lead else "",
    )
    answer = render(request, "citizen/news/article.html", page, whole=whole)
    return _with_etag(answer, etag)


@public
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles as Atom (RFC 4287), each with its summary."""
    now, language = utc_now(), get_language() or settings.LANGUAGE_CODE
    fresh = queries.freshness(now)
    etag, changed = etag_of_file(request, *fresh), fresh.last
    if unchanged := get_conditional_response(request, etag=etag, last_modified=changed):
        return _soon(_with_etag(unchanged, etag))
    to = f"?{LANGUAGE}=en" if language == "en" else ""
    itself = public_address(request, reverse("citizen:news-feed") + to)
    made = _Feed(
        title=_("VssID – Tin tức"),
        link=public_address(request, reverse("citizen:news") + to),
        description=None,
        language=language,
        author_name="VssID",
        feed_url=itself,
        feed_guid=itself,
    )
    newest = queries.opened(now).order_by("-publish_at", "-id")[:_IN_FEED]
    for line in queries.lines(newest, language):
        address = reverse("citizen:news-article", kwargs={"slug": line.slug}) + to
        made.add_item(
            title=line.title,
            link=public_address(request, address),
            unique_id=public_address(request, address),
            lang=line.lang,
            # A summary of Atom's is HTML to who reads it.
            description=escape(line.summary),
            pubdate=line.at,
            updateddate=max(line.at, line.changed_at),
            categories=[str(line.category.label)],
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(answer, "utf-8")
    if changed:
        answer["Last-Modified"] = http_date(changed)
    return _soon(_with_etag(answer, etag))


@public
def picture(request: HttpRequest, picture: UUID) -> HttpResponse:
    """A picture of an open article; its content never changes under its address."""
    return _picture(picture, is_small=False)


@public
def small_picture(request: HttpRequest, picture: UUID) -> HttpResponse:
    """The same, at most 640 pixels a side."""
    return _picture(picture, is_small=True)


def _picture(picture: UUID, *, is_small: bool) -> HttpResponse:
    try:
        content = queries.open_picture(picture, now=utc_now(), is_small=is_small)
    except (ArticleUnknownError, FileErasedError, FileMissingError) as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = _FOR_EVER
    return answer


def _shown(
    request: HttpRequest, wanted: str, category: str, now: datetime, fresh: queries.Freshness
) -> tuple[Any, list[queries.Line], bool]:
    """A page of the list, its articles, and whether a search found only what is alike."""
    language = get_language() or settings.LANGUAGE_CODE
    asked = request.GET.get("trang", "1")
    if not words.search_words(wanted):
        listed = Paginator(queries.of_category(queries.opened(now), category), _PER_PAGE)
        shown = listed.get_page(asked)
        lines = queries.lines(shown.object_list, language)  # type: ignore[arg-type] # a queryset
        return shown, lines, False
    meant = news_search.search(wanted, category=category, now=now, fresh=fresh)
    found = Paginator(meant.ids, _PER_PAGE).get_page(asked)
    return found, queries.lines_of(tuple(found), language), meant.is_alike


def _page(category: str, number: int, *, is_search: bool) -> Page:
    """The frame of the list; pages and categories have addresses of their own, searches not."""
    listed = {"muc": category} if category else {}
    if number > 1:
        listed["trang"] = str(number)
    label = str(Category(category).label) if category else ""
    about = _("Tin tức bảo hiểm xã hội, bảo hiểm y tế") if listed and not is_search else ""
    return Page(
        title=_("Tin tức") + (f": {label}" if label else ""),
        heading=_("Tin tức"),
        back="/",
        description=": ".join(part for part in (about, label) if part) if about else "",
        listed_query=urlencode(listed),
    )


def _soon(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = _SOON
    # The language is a cookie's or the address's.
    answer["Vary"] = "Cookie"
    return answer


def _with_etag(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["ETag"] = etag
    return answer
