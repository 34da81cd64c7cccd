"""The first tables."""

import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made."""

    initial = True

    dependencies = [
        ("log", "0001_first"),
        ("people", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="log.course",
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("assessed_on", models.DateField()),
                ("state", models.CharField(max_length=20)),
                ("stage", models.CharField(max_length=20)),
                ("dispense", models.CharField(max_length=16)),
                ("prescribe", models.CharField(max_length=16)),
                ("urgency", models.PositiveSmallIntegerField()),
                ("closes", models.DateTimeField(null=True)),
                ("due", models.DateField(null=True)),
                (
                    "until",
                    models.DateTimeField(
                        default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.UTC)
                    ),
                ),
                ("due_by", models.DateField(default=datetime.date(9999, 1, 1))),
                ("week", models.IntegerField(default=0)),
                ("body", models.TextField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.clinic",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["clinic", "-urgency", "until", "code"], name="standing_first"
                    ),
                    models.Index(
                        fields=["clinic", "state", "-urgency", "until", "code"],
                        name="standing_state",
                    ),
                    models.Index(fields=["clinic", "until", "code"], name="standing_until"),
                    models.Index(fields=["clinic", "due_by", "code"], name="standing_due"),
                    models.Index(fields=["clinic", "-week", "code"], name="standing_week"),
                    models.Index(fields=["clinic", "code"], name="standing_code"),
                    models.Index(fields=["assessed_on"], name="standing_age"),
                ],
            },
        ),
    ]
