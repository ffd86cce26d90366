"""Names are searched for as `kernel.text.fold` writes them; parts of them through trigrams."""

from typing import Any, ClassVar

from django.db import migrations

from vssid.kernel.text import fold


def fold_names(apps: Any, _editor: Any) -> None:
    """Write the search key of names filed before."""
    declarations = apps.get_model("registration", "Declaration").objects
    names = declarations.filter(name_key="").values_list("number", "id", "full_name")
    for number, declaration, full_name in names.iterator():
        declarations.filter(number=number, id=declaration).update(name_key=fold(full_name))


class Migration(migrations.Migration):
    """The index needs an extension that the directories bring."""

    dependencies: ClassVar = [
        ("registration", "0003_desk"),
        ("reference", "0002_search_indexes"),
    ]
    operations: ClassVar = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunSQL(
            sql="CREATE INDEX registration_name ON registration_declaration "
            "USING gin (name_key gin_trgm_ops)",
            reverse_sql="DROP INDEX registration_name",
        ),
    ]
