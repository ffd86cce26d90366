"""The desk: who holds a case, who proposed it, the order of queues; help with accounts by two."""

import datetime
from typing import ClassVar

import django.db.models.functions.comparison
from django.db import migrations, models

import vssid.kernel.uuid7
import vssid.people.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registration", "0002_corrections_and_reminders")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AccountHelp",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", vssid.people.fields.NumberField()),
                ("id", models.UUIDField(default=vssid.kernel.uuid7.uuid7, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("password", "Cấp lại mật khẩu"), ("phone", "Đổi số điện thoại")],
                        max_length=10,
                    ),
                ),
                ("office", models.CharField(max_length=5)),
                ("phone", models.CharField(blank=True, default="", max_length=16)),
                ("paper", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ người thứ hai"),
                            ("confirmed", "Đã xác nhận"),
                            ("returned", "Đã trả lại"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=40)),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, default="", max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=500)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="declaration",
            name="registration_queue",
        ),
        migrations.AddField(
            model_name="declaration",
            name="claimed_by",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="declaration",
            name="claimed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="declaration",
            name="filed_by",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="declaration",
            name="name_key",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="declaration",
            name="note",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="declaration",
            name="note_by",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="declaration",
            name="proposed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="declaration",
            name="proposed_by",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                models.F("office"),
                django.db.models.functions.comparison.Coalesce(
                    "received_at",
                    models.Value(datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC)),
                ),
                models.F("filed_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["filed", "received"])),
                name="registration_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                models.F("office"),
                django.db.models.functions.comparison.Coalesce(
                    "received_at",
                    models.Value(datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC)),
                ),
                models.F("filed_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["filed", "received"]), ("is_contested", True)),
                name="registration_contested_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                models.F("office"),
                django.db.models.functions.comparison.Coalesce(
                    "received_at",
                    models.Value(datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC)),
                ),
                models.F("filed_at"),
                models.F("id"),
                condition=models.Q(
                    ("state__in", ["filed", "received"]),
                    models.Q(("proposed_by", ""), _negated=True),
                ),
                name="registration_second_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                models.F("claimed_by"),
                django.db.models.functions.comparison.Coalesce(
                    "received_at",
                    models.Value(datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC)),
                ),
                models.F("filed_at"),
                models.F("id"),
                condition=models.Q(
                    ("state__in", ["filed", "received"]),
                    models.Q(("claimed_by", ""), _negated=True),
                ),
                name="registration_own_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["id_number"], name="registration_id_number"),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["office", "filed_at"], name="registration_filed"),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["office", "decided_at"],
                name="registration_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_by", ""), ("claimed_until__isnull", True)),
                    models.Q(
                        models.Q(("claimed_by", ""), _negated=True),
                        ("claimed_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="registration_claim_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposed_at__isnull", True), ("proposed_by", "")),
                    models.Q(
                        models.Q(("proposed_by", ""), _negated=True), ("proposed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="registration_proposal_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="registration_two_officers",
            ),
        ),
        migrations.AddIndex(
            model_name="accounthelp",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["office", "proposed_at"],
                name="registration_help_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounthelp",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("number", "kind"),
                name="registration_one_help_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounthelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["password", "phone"]),
                    ("state__in", ["waiting", "confirmed", "returned"]),
                ),
                name="registration_help_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounthelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="registration_help_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounthelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("decided_by", ""), ("state", "waiting")
                    ),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="registration_help_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounthelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "phone"), models.Q(("phone", ""), _negated=True)),
                    models.Q(("kind", "password"), ("phone", "")),
                    _connector="OR",
                ),
                name="registration_help_phone",
            ),
        ),
    ]
