"""An attacker with the run of the database, but not of the keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def unguarded() -> Iterator[Any]:
    """The database without its guards for a while: whoever owns it can do that."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("log_entry", "log_course"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            for table in ("log_entry", "log_course"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        held = cursor.fetchall()
        for name, _ in held:
            cursor.execute(f"DROP TRIGGER {name}")
        yield cursor
        for _, sql in held:
            cursor.execute(sql)
