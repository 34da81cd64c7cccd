"""From whole numbers to words: facts as a reader sees them, and the sentence of a rule."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from functools import cache, partial
from typing import Any

from isocourse.facts import Column, columns
from isocourse.rules.reading import Reading
from isocourse.words import codes
from isocourse.words.days import as_date
from isocourse.words.tokens import HISTORY_TOPICS
from isocourse.words.units import lab_value

_CODES = {
    "code Role": codes.Role,
    "code Stop": codes.Stop,
    "code Severity": codes.Severity,
    "code Concern": codes.Concern,
    "code TestFault": codes.TestFault,
}
_FAULTS = {
    codes.TestFault.NONE: "it counts",
    codes.TestFault.WRONG_SETTING: "it was not done in a setting that counts",
    codes.TestFault.NO_SAFEGUARD: "it was done at home without a safeguard against falsification",
    codes.TestFault.ONLY_ONE_TEST: "it is the first of two",
    codes.TestFault.TOO_SOON_AFTER_FIRST_TEST: "it came too soon after the first test",
    codes.TestFault.LOCKED_OUT: "it came too soon after the window that was missed",
    codes.TestFault.NOT_IN_FIRST_DAYS_OF_MENSES: "it was not in the first days of menses",
    codes.TestFault.CYCLE_NOT_RECORDED: "whether cycles are regular is not recorded",
}
LARGER = {
    "ng/kg": "mg_per_kg",
    "µg/day": "mg_per_day",
    "µg": "mg",
    "µg/kg": "mg_per_kg",
    "g": "kg",
    "µmol/L": "mmol_per_l",
    "mU/L": "u_per_l",
}
_IN_LARGER = {"ng/kg": 1_000_000}
_SMALL_IN_LARGE = 1000
"""Facts are whole numbers of a small unit: mostly a thousandth of the one that people read."""


def _word(known: type[IntEnum], value: int) -> str:
    return codes.word(known(value))


@cache
def _column(name: str) -> Column:
    return next(each for each in columns() if each.name == name)


def shown(facts: Iterable[tuple[str, int | None]]) -> dict[str, Any]:
    """Facts by name as the JSON shows them, without those that are not known."""
    known = ((_read(name), value) for name, value in facts if value is not None)
    return {name: reads(value) for (name, reads), value in known}


def as_read(name: str, value: int) -> Any:
    """A fact as the JSON shows it: yes or no, a word, or a number of its unit."""
    return _read(name)[1](value)


def name_read(name: str) -> str:
    """The name of a fact as the JSON shows it: a number with a unit says which."""
    return _read(name)[0]


@cache
def _read(name: str) -> tuple[str, Callable[[int], Any]]:
    """The name of a fact as it is shown, and how its number is."""
    unit = _column(name).unit
    if unit in LARGER:
        return f"{name}_{LARGER[unit]}", partial(_in_larger, _IN_LARGER.get(unit, _SMALL_IN_LARGE))
    if unit == "days" and "days" not in name:
        return f"{name}_days", int
    return name, _READ_BY_UNIT.get(unit, int)


def _in_larger(small: int, value: int) -> int | float:
    whole, rest = divmod(value, small)
    return whole if rest == 0 else value / small


_READ_BY_UNIT: dict[str, Callable[[int], Any]] = {
    "yes/no": bool,
    "mask of topics": lambda value: [w for bit, w in enumerate(HISTORY_TOPICS) if value >> bit & 1],
    "day": lambda value: as_date(value).isoformat(),
    **{unit: partial(_word, known) for unit, known in _CODES.items()},
}


def sentence(reading: Reading, facts: Mapping[str, int | None], missing: Iterable[str]) -> str:
    """What a rule says here: its own sentence, or what has to be recorded first."""
    wanted = list(dict.fromkeys(_column(name).ask or _column(name).says for name in missing))
    if wanted:
        return f"Not recorded: {', '.join(wanted)}."
    return filled(reading.rule.says, reading, facts)


def filled(says: str, reading: Reading, facts: Mapping[str, int | None]) -> str:
    """A sentence with its facts and values filled in; one day is a day, and none ago is today."""
    words = _Words(facts, reading.values)
    return _DAYS.sub(partial(_days, words), says).format_map(words)


NOT_RECORDED = "not recorded"
_DAYS = re.compile(r"\{(\w+)\} days( ago)?")


def _days(words: "_Words", found: re.Match[str]) -> str:
    said, ago = words[found[1]], found[2] or ""
    if said == NOT_RECORDED:
        return said
    if ago and said == "0":
        return "today"
    return f"{said} {'day' if said == '1' else 'days'}{ago}"


class _Words(dict[str, str]):
    """The words to fill into a sentence, made when asked for."""

    def __init__(self, facts: Mapping[str, int | None], values: Mapping[str, Any]) -> None:
        super().__init__()
        self._facts, self._values = facts, values

    def __missing__(self, name: str) -> str:
        value = self._values[name] if name in self._values else self._facts[name]
        if value is None:
            return NOT_RECORDED
        if name.startswith("triglycerides") and name != "triglycerides_fasting":
            return _both_units(value)
        if name in self._values:
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if name == "test_fault":
            return _FAULTS[codes.TestFault(value)]
        read = as_read(name, value)
        said = (", ".join(read) or "nothing") if isinstance(read, list) else str(read)
        return said.replace("_", " ")


def _both_units(amount: int) -> str:
    in_mmol = lab_value("triglycerides", amount, "mmol/L")
    in_mg = lab_value("triglycerides", amount, "mg/dL")
    return f"{float(in_mmol):.1f} mmol/L ({round(in_mg)} mg/dL)"
