"""What a device knows an account by is kept with its passkeys."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_account_address_today")]

    operations: ClassVar = [
        # There is no passkey yet: nobody could make one before this.
        migrations.AddField(
            model_name="passkey",
            name="handle",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
    ]
