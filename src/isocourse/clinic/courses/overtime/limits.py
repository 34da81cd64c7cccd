"""The limits that are drawn: those of the rules in force, and those that a laboratory names."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from isocourse.clinic.courses.overtime.axes import number
from isocourse.clinic.courses.overtime.drawing import Limit
from isocourse.clinic.courses.telling import sources
from isocourse.clinic.visits.words import say
from isocourse.course.edition import InForce
from isocourse.rules import values
from isocourse.words import units

_ENZYMES = ("alt", "ast")
_TIMES = ("enzyme_repeat_times", "enzyme_stop_times", "enzyme_grave_times")
_LIPIDS = {
    "triglycerides": (
        "triglycerides_diet",
        "triglycerides_lower_dose",
        "triglycerides_most",
        "triglycerides_urgent",
    )
}
_OF_SCORES = {"gags": "eligibility.gags_"}


def of_lab(test: str, rules: InForce, latest: dict[str, Any], unit: str) -> list[Limit]:
    """The limits of a laboratory value, in the unit in which it is drawn."""
    if test in _ENZYMES:
        return list(_of_enzyme(rules, latest))
    held = list(_of_lipid(test, rules, unit))
    return [*_of_the_report(latest), *held]


def in_both(test: str, amount: int) -> str:
    """An amount of the small unit in every unit in which people report it."""
    shown = list(dict.fromkeys(units.LAB_FACTORS[test]))[:2] if test != "white_cells" else []
    said = (f"{number(float(units.lab_value(test, amount, each)))} {each}" for each in shown)
    return " = ".join(said)


def _of_lipid(test: str, rules: InForce, unit: str) -> Iterator[Limit]:
    for name in _LIPIDS.get(test, ()):
        amount = rules.value(f"labs.{name}")
        if amount is not None:
            value = float(units.lab_value(test, amount, unit))
            yield _limit(rules, f"labs.{name}", value, in_both(test, amount))


def _of_the_report(latest: dict[str, Any]) -> Iterator[Limit]:
    if latest.get("upper_limit") is not None:
        said = f"{number(latest['upper_limit'])} {latest['unit']}"
        yield Limit(latest["upper_limit"], _("Upper limit of normal in the latest report."), said)


def _of_enzyme(rules: InForce, latest: dict[str, Any]) -> Iterator[Limit]:
    named = latest.get("upper_limit")
    usual = float(units.lab_value("alt", rules.value("labs.enzyme_limit"), "U/L"))
    upper = named or usual
    if named:
        yield from _of_the_report(latest)
    else:
        yield _limit(rules, "labs.enzyme_limit", upper, f"{number(upper)} U/L")
    for name in _TIMES:
        times = rules.value(f"labs.{name}")
        if times is not None:
            said = f"{times} × {number(upper)} = {number(times * upper)} U/L"
            yield _limit(rules, f"labs.{name}", times * upper, said)
    local = rules.edition.local.get("enzyme_stop_times")
    if local is not None:
        said = f"{local} × {number(upper)} = {number(float(local) * upper)} U/L"
        yield Limit(float(local) * upper, _("Above this the clinic stops."), said)


def of_score(name: str, rules: InForce) -> list[Limit]:
    """The bands of a score, as the rules have them."""
    first = _OF_SCORES.get(name, f"mood.{name.replace('-', '_')}_")
    held = [key for key in values() if key.startswith(first)]
    return [
        _limit(rules, key, value, f"{value}")
        for key in held
        if type(value := rules.value(key)) is int and values()[key].unit == "points"
    ]


def _limit(rules: InForce, name: str, value: float, said: str) -> Limit:
    return Limit(value, values()[name].meaning, said, sources(rules.cites(name)))


def word(test: str) -> str:
    """A test as people say it."""
    return str(say(test))
