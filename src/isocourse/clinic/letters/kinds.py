"""The letters themselves: for the patient, the family doctor, the end of a course, the pharmacy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.courses.telling import moment, said, title
from isocourse.clinic.letters import engine
from isocourse.clinic.letters.writing import Item, Letter, Picture, Section, day, items
from isocourse.clinic.prescribing.printing import printed
from isocourse.clinic.supply.handing_over import newest
from isocourse.clinic.visits.knowing import Known
from isocourse.course import Assessment

ENDED = ("stopped_early", "finished", "follow_up", "relapsed")
_PATIENT_DOES: Mapping[str, Promise] = {
    "visit": gettext_lazy("A visit to the team."),
    "first_review": gettext_lazy("A visit to the team."),
    "mental_health": gettext_lazy("Talk with the team about how you feel."),
    "pregnancy_test": gettext_lazy("A pregnancy test."),
    "pregnancy_test_after": gettext_lazy("A pregnancy test after the course."),
    "lipids": gettext_lazy("A blood test: blood fats."),
    "liver": gettext_lazy("A blood test: liver values."),
    "glucose": gettext_lazy("A blood test: blood sugar."),
    "ck": gettext_lazy("A blood test: muscle values."),
    "comprehension": gettext_lazy("Answer the programme's questions."),
    "hand_over": gettext_lazy("Pick up your capsules."),
    "follow_up": gettext_lazy("A visit after the course."),
    "maintenance_review": gettext_lazy("A visit about the treatment on your skin."),
    "relapse_watch": gettext_lazy("Watch your skin, and come back if the spots do."),
    "return_capsules": gettext_lazy("Bring capsules that are left over back to the pharmacy."),
    "stop": gettext_lazy("Take no more capsules."),
}
"""Tasks that a patient takes part in; the team's own paperwork stands in no leaflet."""
_MEASURED = ("lab", "pregnancy_test", "weight", "severity", "mental_health", "symptom")
_SHOWN = 12  # newest recorded values


@dataclass(frozen=True, slots=True)
class Kind:
    """A letter that can be asked for: whether it can be written now, and its words."""

    label: Promise
    fits: Callable[[Known, Assessment], bool]
    written: Callable[[Known, Assessment, tuple[Picture, ...]], Letter]
    pictured: bool


def leaflet(known: Known, found: Assessment, pictures: tuple[Picture, ...]) -> Letter:
    """What a patient takes home: where they are, what to take, what to do, whom to call."""
    harm = harmed(found)
    line = found.timeline
    tips = tuple(Item(each.sentence, each.cites) for each in line.tips)
    return Letter(
        "leaflet",
        _("Your isotretinoin course"),
        (
            *(_harm() if harm else _going_on(found)),
            engine.gate(found, harm),
            Section(_("What to do, and by when"), _todo(found, harm)),
            engine.tails(found),
            Section(_("What helps"), tips),
            Section(_("Questions"), lead=_WHOM % known.held.course.clinic.name, tone="note"),
        ),
        engine.unknown_dose(found),
        () if harm else pictures,
    )


_WHOM = gettext_lazy("Ask %s: address and telephone stand at the head of this page.")


def _todo(found: Assessment, harm: bool) -> tuple[Item, ...]:
    """What the patient does, in plain words; the days and the sources are the rules'."""
    told = [
        replace(task, sentence=str(_PATIENT_DOES[task.task]))
        for task in found.due
        if task.task in _PATIENT_DOES and not (harm and task.task == "hand_over")
    ]
    return tuple(engine.due(found, told))


def _harm() -> tuple[Section, ...]:
    lead = _("Speak with the team before you take another capsule.")
    return (Section(_("First"), (), lead, "stop"),)


def _going_on(found: Assessment) -> tuple[Section, ...]:
    line = found.timeline
    normal = tuple(Item(each.sentence, each.cites) for each in line.expect)
    week = _("Week %d of treatment.") % line.week if line.week else ""
    return (
        Section(_("Where you are"), normal, f"{week} {line.sentence}".strip(), "note"),
        Section(_("Your dose"), engine.dose(found)),
    )


def summary(known: Known, found: Assessment, pictures: tuple[Picture, ...]) -> Letter:
    """What the family doctor needs to know of a course that goes on."""
    line = found.timeline
    lead = _("Stage: %s.") % found.stage.replace("_", " ")
    week = _("Week %d of treatment.") % line.week if line.week else ""
    return Letter(
        "summary",
        _("Oral isotretinoin: summary of the course"),
        (
            Section(_("To act on"), engine.alerts(found, ("now", "soon"))),
            Section(_("Where the course is"), engine.dose(found), f"{lead} {week}".strip(), "note"),
            engine.gate(found),
            Section(_("What is due"), tuple(engine.due(found, found.due))),
            Section(_("Recorded lately"), _recorded(known)),
        ),
        engine.unknown(found),
        pictures,
        sign=_("Signature"),
    )


def ending(known: Known, found: Assessment, pictures: tuple[Picture, ...]) -> Letter:
    """What was given, how it ended, what still holds, and what to watch for."""
    stop = known.latest("stop")
    ended = (
        Item(_("Stopped on %(day)s: %(why)s.") % {"day": _when(known, stop), "why": said(stop)})
        if stop
        else None
    )
    due = [each for each in found.due if each.task not in engine.TAILS]
    return Letter(
        "ending",
        _("Oral isotretinoin: end of the course"),
        (
            Section(_("To act on"), engine.alerts(found, ("now", "soon"))),
            Section(_("What was given"), items((ended, *engine.dose(found)))),
            engine.tails(found),
            Section(_("What comes now"), tuple(engine.due(found, due)), found.timeline.sentence),
            Section(_("Recorded lately"), _recorded(known)),
        ),
        engine.unknown(found),
        sign=_("Signature"),
    )


def _when(known: Known, event: Mapping[str, Any]) -> str:
    return day(moment(event["at"], known.held.zone))


def _recorded(known: Known) -> tuple[Item, ...]:
    """The newest values, as they were reported."""
    held = [each for each in known.counted if each["kind"] in _MEASURED][-_SHOWN:]
    return tuple(
        Item(f"{title(each)}: {said(each)}", when=f"{_when(known, each)}:")
        for each in reversed(held)
    )


def pharmacy(known: Known, found: Assessment, pictures: tuple[Picture, ...]) -> Letter:
    """What the pharmacy needs for the prescription that waits; of other matters only a count."""
    last = newest(known.held)
    assert last is not None  # noqa: S101  (asked before: it fits)
    written = known.latest("prescription", prescription_id=last.prescription_id) or {}
    told = printed(known, written)
    stops = [Item(each.reason.sentence, each.reason.cites) for each in told.get("stops", ())]
    if told.get("other_stops"):
        stops.append(Item(_("Other matters stop it too: ask the prescriber.")))
    gate = engine.gate(found)
    return Letter(
        "pharmacy",
        _("Note to the pharmacy"),
        (
            Section(gate.title, tuple(stops), gate.lead, gate.tone),
            Section(_("Prescription"), _prescribed(known, written, told)),
            Section(_("What was seen"), _seen(known, told)),
        ),
        sign=_("Signature"),
    )


def _prescribed(
    known: Known, written: Mapping[str, Any], told: Mapping[str, Any]
) -> tuple[Item, ...]:
    doses = [Item(_("A dose: %s") % each) for each in dict.fromkeys(told["doses"])]
    cites: tuple[str, ...] = told["dose"].recommended.cites
    return (Item(said(written), cites, f"{_when(known, written)}:"), *doses)


def _seen(known: Known, told: Mapping[str, Any]) -> tuple[Item, ...]:
    test, number = told.get("test"), told.get("number")
    return items(
        (
            Item(_("Latest pregnancy test: %s") % said(test), when=f"{_when(known, test)}:")
            if test
            else None,
            Item(_("Registry's number: %s") % number["number"], when=f"{_when(known, number)}:")
            if number
            else None,
        )
    )


def _waits(known: Known, found: Assessment) -> bool:
    return newest(known.held) is not None and found.actions["dispense"].verdict != "not_applicable"


KINDS: Mapping[str, Kind] = {
    "leaflet": Kind(gettext_lazy("Leaflet for the patient"), lambda *_: True, leaflet, True),
    "summary": Kind(gettext_lazy("Summary for the family doctor"), lambda *_: True, summary, True),
    "ending": Kind(
        gettext_lazy("Letter at the end of the course"),
        lambda _, found: found.stage in ENDED,
        ending,
        False,
    ),
    "pharmacy": Kind(gettext_lazy("Note to the pharmacy"), _waits, pharmacy, False),
}
