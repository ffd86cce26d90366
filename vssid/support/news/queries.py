"""Reads of news: what everybody may read now, and everything for the editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from markupsafe import Markup

from vssid.files.pictures import shrink
from vssid.files.queries import read_file
from vssid.support.news import errors, words
from vssid.support.news.models import Article, ArticlePicture, ArticleVersion, Category

SMALL_SIDE = 640
"""The longest side of a picture in a list, in pixels."""


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list. `lang` is the language it is shown in."""

    slug: str
    category: Category
    title: str
    summary: str
    lang: str
    at: datetime
    changed_at: datetime
    is_pinned: bool


class Freshness(NamedTuple):
    """How many articles are open; the last change of one, and when the last came and went."""

    how_many: int
    changed_at: datetime | None
    publish_at: datetime | None
    withdraw_at: datetime | None

    @property
    def last(self) -> int | None:
        """Seconds of the epoch since when the list is as it is; None where nothing ever came."""
        times = [at for at in (self.changed_at, self.publish_at, self.withdraw_at) if at]
        return int(max(times).timestamp()) if times else None


@dataclass(frozen=True, slots=True)
class Whole:
    """An article as it is read; the first of its pictures stands above the words."""

    line: Line
    html: Markup
    pictures: tuple[words.Picture, ...]
    has_english: bool

    @property
    def lead(self) -> words.Picture | None:
        """The picture above the words."""
        return self.pictures[0] if self.pictures else None


def opened(now: datetime) -> QuerySet[Article]:
    """What everybody may read now, pinned ones first, then the newest."""
    is_over = Q(withdraw_at__isnull=False, withdraw_at__lte=now)
    found = Article.objects.filter(publish_at__lte=now).exclude(is_over)
    return found.order_by("-is_pinned", "-publish_at", "-id")


def of_category(found: QuerySet[Article], category: str) -> QuerySet[Article]:
    """Those of a category; all of them for what is none."""
    return found.filter(category=category) if category in Category.values else found


def matching(found: QuerySet[Article], *, wanted: str) -> QuerySet[Article]:
    """For editors: those that hold every word of a search, accents or not."""
    for word in words.search_words(wanted):
        found = found.filter(search_text__contains=word)
    return found


def lines(found: QuerySet[Article], language: str) -> list[Line]:
    """One read of the columns that a list shows."""
    return [_line(row, language) for row in found.values(*_LINE)]


def lines_of(ids: Sequence[str], language: str) -> list[Line]:
    """The same of some, in the order of their ids; one read."""
    rows = {str(row["id"]): row for row in Article.objects.filter(pk__in=ids).values("id", *_LINE)}
    return [_line(rows[one], language) for one in ids if one in rows]


def whole(slug: str, *, language: str, now: datetime, base: str) -> Whole:
    """An open article; `base` is where pictures lie. Raises ArticleUnknownError."""
    article = opened(now).filter(slug=slug).first()
    if article is None:
        raise errors.ArticleUnknownError
    return drawn(article, language=language, base=base)


def drawn(article: Article, *, language: str, base: str) -> Whole:
    """An article whatever its stage; the address of a picture is `base`, its id, `.jpg`."""
    is_english = language == "en" and bool(article.title_en)
    shown = tuple(
        words.Picture(
            number=one.number,
            address=f"{base}{one.id}.jpg",
            alt=(is_english and one.alt_en) or one.alt,
            width=one.width,
            height=one.height,
        )
        for one in pictures(article)
    )
    row = {name: getattr(article, name) for name in _LINE}
    return Whole(
        line=_line(row, language),
        html=words.to_html(article.body_en if is_english else article.body, shown),
        pictures=shown,
        has_english=bool(article.title_en),
    )


def article(article_id: UUID) -> Article:
    """For editors. Raises ArticleUnknownError."""
    found = Article.objects.filter(pk=article_id).first()
    if found is None:
        raise errors.ArticleUnknownError
    return found


def all_articles() -> QuerySet[Article]:
    """For editors: the last changed first."""
    return Article.objects.order_by("-changed_at", "-id")


def pictures(article: Article) -> list[ArticlePicture]:
    """In the order of their numbers."""
    return list(ArticlePicture.objects.filter(article=article).order_by("number"))


def versions(article: Article) -> list[ArticleVersion]:
    """The newest first."""
    return list(ArticleVersion.objects.filter(article=article).order_by("-number"))


def open_picture(picture_id: UUID, *, now: datetime, is_small: bool) -> bytes:
    """The JPEG of a picture whose article is open. Raises ArticleUnknownError, errors of files."""
    file = (
        ArticlePicture.objects.filter(
            pk=picture_id, article__in=opened(now).order_by().values("pk")
        )
        .values_list("file", flat=True)
        .first()
    )
    if file is None:
        raise errors.ArticleUnknownError
    content = read_file(file)
    return shrink(content, longest_side=SMALL_SIDE) if is_small else content


def picture(article_id: UUID, picture_id: UUID) -> bytes:
    """For editors: the JPEG of a picture. Raises ArticleUnknownError, and the errors of files."""
    found = ArticlePicture.objects.filter(article=article_id, pk=picture_id).first()
    if found is None:
        raise errors.ArticleUnknownError
    return read_file(found.file)


def freshness(now: datetime) -> Freshness:
    """Changes whenever the list of open news does, by a change or by an hour that came."""
    is_over = Q(withdraw_at__lte=now)
    came = Article.objects.filter(publish_at__lte=now)
    found = came.aggregate(
        how_many=Count("pk", filter=~is_over | Q(withdraw_at=None)),
        changed_at=Max("changed_at"),
        publish_at=Max("publish_at"),
        withdraw_at=Max("withdraw_at", filter=is_over),
    )
    return Freshness(**found)


_LINE = (
    *("slug", "category", "title", "summary", "title_en", "summary_en"),
    *("publish_at", "changed_at", "is_pinned"),
)


def _line(row: dict[str, Any], language: str) -> Line:
    is_english = language == "en" and bool(row["title_en"])
    return Line(
        slug=row["slug"],
        category=Category(row["category"]),
        title=row["title_en"] if is_english else row["title"],
        summary=row["summary_en"] if is_english else row["summary"],
        lang="en" if is_english else "vi",
        at=row["publish_at"] or row["changed_at"],
        changed_at=row["changed_at"],
        is_pinned=row["is_pinned"],
    )
