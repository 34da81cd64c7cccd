"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Made."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="UsedToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="CardFeedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=60)),
                ("card", models.CharField(max_length=200)),
                ("outcome", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("issuer", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["card"], name="feedback_by_card")],
            },
        ),
    ]
