"""The trials that are shipped: one file for each published study, and whether it was fitted."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from isocourse import evidence
from isocourse.models.trial_file import OutcomePart, TrialFile, read_trial

END = ".trial.toml"


@cache
def shipped_trials() -> Mapping[str, TrialFile]:
    """Every shipped trial by its short name, such as "leeds-sebum-1983"."""
    folder = files("isocourse.models") / "trials"
    held = sorted(folder.iterdir(), key=lambda each: each.name)
    return MappingProxyType(
        {
            each.name.removesuffix(END): read_trial(each.read_bytes(), each.name)
            for each in held
            if each.name.endswith(END)
        }
    )


def is_fitted(outcome: OutcomePart) -> bool:
    """Whether the model may be fitted to an outcome: its measurement says so."""
    key = outcome.measurement
    return key is not None and evidence.measurement(key).use == "calibrate"
