"""The database refuses every change of what only grows."""

from typing import Any, ClassVar

from django.db import migrations

from isocourse.clinic.log.guards import guard

_THEN = ("log_course", "log_entry", "log_erasure", "access_opening", "access_breakglass")
"""The tables that only grew when this was written; later ones bring their guards with them."""


def put(apps: Any, schema_editor: Any) -> None:
    """Put the guards on."""
    guard(schema_editor, _THEN)


class Migration(migrations.Migration):
    """Put on; they are never taken off."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("access", "0001_first"),
        ("log", "0001_first"),
    ]
    operations: ClassVar[list[Any]] = [migrations.RunPython(put)]
