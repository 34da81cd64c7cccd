"""What changes the course: stopped, begun again, relapsed, a pregnancy, doses taken otherwise."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import Part, Said, day, listed, number, tick
from isocourse.words import tokens


class Turning(Part):
    """The course stops, goes on, or the acne comes back."""

    name, title = "turning", _("The course")
    stop = listed(_("Treatment is stopped because"), tokens.STOP_REASONS)
    restart = tick(_("Treatment begins again after a pause"))
    relapse = listed(_("The acne came back, meaning"), tokens.RELAPSE_DEFINITIONS)

    def said(self) -> Iterator[Said]:
        """Each by itself."""
        if self.told("stop"):
            yield Said("stop", {"reason": self.told("stop")}, {"reason": "stop"})
        if self.told("restart"):
            yield Said("restart", {}, {})
        if self.told("relapse"):
            yield Said("relapse", {"definition": self.told("relapse")}, {"definition": "relapse"})

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Not both at once."""
        if self.told("stop") and self.told("restart"):
            yield "restart", _now("Either it is stopped or it begins again.")


class Pregnancy(Part):
    """A pregnancy is known, or over."""

    name, title = "pregnancy", _("Pregnancy")
    known_now = tick(_("A pregnancy is known"))
    over = tick(
        _("The pregnancy is over"), _("Opens the way to a new start only from a prescriber.")
    )

    def said(self) -> Iterator[Said]:
        """Each by itself."""
        if self.told("known_now"):
            yield Said("pregnancy", {}, {})
        if self.told("over"):
            yield Said("condition", {"condition": "pregnancy", "status": "resolved"}, {})

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Not both at once."""
        if self.told("known_now") and self.told("over"):
            yield "over", _now("Either it is known or it is over.")


class Taken(Part):
    """What was really taken, when it differs from what was handed over."""

    name, title = "taken", _("Really taken")
    daily_dose = number(_("Dose a day, mg"), _("0 when none was taken."))
    since = day(_("From"))
    until = day(_("Until"), _("Left out: until the next such entry."))

    def said(self) -> Iterator[Said]:
        """The dose that was taken."""
        if self.told("daily_dose"):
            keys: dict[str, Any] = {"daily_dose": self.number("daily_dose"), "unit": "mg/day"}
            if self.told("until"):
                keys["until"] = self.told("until")
            fields = {"daily_dose": "daily_dose", "until": "until", "at": "since"}
            yield Said("taken", keys, fields, self.told("since"))

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A dose has a first day."""
        if self.told("daily_dose") and not self.told("since"):
            yield "since", _now("Give the first day of this dose.")
