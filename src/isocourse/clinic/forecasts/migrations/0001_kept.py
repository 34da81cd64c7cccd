"""The table of kept forecasts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made."""

    initial = True

    dependencies = [
        ("log", "0003_contact"),
        ("people", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("replayed", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("body", models.TextField()),
                ("looks", models.TextField(blank=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.clinic",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_forecasts",
                        to="log.course",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["clinic"], name="kept_clinic")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course", "on", "number", "replayed"), name="one_forecast_kept"
                    )
                ],
            },
        ),
    ]
