"""Prescriptions that are void, or come back: which ones can be named."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.parts.part import Part, Said, listed, text
from isocourse.clinic.visits.words import Choices


def written(known: Known) -> Choices:
    """The prescriptions of a course that still stand, newest first."""
    held = known.counted
    void = {each["prescription_id"] for each in held if each["kind"] == "cancel"}
    rows = [e for e in held if e["kind"] == "prescription" and e["prescription_id"] not in void]
    return [
        (e["prescription_id"], f"{e['prescription_id']}: {e['daily_dose']:g} {e['unit']}")
        for e in reversed(rows)
    ]


def handed_over(known: Known) -> set[str]:
    """The prescriptions of which something was handed over."""
    return {e["prescription_id"] for e in known.counted if e["kind"] == "dispense"}


class Cancelling(Part):
    """A prescription that was not handed over is void."""

    name, title = "cancel", _("Cancel")
    prescription_id = listed(_("Prescription"), [])
    note = text(_("Why"), rows=2)

    def prepare(self) -> None:
        """What is known beforehand."""
        done = handed_over(self.known)
        held = [each for each in written(self.known) if each[0] not in done]
        field = self.fields["prescription_id"]
        field.choices = [("", "–"), *held]  # type: ignore[attr-defined]
        self.begin(prescription_id=held[0][0] if len(held) == 1 else "")

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Which one, and why."""
        if not self.told("prescription_id"):
            yield "prescription_id", _now("Choose the prescription.")
        if not self.told("note"):
            yield "note", _now("Write why.")

    def said(self) -> Iterator[Said]:
        """The cancellation."""
        keys = {name: self.told(name) for name in ("prescription_id", "note")}
        yield Said("cancel", keys, {name: name for name in keys}, self.known.now.isoformat())
