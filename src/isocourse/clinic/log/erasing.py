"""Erasure: the key of a course is destroyed, and the chain stays whole.

A backup from before still holds the key. So every erasure is also written down outside the
database, and a restore carries it out again.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from isocourse.clinic.log.models import Course, DataKey, Erasure, Form, Identity, Term
from isocourse.clinic.log.recording import Writer, recorded, writing


def erase(course: Course, writer: Writer, reason: str) -> None:
    """Forget a person: after this, nothing of the course can be read by anyone."""
    with transaction.atomic():
        with writing(course, writer) as pen:
            entry = pen.write(Form.ERASED, {"reason": reason})
        Erasure.objects.create(course=course, at=entry.recorded_at, by=writer.user, reason=reason)
        _forget(course)
    _write_down(course.code, entry.recorded_at.isoformat())


def _forget(course: Course) -> None:
    for model in (DataKey, Identity, Term):
        model.objects.filter(course=course).delete()
    course.refresh_from_db()
    recorded.send(Course, course=course)


def ledger() -> Path:
    """Where erasures are written down outside the database."""
    found: Path = settings.DATA_FOLDER / "erasures.jsonl"
    return found


def _write_down(code: str, at: str) -> None:
    ledger().parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(ledger(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
        out.write(json.dumps({"course": code, "at": at}) + "\n")
        out.flush()
        os.fsync(out.fileno())


def erased_elsewhere() -> Iterator[str]:
    """The courses that the ledger says were erased."""
    if ledger().exists():
        for line in ledger().read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["course"]


def carry_out_again(writer: Writer) -> list[str]:
    """Erase what a restored backup brought back; the codes of those courses."""
    again = []
    held = Course.objects.filter(code__in=list(erased_elsewhere()), key__isnull=False)
    for course in held.order_by("pk"):
        erase(course, writer, "erased before; carried out again after a restore")
        again.append(course.code)
    return again
