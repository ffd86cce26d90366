from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_seals_and_holds"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("from_at"))),
                name="audit_hold_term_in_order",
            ),
        ),
    ]
