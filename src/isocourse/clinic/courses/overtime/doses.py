"""The dose over time: what was taken each day, and what it came to for each weight.

Each number is the engine's, asked for on the days on which something changes; between two of them
the sum grows evenly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isocourse.clinic.courses.overtime.counted import Event, day_of, of_kind
from isocourse.clinic.courses.overtime.drawing import Chart, Line, Point
from isocourse.clinic.courses.overtime.findings import amount
from isocourse.clinic.log.reading import Held
from isocourse.course.assessing import asked_of, facts_of
from isocourse.course.dosing import Dose, dose
from isocourse.course.edition import rules_in_force

_CHANGES = ("dispense", "taken", "stop", "restart", "weight", "return_to_stock")
_A_DAY = timedelta(days=1)
_PER_MG = 1000
_MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Asked:
    """The dose at the end of a day, and the day on which the capsules end as seen from it."""

    day: date
    dose: Dose
    supply_ends: date | None


_KEPT: dict[tuple[str, date, str], list[Asked]] = {}


def asked(held: Held, day: date, known_at: datetime) -> Asked:
    """What the engine says of the dose of a day, by what was known at a moment."""
    moment = asked_of(held.as_read, day)
    rules = rules_in_force(held.course.place, day, held.course.clinic.rules)
    facts = facts_of(held.as_read, moment, known_at, rules)[1].facts
    left = facts["days_of_supply_left"]
    ends = None if left is None else day + timedelta(days=left)
    return Asked(day, dose(facts, rules.dosing, moment.day), ends)


def over_time(held: Held, events: list[Event], on: date) -> list[Asked]:
    """The dose on each day on which it may change, from the first capsules to a day.

    Kept for a while by the seal of the log, the day and the settings, on which alone it rests.
    """
    rests_on = held.head.mac, on, held.course.clinic.rules.name
    found = _KEPT.get(rests_on)
    if found is None:
        found = _KEPT[rests_on] = _over_time(held, events, on)
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
    return found


def _over_time(held: Held, events: list[Event], on: date) -> list[Asked]:
    began = [day_of(each, held.zone) for each in of_kind(events, "dispense")]
    if not began:
        return []
    known_at = datetime.combine(on + _A_DAY, time(), held.zone)
    first = min(began)
    days = {on} | {day_of(e, held.zone) for e in events if e["kind"] in _CHANGES}
    found = {day: asked(held, day, known_at) for day in days if first <= day <= on}
    ends = {each.supply_ends for each in found.values() if each.supply_ends is not None}
    for end in ends:
        for day in (end, end + _A_DAY):
            if first <= day <= on and day not in found:
                found[day] = asked(held, day, known_at)
    return [found[day] for day in sorted(found)]


def daily(days: list[Asked]) -> Chart | None:
    """The dose of each day."""
    known = [each for each in days if each.dose.today is not None]
    if not known:
        return None
    points = [Point(e.day, (e.dose.today or 0) / _PER_MG) for e in known]
    line = Line(_("Dose"), points, steps=True, marked=False)
    rows = [(date_format(p.day, "j M Y"), f"{p.value:g} mg") for p in _changed(points)]
    head = (_("From"), _("Dose a day"))
    latest = _("Latest: %(mg)s mg a day.") % {"mg": f"{points[-1].value:g}"}
    return Chart(_("Dose a day"), "mg", (line,), head=head, rows=rows[::-1], latest=latest)


def _changed(points: list[Point]) -> Iterator[Point]:
    before = None
    for each in points:
        if each.value != before:
            yield each
        before = each.value


def cumulative(days: list[Asked]) -> Chart | None:
    """What was taken so far for each kilogram, by three weights, against the usual aim."""
    names = {
        "start_weight": _("start weight"),
        "latest_weight": _("latest weight"),
        "day_by_day": _("day by day"),
    }
    lines = [Line(words, _sum(days, name), marked=False) for name, words in names.items()]
    drawn = [each for each in lines if each.points]
    if not drawn:
        return None
    low, high = days[-1].dose.target_mg_per_kg
    last = days[-1].dose.cumulative_mg_per_kg
    said = {"day": amount(last["day_by_day"]), "low": low, "high": high}
    return Chart(
        title=_("Taken so far"),
        unit="mg/kg",
        lines=drawn,
        band=(float(low), float(high)),
        head=(_("Day"), *names.values()),
        rows=[_row(each, list(names)) for each in reversed(list(_handed_over(days)))],
        latest=_("%(day)s mg/kg of the usual %(low)s to %(high)s.") % said,
    )


def _handed_over(days: list[Asked]) -> Iterator[Asked]:
    """The days on which capsules were handed over, and the last one."""
    before = None
    for each in days:
        if each.dose.cumulative["dispensed"] != before or each is days[-1]:
            yield each
        before = each.dose.cumulative["dispensed"]


def _sum(days: list[Asked], name: str) -> list[Point]:
    sums = ((each.day, each.dose.cumulative_mg_per_kg[name]) for each in days)
    return [Point(day, value) for day, value in sums if value is not None]


def _row(each: Asked, names: list[str]) -> tuple[str, ...]:
    held = each.dose.cumulative_mg_per_kg
    return (date_format(each.day, "j M Y"), *(amount(held[name]) for name in names))
