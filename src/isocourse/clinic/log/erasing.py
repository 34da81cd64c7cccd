"""Erasure: the key of a course is destroyed, and the chain stays whole.

A backup from before still holds the key. So every erasure is also written down outside the
database, and a restore carries it out again.
"""

from django.db import transaction

from isocourse.clinic.log.ledger import Ledger
from isocourse.clinic.log.models import Course, DataKey, Erasure, Form, Identity, Term
from isocourse.clinic.log.recording import Writer, recorded, writing

ERASURES = Ledger("erasures")


def erase(course: Course, writer: Writer, reason: str) -> None:
    """Forget a person: after this, nothing of the course can be read by anyone."""
    with transaction.atomic():
        with writing(course, writer) as pen:
            entry = pen.write(Form.ERASED, {"reason": reason})
        Erasure.objects.create(course=course, at=entry.recorded_at, by=writer.user, reason=reason)
        _forget(course)
    ERASURES.write(course.code, entry.recorded_at)


def _forget(course: Course) -> None:
    for model in (DataKey, Identity, Term):
        model.objects.filter(course=course).delete()
    course.refresh_from_db()
    recorded.send(Course, course=course)


def carry_out_again(writer: Writer) -> list[str]:
    """Erase what a restored backup brought back; the codes of those courses."""
    again = []
    codes = [code for code, _ in ERASURES.lines()]
    held = Course.objects.filter(code__in=codes, key__isnull=False)
    for course in held.order_by("pk"):
        erase(course, writer, "erased before; carried out again after a restore")
        again.append(course.code)
    return again
