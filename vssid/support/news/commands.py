"""The only writers of news: saved, pictures added and dropped, taken down, an old version back."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.files.pictures import accept_photo
from vssid.staff import rules as staff
from vssid.staff.models import Officer
from vssid.support.news import errors, words
from vssid.support.news.models import Article, ArticlePicture, ArticleVersion, Category
from vssid.support.news.rules import Stage, is_too_late, stage

PURPOSE = "news.picture"
_TIMES = ("publish_at", "withdraw_at")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything of an article that an editor decides; bodies are Markdown."""

    category: Category
    title: str
    summary: str
    body: str
    title_en: str = ""
    summary_en: str = ""
    body_en: str = ""
    is_pinned: bool = False
    publish_at: datetime | None = None
    withdraw_at: datetime | None = None


def open_article(*, content: Content, by: Officer, now: datetime) -> Article:
    """Begin an article; its address comes from the title and stays.

    Raises MayNotPublishError, NothingToReadError, EnglishIncompleteError, TimesReversedError,
    HourPassedError.
    """
    _check(content, by)
    if is_too_late(content.publish_at, None, now):
        raise errors.HourPassedError
    with transaction.atomic():
        article = Article(slug=_free_slug(content.title), version=0, created_at=now)
        return _save(article, content, "news.open", by, now)


def change_article(
    *, article_id: UUID, content: Content, seen: int, by: Officer, now: datetime
) -> Article:
    """Save a new version over the version that was `seen`. Locks the article.

    Raises ArticleUnknownError, ChangedMeanwhileError, and what `open_article` does.
    """
    _check(content, by)
    with transaction.atomic():
        article = _locked(article_id)
        if article.version != seen:
            raise errors.ChangedMeanwhileError
        if is_too_late(content.publish_at, article.publish_at, now):
            raise errors.HourPassedError
        return _save(article, content, "news.change", by, now)


def withdraw_article(*, article_id: UUID, by: Officer, now: datetime) -> Article:
    """Take an article down at once, or let a scheduled one be a draft again. Locks the article.

    Raises MayNotPublishError, ArticleUnknownError, NotShownError.
    """
    _check_role(by)
    with transaction.atomic():
        article = _locked(article_id)
        known = _content_of(article)
        changed: dict[str, datetime | None]
        match stage(article, now):
            case Stage.OPEN:
                changed = {"withdraw_at": now}
            case Stage.SCHEDULED:
                changed = dict.fromkeys(_TIMES)
            case _:
                raise errors.NotShownError
        content = Content(**{**asdict(known), **changed, "is_pinned": False})
        return _save(article, content, "news.withdraw", by, now)


def bring_back(*, article_id: UUID, number: int, by: Officer, now: datetime) -> Article:
    """Save the words of an old version as the newest; times and pin stay. Locks the article.

    Raises MayNotPublishError, ArticleUnknownError.
    """
    _check_role(by)
    with transaction.atomic():
        article = _locked(article_id)
        old = ArticleVersion.objects.filter(article=article, number=number).first()
        if old is None:
            raise errors.ArticleUnknownError
        times = {name: getattr(article, name) for name in (*_TIMES, "is_pinned")}
        content = Content(**{**old.content, **times})
        return _save(article, content, "news.bring-back", by, now)


def add_picture(
    *, article_id: UUID, picture: bytes, alt: str, alt_en: str, by: Officer
) -> ArticlePicture:
    """Take in a picture as photos are (guides R04): checked, made anew, without metadata.

    Locks the article. Raises MayNotPublishError, ArticleUnknownError, AltMissingError,
    TooManyPicturesError, and a PhotoRefusedError of vssid.files.
    """
    _check_role(by)
    if not alt:
        raise errors.AltMissingError
    made = accept_photo(picture, max_bytes=settings.VSSID_PHOTO_MAX_BYTES)
    with transaction.atomic():
        article = _locked(article_id)
        known = ArticlePicture.objects.filter(article=article)
        if known.count() >= settings.VSSID_NEWS_PICTURES:
            raise errors.TooManyPicturesError(allowed=settings.VSSID_NEWS_PICTURES)
        stored = files.store_file(
            content=made.jpeg, media_type="image/jpeg", purpose=PURPOSE, by=by.actor
        )
        last: int = known.aggregate(last=Max("number"))["last"] or 0
        added = ArticlePicture.objects.create(
            article=article,
            number=last + 1,
            file=stored.id,
            width=made.width,
            height=made.height,
            alt=alt,
            alt_en=alt_en,
        )
        _touch(article, "news.add-picture", by, number=added.number)
    return added


def drop_picture(*, article_id: UUID, number: int, by: Officer) -> None:
    """Erase a picture. Locks the article. Raises MayNotPublishError, ArticleUnknownError."""
    _check_role(by)
    with transaction.atomic():
        article = _locked(article_id)
        found = ArticlePicture.objects.filter(article=article, number=number).first()
        if found is None:
            raise errors.ArticleUnknownError
        files.erase_file(file_id=found.file, by=by.actor)
        found.delete()
        _touch(article, "news.drop-picture", by, number=number)


def _content_of(article: Article) -> Content:
    return Content(**{one.name: getattr(article, one.name) for one in fields(Content)})


def _check_role(by: Officer) -> None:
    if not staff.can_publish(by.role):
        raise errors.MayNotPublishError


def _check(content: Content, by: Officer) -> None:
    _check_role(by)
    if not words.to_text(content.body):
        raise errors.NothingToReadError
    english = [content.title_en, content.summary_en, words.to_text(content.body_en)]
    if any(english) and not all(english):
        raise errors.EnglishIncompleteError
    if content.withdraw_at is not None and (
        content.publish_at is None or content.withdraw_at <= content.publish_at
    ):
        raise errors.TimesReversedError


def _locked(article_id: UUID) -> Article:
    found = Article.objects.select_for_update().filter(pk=article_id).first()
    if found is None:
        raise errors.ArticleUnknownError
    return found


def _free_slug(title: str) -> str:
    """Locks against another article of the same title until the transaction ends."""
    slug = words.slug_of(title)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [slug])
    taken = set(Article.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (slug, *numbered) if one not in taken)


def _save(article: Article, content: Content, act: str, by: Officer, now: datetime) -> Article:
    for name, value in asdict(content).items():
        setattr(article, name, value)
    article.search_text = words.search_text(
        (
            *(content.title, content.summary, words.to_text(content.body)),
            *(content.title_en, content.summary_en, words.to_text(content.body_en)),
        )
    )
    article.version += 1
    article.changed_at = now
    article.save()
    ArticleVersion.objects.create(
        article=article,
        number=article.version,
        content=_kept(content),
        at=now,
        by_name=by.user_name,
    )
    details = {"slug": article.slug, "version": article.version}
    record_event(by=by.actor, act=act, subject=str(article.id), details=details)
    return article


def _kept(content: Content) -> dict[str, Any]:
    """A version's words; its times are written as text and never read back."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(content).items()
    }


def _touch(article: Article, act: str, by: Officer, *, number: int) -> None:
    details = {"slug": article.slug, "picture": number}
    record_event(by=by.actor, act=act, subject=str(article.id), details=details)
