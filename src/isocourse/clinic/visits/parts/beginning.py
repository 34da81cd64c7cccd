"""The work-up: the acne, what was tried, the history, the papers."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.access.acts import may
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.parts.part import (
    YES_NO,
    Part,
    Said,
    listed,
    number,
    one_of,
    several,
    text,
    tick,
)
from isocourse.clinic.visits.words import say
from isocourse.words import tokens


class Acne(Part):
    """How severe it is."""

    name, title = "acne", _("The acne")
    severity = one_of(_("Severity"), tokens.SEVERITIES)
    scarring = one_of(_("It scars"), YES_NO)
    distress = one_of(_("It distresses the patient"), YES_NO)

    def said(self) -> Iterator[Said]:
        """The diagnosis."""
        names = ("scarring", "distress")
        more = {name: self.told(name) == "yes" for name in names if self.told(name)}
        if self.told("severity") or more:
            fields = {name: name for name in ("severity", *names)}
            yield Said("diagnosis", {"severity": self.told("severity"), **more}, fields)


class Earlier(Part):
    """What was tried before."""

    name, title, template = "earlier", _("Treated before with"), "visits/earlier.html"

    def prepare(self) -> None:
        """What is known beforehand."""
        for each in tokens.TREATMENTS:
            named = {"treatment": say(each)}
            self.fields[each] = listed(say(each), tokens.OUTCOMES)
            self.fields[f"{each}_weeks"] = number(_("Weeks of %(treatment)s") % named)
        self.fields["mg_per_kg"] = number(
            _("Isotretinoin in all, mg/kg"), _("Only if it was taken before.")
        )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Each treatment with its weeks."""
        return [(self[each], self[f"{each}_weeks"]) for each in tokens.TREATMENTS]

    def said(self) -> Iterator[Said]:
        """A treatment each."""
        for each in tokens.TREATMENTS:
            if self.told(each):
                keys: dict[str, Any] = {"treatment": each, "outcome": self.told(each)}
                if self.told(f"{each}_weeks"):
                    keys["weeks"] = self.number(f"{each}_weeks")
                if each == "isotretinoin" and self.told("mg_per_kg"):
                    keys["cumulative_mg_per_kg"] = self.number("mg_per_kg")
                fields = {"outcome": each, "weeks": f"{each}_weeks"}
                yield Said("prior_treatment", keys, fields | {"cumulative_mg_per_kg": "mg_per_kg"})

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """Weeks alone say nothing."""
        for each in tokens.TREATMENTS:
            if self.told(f"{each}_weeks") and not self.told(each):
                yield each, _now("Choose what became of it.")
        if self.told("mg_per_kg") and not self.told("isotretinoin"):
            yield "isotretinoin", _now("Choose what became of it.")


class History(Part):
    """Diseases, allergies and medicines."""

    name, title = "history", _("History")
    asked = several(
        _("Asked about today"), tokens.HISTORY_TOPICS, _("Tick what was asked, whatever was found.")
    )
    conditions = several(_("Has"), tokens.CONDITIONS)
    resolved = several(_("Had, and no longer has"), tokens.CONDITIONS)
    other_conditions = text(
        _("Other diseases"), _("One a line, in English and lower case."), rows=2
    )
    allergies = several(_("Allergic to"), tokens.SUBSTANCES)
    other_allergies = text(_("Other allergies"), _("One a line."), rows=2)
    medicines = text(_("Medicines taken"), _("One ingredient a line, such as doxycycline."), rows=3)
    stopped = text(_("Medicines stopped"), _("One ingredient a line."), rows=2)

    def _lines(self, name: str) -> list[str]:
        lines = re.split(r"[\n,;]", self.told(name) or "")
        return [each.strip().lower() for each in lines if each.strip()]

    def said(self) -> Iterator[Said]:
        """Each finding by itself, and what was asked."""
        if self.told("asked"):
            yield Said("history_review", {"topics": self.told("asked")}, {"topics": "asked"})
        ticked = self.told("conditions") or []
        for each in (*ticked, *(_word(e) for e in self._lines("other_conditions"))):
            where = "conditions" if each in ticked else "other_conditions"
            yield Said("condition", {"condition": each, "status": "active"}, {"condition": where})
        for each in self.told("resolved") or ():
            keys = {"condition": each, "status": "resolved"}
            yield Said("condition", keys, {"condition": "resolved"})
        yield from self._not_tolerated()
        for name, status in (("medicines", "started"), ("stopped", "stopped")):
            for each in self._lines(name):
                yield Said("medicine", {"name": each, "status": status}, {"name": name})

    def _not_tolerated(self) -> Iterator[Said]:
        ticked = self.told("allergies") or []
        for each in (*ticked, *(_word(e) for e in self._lines("other_allergies"))):
            where = "allergies" if each in ticked else "other_allergies"
            yield Said("allergy", {"substance": each}, {"substance": where})

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """What is present is not over."""
        both = set(self.told("conditions") or ()) & set(self.told("resolved") or ())
        if both:
            yield "resolved", _now("Named both as present and as over: %s.") % ", ".join(both)

    @property
    def background(self) -> Iterator[str]:
        """What is recorded."""
        for each in self.known.counted:
            if each["kind"] in ("condition", "allergy", "medicine"):
                word = each.get("condition") or each.get("substance") or each.get("name")
                status = each.get("status", _now("allergy"))
                yield _now("Recorded: %(what)s, %(how)s") % {"what": say(str(word)), "how": status}


def _word(text: str) -> str:
    return text.replace(" ", "_")


class Papers(Part):
    """What was signed, and who is enrolled."""

    name, title = "papers", _("Signed and enrolled")
    forms_signed = several(_("Signed today"), tokens.CONSENT_FORMS)
    guardian = tick(_("A guardian signed as well"))
    enrolled = several(_("Enrolled with the registry"), tokens.ENROLLED)

    def said(self) -> Iterator[Said]:
        """Each form and each enrolment."""
        guardian = {"by_guardian": True} if self.told("guardian") else {}
        for each in self.told("forms_signed") or ():
            yield Said("consent", {"form": each, **guardian}, {"form": "forms_signed"})
        for each in self.told("enrolled") or ():
            yield Said("enrolment", {"who": each, "active": True}, {"who": "enrolled"})


class Agreement(Part):
    """A prescriber's own word."""

    name, title = "agreement", _("Prescriber's agreement")
    hint = _("Each prescriber says it for themselves, signed in under their own name.")
    agreed = tick(_("I agree that this patient may be treated with isotretinoin"))

    @classmethod
    def wanted(cls, known: Known) -> bool:
        """Only prescribers can say so."""
        return may(known.here.role, "prescribe")

    def said(self) -> Iterator[Said]:
        """The agreement of whoever records."""
        if self.told("agreed"):
            here = self.known.here
            keys = {"prescriber": f"p{here.user.pk}", "role": here.profession}
            yield Said("prescriber_agreement", keys, {"prescriber": "agreed", "role": "agreed"})
