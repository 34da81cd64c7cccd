"""Calibration: from the measurements to the shipped parameters, in five stages.

The stages follow one another. Each moves the parameters whose `how` is "fitted" on their own scale
(logarithm, or logit of a share) until the shipped trials predict what was observed; the prior of
each parameter pulls it back to where it starts. Inside its band a figure pulls little, as any
value there agrees; outside it pulls in proportion to the distance, and not to its square, so that
a study that disagrees with all others does not bend the rest. The interval is that of the
curvature at the best fit, and how much of the prior's width the data took away says whether they
identify a parameter at all.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isocourse.models.outcomes import columns_of
from isocourse.models.parameters import Parameters, starting
from isocourse.models.quantities import TIMELESS
from isocourse.models.shipped import is_fitted, shipped_trials
from isocourse.models.trial import Arm, arm_of, day_of
from isocourse.models.trial_file import OutcomePart, TrialFile

Numbers = NDArray[np.float64]
PEOPLE = 800
ROUNDS = 40
ENOUGH = 1e-3
_NUDGE, _FINEST = 0.08, 0.01
_MOST_STEP = 0.7
_INSIDE, _SHALLOW, _STEEP = 0.8, 0.2, 8.0
NORMAL_95 = 1.96
IDENTIFIED = 0.25
"""A parameter counts as identified when the data took away this share of its prior's width."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The parameters of one part of the model, and the quantities that they are fitted to."""

    name: str
    parameters: tuple[str, ...]
    quantities: tuple[str, ...]


def _stage(name: str, parameters: str, quantities: str) -> Stage:
    return Stage(name, tuple(parameters.split()), tuple(quantities.split()))


STAGES = (
    _stage(
        "kinetics",
        "clearance volume_1 flow volume_2 release_fed release_ordinary release_lidose_fed "
        "release_fasted absorption_fed absorption_fasted share_conventional_ordinary "
        "share_conventional_fasted share_lidose_high_fat share_lidose_fasted oxo_ratio "
        "oxo_half_life",
        "isotretinoin_ oxo_",
    ),
    _stage(
        "skin",
        "half_skin regrowth stem_source apoptosis lipid_time sebum_floor keratin_block "
        "bacteria_rate",
        "sebum_ gland_ follicular_ c_acnes_",
    ),
    _stage(
        "lesions",
        "bacteria_need calm_half_time calm_floor release_half_life micro_loss comedone_half_life "
        "comedone_loss papule_half_life nodule_half_life flare_gain flare_severe refractory "
        "clear_inflamed clear_comedones clear_nodules",
        "comedone_ papule_ nodule_ total_ clear_ flare_ severe_",
    ),
    _stage(
        "harms",
        "half_lipid triglycerides_effect cholesterol_effect ldl_effect hdl_effect alt_effect "
        "lab_noise dry_lips myalgia_time myalgia_shape",
        "triglycerides_ total_cholesterol_ ldl_ hdl_ alt_ cheilitis_ myalgia_",
    ),
    _stage(
        "relapse",
        "hazard residual_power dose_slope_low dose_slope_high relapse_rate any_prescription "
        "second_course",
        "relapse_",
    ),
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a stage found for a parameter."""

    name: str
    value: float
    low: float
    high: float
    identified: float  # share of the prior's width that the data took away
    used: tuple[str, ...]  # measurements that moved it


@dataclass(frozen=True, slots=True)
class Target:
    """An outcome to be met: its trial, what is asked, the centre of its band and half of it."""

    trial: str
    asked: OutcomePart
    centre: float
    half: float


def calibrate(
    told: Told = lambda _: None, stages: Sequence[Stage] = STAGES, people: int = PEOPLE
) -> tuple[Parameters, list[Fitted]]:
    """Fit every stage in turn, from the starting parameters; what each told on the way."""
    of, found = starting(), []
    for stage in stages:
        told(f"{stage.name}: {len(stage.parameters)} parameters, {len(targets(stage))} figures")
        of, these = fit(stage, of, told, people)
        found += these
    return of, found


def targets(stage: Stage) -> list[Target]:
    """The outcomes that a stage is fitted to: those of shipped trials that may be used for it."""
    return [
        Target(name, asked, sum(asked.band) / 2, (asked.band[1] - asked.band[0]) / 2)
        for name, file in shipped_trials().items()
        for asked in file.outcome
        if is_fitted(asked) and asked.quantity.startswith(stage.quantities) and asked.band
    ]


def fit(
    stage: Stage, of: Parameters, told: Told, people: int = PEOPLE
) -> tuple[Parameters, list[Fitted]]:
    """One stage, by damped least squares."""
    priors = np.array([of.held[name].prior or 1.0 for name in stage.parameters])
    aims = targets(stage)

    def residuals(moved: Numbers) -> Numbers:
        predicted = predictions(aims, _with(of, stage.parameters, moved), people)
        apart = [(p - t.centre) / t.half for p, t in zip(predicted, aims, strict=True)]
        return np.concatenate([_soft(np.array(apart)), moved / priors])

    best, slopes = _least_squares(residuals, len(priors), told)
    errors = np.sqrt(np.diag(np.linalg.inv(slopes.T @ slopes)))
    end = _with(of, stage.parameters, best)
    named = [t.asked.measurement or "" for t in aims]
    made = [
        _fitted(of, name, best[k], errors[k], priors[k], _moving(slopes[: len(aims), k], named))
        for k, name in enumerate(stage.parameters)
    ]
    return end, made


def _with(of: Parameters, names: Sequence[str], moved: Numbers) -> Parameters:
    values = {name: float(of.held[name].moved(by)) for name, by in zip(names, moved, strict=True)}
    return of.with_values(values)


def _soft(apart: Numbers) -> Numbers:
    """What a distance in half bands weighs: little inside the band, in proportion beyond it."""
    beyond = _STEEP * np.maximum(np.abs(apart) - _INSIDE, 0)
    made: Numbers = np.sign(apart) * np.sqrt(_SHALLOW * apart**2 + 2 * (np.sqrt(1 + beyond**2) - 1))
    return made


def _moving(slopes: Numbers, named: Sequence[str]) -> tuple[str, ...]:
    """The measurements on which a parameter has most say, at most five."""
    order = np.argsort(-np.abs(slopes))
    large = [k for k in order if abs(slopes[k]) > 0.2 * np.abs(slopes).max() and slopes[k] != 0]
    return tuple(dict.fromkeys(named[k] for k in large[:5]))


def _fitted(
    of: Parameters, name: str, best: float, error: float, prior: float, used: tuple[str, ...]
) -> Fitted:
    at = of.held[name].moved
    low, high = at(best - NORMAL_95 * error), at(best + NORMAL_95 * error)
    return Fitted(name, float(at(best)), float(low), float(high), 1 - error / prior, used)


def _least_squares(
    residuals: Callable[[Numbers], Numbers], count: int, told: Told
) -> tuple[Numbers, Numbers]:
    """Levenberg and Marquardt's way down; the best place and the slopes there.

    Where it goes no further, slopes are taken over shorter ways, down to the finest.
    """
    at, damping, nudge = np.zeros(count), 1e-2, _NUDGE
    now = residuals(at)
    for number in range(ROUNDS):
        slopes = _slopes(residuals, at, now, nudge)
        before = float(now @ now)
        told(f"  round {number + 1}: {before:.3f}")
        for _ in range(6):
            square = slopes.T @ slopes
            step = -np.linalg.solve(square + damping * np.diag(np.diag(square)), slopes.T @ now)
            step = np.clip(step, -_MOST_STEP, _MOST_STEP)
            there = residuals(at + step)
            if float(there @ there) < before:
                at, now, damping = at + step, there, damping / 5
                break
            damping *= 5
        if before - float(now @ now) < ENOUGH * before:
            nudge, damping = nudge / 2, 1e-2
            if nudge < _FINEST:
                break
    return at, _slopes(residuals, at, now, _NUDGE)


def _slopes(
    residuals: Callable[[Numbers], Numbers], at: Numbers, now: Numbers, nudge: float
) -> Numbers:
    columns = []
    for k in range(len(at)):
        there = at.copy()
        there[k] += nudge
        columns.append((residuals(there) - now) / nudge)
    return np.array(columns).T


def predictions(aims: Sequence[Target], of: Parameters, people: int) -> list[float]:
    """The predicted figure of each target."""
    arms: dict[tuple[str, str], Arm] = {}
    files = shipped_trials()
    for trial, names in _wanted(aims).items():
        for each in files[trial].arm:
            if each.name in names:
                part = _only(files[trial], names, aims, trial)
                arms[trial, each.name] = arm_of(part, each, 1, of, people, None)
    return [_figure(aim, arms) for aim in aims]


def _wanted(aims: Sequence[Target]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for aim in aims:
        names = {aim.asked.arm} | ({aim.asked.ratio_to} if aim.asked.ratio_to else set())
        found.setdefault(aim.trial, set()).update(names)
    return found


def _only(file: TrialFile, names: set[str], aims: Sequence[Target], trial: str) -> TrialFile:
    """The trial with those outcomes only that are aimed at, so that no more days are run."""
    asked = [aim.asked for aim in aims if aim.trial == trial]
    return file.model_copy(update={"outcome": asked})


def _figure(aim: Target, arms: Mapping[tuple[str, str], Arm]) -> float:
    def of(name: str) -> float:
        arm = arms[aim.trial, name]
        stop = sum(phase.days for phase in arm.course.taking.phases)
        day = 0 if aim.asked.quantity in TIMELESS else day_of(aim.asked.at, stop)
        after = aim.asked.at.weeks_after_stop
        return columns_of(aim.asked.quantity, arm.course, day, after).expected()

    figure = of(aim.asked.arm)
    return figure / of(aim.asked.ratio_to) if aim.asked.ratio_to else figure


def as_toml(found: Sequence[Fitted]) -> str:
    """What was found, as `parameters/fitted.toml` holds it."""
    head = "# Written by `isocourse calibrate --out FILE`: value, 95 percent interval, and the\n"
    head += "# share of the prior's width that the data took away.\n"
    return head + "".join(_table(each) for each in found)


def _table(each: Fitted) -> str:
    names: Iterator[tuple[str, float]] = iter(
        (n, getattr(each, n)) for n in ("value", "low", "high", "identified")
    )
    rows = "".join(f"{name} = {_digits(value)}\n" for name, value in names)
    used = ", ".join(f'"{key}"' for key in each.used)
    return f"\n[{each.name}]\n{rows}used = [{used}]\n"


def _digits(value: float) -> str:
    if value == 0 or not math.isfinite(value):
        return "0.0"
    return f"{float(f'{value:.4g}')}"
