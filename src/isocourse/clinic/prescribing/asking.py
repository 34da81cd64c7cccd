"""What a prescriber fills in, and what the engine says of it before it is written."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.prescribing.proposing import (
    Proposal,
    capsules_of_a_day,
    most,
    packs,
    proposals,
    strengths,
)
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.odd import Question, foreseen, question
from isocourse.clinic.visits.parts.part import Part, Said, day, number, one_of, text
from isocourse.clinic.visits.shapes import Shape
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.visits.words import choices
from isocourse.course.dosing import nearest
from isocourse.course.dosing.capsules import in_milligrams
from isocourse.words import tokens

_OTHER, _DAILY, _ALTERNATE = "other", "daily", "alternate"
_TWICE = "2"


class Prescribing(Part):
    """A prescription."""

    name, title, template = "rx", _("Prescription"), "prescribing/asked.html"
    dose = one_of(_("Dose a day"), [])
    other = number(_("Another dose, mg a day"))
    doses_per_day = one_of(_("Taken"), [("1", _("once a day")), (_TWICE, _("twice a day"))])
    rhythm = one_of(_("On"), [(_DAILY, _("every day")), (_ALTERNATE, _("every other day"))])
    days = number(_("For how many days"))
    formulation = one_of(_("Capsules"), choices(tokens.FORMULATIONS))
    product = text(_("Product"), _("Only if a certain one is meant."))
    certified_on = day(_("Non-pregnancy certified on"))
    note = text(_("Note"), _("Printed for the patient and the pharmacy."), rows=2)

    def prepare(self) -> None:
        """What is known beforehand."""
        last = self.known.latest("prescription") or {}
        usual = self.known.rules.value("supply.planned_supply_days")
        twice = self.known.rules.dosing.twice
        self.begin(
            doses_per_day=str(last.get("doses_per_day") or (_TWICE if twice else "1")),
            rhythm=_ALTERNATE if last.get("cycle_days") == 2 else _DAILY,
            days=str(last.get("days", usual)),
            formulation=last.get("formulation", "conventional"),
        )
        if self.known.rules.value("supply.certified_days") is None:
            del self.fields["certified_on"]
        self.proposals = proposals(self.known, twice)
        offered = [(each.mg, _words(each)) for each in self.proposals]
        self.most = most(self.known)
        field: Any = self.fields["dose"]
        field.choices = [*offered, (_OTHER, _("Another dose"))]

    @property
    def _mg(self) -> Any:
        """The dose in mg, as it was chosen or typed."""
        return self.number("other" if self.told("dose") == _OTHER else "dose")

    @property
    def _made(self) -> Any:
        """The capsules of a day, None when none make up the dose."""
        if not isinstance(self._mg, int | float) or self.told("formulation") == "":
            return None
        twice = self.told("doses_per_day") == _TWICE
        micrograms = round(self._mg * 1000)
        return capsules_of_a_day(self.known, micrograms, self.told("formulation"), twice)

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A dose that capsules can make up, and the days."""
        if not self.told("dose"):
            yield "dose", _now("Choose a dose.")
        elif self.told("dose") == _OTHER and not self.told("other"):
            yield "other", _now("Give the dose.")
        elif isinstance(self._mg, int | float) and self._made is None:
            yield "other" if self.told("dose") == _OTHER else "dose", self._nearest()
        for name in ("days", "formulation", "doses_per_day"):
            if not self.told(name):
                yield name, _now("Fill this in.")

    def _nearest(self) -> str:
        held = strengths(self.known, self.told("formulation") or "conventional")
        near = nearest(max(0, round(self._mg * 1000)), held) or 0
        said = {"dose": f"{self._mg:g}", "near": f"{in_milligrams(near):g}"}
        return _now("No capsules make up %(dose)s mg; the nearest dose is %(near)s mg.") % said

    def said(self) -> Iterator[Said]:
        """The prescription, with its capsules."""
        keys: dict[str, Any] = {
            "prescription_id": next_name(self.known),
            "daily_dose": self._mg,
            "unit": "mg/day",
            "doses_per_day": int(self.told("doses_per_day")),
            "days": self.number("days"),
            "formulation": self.told("formulation"),
            "role": self.known.here.profession,
        }
        alternate = self.told("rhythm") == _ALTERNATE
        if alternate:
            keys |= {"days_on": 1, "cycle_days": 2}
        keys |= {n: self.told(n) for n in ("product", "certified_on", "note") if self.told(n)}
        days = keys["days"]
        if self._made is not None and isinstance(days, int) and days > 0:
            keys["capsules"] = packs(self._made, (days + 1) // 2 if alternate else days)
        dose = "other" if self.told("dose") == _OTHER else "dose"
        fields = {"daily_dose": dose, "days": "days", "product": "product", "note": "note"}
        fields |= {"certified_on": "certified_on", "formulation": "formulation"}
        yield Said("prescription", keys, fields, self.known.now.isoformat())

    def told(self, name: str) -> Any:
        """A field that is not asked here is blank."""
        return super().told(name) or ""


def _words(each: Proposal) -> str:
    per_kg = f", {each.mg_per_kg:g} mg/kg" if each.mg_per_kg is not None else ""
    return f"{each.mg} mg{per_kg}: {each.capsules} ({', '.join(str(why) for why in each.why)})"


def next_name(known: Known) -> str:
    """A name that no prescription of the course has."""
    taken = {e.get("prescription_id") for e in known.held.events}
    first = f"rx-{known.today.isoformat()}"
    more = (f"{first}-{n}" for n in range(2, len(taken) + 3))
    return next(each for each in (first, *more) if each not in taken)


class PrescriptionSheet(Sheet):
    """A prescription as it is filled in: what no label allows is refused, the rest confirmed."""

    def doubts(self) -> list[Question]:
        """The whole in words, and what would be said of dose and supply at the hand-over."""
        (event,) = self.events
        asked = [question(in_a_line(event))]
        for each in foreseen(self.known, self.events).actions["dispense"].reasons:
            if each.topic not in ("dose", "supply"):
                continue
            if each.stops:  # what is not known refuses as well
                self.problems.append(each.sentence)
            elif each.effect == "advises":
                asked.append(question(each.sentence))
        return asked


def in_a_line(event: dict[str, Any]) -> str:
    """A prescription in one line, to be confirmed."""
    capsules = ", ".join(f"{e['mg']:g} mg × {e['quantity']}" for e in event["capsules"])
    said = {"dose": f"{event['daily_dose']:g}", "days": event["days"], "capsules": capsules}
    if event.get("cycle_days"):
        return _now("%(dose)s mg every other day for %(days)s days: %(capsules)s.") % said
    return _now("%(dose)s mg a day for %(days)s days: %(capsules)s.") % said


SHAPE = Shape(
    _("Prescribe"),
    _("The gate is open. The doses are those of the label at this weight, in capsules."),
    (Prescribing,),
)
