"""Every measurement that the drug model rests on, or that it is held against, stands here once.

`measurements/` holds one TOML file for each thing measured. `use` is "calibrate" for what the
model may be fitted to and "context" for what it is only shown beside.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from isocourse.evidence.form import BadEvidenceFile
from isocourse.evidence.store import NoSuchEvidence

USES = ("calibrate", "context")
CONFIDENCE = ("read", "recalled")
_WORDS = ("source", "quantity", "unit", "spread", "n", "who", "regimen", "when", "words")
_MUST = ("source", "quantity", "unit", "confidence", "use")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure of one source: a value, a range, or words where no number was given."""

    key: str
    source: str  # the passage it was read in: "farrell-1980#sebum"
    quantity: str
    unit: str
    confidence: str
    use: str
    value: float | None = None
    range: tuple[float, float] | None = None
    words: str = ""
    spread: str = ""
    n: str = ""
    who: str = ""
    regimen: str = ""
    when: str = ""

    @property
    def said(self) -> str:
        """The figure as people read it: 75, 60 to 66, or its words."""
        if self.words:
            return self.words
        if self.range is not None:
            return f"{self.range[0]:g} to {self.range[1]:g}"
        return f"{self.value:g}"


@cache
def measurements() -> Mapping[str, Measurement]:
    """Every measurement by its key, such as "SB03"."""
    found: dict[str, Measurement] = {}
    folder = files(__package__) / "measurements"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        where = f"measurements/{file.name}"
        for key, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in found:
                raise BadEvidenceFile(f"{where} [{key}]: this key is used twice.")
            found[key] = read_measurement(f"{where} [{key}]", key, table)
    return MappingProxyType(found)


def measurement(key: str) -> Measurement:
    """The measurement with this key."""
    if key not in measurements():
        raise NoSuchEvidence(f"There is no measurement {key!r} in evidence/measurements.")
    return measurements()[key]


def read_measurement(where: str, key: str, table: dict[str, Any]) -> Measurement:
    """The measurement that a table holds. Raises BadEvidenceFile with what is wrong."""
    known = {each.name for each in fields(Measurement)} - {"key"}
    for name in table:
        if name not in known:
            raise BadEvidenceFile(f"{where}: unknown key {name!r}; known: {sorted(known)}.")
    for name in _MUST:
        if name not in table:
            raise BadEvidenceFile(f"{where}: {name!r} is missing.")
    for name in _WORDS:
        if not isinstance(table.get(name, ""), str):
            raise BadEvidenceFile(f"{where}: {name!r} is {table[name]!r}, expected words.")
    if not {"value", "range", "words"} & table.keys():
        raise BadEvidenceFile(f"{where}: write a value, a range, or words.")
    for name, allowed in (("use", USES), ("confidence", CONFIDENCE)):
        if table[name] not in allowed:
            raise BadEvidenceFile(f"{where}: {name!r} is {table[name]!r}, expected {allowed}.")
    ends = table.get("range")
    return Measurement(key, **(table | {"range": tuple(ends) if ends else None}))
