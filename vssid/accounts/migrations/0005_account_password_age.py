"""Whose password is soon six months old is found by an index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0004_passkey_handle")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["password_set_at", "person"], name="accounts_password_age"),
        )
    ]
