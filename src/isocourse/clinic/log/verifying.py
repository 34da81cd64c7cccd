"""Verifying: every chain is computed anew and held against the last anchor."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from isocourse.clinic.log import guards
from isocourse.clinic.log.anchors import Anchor
from isocourse.clinic.log.chain import Broken, check
from isocourse.clinic.log.models import Course, DataKey, Entry, Erasure, Head


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(anchor: Anchor | None) -> Iterator[Finding]:
    """Everything that is not as it was written; nothing when all is well."""
    for name in guards.missing(connection):
        yield Finding("database", f"the guard {name} is missing; run `isocourse clinic migrate`")
    heads = {each.course_id: each for each in Head.objects.all()}
    macs = _Macs(dict(anchor.heads) if anchor else {})
    seen = set()
    for course, entries in _courses():
        seen.add(course.code)
        try:
            check(course, macs.noting(course.code, entries), heads.get(course.pk))
        except Broken as broken:
            yield Finding(f"course {broken.code}, entry {broken.number}", broken.what)
        else:
            yield from macs.against(course.code)
    yield from _gone(anchor, seen)
    yield from _keys()


def _courses() -> Iterator[tuple[Course, Iterator[Entry]]]:
    """Every course with its entries, in one pass over the table."""
    rows = Entry.objects.order_by("course_id", "number").iterator(chunk_size=5000)
    grouped = groupby(rows, key=lambda each: each.course_id)
    held: tuple[int, Iterator[Entry]] | None = next(grouped, None)
    for course in Course.objects.order_by("pk").iterator(chunk_size=2000):
        if held is not None and held[0] == course.pk:
            yield course, held[1]
            held = next(grouped, None)
        else:
            yield course, iter(())


class _Macs:
    """Notes, while a chain is checked, what stands where the anchor says it ended."""

    def __init__(self, anchored: dict[str, tuple[int, str]]) -> None:
        self.anchored = anchored
        self.found: str | None = None

    def noting(self, code: str, entries: Iterator[Entry]) -> Iterator[Entry]:
        """The same entries; remembers the digest at the anchored number."""
        self.found = None
        number = self.anchored.get(code, (0, ""))[0]
        for entry in entries:
            if entry.number == number:
                self.found = entry.mac
            yield entry

    def against(self, code: str) -> Iterator[Finding]:
        """What the anchor knew and the chain does not."""
        number, mac = self.anchored.get(code, (0, ""))
        if number and self.found is None:
            yield Finding(f"course {code}, entry {number}", "anchored, and no longer there")
        elif number and self.found != mac:
            yield Finding(f"course {code}, entry {number}", "not the one that was anchored")


def _gone(anchor: Anchor | None, seen: set[str]) -> Iterator[Finding]:
    for code in sorted(set(anchor.heads) - seen if anchor else ()):
        yield Finding(f"course {code}", "anchored, and no longer in the database")


def _keys() -> Iterator[Finding]:
    """A course has its key, or an erasure that says why not."""
    with_key = set(DataKey.objects.values_list("course_id", flat=True))
    erased = set(Erasure.objects.values_list("course_id", flat=True))
    for pk, code in Course.objects.values_list("pk", "code").iterator():
        if pk not in with_key and pk not in erased:
            yield Finding(f"course {code}", "its key is gone, and no erasure says why")
        if pk in with_key and pk in erased:
            yield Finding(f"course {code}", "erased, and its key is still there; erase it again")
