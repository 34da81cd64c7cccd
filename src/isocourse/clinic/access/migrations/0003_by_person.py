"""Openings are found by person, for unusual days."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An index; no row changes."""

    dependencies = [
        ("access", "0002_guards"),
        ("log", "0002_outage"),
        ("people", "0002_kept_notice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["user", "at"], name="opening_by_person"),
        ),
    ]
