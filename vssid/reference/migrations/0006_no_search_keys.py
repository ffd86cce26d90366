"""Areas and agencies are found through the index in memory; nothing reads their search keys."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Drops two columns that follow from the names."""

    dependencies: ClassVar = [("reference", "0005_directories")]
    operations: ClassVar = [
        migrations.RemoveField(model_name="area", name="search_key"),
        migrations.RemoveField(model_name="agency", name="search_key"),
    ]
