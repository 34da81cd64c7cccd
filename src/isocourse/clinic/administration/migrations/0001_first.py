"""The table of what was changed, and its guards."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from isocourse.clinic.log.guards import guard


def put(apps: Any, schema_editor: Any) -> None:
    """Put the guards on."""
    guard(schema_editor, ("administration_change",))


class Migration(migrations.Migration):
    """Made and guarded."""

    initial = True

    dependencies = [
        ("people", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "Name and address"),
                            ("settings", "Settings"),
                            ("invited", "Invited"),
                            ("joined", "Joined"),
                            ("role", "Role changed"),
                            ("ended", "Place ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("whom", models.CharField(blank=True, max_length=254)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="people.clinic",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["clinic", "-at"], name="change_by_clinic")],
            },
        ),
        migrations.RunPython(put),
    ]
