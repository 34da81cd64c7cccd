"""Charts of what was found: blood, weight, lesions, scores; and the symptoms by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isocourse.clinic.courses.overtime.axes import number
from isocourse.clinic.courses.overtime.counted import Event, day_of, of_kind
from isocourse.clinic.courses.overtime.drawing import Chart, Line, Point
from isocourse.clinic.courses.overtime.limits import in_both, of_lab, of_score
from isocourse.clinic.visits.words import say
from isocourse.course.edition import InForce
from isocourse.events.kinds_findings import SCALE_TOPS, SCORES
from isocourse.words import tokens, units

_LESIONS = ("comedones", "papules_pustules", "nodules")
_MASS, _MOLES = "mg/dL", "mmol/L"
_NEWEST = 14  # days of symptoms side by side


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a course that count, by the clock of the course, and the rules in force."""

    events: list[Event]
    zone: ZoneInfo
    rules: InForce

    def day(self, event: Event) -> date:
        """When it was."""
        return day_of(event, self.zone)

    def points(self, events: Sequence[Event], key: str) -> list[Point]:
        """The values of some events."""
        return [Point(self.day(e), float(e[key])) for e in events if e.get(key) is not None]

    def labs(self) -> Iterator[Chart]:
        """A chart for each test that was made."""
        for test in tokens.LAB_TESTS:
            events = list(of_kind(self.events, "lab", test=test))
            if events:
                yield self._lab(test, events)

    def _lab(self, test: str, events: list[Event]) -> Chart:
        latest = dict(events[-1])
        unit = "10^9/L" if test == "white_cells" else latest["unit"]
        amounts = [units.lab_amount(test, e["value"], e["unit"]) for e in events]
        points = [
            Point(self.day(event), float(units.lab_value(test, amount, unit)))
            for event, amount in zip(events, amounts, strict=True)
        ]
        lipid = _MASS in units.LAB_FACTORS[test]
        other = (_MOLES if unit == _MASS else _MASS) if lipid else ""
        per_unit = units.LAB_FACTORS[test][unit] / units.LAB_FACTORS[test][other] if lipid else 1
        return Chart(
            title=say(test),
            unit=unit,
            lines=(Line(say(test), points),),
            limits=of_lab(test, self.rules, latest, unit),
            other_unit=other,
            other_per_unit=float(per_unit),
            head=(_("Day"), _("Value"), _("Upper limit"), _("Fasting")),
            rows=list(reversed([self._lab_row(test, e, lipid) for e in events])),
            latest=_latest(points[-1], f"{latest['value']:g} {latest['unit']}"),
        )

    def _lab_row(self, test: str, event: Event, lipid: bool) -> tuple[Any, ...]:
        amount = units.lab_amount(test, event["value"], event["unit"])
        said = f"{event['value']:g} {event['unit']}"
        if lipid:
            said = in_both(test, amount)
        fasting = "–"
        if event.get("fasting") is not None:
            fasting = _("yes") if event["fasting"] else _("no")
        limit = event.get("upper_limit")
        return _said(self.day(event)), said, "–" if limit is None else f"{limit:g}", fasting

    def weight(self) -> Chart | None:
        """The weight, in kilograms."""
        events = list(of_kind(self.events, "weight"))
        if not events:
            return None
        kilograms = [units.grams(e["value"], e["unit"]) / 1000 for e in events]
        days = [self.day(e) for e in events]
        points = [Point(day, each) for day, each in zip(days, kilograms, strict=True)]
        rows = [(_said(self.day(e)), f"{e['value']:g} {e['unit']}") for e in reversed(events)]
        latest = _latest(points[-1], rows[0][1])
        line = (Line(_("Weight"), points),)
        return Chart(
            _("Weight"), "kg", line, head=(_("Day"), _("Weight")), rows=rows, latest=latest
        )

    def lesions(self) -> Chart | None:
        """Lesions, counted."""
        events = list(of_kind(self.events, "lesions"))
        lines = [Line(say(each), self.points(events, each)) for each in _LESIONS]
        drawn = [each for each in lines if each.points]
        if not drawn:
            return None
        rows = [
            (_said(self.day(e)), *("–" if e.get(n) is None else f"{e[n]:g}" for n in _LESIONS))
            for e in reversed(events)
        ]
        head = (_("Day"), *(say(each) for each in _LESIONS))
        latest = "; ".join(f"{a} {b}" for a, b in zip(head[1:], rows[0][1:], strict=True))
        return Chart(_("Lesions"), _("number"), drawn, head=head, rows=rows, latest=latest)

    def scores(self) -> Iterator[Chart]:
        """A chart for each scale and questionnaire that was used."""
        for scale, top in SCALE_TOPS.items():
            yield from self._score(scale, top, list(of_kind(self.events, "severity", scale=scale)))
        for name, (_low, top) in SCORES.items():
            held = list(of_kind(self.events, "questionnaire", instrument=name))
            yield from self._score(name, top, held)

    def _score(self, name: str, top: int, events: list[Event]) -> Iterator[Chart]:
        if not events:
            return
        points = self.points(events, "score")
        nine = any(e.get("item_9") is not None for e in events)
        head = (_("Day"), _("Score"), *((_("Item 9"),) if nine else ()))
        rows = [
            (_said(self.day(e)), f"{e['score']:g}", *((f"{e.get('item_9', '–')}",) if nine else ()))
            for e in reversed(events)
        ]
        said = _("%(score)s of %(top)s") % {"score": f"{events[-1]['score']:g}", "top": top}
        yield Chart(
            title=name.upper() if name != "leeds" else _("Leeds"),
            unit=_("points, 0 to %(top)s") % {"top": top},
            lines=(Line(name.upper(), points),),
            limits=of_score(name, self.rules),
            most=float(top),
            head=head,
            rows=rows,
            latest=_latest(points[-1], said),
        )

    def symptoms(self) -> "Symptoms | None":
        """Which symptom had which grade on which day, the newest days."""
        events = list(of_kind(self.events, "symptom"))
        if not events:
            return None
        days = sorted({self.day(each) for each in events})[-_NEWEST:]
        graded: dict[str, dict[date, int]] = {}
        for each in events:
            held = graded.setdefault(each["symptom"], {})
            held[self.day(each)] = max(held.get(self.day(each), 0), each["grade"])
        rows = [
            (say(name), [held.get(day) for day in days])
            for name, held in sorted(graded.items())
            if any(day in held for day in days)
        ]
        return Symptoms(days, rows)


@dataclass(frozen=True, slots=True)
class Symptoms:
    """Symptoms by day; None where nothing was recorded of one."""

    days: list[date]
    rows: list[tuple[Any, list[int | None]]]


def _said(day: date) -> str:
    return date_format(day, "j M Y")


def _latest(point: Point, said: str) -> str:
    return _("Latest: %(value)s on %(day)s.") % {"value": said, "day": _said(point.day)}


def amount(value: float | None) -> str:
    """A number of a table."""
    return "–" if value is None else number(value)
