"""When a plan was last tried, and of which times nothing is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Added."""

    dependencies = [("reminders", "0001_first")]

    operations = [
        migrations.AddField("Planned", "tried_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Restored",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
