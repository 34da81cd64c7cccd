"""What a patient takes home, in plain words and in their language: the leaflet, and the farewell.

Every sentence is the engine's or stands here; what the engine says to the trade is said by topic.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isocourse.clinic.courses.harm import harmed
from isocourse.clinic.courses.telling import moment
from isocourse.clinic.letters import engine
from isocourse.clinic.letters.writing import Item, Letter, Picture, Section, day, items
from isocourse.clinic.portal.desk import desk
from isocourse.clinic.portal.engine import phase, spoken
from isocourse.clinic.portal.plain import NOT_YET, OTHERWISE, TASKS, UNTIL
from isocourse.clinic.supply.outages import registry_at
from isocourse.clinic.visits.knowing import Known
from isocourse.course import Assessment
from isocourse.course.answers import Reason, Tip

_STOP = "stop"
DONE: Mapping[str, Promise] = {
    **{name: label for name, label in TASKS.items() if name not in UNTIL},
    _STOP: gettext_lazy("Take no more capsules"),
}
"""What a patient does once; the team's own paperwork stands in no leaflet."""
ENDED: Mapping[str, Promise] = {
    "completed": gettext_lazy("You finished your course on %s."),
    "clear": gettext_lazy("You stopped on %s, because your skin was clear."),
    "side_effect": gettext_lazy("You stopped on %s, because of a side effect."),
    "pregnancy": gettext_lazy("You stopped on %s, because of a pregnancy."),
    "patient_choice": gettext_lazy("You stopped on %s, because you wanted to."),
    "other": gettext_lazy("You stopped on %s."),
}
_PICTURES = gettext_lazy(
    "These pictures come from a model of many people like you. Half of them lie in the inner "
    "band, nine in ten in the outer one. Nobody knows where you will be."
)
_FIRST_TIME = gettext_lazy(
    "You took isotretinoin before. The pictures do not count that: they are of people who take it "
    "for the first time."
)


def leaflet(known: Known, found: Assessment, pictures: tuple[Picture, ...]) -> Letter:
    """What a patient takes home: where they are, what to take, what to do, whom to call."""
    harm = harmed(found)
    return Letter(
        "leaflet",
        _("Your isotretinoin course"),
        (
            *(_harm() if harm else (_where(found), Section(_("Your dose"), engine.dose(found)))),
            _capsules(known, found, harm),
            Section(_("What to do, and by when"), _todo(found, harm)),
            _tails(found),
            _helps(found),
            _questions(known),
        ),
        engine.unknown_dose(found),
        () if harm else pictures,
        pictures_note=f"{_PICTURES} {_FIRST_TIME if took_it_before(found) else ''}".strip(),
    )


def took_it_before(found: Assessment) -> bool:
    """Whether isotretinoin was taken before this course, which no picture counts."""
    return bool(found.facts["earlier_course"] or found.facts["isotretinoin_before"])


def farewell(known: Known, found: Assessment, _pictures: tuple[Picture, ...]) -> Letter:
    """What a patient takes home at the end: what they took, what still holds, what to watch for."""
    harm = harmed(found)
    return Letter(
        "farewell",
        _("The end of your isotretinoin course"),
        (
            *(_harm() if harm else (_where(found),)),
            Section(_("What you took"), items((_stopped(known), engine.so_far(found.dose)))),
            _tails(found),
            Section(_("What comes now"), _todo(found, harm)),
            _helps(found),
            _questions(known),
        ),
    )


def _harm() -> tuple[Section, ...]:
    lead = _("Speak with the team before you take another capsule.")
    return (Section(_("First"), (), lead, "stop"),)


def _where(found: Assessment) -> Section:
    line = found.timeline
    week = _("Week %d of treatment.") % line.week if line.week else ""
    lead = f"{week} {phase(line)}".strip()
    return Section(_("Where you are"), _spoken(line.expect), lead, "note")


def _spoken(tips: Iterable[Tip]) -> tuple[Item, ...]:
    return tuple(Item(spoken(each.rule, each.sentence), each.cites) for each in tips)


def _capsules(known: Known, found: Assessment, harm: bool) -> Section:
    """The gate, with its reasons by topic; where a registry has the last word, that is said."""
    gate = engine.gate(found, harm, _plain)
    if gate.tone == engine.OPEN and registry_at(known.held, known.now):
        said = _("The pharmacy still asks the safety programme. What the programme says counts.")
        return replace(gate, items=(Item(said), *gate.items))
    return gate


def _plain(reason: Reason) -> str:
    return str(NOT_YET.get(reason.topic, OTHERWISE))


def _todo(found: Assessment, harm: bool) -> tuple[Item, ...]:
    """What the patient does, in plain words; the days and the sources are the rules'."""
    told = [
        replace(task, sentence=_("%s.") % DONE[task.task])
        for task in found.due
        if task.task in DONE and not (harm and task.task == "hand_over")
    ]
    return tuple(engine.due(found, told))


def _tails(found: Assessment) -> Section:
    return engine.tails(found, {name: _("%s.") % TASKS[name] for name in UNTIL})


def _helps(found: Assessment) -> Section:
    return Section(_("What helps"), _spoken(found.timeline.tips))


def _questions(known: Known) -> Section:
    """Whom to ask and whom to call, as the clinic has said it for its patients."""
    clinic, said = known.held.course.clinic, desk(known.held.course.clinic)
    lead = _("Ask %s: address and telephone stand at the head of this page.") % clinic.name
    if said.phone:
        lead = _("Ask %s.") % clinic.name
    told = (
        (_("Call your team:"), f"{said.phone} {said.hours}".strip() if said.phone else ""),
        (_("In an emergency:"), said.emergency or _("the emergency number where you are")),
        (_("People who listen:"), said.crisis),
    )
    numbers = tuple(Item(text, when=when) for when, text in told if text)
    return Section(_("Questions, and help"), numbers, lead, "note")


def _stopped(known: Known) -> Item | None:
    """When the course ended, and why, as the record says."""
    stop = known.latest("stop")
    if stop is None:
        return None
    when = day(moment(stop["at"], known.held.zone))
    return Item(str(ENDED.get(stop["reason"], ENDED["other"])) % when)
