"""A clinic of the first release is brought to this one: nothing is lost, and its logs hold."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tests.clinic import postgres, team
from tests.clinic.conftest import SQLITE, point_to

from isocourse.clinic.log import guards
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.worklist.keeping import rebuild

FIRST = (
    ("people", "0001_first"),
    ("log", "0001_first"),
    ("access", "0002_guards"),
    ("worklist", "0001_first"),
    ("visits", "0001_first"),
)
TABLES = (
    "people_clinic",
    "people_user",
    "people_membership",
    "log_course",
    "log_datakey",
    "log_entry",
    "log_head",
    "log_identity",
    "log_term",
)


def an_empty_one(vendor: str, folder: Path) -> str:
    if vendor == SQLITE:
        return f"sqlite://{folder / 'older.sqlite3'}"
    return postgres.make(postgres.server(), f"older_{folder.name[-12:].lower()}")


def rows_of(table: str) -> tuple[list[str], list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return [each[0] for each in cursor.description], cursor.fetchall()


def put(table: str, names: list[str], rows: list[Any]) -> None:
    """What the older table has a place for."""
    with connection.cursor() as cursor:
        older = connection.introspection.get_table_description(cursor, table)
        kept = [place for place, name in enumerate(names) if name in {each.name for each in older}]
        columns = ", ".join(f'"{names[place]}"' for place in kept)
        marks = ", ".join(["%s"] * len(kept))
        words = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        cursor.executemany(words, [[row[place] for place in kept] for row in rows])


def test_from_the_first_release_to_this(database: str, vendor: str, tmp_path: Path) -> None:
    course, _ = team.ready_to_hand_over(team.clinic())
    before, held = len(read(course).lines), {table: rows_of(table) for table in TABLES}
    point_to(an_empty_one(vendor, tmp_path))
    MigrationExecutor(connection).migrate(list(FIRST))
    for table, (names, rows) in held.items():
        put(table, names, rows)
    assert Entry.objects.count() == before
    call_command("migrate", interactive=False, verbosity=0)
    assert list(verify(None)) == [] and guards.missing(connection) == []
    same = Course.objects.select_related("clinic", "key").get(code=course.code)
    assert len(read(same).lines) == before and rebuild() == 1
    numbers_go_on()
    record(same, team.writer(same.clinic, "nurse"), [team.WEIGHT])
    assert len(read(same).lines) == before + 1 and list(verify(None)) == []


def numbers_go_on() -> None:
    """Rows were put in by hand, so the database is told where its numbers stand."""
    kinds = [each for each in apps.get_models() if each._meta.db_table in TABLES]
    with connection.cursor() as cursor:
        for each in connection.ops.sequence_reset_sql(no_style(), kinds):
            cursor.execute(each)
