"""A clinic's own settings: when programmes start, and what the clinic asks beyond them.

Written as TOML:

    format = "isocourse.settings/1"
    [starts]                      # a source, and the day from which it is in force
    us-ipledge-2026 = 2026-11-15
    [local]                       # rules of the clinic; they close gates and never open one
    max_supply_days = 28
    enzyme_stop_times = 5
    baseline_labs = true
    [labs]                        # whose schedule of blood tests; without it that of the label
    policy = "local"              # or "label", or "consensus"; only "local" has days of its own
    before_days = 30              # how old a result may be at the first dose
    first_days = 28               # days from the first dose to the first repeat
    every_days = 60               # and from each repeat to the next
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from isocourse import evidence
from isocourse.rules import Starts

FORMAT = "isocourse.settings/1"
MOST = {"max_supply_days": 366, "enzyme_stop_times": 100}
_KNOWN_LOCAL = (*MOST, "baseline_labs")
LAB_POLICIES = ("label", "consensus", "local")
LAB_DAYS = ("before_days", "first_days", "every_days")
MOST_LAB_DAYS = 366
_PARTS = ("starts", "local", "labs")


class BadSettings(ValueError):
    """A settings file that cannot be used, with all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a clinic has set; `name` is "default" or the digest of its file."""

    name: str = "default"
    starts: Starts = field(default_factory=Starts)
    local: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[Any, ...]:
        """As plain data, so that settings travel to another process."""
        return _rebuilt, (self.name, dict(self.starts.settings), dict(self.local))


def _rebuilt(name: str, starts: dict[str, date], local: dict[str, Any]) -> Settings:
    return Settings(name, Starts(MappingProxyType(starts)), MappingProxyType(local))


DEFAULT = Settings()


def read_settings(data: bytes, where: str = "settings") -> Settings:
    """The settings that a file holds. Raises BadSettings with everything wrong with it."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{where}: not readable as TOML in UTF-8: {error}.") from None
    problems = [f"{where}: {each}" for each in _problems(table)]
    if problems:
        raise BadSettings("\n".join(problems))
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    starts = Starts(MappingProxyType(dict(table.get("starts", {}))))
    labs = {f"labs_{key}": said for key, said in table.get("labs", {}).items()}
    return Settings(digest, starts, MappingProxyType({**table.get("local", {}), **labs}))


def _problems(table: dict[str, Any]) -> list[str]:
    known = ("format", *_PARTS)
    found = [
        f"found the key {key!r}, expected one of {', '.join(known)}; leave it out."
        for key in table
        if key not in known
    ]
    if table.get("format") != FORMAT:
        found.append(f"format: found {table.get('format')!r}, expected {FORMAT!r}; write it so.")
    for part in _PARTS:
        if not isinstance(table.get(part, {}), dict):
            found.append(f"{part}: found {table[part]!r}, expected a table; write [{part}].")
            table = {**table, part: {}}
    found += [each for key, day in table.get("starts", {}).items() for each in _start(key, day)]
    found += [each for key, said in table.get("local", {}).items() for each in _local(key, said)]
    return found + (_labs(table["labs"]) if table.get("labs") else [])


def _start(key: str, day: Any) -> list[str]:
    movable = [name for name, each in evidence.sources().items() if each.kind == "programme"]
    if key not in movable:
        return [f"starts.{key}: no such programme; expected one of {', '.join(sorted(movable))}."]
    if not isinstance(day, date) or isinstance(day, datetime):
        return [f"starts.{key}: found {day!r}, expected a date such as 2026-11-15; write one."]
    return []


def _local(key: str, said: Any) -> list[str]:
    if key in MOST:
        whole = isinstance(said, int) and not isinstance(said, bool)
        if whole and 1 <= said <= MOST[key]:
            return []
        return [f"local.{key}: found {said!r}, expected a whole number from 1 to {MOST[key]}."]
    if key == "baseline_labs":
        if isinstance(said, bool):
            return []
        return [f"local.{key}: found {said!r}, expected true or false; write one of the two."]
    return [f"local.{key}: no such rule, expected {', '.join(_KNOWN_LOCAL)}; leave it out."]


def _labs(said: dict[str, Any]) -> list[str]:
    policy = said.get("policy")
    if policy not in LAB_POLICIES:
        return [f"labs.policy: found {policy!r}, expected one of {', '.join(LAB_POLICIES)}."]
    wanted = LAB_DAYS if policy == "local" else ()
    extra = [key for key in said if key not in ("policy", *wanted)]
    found = [f"labs.{key}: not a part of the policy {policy!r}; leave it out." for key in extra]
    return found + [
        f"labs.{key}: found {said.get(key)!r}, expected a whole number of days from 1 to "
        f"{MOST_LAB_DAYS}; write one."
        for key in wanted
        if not _is_days(said.get(key))
    ]


def _is_days(said: Any) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 1 <= said <= MOST_LAB_DAYS
