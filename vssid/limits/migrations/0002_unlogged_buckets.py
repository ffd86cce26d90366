from django.db import migrations


class Migration(migrations.Migration):
    """Counts are written with every sign-in and every code: no disk is waited for (ADR 0015)."""

    dependencies = [
        ("limits", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE limits_bucket SET UNLOGGED",
            reverse_sql="ALTER TABLE limits_bucket SET LOGGED",
        ),
    ]
