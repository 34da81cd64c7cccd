"""The visit itself: the day, who saw the patient, weight, skin, what was talked about."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isocourse.clinic.visits.parts.part import (
    Part,
    Said,
    day,
    listed,
    number,
    one_of,
    several,
    text,
    tick,
)
from isocourse.clinic.visits.words import say
from isocourse.words import tokens

_SEEN_BY = (*tokens.PRESCRIBERS, "other")


class Day(Part):
    """The day on which it was."""

    name, title = "day", _("Day")
    day = day(_("Day"), _("Today unless you record it late."))

    def prepare(self) -> None:
        """What is known beforehand."""
        self.begin(day=self.known.today.isoformat())


class Visit(Day):
    """The patient was seen."""

    name, title = "visit", _("Visit")
    mode = one_of(_("How"), tokens.VISIT_MODES)
    role = listed(_("Seen by"), _SEEN_BY)
    note = text(_("Note"), _("For people; no rule reads it."), rows=2)

    def prepare(self) -> None:
        """What is known beforehand."""
        super().prepare()
        profession = self.known.here.profession
        self.begin(mode="in_person", role=profession if profession in _SEEN_BY else "other")

    def said(self) -> Iterator[Said]:
        """The visit."""
        keys = {"mode": self.told("mode"), "role": self.told("role"), "note": self.told("note")}
        given = {name: value for name, value in keys.items() if value}
        yield Said("visit", given, {name: name for name in keys} | {"at": "day"})


class Weight(Part):
    """What the scale showed."""

    name, title = "weight", _("Weight")
    value = number(_("Weight"))
    unit = one_of(_("Unit"), [(unit, unit) for unit in tokens.WEIGHT_UNITS])

    def prepare(self) -> None:
        """What is known beforehand."""
        last = self.known.latest("weight")
        self.begin(unit=last["unit"] if last else "kg")

    def said(self) -> Iterator[Said]:
        """The weight."""
        if self.told("value"):
            keys = {"value": self.number("value"), "unit": self.told("unit")}
            yield Said("weight", keys, {"value": "value", "unit": "unit"})

    @property
    def background(self) -> Iterator[str]:
        """The last weight."""
        last = self.known.latest("weight")
        if last:
            said = {"value": f"{last['value']:g}", "unit": last["unit"], "day": last["at"][:10]}
            yield _now("Last: %(value)s %(unit)s on %(day)s") % said


class Skin(Part):
    """What the skin looks like."""

    name, title = "skin", _("Skin")
    comedones = number(_("Comedones"))
    papules_pustules = number(_("Papules and pustules"))
    nodules = number(_("Nodules"))

    def said(self) -> Iterator[Said]:
        """The counts."""
        names = [n for n in ("comedones", "papules_pustules", "nodules") if self.told(n)]
        if names:
            yield Said("lesions", {n: self.number(n) for n in names}, {n: n for n in names})


_TOPICS = (
    "pregnancy_prevention",
    "side_effects",
    "mood",
    "blood_donation_and_sharing",
    "meals_and_missed_doses",
    "skin_lips_and_sun",
)


class Talks(Part):
    """What was talked about."""

    name, title = "talks", _("Counselling")
    done = tick(_("The patient was counselled today"))
    topics = several(_("About"), _TOPICS)

    def said(self) -> Iterator[Said]:
        """The counselling."""
        topics = self.told("topics")
        if self.told("done") or topics:
            yield Said("counselling", {"topics": topics} if topics else {}, {"topics": "topics"})


_COMMON = (
    "cheilitis",
    "dry_skin",
    "dry_eyes",
    "nosebleed",
    "myalgia",
    "arthralgia",
    "headache",
    "flare",
)
GRADES = [
    ("", _("none")),
    ("1", _("mild")),
    ("2", _("moderate")),
    ("3", _("severe")),
    ("4", _("emergency")),
]


class Symptoms(Part):
    """What the patient feels, by grade."""

    name, title, template = "symptoms", _("Symptoms"), "visits/symptoms.html"
    hint = _("Leave at none what the patient does not have.")
    other = text(_("Another symptom"), _("In English and lower case, such as dizziness."))
    other_grade = listed(_("Its grade"), list(GRADES[1:]))

    def prepare(self) -> None:
        """What is known beforehand."""
        for each in tokens.SYMPTOMS:
            self.fields[each] = one_of(say(each), list(GRADES))
            self.fields[each].initial = ""

    @property
    def common(self) -> list[Any]:
        """The usual ones."""
        return [self[each] for each in _COMMON]

    @property
    def rare(self) -> list[Any]:
        """The others."""
        return [self[each] for each in tokens.SYMPTOMS if each not in _COMMON]

    @property
    def rare_told(self) -> bool:
        """Whether one of the others was entered."""
        return any(self.data.get(each.html_name) for each in (*self.rare, self["other"]))

    def said(self) -> Iterator[Said]:
        """A symptom each."""
        for each in tokens.SYMPTOMS:
            if self.told(each):
                keys = {"symptom": each, "grade": self.number(each)}
                yield Said("symptom", keys, {"symptom": each, "grade": each})
        if self.told("other"):
            keys = {"symptom": self.told("other"), "grade": self.number("other_grade")}
            yield Said("symptom", keys, {"symptom": "other", "grade": "other_grade"})
