"""What is commonly said of the drug, and what the evidence shows: each claim with its sources."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from isocourse.evidence.measurements import Measurement, measurement
from isocourse.evidence.store import passage

VERDICTS = ("holds", "partly", "depends", "not shown", "does not hold")
STRENGTHS = ("strong", "moderate", "weak")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is said, whether it holds, and what it rests on."""

    key: str
    claim: str
    verdict: str
    shows: str
    strength: str
    cites: tuple[str, ...]
    measurements: tuple[str, ...]

    @property
    def figures(self) -> tuple[Measurement, ...]:
        """The measured figures behind it."""
        return tuple(measurement(each) for each in self.measurements)


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim, in the order of the file. Raises KeyError for a source that is not there."""
    text = (files("isocourse.evidence") / "claims.toml").read_text(encoding="utf-8")
    found = tuple(_claim(key, table) for key, table in tomllib.loads(text).items())
    for each in found:
        _check(each)
    return found


def _claim(key: str, table: dict[str, Any]) -> Claim:
    return Claim(key=key, **{**table, **{n: tuple(table[n]) for n in ("cites", "measurements")}})


def _check(each: Claim) -> None:
    if each.verdict not in VERDICTS or each.strength not in STRENGTHS or not each.cites:
        raise ValueError(
            f"claims.toml, {each.key}: found {each.verdict!r}, {each.strength!r} and "
            f"{len(each.cites)} sources, expected one of {VERDICTS}, one of {STRENGTHS}, a source."
        )
    for cited in each.cites:
        passage(cited)
    for row in each.measurements:
        measurement(row)
