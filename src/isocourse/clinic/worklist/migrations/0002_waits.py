"""Since when a course waits for a registry that could not be reached."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Kept."""

    dependencies = [
        ("people", "0001_first"),
        ("worklist", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="waits_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["clinic", "waits_since"], name="standing_waits"),
        ),
    ]
