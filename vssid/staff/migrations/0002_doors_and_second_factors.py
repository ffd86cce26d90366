import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vssid.kernel.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="officer",
            name="first_password_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="officer",
            name="must_change_password",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="officer",
            name="password_set_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="officer",
            name="signed_out_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="officer",
            index=models.Index(fields=["office"], name="staff_officer_office"),
        ),
        migrations.CreateModel(
            name="OfficerDevice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "officer_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("id", models.UUIDField()),
                ("first_seen_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OfficerOtp",
            fields=[
                (
                    "officer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret", models.BinaryField()),
                ("last_step", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OfficerPasskey",
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
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("credential", models.CharField(db_collation="C", max_length=64, unique=True)),
                ("credential_id", models.BinaryField()),
                ("public_key", models.BinaryField()),
                ("sign_count", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
