"""What a prescriber fills in, and what the engine says of it before it is written."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.prescribing.proposing import Proposal, most, proposals, strengths
from isocourse.clinic.prescribing.regimens import (
    ALTERNATE,
    DAILY,
    KEPT,
    SOME_DAYS,
    TAPER,
    WAYS,
    Regimen,
    Wanted,
    lines,
    regimen,
)
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.visits.odd import Question, foreseen, question
from isocourse.clinic.visits.parts.part import Part, Said, day, number, one_of, text
from isocourse.clinic.visits.shapes import Shape
from isocourse.clinic.visits.sheet import Sheet
from isocourse.clinic.visits.words import choices
from isocourse.course import Reason
from isocourse.course.dosing import nearest
from isocourse.course.dosing.capsules import in_milligrams
from isocourse.words import tokens

_OTHER = "other"
_TWICE = "2"


class Prescribing(Part):
    """A prescription."""

    name, title, template = "rx", _("Prescription"), "prescribing/asked.html"
    dose = one_of(_("Dose a day"), [])
    other = number(_("Another dose, mg a day"))
    doses_per_day = one_of(_("Taken"), [("1", _("once a day")), (_TWICE, _("twice a day"))])
    rhythm = one_of(
        _("How"),
        WAYS,
        _(
            "Two doses in turn, or a capsule on some days: the dose is the mean of a day. Stepping "
            "down: it is the first."
        ),
    )
    last = number(_("Last dose, mg a day"), _("Only when stepping down."))
    steps = number(_("Number of steps"), _("Only when stepping down."))
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
            rhythm=_way_of(last),
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
    def _steps(self) -> tuple[Any, Any]:
        """The end of a descent, µg, and its steps, where they are usable."""
        last, steps = self.number("last"), self.number("steps")
        fits = isinstance(last, int | float) and isinstance(steps, int)
        days = self.number("days")
        if not fits or not 0 < last * 1000 <= self._mg * 1000 or not 2 <= steps <= days:
            return None, None
        return round(last * 1000), steps

    @property
    def made(self) -> Regimen | None:
        """What is taken, with its capsules; None when none make it up."""
        days = self.number("days")
        usable = isinstance(self._mg, int | float) and isinstance(days, int) and days > 0
        if not usable or self.told("formulation") == "" or self._mg <= 0:
            return None
        way, twice = self.told("rhythm") or DAILY, self.told("doses_per_day") == _TWICE
        last, steps = self._steps if way == TAPER else (0, 0)
        if last is None:
            return None
        wanted = Wanted(way, round(self._mg * 1000), days, twice, last, steps)
        return regimen(wanted, strengths(self.known, self.told("formulation")))

    def incomplete(self) -> Iterator[tuple[str, str]]:
        """A dose that capsules can make up, and the days."""
        for name in ("days", "formulation", "doses_per_day"):
            if not self.told(name):
                yield name, _now("Fill this in.")
        if not self.told("dose"):
            yield "dose", _now("Choose a dose.")
        elif self.told("dose") == _OTHER and not self.told("other"):
            yield "other", _now("Give the dose.")
        elif isinstance(self._mg, int | float) and isinstance(self.number("days"), int):
            yield from self._not_made()

    def _not_made(self) -> Iterator[tuple[str, str]]:
        """Why there are no capsules for it."""
        if self.told("rhythm") == TAPER and self._steps == (None, None):
            yield (
                "last",
                _now("Give a last dose that is not higher, and from 2 steps to one a day."),
            )
        elif self.made is None:
            yield "other" if self.told("dose") == _OTHER else "dose", self._nearest()
        elif self.made.way == SOME_DAYS and self.number("days") % self.made.cycle:
            cycle = {"n": self.made.cycle}
            yield "days", _now("A cycle is %(n)s days: give whole cycles.") % cycle

    def _nearest(self) -> str:
        held = strengths(self.known, self.told("formulation") or "conventional")
        near = nearest(max(0, round(self._mg * 1000)), held) or 0
        said = {"dose": f"{self._mg:g}", "near": f"{in_milligrams(near):g}"}
        return _now("No capsules make up %(dose)s mg; the nearest dose is %(near)s mg.") % said

    def said(self) -> Iterator[Said]:
        """The prescription, with its capsules."""
        made = self.made
        keys: dict[str, Any] = {
            "prescription_id": next_name(self.known),
            "daily_dose": in_milligrams(made.daily) if made else self._mg,
            "unit": "mg/day",
            "doses_per_day": 1
            if made and made.way == SOME_DAYS
            else int(self.told("doses_per_day")),
            "days": self.number("days"),
            "formulation": self.told("formulation"),
            "role": self.known.here.profession,
        }
        if made and made.cycle:
            keys |= {"days_on": made.on, "cycle_days": made.cycle}
        keys |= {n: self.told(n) for n in ("product", "certified_on", "note") if self.told(n)}
        if made:
            keys |= {"capsules": made.packs, **made.kept}
        dose = "other" if self.told("dose") == _OTHER else "dose"
        fields = {"daily_dose": dose, "days": "days", "product": "product", "note": "note"}
        fields |= {"certified_on": "certified_on", "formulation": "formulation"}
        yield Said("prescription", keys, fields, self.known.now.isoformat())

    def told(self, name: str) -> Any:
        """A field that is not asked here is blank."""
        return super().told(name) or ""


def _way_of(last: Mapping[str, Any]) -> str:
    """How the last prescription was taken."""
    if KEPT in last:
        return str(last[KEPT]["way"])
    cycle = last.get("days_on"), last.get("cycle_days")
    return DAILY if cycle[1] is None else ALTERNATE if cycle == (1, 2) else SOME_DAYS


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
        for each in self._judgements(event):
            if each.stops:  # what is not known refuses as well
                self.problems.append(each.sentence)
            elif each.effect == "advises":
                asked.append(question(each.sentence))
        return list(dict.fromkeys(asked))

    def _judgements(self, event: Mapping[str, Any]) -> list[Reason]:
        """What would be said of dose and supply; where doses differ, of the highest day as well."""
        found = foreseen(self.known, self.events).actions["dispense"].reasons
        told = [each for each in found if each.topic in ("dose", "supply")]
        if KEPT in event:
            highest = max(sum(each["mg"]) for each in event[KEPT]["phases"])
            day = {n: v for n, v in event.items() if n != "capsules"} | {"daily_dose": highest}
            more = foreseen(self.known, [day]).actions["dispense"].reasons
            said = {each.sentence for each in told}
            told += [e for e in more if e.topic == "dose" and e.sentence not in said]
        return told


def in_a_line(event: dict[str, Any]) -> str:
    """A prescription in one line, to be confirmed."""
    capsules = ", ".join(f"{e['mg']:g} mg × {e['quantity']}" for e in event["capsules"])
    said = {"dose": f"{event['daily_dose']:g}", "days": event["days"], "capsules": capsules}
    if KEPT in event:
        words = _now("On average %(dose)s mg a day for %(days)s days: %(capsules)s.")
    elif (event.get("days_on"), event.get("cycle_days")) == (1, 2):
        words = _now("%(dose)s mg every other day for %(days)s days: %(capsules)s.")
    elif event.get("cycle_days"):
        words = _now("%(dose)s mg on some days, for %(days)s days: %(capsules)s.")
    else:
        words = _now("%(dose)s mg a day for %(days)s days: %(capsules)s.")
    return " ".join([words % said, *lines(event)])


SHAPE = Shape(
    _("Prescribe"),
    _("The gate is open. The doses are those of the label at this weight, in capsules."),
    (Prescribing,),
)
