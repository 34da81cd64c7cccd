"""The database refuses every change of what only grows."""

from typing import Any, ClassVar

from django.db import migrations

from isocourse.clinic.log.guards import GROWING, guard


def put(apps: Any, schema_editor: Any) -> None:
    """Put the guards on."""
    guard(schema_editor, GROWING)


class Migration(migrations.Migration):
    """Put on; they are never taken off."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("access", "0001_first"),
        ("log", "0001_first"),
    ]
    operations: ClassVar[list[Any]] = [migrations.RunPython(put)]
