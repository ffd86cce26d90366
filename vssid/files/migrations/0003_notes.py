from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_findings_and_uploads"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="note",
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True), ("note__isnull", True), _connector="OR"
                ),
                name="files_erased_keeps_no_note",
            ),
        ),
    ]
