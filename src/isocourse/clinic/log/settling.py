"""Whether what was known at a moment can still grow, because somebody is not done with writing.

An entry carries the moment at which it was written, and can be read from the end of its
transaction on. Who reads "all up to this moment" between the two would miss it for ever.
"""

from datetime import datetime

from django.db import OperationalError, connection

_WRITING = """
    SELECT EXISTS (
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_xid IS NOT NULL AND xact_start < %s
    )"""


def still_writing(begun_before: datetime) -> bool:
    """Whether a transaction that has written and began before a moment is not over.

    PostgreSQL tells when each began, to servers that share one account. SQLite has one writer at a
    time: if nobody holds its place now, nobody has held it since before.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_WRITING, [begun_before])
            return bool(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        except OperationalError:
            return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return False
