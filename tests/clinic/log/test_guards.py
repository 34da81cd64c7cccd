"""Nothing that was written can be changed or removed, by whatever way one comes to the database."""

import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction
from tests.clinic import team

from isocourse.clinic.log import guards
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.recording import record

CHANGES = (
    "UPDATE log_entry SET body = 'x'",
    "UPDATE log_entry SET recorded_at = recorded_at",
    "DELETE FROM log_entry",
    "UPDATE log_course SET place = 'uk'",
    "DELETE FROM log_course",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses(database: str, change: str) -> None:
    record(team.opened(team.clinic()), team.writer(team.clinic("Other")), [team.WEIGHT])
    held = list(Entry.objects.values_list())
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        connection.cursor().execute(change)
    assert list(Entry.objects.values_list()) == held and held


def test_the_orm_is_refused_too(database: str) -> None:
    course = team.opened(team.clinic())
    entry = Entry.objects.filter(course=course).first()
    assert entry is not None
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(place="uk")


def test_sqlite_replace_does_not_slip_past(sqlite: str) -> None:
    """REPLACE removes rows without firing DELETE triggers on a connection of another program."""
    team.opened(team.clinic())
    path = sqlite.removeprefix("sqlite://")
    with sqlite3.connect(path) as other:
        row = other.execute("SELECT * FROM log_entry ORDER BY id LIMIT 1").fetchone()
        marks = ", ".join("?" * len(row))
        with pytest.raises(sqlite3.IntegrityError, match="this row is there"):
            other.execute(f"REPLACE INTO log_entry VALUES ({marks})", row)
        with pytest.raises(sqlite3.IntegrityError, match="this row is there"):
            other.execute(f"REPLACE INTO log_entry VALUES ({marks})", (999, *row[1:]))


def test_postgresql_refuses_truncate(database: str, vendor: str) -> None:
    team.opened(team.clinic())
    if vendor == "postgresql":
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            connection.cursor().execute("TRUNCATE log_entry")
    assert Entry.objects.exists()


def test_every_guard_is_there_after_all_migrations(database: str, vendor: str) -> None:
    assert guards.missing(connection) == []
    with connection.cursor() as cursor:
        gone = "log_entry_no_update" if vendor == "sqlite" else "log_entry_only_grows"
        on = "" if vendor == "sqlite" else " ON log_entry"
        cursor.execute(f"DROP TRIGGER {gone}{on}")
    assert guards.missing(connection) == [gone]
