"""Rows of the table as a course file, and a course file as rows of the table."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from isocourse.events import Course, Event
from isocourse.exchange.events_table.form import CAPSULES, COLUMNS, FIELDS, METHODS
from isocourse.words.tokens import COURSE_FORMAT

Row = Mapping[str, Any]
File = dict[str, Any]
_FURTHEST = 14 * 60
_MINUTE = timedelta(minutes=1)


def file_of(rows: Sequence[Row]) -> File:
    """The course file that the rows of one course hold."""
    first = rows[0]
    held: dict[int, list[File]] = {0: []}
    for row in rows:
        held.setdefault(row.get("earlier") or 0, []).append(event_of(row))
    head = {"format": COURSE_FORMAT, "course_id": first["course_id"], "place": first["place"]}
    if first.get("time_zone") is not None:
        head["time_zone"] = first["time_zone"]
    patient = {"birth_date": plain(first["birth_date"]), "sex": first.get("sex") or "unknown"}
    file = {**head, "patient": patient, "events": held.pop(0)}
    if held:
        earlier = [{**head, "events": held[number]} for number in sorted(held)]
        file["earlier_courses"] = earlier
    return file


def event_of(row: Row) -> File:
    """The entry of a row, with the keys of the course file; what is null is left out."""
    event = {"id": str(row["order"]), "kind": row["kind"]}
    event["at"] = moment_of(row["at"], row.get("at_instant"))
    recorded = row.get("recorded_at"), row.get("recorded_instant")
    if recorded != (None, None):
        event["recorded_at"] = moment_of(*recorded)
    if row.get("by_role") is not None:
        event["by"] = {"role": row["by_role"]}
    for field, column in FIELDS.get(row["kind"], {}).items():
        value = row.get(column)
        if value is not None and value != []:
            event[field] = str(value) if field == "event" else plain(value)
    return event


def moment_of(day: date | None, instant: datetime | None) -> str | None:
    """The text of a day, or of an instant with the offset by which it falls on that day.

    Where no offset fits, the instant stands without one, for the course file to refuse.
    """
    if day is None or instant is None:
        found = day if instant is None else instant
        return None if found is None else found.isoformat()
    at = instant.replace(tzinfo=None)
    for minutes in _offsets(at, day):
        zone = timezone(minutes * _MINUTE)
        own = at.replace(tzinfo=UTC).astimezone(zone)
        if own.date() == day:
            return own.isoformat()
    return at.isoformat()


def _offsets(at: datetime, day: date) -> Sequence[int]:
    """The offsets, nearest to UTC first, that can bring an instant to a day."""
    ahead = (day - at.date()).days
    of_day = (at - datetime.combine(at.date(), datetime.min.time())) // _MINUTE
    if ahead > 0:
        return range(24 * 60 - of_day, _FURTHEST + 1)
    return range(-of_day - 1 if ahead < 0 else 0, -_FURTHEST - 1, -1)


def plain(value: Any) -> Any:
    """A value as the JSON of a course file writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def rows_of(course: Course) -> list[Row]:
    """The rows of a course; its entries are numbered by the order of their ids."""
    every = [(0, event) for event in course.events]
    for number, each in enumerate(course.earlier_courses, 1):
        every += [(number, event) for event in each.events]
    numbers = {name: n for n, name in enumerate(sorted(event.id for _, event in every))}
    head = {
        "course_id": course.course_id,
        "place": course.place,
        "birth_date": course.patient.birth_date,
        "sex": course.patient.sex,
        "time_zone": course.time_zone,
    }
    return [{**head, "earlier": nth or None, **row_of(event, numbers)} for nth, event in every]


def row_of(event: Event, numbers: Mapping[str, int]) -> Row:
    """The columns of one entry."""
    row: dict[str, Any] = {"order": numbers[event.id], "kind": event.kind}
    row["at"], row["at_instant"] = _in_two(event.at)
    row["recorded_at"], row["recorded_instant"] = _in_two(event.recorded_at)
    row["by_role"] = event.by.role if event.by else None
    for field, column in FIELDS[event.kind].items():
        value = getattr(event, field)
        row[column] = numbers[value] if field == "event" else _written(column, value)
    return row


def _written(column: str, value: Any) -> Any:
    if value is None:
        return None
    if column == METHODS:
        return [{"method": each.method, "since": each.since} for each in value]
    if column == CAPSULES:
        return [{"mg": each.mg, "quantity": each.quantity} for each in value]
    return list(value) if isinstance(value, tuple) else value


def _in_two(moment: date) -> tuple[date, datetime | None]:
    if isinstance(moment, datetime):
        return moment.date(), moment.astimezone(UTC)
    return moment, None


NAMES = tuple(each.name for each in COLUMNS)
