"""The clinic that is measured: its database, in a folder that stays."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_NAME = "clinic_load"


@contextmanager
def database(vendor: str, folder: Path) -> Iterator[str]:
    """The address of the database of a folder; PostgreSQL is started for it, and stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    if vendor == SQLITE:
        yield f"sqlite://{folder / 'clinic.sqlite3'}"
        return
    from tests.clinic import postgres
    from tests.clinic.faults.database import killable

    with killable(folder / "postgres") as server:
        if not postgres.there(server.url, _NAME):
            postgres.make(server.url, _NAME)
        yield postgres.named(server.url, _NAME)


def set_up(url: str, folder: Path) -> None:
    """Load the application on this database, with the keys of the tests, and make the tables."""
    os.environ |= {"DATABASE_URL": url, "ISOCOURSE_DATA": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.clinic.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
