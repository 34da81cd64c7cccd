"""A log may say that the registry could not be reached. The tables stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Known."""

    dependencies = [
        ("log", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="form",
            field=models.CharField(
                choices=[
                    ("opened", "Opened"),
                    ("identity", "Identity"),
                    ("event", "Event"),
                    ("imported", "Imported"),
                    ("decision", "Decision"),
                    ("outage", "Outage"),
                    ("erased", "Erased"),
                ],
                max_length=10,
            ),
        ),
    ]
