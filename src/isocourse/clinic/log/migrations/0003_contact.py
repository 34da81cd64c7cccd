"""A log may say where a patient wants to be reminded. The tables stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Known."""

    dependencies = [
        ("log", "0002_outage"),
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
                    ("contact", "Contact"),
                    ("erased", "Erased"),
                ],
                max_length=10,
            ),
        ),
    ]
