"""What must hold between the events of a file: one id each, retracts that name something, time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from isocourse.events.moments import local_day
from isocourse.events.problems import Path, Problem, Severity, at_path, found_at, place

Located = tuple[Path, Problem]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a file as it is written, whether or not it can be read; `log` is its course."""

    log: Path
    number: int
    raw: Mapping[str, Any]
    zone: ZoneInfo | None

    @property
    def path(self) -> Path:
        """Where it stands."""
        return (*self.log, "events", self.number)

    def day(self, key: str) -> date | None:
        """The local day of one of its times, if there is a usable one."""
        said = self.raw.get(key)
        return local_day(said, self.zone) if isinstance(said, str) else None


@dataclass(frozen=True, slots=True)
class Whole:
    """All events of a file, those of earlier courses included."""

    data: Any
    entries: Sequence[Entry]
    birth_date: date | None

    def problem(
        self, entry: Entry, key: str, expected: str, do: str, severity: Severity = "error"
    ) -> Located:
        """A problem with one key of one event; `by.role` is a key of what stands under `by`."""
        path = (*entry.path, *key.split("."))
        found = found_at(self.data, path)
        return path, Problem(place(self.data, path), found, expected, do, severity)

    def of(self, *kinds: str) -> list[Entry]:
        """The events of some kinds."""
        return [entry for entry in self.entries if entry.raw.get("kind") in kinds]


def words(entries: Iterable[Entry], key: str) -> list[tuple[Entry, str]]:
    """Each event that has text under a key, with the text."""
    keys = tuple(key.split("."))
    said = ((entry, at_path(entry.raw, keys)) for entry in entries)
    return [(entry, text) for entry, text in said if isinstance(text, str)]


def disagreements(whole: Whole) -> Iterator[Located]:
    """Everything that is wrong between the events of a file."""
    ids = words(whole.entries, "id")
    retracts = whole.of("retract")
    yield from _ids_twice(whole, ids)
    if retracts:
        yield from _retracts_of_nothing(whole, ids, retracts)
    yield from _prescriptions_twice(whole, retracts)
    yield from _before_birth(whole)
    yield from _taken_backwards(whole)


def _ids_twice(whole: Whole, ids: list[tuple[Entry, str]]) -> Iterator[Located]:
    for entry in _repeated(ids):
        yield whole.problem(
            entry, "id", "an id that no other event of the file has", "give it another id"
        )


def _repeated(said: Iterable[tuple[Entry, object]]) -> Iterator[Entry]:
    seen: set[object] = set()
    for entry, word in said:
        if word in seen:
            yield entry
        seen.add(word)


def _retracts_of_nothing(
    whole: Whole, ids: list[tuple[Entry, str]], retracts: list[Entry]
) -> Iterator[Located]:
    kinds = {name: entry.raw.get("kind") for entry, name in ids}
    for entry, name in words(retracts, "event"):
        if name not in kinds:
            yield whole.problem(entry, "event", "the id of an event of this file", "correct the id")
        elif kinds[name] == "retract":
            do = "a retract cannot be taken back: record the event again"
            yield whole.problem(entry, "event", "an event other than a retract", do)


def _prescriptions_twice(whole: Whole, retracts: list[Entry]) -> Iterator[Located]:
    """Within a course; an earlier course may have used the same names."""
    taken_back = [name for _, name in words(retracts, "event")]
    standing = (
        (entry, (entry.log, name))
        for entry, name in words(whole.of("prescription"), "prescription_id")
        if entry.raw.get("id") not in taken_back
    )
    for entry in _repeated(standing):
        yield whole.problem(
            entry,
            "prescription_id",
            "an id that no other prescription of the course has",
            "give it another id, or retract the prescription recorded in error",
        )


def _before_birth(whole: Whole) -> Iterator[Located]:
    born = whole.birth_date
    for entry in whole.entries if born else ():
        at = entry.day("at")
        if born is not None and at is not None and at < born:
            expected = f"the day of birth ({born}) or later"
            yield whole.problem(entry, "at", expected, "correct it or the birth date")


def _taken_backwards(whole: Whole) -> Iterator[Located]:
    for entry in whole.of("taken"):
        at, until = entry.day("at"), entry.day("until")
        if at is not None and until is not None and until < at:
            yield whole.problem(entry, "until", f"{at} or later", "correct one of the two dates")
