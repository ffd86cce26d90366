"""Statements of contributions that were issued, and the key table from their codes."""

import django.db.models.deletion
from django.db import migrations, models

import vssid.kernel.uuid7
import vssid.people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("insurance", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementCode",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C", max_length=16, primary_key=True, serialize=False
                    ),
                ),
                ("number", vssid.people.fields.NumberField()),
                ("statement", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="HistoryStatement",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.UUIDField(default=vssid.kernel.uuid7.uuid7, editable=False)),
                ("code", models.CharField(db_collation="C", max_length=16)),
                ("issued_at", models.DateTimeField()),
                ("issued_to", models.CharField(max_length=64)),
                ("full_name", models.CharField(max_length=255)),
                ("totals", models.JSONField()),
                ("record_version", models.PositiveIntegerField()),
                ("record_sha256", models.BinaryField(max_length=32)),
                ("file_sha256", models.BinaryField(max_length=32)),
                ("file", models.UUIDField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_column="number",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9B-Z]{16}$")),
                        name="statement_code_is_whole",
                    )
                ],
            },
        ),
    ]
