"""Recording that the registry could not be reached, and later what it said when it was."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.log.models import Form
from isocourse.clinic.log.recording import Pen, Writer
from isocourse.clinic.prescribing.cancelling import written
from isocourse.clinic.supply.outages import AUTHORISE
from isocourse.clinic.visits.parts.part import Part, day, hour, listed, one_of, text
from isocourse.clinic.visits.saving import Said, once_of, save
from isocourse.clinic.visits.shapes import Shape
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.visits.words import Choices

ABOUT: dict[str, Promise] = {
    AUTHORISE: _("Authorise a hand-over"),
    "confirm": _("Confirm counselling, a test or contraception"),
    "enrol": _("Enrol a patient, or change an enrolment"),
    "give_back": _("Report capsules that went back to stock"),
    "other": _("Something else"),
}
HOW: dict[str, Promise] = {
    "no_answer": _("The page did not open, or there was no connection"),
    "error": _("It answered with an error"),
    "sign_in": _("Signing in failed"),
    "telephone": _("The telephone line was closed or busy"),
    "other": _("Otherwise"),
}


class Dated(Part):
    """Something that was at a time of a day, not later than now."""

    def moment(self, on: str, at: str) -> datetime | None:
        """The moment that two fields name; None when they name none."""
        try:
            named = date.fromisoformat(self.told(on)), time.fromisoformat(self.told(at))
        except ValueError:
            return None
        return datetime.combine(*named, self.known.held.zone)

    def not_a_past_moment(self, on: str, at: str) -> Iterator[tuple[str, str]]:
        """What is wrong with the two fields."""
        when = self.moment(on, at)
        if when is None:
            yield at, _now("Give the day and the time.")
        elif when > self.known.now:
            yield at, _now("This is later than now.")

    def now(self) -> dict[str, str]:
        """This moment, as the two kinds of field show it."""
        now = self.known.now
        return {"day": now.date().isoformat(), "hour": f"{now:%H:%M}"}


class Tried(Dated):
    """The registry was tried in vain."""

    name, title = "outage", _("What was tried")
    about = one_of(_("What the registry was wanted for"), list(ABOUT.items()))
    prescription_id = listed(_("Prescription"), [])
    tried_on = day(_("Tried on"))
    tried_at = hour(_("at"))
    how = one_of(_("What happened"), list(HOW.items()))
    reference = text(_("Reference"), _("A ticket number, or who answered the telephone."))
    done = text(_("What was done instead, and what the patient was told"), rows=3)

    def prepare(self) -> None:
        """What is known beforehand."""
        held: Choices = written(self.known)
        self.fields["prescription_id"].choices = [("", "–"), *held]  # type: ignore[attr-defined]
        now = self.now()
        first = held[0][0] if held else None
        self.begin(prescription_id=first, tried_on=now["day"], tried_at=now["hour"])

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """What has to be known to make use of the record."""
        if not self.told("about"):
            yield "about", _now("Choose what it was wanted for.")
        if self.told("about") == AUTHORISE and not self.told("prescription_id"):
            yield "prescription_id", _now("Choose the prescription.")
        if not self.told("how"):
            yield "how", _now("Choose what happened.")
        if not self.told("done"):
            yield "done", _now("Write what was done instead.")
        yield from self.not_a_past_moment("tried_on", "tried_at")

    def record(self) -> dict[str, Any]:
        """The record as the log keeps it."""
        names = ("about", "prescription_id", "how", "reference", "done")
        said = {name: self.told(name) for name in names if self.told(name)}
        when = self.moment("tried_on", "tried_at")
        return {**said, "tried_at": when.isoformat() if when else ""}


class Reached(Dated):
    """The registry was reached, or its word is no longer wanted."""

    name, title = "reached", _("How it ended")
    hint = _("For an authorisation record the registry's word instead: that ends the waiting.")
    reached_on = day(_("On"))
    reached_at = hour(_("at"))
    says = text(_("What the registry said, or why its word is no longer wanted"), rows=3)

    def prepare(self) -> None:
        """What is known beforehand."""
        now = self.now()
        self.begin(reached_on=now["day"], reached_at=now["hour"])

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """When, and how."""
        if not self.told("says"):
            yield "says", _now("Write how it ended.")
        yield from self.not_a_past_moment("reached_on", "reached_at")

    def record(self) -> dict[str, Any]:
        """The end as the log keeps it."""
        when = self.moment("reached_on", "reached_at")
        return {"says": self.told("says"), "reached_at": when.isoformat() if when else ""}


class RecordSheet(Sheet):
    """A form of one part that becomes a record of the log and no event of the course."""

    def read(self) -> bool:
        """Whether it can be recorded as it is."""
        return self._whole(self.parts)

    @property
    def record(self) -> dict[str, Any]:
        """What is recorded."""
        part: Any = self.parts[0]
        said: dict[str, Any] = part.record()
        return said


def keep(sheet: Sheet, writer: Writer, **more: Any) -> list[Said]:
    """Write a record into the log, once; the number of its entry."""
    assert isinstance(sheet, RecordSheet)  # noqa: S101
    course, numbers = sheet.known.held.course, []
    said, once = {**sheet.record, **more}, once_of(sheet.known.held.course, sheet.token)

    def write(pen: Pen, _kept: Any) -> None:
        numbers.append(pen.write(Form.OUTAGE, said, once).number)

    save(course, writer, [], sheet.token, after=write)
    return [{"number": each} for each in numbers]


OUTAGE = Shape(
    _("The registry cannot be reached"),
    _(
        "Kept in the log with who and when, and put in the queue until the registry's word is "
        "recorded. It opens no gate: without that word nothing is handed over."
    ),
    (Tried,),
)
SETTLING = Shape(
    _("The registry was reached"),
    _("Ends the waiting. The record of what was tried stays in the log."),
    (Reached,),
)
