"""The commune of today of a legacy address; who a phone serves is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_account_to_the_end")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="address_today",
            field=models.CharField(blank=True, default="", max_length=5),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["phone"], name="accounts_account_phone"),
        ),
    ]
