"""When somebody may be reminded: at a fixed hour of their own clock, and never at night."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of deadline: whether its opening is told, and how many days before its last one."""

    name: str
    opens: bool
    days_before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lease:
    """How long one worker has a message in hand, and how often it is tried."""

    lasts: timedelta
    tries: int
    again: timedelta


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the day in which mail may be sent, and the one at which it is due."""

    begin: time
    end: time
    at: time


@dataclass(frozen=True, slots=True)
class Times:
    """The whole of `when.toml`."""

    hours: Hours
    lease: Lease
    kinds: Mapping[str, Kind]  # by the task of a rule
    at_once: timedelta  # what is due at once is reminded of so many days later
    useful: timedelta  # so long a reminder makes sense where it has no last day
    carries_on: frozenset[str]  # tasks that nobody is reminded of while harm is feared


@cache
def times() -> Times:
    """The table of when somebody is reminded."""
    table = tomllib.loads((files(__package__) / "when.toml").read_text(encoding="utf-8"))
    hours, lease, spans = table["hours"], table["lease"], table["spans"]
    return Times(
        Hours(time(hours["from"]), time(hours["to"]), time(hours["at"])),
        Lease(
            timedelta(minutes=lease["minutes"]),
            lease["tries"],
            timedelta(minutes=lease["again_minutes"]),
        ),
        {
            task: Kind(name, said["opens"], tuple(said["days_before"]))
            for name, said in table["kinds"].items()
            for task in said["tasks"]
        },
        timedelta(days=spans["at_once_days"]),
        timedelta(days=spans["useful_days"]),
        frozenset(table["harm"]["carries_on"]),
    )


def at_hour(day: date, zone: ZoneInfo) -> datetime:
    """The moment of a day at which a reminder is due."""
    return datetime.combine(day, times().hours.at, zone)


def not_at_night(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment, or the next one at which mail may be sent there."""
    hours, local = times().hours, moment.astimezone(zone)
    if local.time() < hours.begin:
        return datetime.combine(local.date(), hours.begin, zone)
    if local.time() >= hours.end:
        return datetime.combine(local.date() + timedelta(days=1), hours.begin, zone)
    return moment


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The end of a day: what is reminded of it then comes too late."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a message is tried again after some tries; None when it was tried often enough."""
    lease = times().lease
    return None if attempts >= lease.tries else now + lease.again * 2 ** max(attempts - 1, 0)
