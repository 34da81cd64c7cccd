"""Writing and cancelling a prescription: only while the gate is open, with what was decided."""

from collections.abc import Sequence

from isocourse.clinic.log.models import Form
from isocourse.clinic.log.recording import Pen, Writer
from isocourse.clinic.supply.handing_over import Closed, decision
from isocourse.clinic.visits.saving import Said, save
from isocourse.clinic.visits.sheet import Sheet
from isocourse.course import Assessment, assess


def standing_now(pen: Pen) -> Assessment:
    """The course as it stands under the lock."""
    held = pen.held
    at = pen.at.astimezone(held.zone)
    return assess(held.as_read, at, settings=held.course.clinic.rules)


def write(sheet: Sheet, writer: Writer) -> list[Said]:
    """Record a prescription. Raises Closed when the gate was shut meanwhile."""
    found: list[Assessment] = []

    def gate(pen: Pen) -> None:
        found.append(standing_now(pen))
        answer = found[0].actions["prescribe"]
        if answer.verdict != "allowed":
            raise Closed(answer)

    def keep(pen: Pen, kept: Sequence[Said]) -> None:
        pen.write(Form.DECISION, decision("prescribe", found[0], kept[0]["id"]))

    return save(sheet.known.held.course, writer, sheet.events, sheet.token, gate, keep)
