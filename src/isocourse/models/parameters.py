"""The parameters of the drug model: each number once, with its unit, spread and origin.

One table each in `parameters/*.toml`:

- value      where a fit starts, and what holds when nothing was fitted
- spread     how much people differ: the standard deviation of the logarithm (of the logit where
             the unit is "share")
- how        measured: read off the measurements; derived: computed from them; fitted: by
             `isocourse calibrate`; assumed: plausible, and no measurement decides; unknown: said
             to matter, without a figure, so it is left without effect
- prior      for fitted ones: how far the fit may move it (standard deviation, same scale)
- rests_on   the measurements

`fitted.toml` holds what `isocourse calibrate` found, with its 95 percent interval.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from isocourse import evidence

HOW = ("measured", "derived", "fitted", "assumed", "unknown")
_FILES = ("kinetics", "skin", "harms", "relapse", "people", "observation")


class BadParameter(ValueError):
    """A parameter that cannot be used; the text names it and says why."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the model with what is known of it."""

    name: str
    part: str
    value: float
    unit: str
    meaning: str
    how: str
    rests_on: tuple[str, ...]
    spread: float | None = None
    prior: float | None = None
    start: float | None = None  # where the fit began
    low: float | None = None
    high: float | None = None
    identified: float | None = None  # share of the prior's width that the data took away
    used: tuple[str, ...] = ()  # measurements that moved it most

    @property
    def is_share(self) -> bool:
        """Whether the value lies between 0 and 1 and moves on the logit."""
        return self.unit == "share" and self.value < 1

    def moved(self, by: Any) -> Any:
        """The value moved on its own scale: the logarithm, or the logit of a share."""
        return _moved(self.value, by, self.is_share)


def _moved(value: float, by: Any, is_share: bool) -> Any:
    import numpy as np

    odds = np.exp(by) * (value / (1 - value) if is_share else value)
    return odds / (1 + odds) if is_share else odds


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters by name, and which of them go together between people."""

    held: Mapping[str, Parameter]
    together: tuple[tuple[str, str, float], ...]

    def __getitem__(self, name: str) -> float:
        """The value of a parameter."""
        return self.held[name].value

    def spread(self) -> tuple[str, ...]:
        """The names of those that differ between people, in the order of their draws."""
        return tuple(name for name, each in self.held.items() if each.spread is not None)

    def with_values(self, values: Mapping[str, float]) -> "Parameters":
        """The same with other values. Raises BadParameter for a name or value it cannot take."""
        held = dict(self.held)
        for name, value in values.items():
            if name not in held:
                raise BadParameter(f"{name}: there is no such parameter; see `parameters()`.")
            if not (math.isfinite(value) and value >= 0):
                raise BadParameter(f"{name}: found {value}, expected a number from 0 on.")
            held[name] = replace(held[name], value=float(value))
        return Parameters(MappingProxyType(held), self.together)


@cache
def starting() -> Parameters:
    """The parameters before any fit."""
    held: dict[str, Parameter] = {}
    together: list[tuple[str, str, float]] = []
    for part in _FILES:
        for name, table in _read(f"{part}.toml").items():
            if name == "together":
                together += [(*each["pair"], each["correlation"]) for each in table]
            else:
                held[name] = _parameter(part, name, table)
    return Parameters(MappingProxyType(held), tuple(together))


@cache
def parameters() -> Parameters:
    """The parameters as shipped: those that were fitted with what the fit found."""
    begun = starting()
    held = dict(begun.held)
    for name, found in _read("fitted.toml").items():
        found["used"] = tuple(found["used"])
        held[name] = replace(held[name], start=held[name].value, **found)
    return Parameters(MappingProxyType(held), begun.together)


def _parameter(part: str, name: str, table: dict[str, Any]) -> Parameter:
    if table["how"] not in HOW:
        raise BadParameter(f"{name}: 'how' is {table['how']!r}, expected one of {HOW}.")
    for key in table["rests_on"]:
        evidence.measurement(key)
    return Parameter(name, part, **(table | {"rests_on": tuple(table["rests_on"])}))


def _read(file: str) -> dict[str, Any]:
    path = files("isocourse.models") / "parameters" / file
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
