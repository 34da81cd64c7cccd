"""The letters there are, and those for people of the trade: family doctor and pharmacy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isocourse.clinic.courses.telling import moment, said, title
from isocourse.clinic.letters import engine
from isocourse.clinic.letters.leaflets import farewell, leaflet, took_it_before
from isocourse.clinic.letters.writing import Item, Letter, Picture, Section, day, items
from isocourse.clinic.prescribing.printing import printed
from isocourse.clinic.supply.handing_over import newest
from isocourse.clinic.visits.knowing import Known
from isocourse.course import Assessment
from isocourse.course.forecasting.seen import EARLIER

ENDED = ("stopped_early", "finished", "follow_up", "relapsed")
_MEASURED = ("lab", "pregnancy_test", "weight", "severity", "mental_health", "symptom")
_SHOWN = 12  # newest recorded values


@dataclass(frozen=True, slots=True)
class Kind:
    """A letter that can be asked for: whether it can be written now, its words, and for whom."""

    label: Promise
    fits: Callable[[Known, Assessment], bool]
    written: Callable[[Known, Assessment, tuple[Picture, ...]], Letter]
    pictured: bool = False
    for_patient: bool = False


_MODEL = gettext_lazy(
    "From a model of many people like this patient: half of them lie in the inner band, nine in "
    "ten in the outer. Nobody knows which of them this patient is."
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
        _("Signature"),
        f"{_MODEL} {EARLIER if took_it_before(found) else ''}".strip(),
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


def _over(known: Known, found: Assessment) -> bool:
    return found.stage in ENDED


KINDS: Mapping[str, Kind] = {
    "leaflet": Kind(
        gettext_lazy("Leaflet for the patient"), lambda *_: True, leaflet, True, for_patient=True
    ),
    "farewell": Kind(
        gettext_lazy("End of the course, for the patient"), _over, farewell, for_patient=True
    ),
    "summary": Kind(gettext_lazy("Summary for the family doctor"), lambda *_: True, summary, True),
    "ending": Kind(gettext_lazy("End of the course, for the family doctor"), _over, ending),
    "pharmacy": Kind(gettext_lazy("Note to the pharmacy"), _waits, pharmacy),
}
