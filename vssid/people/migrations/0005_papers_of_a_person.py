from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_search_keys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="idnumber",
            index=models.Index(fields=["number"], name="id_number_number"),
        ),
    ]
