import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0002_doors_and_second_factors"),
    ]

    operations = [
        migrations.CreateModel(
            name="LockedScreen",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("locked_at", models.DateTimeField()),
            ],
        ),
    ]
