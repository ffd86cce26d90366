from django.db import migrations, models


class Migration(migrations.Migration):
    """How many bytes of one network lie here unfinished; uploads that are under way count nowhere."""

    dependencies = [
        ("files", "0003_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="partialupload",
            name="network",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="partialupload",
            index=models.Index(
                condition=models.Q(("stored__isnull", True)),
                fields=["network"],
                name="files_upload_of_network",
            ),
        ),
    ]
