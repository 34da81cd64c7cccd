"""More kinds of change: tokens of applications, and a second factor that was removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two kinds more; no row changes."""

    dependencies = [
        ("administration", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("name", "Name and address"),
                    ("settings", "Settings"),
                    ("invited", "Invited"),
                    ("joined", "Joined"),
                    ("role", "Role changed"),
                    ("ended", "Place ended"),
                    ("token", "Token of an application"),
                    ("factor", "Second factor removed"),
                ],
                max_length=10,
            ),
        ),
    ]
