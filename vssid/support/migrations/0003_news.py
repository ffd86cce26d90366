import django.db.models.deletion
from django.db import migrations, models

import vssid.kernel.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0002_open_to_everybody"),
        ("reference", "0002_search_indexes"),  # pg_trgm
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vssid.kernel.uuid7.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.CharField(db_collation="C", max_length=100, unique=True)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("thong-bao", "Thông báo"),
                            ("chinh-sach", "Chính sách mới"),
                            ("huong-dan", "Hướng dẫn"),
                            ("canh-bao", "Cảnh báo lừa đảo"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("summary", models.CharField(max_length=400)),
                ("body", models.TextField()),
                ("title_en", models.CharField(blank=True, default="", max_length=160)),
                ("summary_en", models.CharField(blank=True, default="", max_length=400)),
                ("body_en", models.TextField(blank=True, default="")),
                ("search_text", models.TextField()),
                ("is_pinned", models.BooleanField(default=False)),
                ("publish_at", models.DateTimeField(null=True)),
                ("withdraw_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["-publish_at"], name="support_article_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["thong-bao", "chinh-sach", "huong-dan", "canh-bao"])
                        ),
                        name="support_article_category_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9-]+$")),
                        name="support_article_slug_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdraw_at__isnull", True),
                            ("withdraw_at__gt", models.F("publish_at")),
                            _connector="OR",
                        ),
                        name="support_article_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticlePicture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vssid.kernel.uuid7.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("file", models.UUIDField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(max_length=200)),
                ("alt_en", models.CharField(blank=True, default="", max_length=200)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="support.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="support_article_picture_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True),
                        name="support_article_picture_in_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vssid.kernel.uuid7.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=64)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="support.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="support_article_version_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            sql="CREATE INDEX support_article_search ON support_article "
            "USING gin (search_text gin_trgm_ops)",
            reverse_sql="DROP INDEX support_article_search",
        ),
    ]
