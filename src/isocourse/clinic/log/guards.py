"""The database itself refuses to change or remove what was written.

SQLite and PostgreSQL each get triggers in their own words. On SQLite, REPLACE would remove a row
silently on a connection without recursive triggers, so a row that is there already is refused
before it is inserted.
"""

from collections.abc import Iterator
from typing import Any

GROWING = (
    "log_course",
    "log_entry",
    "log_erasure",
    "access_opening",
    "access_breakglass",
    "administration_change",
)
"""Tables that only grow."""

_KEYS = {
    "log_course": ("id", "code"),
    "log_entry": ("id",),
    "log_erasure": ("course_id",),
    "access_opening": ("id",),
    "access_breakglass": ("id",),
    "administration_change": ("id",),
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION isocourse_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP;
END $$
"""


def statements(vendor: str, tables: tuple[str, ...]) -> Iterator[str]:
    """The statements that guard some tables."""
    if vendor == "postgresql":
        yield _FUNCTION
    for table in tables:
        yield from _on_postgresql(table) if vendor == "postgresql" else _on_sqlite(table)


def _on_sqlite(table: str) -> Iterator[str]:
    for act in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {act} is refused'); END"
        )
    same = " OR ".join(f"{key} = NEW.{key}" for key in _KEYS[table])
    if table == "log_entry":
        same += " OR (course_id = NEW.course_id AND number = NEW.number) OR once = NEW.once"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  (our own names)
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{table} only grows: this row is there'); END"
    )


def _on_postgresql(table: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION isocourse_only_grows()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION isocourse_only_grows()"
    )


def guard(schema_editor: Any, tables: tuple[str, ...]) -> None:
    """Put the guards on some tables, in a migration."""
    for each in statements(schema_editor.connection.vendor, tables):
        schema_editor.execute(each, params=None)


def missing(connection: Any) -> list[str]:
    """The guards that are not there or do not act; none of them is ever taken away by isocourse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        held = {row[0] for row in cursor.fetchall()}
    return sorted(set(_names(connection.vendor)) - held)


def _names(vendor: str) -> Iterator[str]:
    ends = ("only_grows", "no_truncate")
    if vendor != "postgresql":
        ends = ("no_update", "no_delete", "no_replace")  # type: ignore[assignment]
    for table in GROWING:
        yield from (f"{table}_{end}" for end in ends)
