"""How far to trust the model: every figure beside the published one, and every parameter."""

from collections.abc import Iterator
from functools import cache

from isocourse import evidence
from isocourse.models.calibration import IDENTIFIED
from isocourse.models.drawing import picture
from isocourse.models.parameters import Parameter, parameters
from isocourse.models.quantities import QUANTITIES
from isocourse.models.shipped import is_fitted, shipped_trials
from isocourse.models.trial import Outcome, Trial, run_trial

from .markdown import code, page, table
from .unexpressed import MISSES, UNEXPRESSED

DRAWN = ("leeds-sebum-1983", "tan-2014", "rademaker-2014", "bershad-1985", "leyden-1982")
PEOPLE = 1000
_HEAD = ("trial", "arm", "quantity", "when", "predicted", "5 to 95 %", "published", "band", "")


@cache
def trials() -> dict[str, Trial]:
    """Every shipped trial, run with the seed of the command."""
    return {name: run_trial(file, people=PEOPLE) for name, file in shipped_trials().items()}


def pictures() -> dict[str, str]:
    """The pictures of the page by path below docs."""
    return {f"assets/{name}.svg": picture(trials()[name]) for name in DRAWN}


def trust() -> str:
    """The whole page."""
    fitted = [(n, o) for n, o in _all() if is_fitted(o.asked)]
    other = [(n, o) for n, o in _all() if not is_fitted(o.asked)]
    return page(
        "How far to trust the model",
        _INTRODUCTION.format(
            inside=_inside(fitted), other=_inside(other), lax=_lax(fitted + other)
        ),
        _NOT_BLIND,
        f"## Figures that were fitted\n\n{table(_HEAD, [_row(*each) for each in fitted])}",
        f"### Why some lie outside\n\n{_misses(fitted)}",
        f"## Figures that were not fitted\n\n{table(_HEAD, [_row(*each) for each in other])}",
        f"### Why some lie outside\n\n{_misses(other)}",
        "## Time courses\n\n" + "\n\n".join(_drawn(name) for name in DRAWN),
        f"## Measurements that are no outcome\n\n{_left_out()}",
        f"## Parameters\n\n{_PARAMETERS}\n\n{_parameters()}",
        _CANNOT,
    )


def _all() -> Iterator[tuple[str, Outcome]]:
    for name, trial in trials().items():
        for each in trial.outcomes:
            yield name, each


def _inside(some: list[tuple[str, Outcome]]) -> str:
    return f"{sum(bool(o.agrees) for _, o in some)} of {len(some)}"


def _lax(some: list[tuple[str, Outcome]]) -> int:
    """How many are shares whose band reaches down to none at all: hardly to be missed."""
    return sum(
        QUANTITIES[o.asked.quantity] == "share" and o.asked.band is not None and not o.asked.band[0]
        for _, o in some
    )


def _row(name: str, outcome: Outcome) -> tuple[object, ...]:
    asked = outcome.asked
    unit = f"ratio to {asked.ratio_to}" if asked.ratio_to else QUANTITIES[asked.quantity]
    when = f"week {asked.at.week:g}" if asked.at.week is not None else ""
    if asked.at.weeks_after_stop is not None:
        when = f"{asked.at.weeks_after_stop:g} weeks off"
    low, high = asked.band or (0.0, 0.0)
    return (
        f"{code(name)} {asked.measurement}",
        asked.arm,
        f"{code(asked.quantity)}, {unit}",
        when,
        _digits(outcome.predicted),
        f"{_digits(outcome.low)} to {_digits(outcome.high)}",
        _digits(asked.observed),
        f"{low:g} to {high:g}",
        "inside" if outcome.agrees else "**outside**",
    )


def _digits(value: float | None) -> str:
    """Two digits that count: what another processor rounds otherwise does not show."""
    if value is None:
        return ""
    return f"{float(f'{value:.2g}'):g}"


def _misses(some: list[tuple[str, Outcome]]) -> str:
    missed = dict.fromkeys(o.asked.measurement or "" for _, o in some if not o.agrees)
    return "\n".join(f"- **{key}** {MISSES.get(key, _NOT_SAID)}" for key in missed) or "None does."


_NOT_SAID = "lies outside, and nothing in the sources says why."


def _drawn(name: str) -> str:
    title = shipped_trials()[name].title
    return f"![{title}: predicted with its scatter, published with its band](../assets/{name}.svg)"


def _left_out() -> str:
    used = {o.measurement for file in shipped_trials().values() for o in file.outcome}
    rows = [
        (key, each.quantity, each.said, UNEXPRESSED.get(key, ""))
        for key, each in evidence.measurements().items()
        if each.use == "calibrate" and key not in used
    ]
    return table(("measurement", "what", "figure", "why it is no outcome"), rows)


def _parameters() -> str:
    rows = [_parameter(each) for each in parameters().held.values()]
    head = (
        "parameter",
        "value",
        "unit",
        "spread",
        "how",
        "95 % interval",
        "identified",
        "rests on",
    )
    return table(head, rows)


def _parameter(each: Parameter) -> tuple[object, ...]:
    interval = "" if each.low is None or each.high is None else (
        f"{each.low:.3g} to {each.high:.3g}"
    )  # fmt: skip
    told = ""
    if each.identified is not None:
        told = f"{max(each.identified, 0):.0%}" if each.identified >= IDENTIFIED else "**no**"
    return (
        f"{code(each.name)} {each.meaning}",
        f"{each.value:.3g}",
        each.unit,
        "" if each.spread is None else f"{each.spread:g}",
        each.how,
        interval,
        told,
        ", ".join(each.rests_on),
    )


_INTRODUCTION = """\
Every shipped trial is run here with the seed of the command, and each figure stands beside the
published one. A band is the reported 95 percent interval or two standard errors where there is
one, else 20 percent of the value, and 10 points for shares. What a file supposes that its source
does not say, such as a dose that is missing from an abstract, stands in its note.

- **{inside}** figures that the model was fitted to lie inside their bands.
- **{other}** figures that no stage of the fit used lie inside theirs. These say more.
- **{lax}** of all these are small shares whose band of ten points reaches down to none: they can
  hardly be missed.

Weeks 4 to 12 of sebum and lesions at usual doses are the weakest part: no abstract gives a
measured course week by week. The label's kinetic tables are from memory and have to be checked."""

_NOT_BLIND = """\
## This is no blind prediction

The bands were committed before the first fitted parameters, and have not moved since. The rest
has: **starting values, priors, the loss and parts of the model were changed after earlier fits had
been seen**, and so were suppositions in three trial files (`rademaker-2014`, `blasiak-2013`,
`relapse-cohort-2025`). [Decision 17](../decisions/0017-bands-before-the-fit.md) lists the changes.
Whoever made them could see all figures of this page, those that no stage used as well. So the
tables show how well one model can be made to agree with what is published. How well it foretells a
study that nobody here has seen is not known: no figure was kept back for that."""

_PARAMETERS = """\
*Identified* is the share of the width of a fitted parameter's prior that the data took away; below
a quarter the data do not tell and what is shown is the prior. Intervals are those of the curvature
at the best fit, one stage at a time: uncertainty of an earlier stage is not carried into a later
one, so they are too narrow rather than too wide."""

_CANNOT = """\
## What the model cannot say

- **Mood.** No study of a population found more depression on the drug than without it, and scores
  improve on average. So mood is a base rate that goes with monitoring, not an effect of the dose.
- **Age, trunk, maintenance change nothing as shipped.** Young age, acne on the trunk and a topical
  retinoid afterwards are said to matter for relapse; no figure was found that can be used. They
  enter the hazard by `by_age`, `trunk` and `maintenance`, which stand above as unknown at 1. Who
  has a figure gives it with `parameters().with_values(...)`.
- **Nosebleeds, dry skin and dry eyes** hang on the same dryness as dry lips, each with its own
  limit. For nosebleeds no share was found, only that they are rarer on 20 mg a day, by 16 to 35
  of 100 (MC06); how much people differ is assumed. Peeling, sore joints, sun sensitivity and vision
  are not modelled.
- **Placebo.** Nobody gets better without the drug here; in trials some do.
- **One patient.** Spreads between people are assumed where no study gives them.
- **Beyond what was given.** Doses above 2 mg/kg a day and courses longer than a year are allowed
  and rest on nothing.
- **Pregnancy.** The model says nothing about it; the rules do.
- **Scars, quality of life.** Not modelled.
- **Rare harms.** Large rises of liver enzymes are a share of people, whatever the dose.
- **Dose and severity of many studies** are not in their abstracts and are supposed."""
