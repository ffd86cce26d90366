"""Trigram indexes: a part of a name is found without reading the table."""

from typing import ClassVar

from django.db import migrations

_TABLES = ("reference_facility", "reference_employer")


class Migration(migrations.Migration):
    """Indexes that Django's own classes would need another installed app for."""

    dependencies: ClassVar = [("reference", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            sql="CREATE EXTENSION IF NOT EXISTS pg_trgm",
            reverse_sql=migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(
                sql=f"CREATE INDEX {table}_search ON {table} USING gin (search_key gin_trgm_ops)",
                reverse_sql=f"DROP INDEX {table}_search",
            )
            for table in _TABLES
        ),
    ]
