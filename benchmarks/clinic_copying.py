"""The rows of one database put into the other, so that both are measured on the same courses."""

import sqlite3
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from benchmarks.clinic_filling import insert
from isocourse.clinic.log.models import Course

_OURS = ("people", "log", "access", "worklist")


def copy_over(file: Path) -> int:
    """All that the clinic of an SQLite file holds, into an empty PostgreSQL; how many courses."""
    if Course.objects.exists():
        return Course.objects.count()
    kinds = [each for name in _OURS for each in apps.get_app_config(name).get_models()]
    source = sqlite3.connect(file)
    with transaction.atomic():
        for kind in kinds:
            fields = kind._meta.concrete_fields
            names = ", ".join(f'"{each.column}"' for each in fields)
            rows = source.execute(f"SELECT {names} FROM {kind._meta.db_table}")  # noqa: S608
            insert(kind, rows, fields)
        with connection.cursor() as cursor:
            for each in connection.ops.sequence_reset_sql(no_style(), kinds):
                cursor.execute(each)
    source.close()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Course.objects.count()
