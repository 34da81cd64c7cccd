"""Fills a clinic with active courses: copies of demonstration patients, each under its own key.

What is copied is what was said; the entries are encrypted, chained and sealed anew for each course,
as recording does. Can be stopped and taken up again: what is there is counted.
"""

import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from isocourse.clinic.demonstration import making
from isocourse.clinic.demonstration.people import names
from isocourse.clinic.log import clock
from isocourse.clinic.log.chain import head_of, link, root
from isocourse.clinic.log.models import Course, DataKey, Entry, Form, Head, Identity, Term
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import once_only
from isocourse.clinic.log.sealing import Cipher, new_key, term, words_of
from isocourse.clinic.people.models import Clinic, Installation, Membership, User
from isocourse.clinic.worklist.models import Standing

NATION, PEOPLE = "Nation", 40
ACTIVE = ("new", "waiting", "ready", "allowed", "closing", "blocked", "on_treatment", "paused")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a pattern, as far as it is the same in every copy."""

    number: int
    recorded_at: datetime
    at: Any
    by_id: int | None
    form: str
    said: bytes
    handed: str


@dataclass(slots=True)
class Chained:
    """An entry as the chain looks at it."""

    line: Line
    body: str
    once: str | None
    number: int = 0
    recorded_at: datetime = datetime.max
    by_id: int | None = None
    form: str = ""

    def __post_init__(self) -> None:
        line = self.line
        self.number, self.recorded_at = line.number, line.recorded_at
        self.by_id, self.form = line.by_id, line.form


@dataclass(frozen=True)
class Pattern:
    """A patient of the demonstration: what was said, by whom, and where the course stands."""

    lines: list[Line]
    born: str
    standing: Standing
    why: dict[str, Any]


def patterns(now: datetime) -> list[Pattern]:
    """The active patients of the demonstration's clinic in the United States; made if need be."""
    if not Clinic.objects.exists():
        with clock.standing_at(now):
            making.make(now)
        Installation.objects.update(demonstration=False)  # it is served as in earnest
    first = Clinic.objects.order_by("pk").first()
    rows = Standing.objects.filter(clinic=first, state__in=ACTIVE).select_related("course__key")
    return [_pattern(each) for each in rows.order_by("pk")]


def _pattern(standing: Standing) -> Pattern:
    course = Course.objects.select_related("clinic", "key").get(pk=standing.course_id)
    held, when = read(course), Entry._meta.get_field("recorded_at")
    by = course.entries.order_by("number").values_list("by_id", flat=True)
    lines = [
        Line(
            each.number,
            each.recorded_at,
            when.get_db_prep_save(each.recorded_at, connection),
            by_id,
            each.form,
            _plain(each.said),
            each.said["prescription_id"] if each.said.get("kind") == "dispense" else "",
        )
        for each, by_id in zip(held.lines, by, strict=True)
    ]
    born = str(held.opened["patient"]["birth_date"])
    return Pattern(lines, born, standing, Cipher(course.key).opened(standing.body))


def _plain(said: Any) -> bytes:
    return json.dumps(dict(said), ensure_ascii=False, separators=(",", ":")).encode()


def nation() -> Clinic:
    """The one clinic that holds them all, with people for each kind of work."""
    made, new = Clinic.objects.get_or_create(name=NATION, defaults={"place": "us"})
    for number in range(PEOPLE if new else 0):
        for role in ("prescriber", "nurse", "pharmacist"):
            user = User.objects.create(username=f"{role}-{number}", name=f"{role} {number}")
            Membership.objects.create(
                user=user, clinic=made, role=role, profession="other", since=timezone.now()
            )
    return made


def fill(courses: int, now: datetime) -> Clinic:
    """The clinic with at least so many active courses."""
    copied = patterns(now)
    clinic = nation()
    there = Course.objects.filter(clinic=clinic).count()
    given = itertools.islice(itertools.cycle(copied), there, courses)
    named = itertools.islice(_names(), there, courses)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # while it is made; the server opens its own
            cursor.execute("PRAGMA synchronous=OFF")
    for number, several in enumerate(_batches(zip(given, named, strict=True))):
        with transaction.atomic():
            _copy(clinic, several, there + number * _AT_ONCE, now)
        if number % 10 == 9:
            print(f"  {there + (number + 1) * _AT_ONCE} courses", flush=True)
    return clinic


def _names() -> Any:
    random = Random("nation")  # noqa: S311  (no secret)
    held = list(itertools.islice(names(random, True), 300))
    held += list(itertools.islice(names(random, False), 300))
    return itertools.cycle(held)


def _batches(each: Any) -> Any:
    held = iter(each)
    return iter(lambda: list(itertools.islice(held, _AT_ONCE)), [])


def _copy(clinic: Clinic, several: list[Any], first: int, now: datetime) -> None:
    courses = Course.objects.bulk_create(
        Course(code=_code(first + place), clinic=clinic, place="us", opened_at=now)
        for place in range(len(several))
    )
    made: dict[type, list[Any]] = {kind: [] for kind in (DataKey, Head, Identity, Term, Standing)}
    entries: list[Any] = []
    for course, (pattern, name) in zip(courses, several, strict=True):
        course.key = new_key(course)
        made[DataKey].append(course.key)
        entries += _written(course, pattern, name, made)
    insert(Entry, entries)
    for kind, rows in made.items():
        insert(kind, [_prepared(kind, row) for row in rows])


def _prepared(kind: Any, row: Any) -> list[Any]:
    return [
        each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields_of(kind)
    ]


def fields_of(kind: Any) -> list[Any]:
    """The columns of a table that a new row gives."""
    return [each for each in kind._meta.concrete_fields if each.name != "id"]


def insert(kind: Any, rows: Iterable[Sequence[Any]], fields: Sequence[Any] = ()) -> None:
    """Rows by the shortest way that the database has."""
    held = fields or fields_of(kind)
    names = ", ".join(connection.ops.quote_name(each.column) for each in held)
    table = kind._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(held))
            words = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (our names)
            cursor.executemany(words, rows)


def _code(number: int) -> str:
    return f"{number // 10_000:04d}-{number % 10_000:04d}"


def _written(course: Course, pattern: Pattern, name: str, made: dict[type, list[Any]]) -> list[Any]:
    """The entries of a course as rows, and what follows from them."""
    cipher, mac, rows = Cipher(course.key), root(course), []
    who, closed = {"name": name}, cipher._fernet.encrypt
    turns: dict[str, int] = {}
    for line in pattern.lines:
        said = _plain(who) if line.form == Form.IDENTITY else line.said
        entry = Chained(line, closed(said).decode(), _once(course, line, turns))
        mac = link(mac, entry)  # type: ignore[arg-type]
        rows.append(
            (course.pk, line.number, line.at, line.by_id, line.form, entry.body, entry.once, mac)
        )
    made[Head].append(head_of(course, line.number, mac))
    made[Identity].append(Identity(course=course, body=cipher.closed(who)))
    digests = {term(course.clinic_id, word) for word in words_of(name, pattern.born)}
    made[Term] += [Term(course=course, clinic_id=course.clinic_id, digest=d) for d in digests]
    row = {
        each.attname: getattr(pattern.standing, each.attname)
        for each in Standing._meta.concrete_fields
    }
    row |= {"course_id": course.pk, "clinic_id": course.clinic_id, "code": course.code}
    made[Standing].append(Standing(**row | {"body": cipher.closed(pattern.why)}))
    return rows


def _once(course: Course, line: Line, turns: dict[str, int]) -> str | None:
    if not line.handed:
        return None
    turns[line.handed] = turns.get(line.handed, 0) + 1
    return once_only(course, "dispense", line.handed, turns[line.handed])
