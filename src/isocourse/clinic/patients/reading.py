"""What a patient wrote, and how far the team has read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from isocourse.clinic.log.reading import Held
from isocourse.clinic.portal import reports
from isocourse.clinic.portal.models import Looked
from isocourse.clinic.portal.needing import ROLE
from isocourse.clinic.portal.word import TOLD
from isocourse.clinic.visits.leading import form_of


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that a patient told."""

    number: int
    at: datetime
    text: str
    note: str
    unread: bool
    form: str  # where one of the team records it, if it is true and did not count


def words(held: Held) -> list[Word]:
    """Everything that the patient told, newest first."""
    lines = [each for each in held.lines if _by_the_patient(each.said)]
    if not lines:
        return []
    read = _read_to(held)
    return [
        Word(
            number=each.number,
            at=each.recorded_at,
            text=told(each.said),
            note=note(each.said),
            unread=each.number > read,
            form=_form(each.said),
        )
        for each in reversed(lines)
    ]


def unread(held: Held) -> list[Word]:
    """What nobody of the team has read yet."""
    return [each for each in words(held) if each.unread]


def _by_the_patient(said: Any) -> bool:
    by = said.get("by")
    return isinstance(by, dict) and by.get("role") == ROLE


def _read_to(held: Held) -> int:
    found = Looked.objects.filter(course=held.course).values_list("number", flat=True).first()
    return found or 0


def _form(event: Any) -> str:
    inside = event.get(TOLD)
    return form_of(inside["kind"]) if isinstance(inside, dict) and "kind" in inside else ""


def note(event: Any) -> str:
    """The patient's own words."""
    return str(event.get("note") or "")


def told(event: Any) -> str:
    """What was told, in one line; a report that no rule reads says so."""
    about, text = reports.told(event)
    if reports.counts(event):
        return f"{about}: {text}"
    return f"{about} (told, not counted): {text}".rstrip(": ")
