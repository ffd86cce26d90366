"""Articles, every version of their words, and their pictures. Nothing here is about a person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vssid.kernel.privacy import Privacy
from vssid.kernel.uuid7 import uuid7


class Category(models.TextChoices):
    """What an article is; the value stands in addresses."""

    NOTICE = "thong-bao", _("Thông báo")
    POLICY = "chinh-sach", _("Chính sách mới")
    GUIDE = "huong-dan", _("Hướng dẫn")
    WARNING = "canh-bao", _("Cảnh báo lừa đảo")


class Article(models.Model):
    """One article as its newest version says. It is read from `publish_at` until `withdraw_at`.

    Bodies are Markdown as it was typed; what is shown is made and cleaned in `words`. The `_en`
    fields may be empty: then the Vietnamese is shown. `search_text` is everything, folded.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=100, unique=True, db_collation="C")
    category = models.CharField(max_length=12, choices=Category.choices)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    body = models.TextField()
    title_en = models.CharField(max_length=160, blank=True, default="")
    summary_en = models.CharField(max_length=400, blank=True, default="")
    body_en = models.TextField(blank=True, default="")
    search_text = models.TextField()
    is_pinned = models.BooleanField(default=False)
    publish_at = models.DateTimeField(null=True)
    withdraw_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "slug": Privacy.PUBLIC,
        "category": Privacy.PUBLIC,
        "title": Privacy.PUBLIC,
        "summary": Privacy.PUBLIC,
        "body": Privacy.PUBLIC,
        "title_en": Privacy.PUBLIC,
        "summary_en": Privacy.PUBLIC,
        "body_en": Privacy.PUBLIC,
        "search_text": Privacy.PUBLIC,
        "is_pinned": Privacy.PUBLIC,
        "publish_at": Privacy.PUBLIC,
        "withdraw_at": Privacy.PUBLIC,
        "version": Privacy.INTERNAL,
        "created_at": Privacy.INTERNAL,
        "changed_at": Privacy.PUBLIC,
    }

    class Meta:
        indexes = [models.Index(fields=["-publish_at"], name="support_article_newest")]
        constraints = [
            models.CheckConstraint(
                name="support_article_category_known",
                condition=Q(category__in=["thong-bao", "chinh-sach", "huong-dan", "canh-bao"]),
            ),
            models.CheckConstraint(
                name="support_article_slug_shape", condition=Q(slug__regex=r"^[a-z0-9-]+$")
            ),
            models.CheckConstraint(
                name="support_article_ends_after_it_began",
                condition=Q(withdraw_at__isnull=True) | Q(withdraw_at__gt=F("publish_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ArticleVersion(models.Model):
    """The words and times of an article as somebody saved them; versions are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, db_index=False, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=64)

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "article": Privacy.INTERNAL,
        "number": Privacy.INTERNAL,
        "content": Privacy.PUBLIC,
        "at": Privacy.INTERNAL,
        "by_name": Privacy.PUBLIC,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="support_article_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.number}"


class ArticlePicture(models.Model):
    """A picture of an article, made anew as a JPEG; the first one stands above the words.

    `alt` says in words what is on it, for who cannot see it. `number` is its name in the text:
    `![](anh:2)`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, db_index=False, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    file = models.UUIDField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=200)
    alt_en = models.CharField(max_length=200, blank=True, default="")

    privacy: ClassVar = {
        "id": Privacy.INTERNAL,
        "article": Privacy.INTERNAL,
        "number": Privacy.INTERNAL,
        "file": Privacy.INTERNAL,
        "width": Privacy.PUBLIC,
        "height": Privacy.PUBLIC,
        "alt": Privacy.PUBLIC,
        "alt_en": Privacy.PUBLIC,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="support_article_picture_once"
            ),
            models.CheckConstraint(name="support_article_picture_in_words", condition=~Q(alt="")),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.number}"
