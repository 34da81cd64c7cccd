"""The lines of an export, one course after the other: never more than a few courses in memory."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TextIO

from isocourse.clinic.access.models import Opening
from isocourse.clinic.fhir.finding import courses, note, record_of
from isocourse.clinic.fhir.models import Export, System
from isocourse.clinic.fhir.views import is_newer
from isocourse.clinic.log.chain import Broken
from isocourse.clinic.log.models import Course, Erasure
from isocourse.clinic.log.reading import Erased
from isocourse.clinic.log.sealing import Unreadable
from isocourse.clinic.people.models import Clinic
from isocourse.exchange.endpoint.parameters import SERVED
from isocourse.exchange.endpoint.records import every
from isocourse.exchange.endpoint.saying import outcome
from isocourse.exchange.fhir.looking import Json

ERASED, NOT_READ = "erased", "not-read"
_AT_ONCE = 100


def lines(export: Export, named: str) -> Iterator[str]:
    """The lines of one file of an export."""
    found: Iterable[Json]
    if named == ERASED:
        found = _erased(export)
    elif named == NOT_READ:
        found = _not_read(export.system.clinic, export.at)
    else:
        found = _of_a_kind(export, named)
    for each in found:
        yield _line(each)


def _line(held: Json) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _of_a_kind(export: Export, kind: str) -> Iterator[Json]:
    """Every resource of a type as of the export's moment, and who is seen is noted once."""
    page = f"FHIR export {export.pk}"
    for some in _some(export.system.clinic, export.at):
        _note_once(export.system, some, page)
        for course in some:
            yield from (
                each
                for each in _of_a_course(course, frozenset([kind]), export.at)
                if is_newer(each, export.since)
            )


def _some(clinic: Clinic, at: datetime) -> Iterator[list[Course]]:
    """The courses that were open at a moment, a few at a time."""
    last = 0
    while some := list(courses(clinic).filter(pk__gt=last, opened_at__lte=at)[:_AT_ONCE]):
        yield some
        last = some[-1].pk


def _of_a_course(course: Course, kinds: frozenset[str], at: datetime) -> Iterator[Json]:
    """The resources of a course; none when it cannot be read, which another file tells."""
    try:
        record = record_of(course, at)
        yield from every(record, kinds) if record else ()
    except (Broken, Erased, Unreadable):
        return


def _note_once(system: System, some: list[Course], page: str) -> None:
    """An export is noted once for each course, however many files are fetched, however often."""
    noted = Opening.objects.filter(user=system.user, page=page, course__in=some)
    known = set(noted.values_list("course_id", flat=True))
    note(system, [each for each in some if each.pk not in known], page)


def _not_read(clinic: Clinic, at: datetime) -> Iterator[Json]:
    """The courses of which nothing is in the export, because their logs do not hold."""
    for some in _some(clinic, at):
        for course in some:
            try:
                record_of(course, at)
            except (Broken, Unreadable) as error:
                why = f"Patient/{course.code}: not in this export; {type(error).__name__}."
                yield outcome("exception", why)
            except Erased:
                continue


def _erased(export: Export) -> Iterator[Json]:
    """Who was erased since, for whoever holds an earlier export."""
    held = Erasure.objects.filter(course__clinic=export.system.clinic, at__gt=export.since)
    for each in held.select_related("course").order_by("at").iterator():
        gone = {"request": {"method": "DELETE", "url": f"Patient/{each.course.code}"}}
        yield {"resourceType": "Bundle", "type": "transaction", "entry": [gone]}


def write_files(folder: Path, clinic: Clinic, at: datetime) -> list[tuple[str, int]]:
    """Every resource of a clinic into a file for its type, each course read once; how many."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    counts: Counter[str] = Counter()
    with ExitStack() as closing:
        files: dict[str, TextIO] = {}
        for each in _everything(clinic, at):
            kind = each["resourceType"]
            if kind not in files:
                file = (folder / f"{kind}.ndjson").open("w", encoding="utf-8")
                files[kind] = closing.enter_context(file)
            files[kind].write(_line(each))
            counts[kind] += 1
    return sorted(counts.items())


def _everything(clinic: Clinic, at: datetime) -> Iterator[Json]:
    for some in _some(clinic, at):
        for course in some:
            yield from _of_a_course(course, frozenset(SERVED), at)
    yield from _not_read(clinic, at)
