"""What the engine answered, as statements of a letter: the gate, the dose, what is due, advice."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isocourse.clinic.letters.writing import Item, Section, day, items
from isocourse.course import Assessment
from isocourse.course.answers import Reason, Task
from isocourse.course.dosing import Dose
from isocourse.facts import column

OPEN = "go"
"""The tone of a gate that is open."""
TAILS = ("contraception_until", "no_blood_donation_until", "no_wax_until", "no_laser_until")


def _sentence(reason: Reason) -> str:
    return reason.sentence


def gate(
    found: Assessment, harm: bool = False, words: Callable[[Reason], str] = _sentence
) -> Section:
    """Whether capsules may be handed over, exactly as the gate says; nothing opens it here.

    Where harm is feared, what the gate leaves open is said only after a word with the team.
    """
    answer = found.actions["dispense"]
    said = _stops(answer.reasons, words)
    title = _("Capsules")
    if answer.verdict == "allowed" and harm:
        return Section(title, (), _("Speak with the team before you take another capsule."), "stop")
    if answer.verdict == "allowed":
        ends = [each.closes for each in found.windows if each.what == "dispense"]
        ahead = min((each for each in ends if each >= found.at), default=None)
        until = _("They may be handed over today.")
        if ahead is not None:
            until = _("They may be handed over until %s.") % day(ahead)
        return Section(title, (), until, OPEN)
    if answer.verdict == "blocked":
        return Section(title, said, _("They must not be handed over as things stand."), "stop")
    if answer.verdict == "unknown":
        lead = _("It cannot be told yet whether they may be handed over.")
        return Section(title, said, lead, "soon")
    return Section(title, (), _("No prescription is waiting."), "note")


def _stops(reasons: Iterable[Reason], words: Callable[[Reason], str]) -> tuple[Item, ...]:
    """What stops, each in its words once, with every source behind it."""
    told: dict[str, tuple[str, ...]] = {}
    for each in reasons:
        if each.stops:
            told[words(each)] = (*told.get(words(each), ()), *each.cites)
    return tuple(Item(text, cites) for text, cites in told.items())


def due(found: Assessment, wanted: Iterable[Task]) -> Iterator[Item]:
    """What is to be done, by when, as the rules say."""
    for task in wanted:
        note = ""
        if task.opens is not None and task.opens > found.at:
            note = _("Not before %s.") % day(task.opens)
        if task.closes is not None:
            until = _("Until %s.") % day(task.closes)
            note = f"{note} {until}".strip()
        yield Item(task.sentence, task.cites, _by(task, found), note)


def _by(task: Task, found: Assessment) -> str:
    """By which day; what is over says so."""
    if task.due is None:
        return ""
    today = found.at.date() if isinstance(found.at, datetime) else found.at
    if task.due == today:
        return _("Today:")
    late = task.due < today
    return (_("Overdue since %s:") if late else _("By %s:")) % day(task.due)


def tails(found: Assessment, words: Mapping[str, str] = MappingProxyType({})) -> Section:
    """What still holds after the last capsule, and until when; in other words where given."""
    held = [each for each in found.due if each.task in TAILS]
    told = (
        Item(words.get(t.task, t.sentence), t.cites, _("Until %s:") % day(t.closes or t.due))
        for t in held
    )
    return Section(_("What still holds after the course"), tuple(told))


def alerts(found: Assessment, urgencies: tuple[str, ...]) -> tuple[Item, ...]:
    """What has to be acted on."""
    words = {"now": _("Now:"), "soon": _("Soon:"), "note": ""}
    return tuple(
        Item(f"{each.sentence} {each.advice}".strip(), each.cites, words[each.urgency])
        for each in found.alerts
        if each.urgency in urgencies
    )


def dose(found: Assessment) -> tuple[Item, ...]:
    """The dose of today, what was taken so far, and the usual aim."""
    held = found.dose
    return items((_today(held), so_far(held), _aim(held)))


def _mg(micrograms: int) -> str:
    return f"{_figure(micrograms / 1000)} mg"


def _figure(value: float, places: int | None = None) -> str:
    """A number as the language of the letter writes it."""
    return number_format(f"{value:g}" if places is None else value, places)


def _today(held: Dose) -> Item | None:
    if held.today is None:
        return None
    if held.today == 0:
        return Item(_("By the record there are no capsules to take today."))
    food = _("with a meal") if held.recommended.with_food else _("with or without a meal")
    per_kg = "" if held.today_mg_per_kg is None else f" ({_figure(held.today_mg_per_kg, 2)} mg/kg)"
    said = _("%(dose)s a day%(per_kg)s, %(food)s.")
    told = said % {"dose": _mg(held.today), "per_kg": per_kg, "food": food}
    return Item(told, held.recommended.cites)


def so_far(held: Dose) -> Item | None:
    """What was taken up to now."""
    taken, per_kg = held.cumulative["taken"], held.cumulative_mg_per_kg["day_by_day"]
    if not taken:
        return None
    more = "" if per_kg is None else _(", %s mg for each kg of body weight") % _figure(per_kg, 0)
    missed = held.doses_missed
    note = ngettext("%d missed dose is reported.", "%d missed doses are reported.", missed) % missed
    told = _("Taken so far: %(amount)s%(per_kg)s.") % {"amount": _mg(taken), "per_kg": more}
    return Item(told, note=note if missed else "")


def _aim(held: Dose) -> Item | None:
    low, high = held.target_mg_per_kg
    said = _("The usual aim of a whole course is %(low)s to %(high)s mg for each kg.")
    note = ""
    if held.finish_between is not None:
        first, last = (day(each) for each in held.finish_between)
        note = _("At this dose it is reached between %(first)s and %(last)s.") % {
            "first": first,
            "last": last,
        }
    return Item(said % {"low": low, "high": high}, held.target_cites, note=note)


def unknown(found: Assessment) -> tuple[str, ...]:
    """What the record does not tell and an answer would need."""
    missing = [
        name
        for answer in found.actions.values()
        for each in answer.reasons
        if each.effect == "unknown"
        for name in each.missing
    ]
    asked = [column(name).ask or column(name).says.rstrip(".") for name in missing]
    return tuple(dict.fromkeys((*asked, *unknown_dose(found))))


def unknown_dose(found: Assessment) -> tuple[str, ...]:
    """What is not known of the dose."""
    held = found.dose
    lacking = (
        (held.today is None, _("The dose of the capsules in use.")),
        (held.recommended.low is None, _("The body weight, from which the usual dose follows.")),
    )
    return tuple(said for is_so, said in lacking if is_so)
