"""The dose in a few lines: today, what is usual here, what was taken so far, when it is full."""

from collections.abc import Iterator

from isocourse.course.dosing import Dose, Recommended
from isocourse.course.dosing.capsules import in_milligrams
from isocourse.on_screen.paper import date_words

_WEIGHTS = {
    "start_weight": "for the weight at the start",
    "latest_weight": "for the latest weight",
    "day_by_day": "for the weight of each day",
}
_NOT_KNOWN = "not known"


def dose_lines(dose: Dose) -> Iterator[str]:
    """One sentence for each thing that there is to tell."""
    yield f"Today: {_today(dose)}."
    yield f"Usual here: {_usual(dose.recommended)}."
    if any(each != 0 for each in dose.cumulative.values()):
        yield f"So far: {', '.join(_amount(*each) for each in dose.cumulative.items())}."
    if dose.cumulative["taken"] != 0:
        yield f"Taken: {_per_kg(dose)}."
    if dose.doses_missed:
        yield f"Reported as missed: {dose.doses_missed} doses, not taken off until recorded so."
    yield _target(dose)


def _today(dose: Dose) -> str:
    if dose.today is None:
        return "the dose of the capsules in use is not known"
    if dose.today == 0:
        return "no capsules are to be taken"
    per_kg = dose.today_mg_per_kg
    return f"{_mg(dose.today)}" + ("" if per_kg is None else f", {per_kg:g} mg/kg")


def _usual(of: Recommended) -> str:
    meals = "with a meal" if of.with_food else "with or without a meal"
    if of.low is None or of.high is None:
        return f"not known without a weight; {meals}"
    capsules = f" ({of.capsules} to start with)" if of.capsules else ""
    return f"{_mg(of.low)} to {_mg(of.high)} a day{capsules}, {meals}"


def _per_kg(dose: Dose) -> str:
    return ", ".join(
        f"{_NOT_KNOWN if each is None else f'{each:g} mg/kg'} {_WEIGHTS[name]}"
        for name, each in dose.cumulative_mg_per_kg.items()
    )


def _target(dose: Dose) -> str:
    low, high = dose.target_mg_per_kg
    aim = f"Usual aim: {low} to {high} mg/kg"
    if dose.finish_between is None:
        return f"{aim}."
    first, last = map(date_words, dose.finish_between)
    return f"{aim}, at this dose between {first} and {last}."


def _amount(name: str, micrograms: int | None) -> str:
    return f"{name} {_NOT_KNOWN}" if micrograms is None else f"{_mg(micrograms)} {name}"


def _mg(micrograms: int) -> str:
    return f"{in_milligrams(micrograms):g} mg"
