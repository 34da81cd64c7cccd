"""What was given at the command line: files, moments and settings, or a sentence why not."""

import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from isocourse.events import BadCourse, Course, read_course
from isocourse.events.moments import Moment, usable
from isocourse.events.text import LARGEST_BYTES
from isocourse.on_screen.refused import Refused
from isocourse.words import tokens

if TYPE_CHECKING:
    from isocourse.course import Settings
    from isocourse.exchange.fhir.telling import Unmapped

STDIN = "-"
_WORDS = {
    FileNotFoundError: "there is no such file; check its name.",
    IsADirectoryError: "this is a folder; name the files in it.",
    PermissionError: "it may not be read; ask for the right to read it.",
}

Made = TypeVar("Made")


def bytes_of(name: str) -> bytes:
    """All that a file or standard input holds, up to what a course file may hold."""
    try:
        data = _read(name)
    except OSError as error:
        why = _WORDS.get(type(error), f"it cannot be read: {error.strerror or error}.")
        raise Refused(f"{shown_name(name)}: {why}") from None
    if len(data) > LARGEST_BYTES:
        most = f"{LARGEST_BYTES // 1_000_000} MB"
        raise Refused(f"{shown_name(name)}: found more than {most}, expected at most {most}.")
    if not data.strip():
        raise Refused(f"{shown_name(name)}: the file is empty, expected a course or settings.")
    return data


def _read(name: str) -> bytes:
    if name != STDIN:
        with open(name, "rb") as file:
            return file.read(LARGEST_BYTES + 1)
    if sys.stdin is None:
        raise Refused("standard input: it is closed; name a file, or give the course on it.")
    return sys.stdin.buffer.read(LARGEST_BYTES + 1)


def shown_name(name: str) -> str:
    """A file's name, safe to show in a terminal."""
    if name == STDIN:
        return "standard input"
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in name)


def named_once(names: Iterable[str]) -> None:
    """Standard input can be read once only."""
    if list(names).count(STDIN) > 1:
        raise Refused("'-' stands for standard input and may be named once.")


def course_in(name: str) -> Course:
    """The course in a file. Raises Refused with everything wrong with it.

    A Bundle of FHIR is refused while something in it that could close a gate cannot be read.
    """
    course, unmapped = read_in(name, None)
    closing = [each for each in unmapped if each.closes]
    if closing:
        raise Refused("\n".join(f"{shown_name(name)}: {each.problem()}" for each in closing))
    return course


def read_in(name: str, place: str | None) -> "tuple[Course, tuple[Unmapped, ...]]":
    """The course in a file, and what of a FHIR Bundle is not in it."""
    return read_bytes(bytes_of(name), name, place)


def read_bytes(data: bytes, name: str, place: str | None) -> "tuple[Course, tuple[Unmapped, ...]]":
    """The same of a file that was read already."""
    where = shown_name(name)
    try:
        if not is_bundle(data):
            return read_course(data, where), ()
        from isocourse.exchange.fhir import read_bundle

        found = read_bundle(data, where, place)
        return found.course, found.unmapped
    except BadCourse as bad:
        raise Refused(str(bad)) from None


def is_bundle(data: bytes) -> bool:
    """Whether a file holds FHIR; what reads it is loaded only when it may."""
    if b"resourceType" not in data:
        return False
    from isocourse.exchange.fhir import is_fhir

    return is_fhir(data)


def settings_in(name: str | None) -> "Settings":
    """The settings in a file; without one the default ones."""
    from isocourse.course import DEFAULT, BadSettings, read_settings  # heavy: with the front door

    if name is None:
        return DEFAULT
    try:
        return read_settings(bytes_of(name), shown_name(name))
    except BadSettings as bad:
        raise Refused(str(bad)) from None


def moment(option: str, text: str | None) -> Moment | None:
    """The day or the instant that an option names."""
    if text is None:
        return None
    found = usable(text)
    if found is not None:
        return found
    do = "add the offset from UTC to the time" if usable(f"{text}Z") else "write it so"
    raise Refused(
        f"{option}: found {text!r}, expected a date such as 2026-12-07 or a date-time with its "
        f"offset such as 2026-12-07T18:00:00-05:00, from 1900 to 2200; {do}."
    )


def day(option: str, text: str | None) -> date | None:
    """The day that an option names."""
    found = None if text is None else usable(text)
    if text is not None and (found is None or isinstance(found, datetime)):
        raise Refused(f"{option}: found {text!r}, expected a date such as 2021-12-13; write it so.")
    return found


def place_named(place: str | None) -> str | None:
    """The place that an option names."""
    if place is None or place in tokens.PLACES:
        return place
    known = ", ".join(tokens.PLACES)
    raise Refused(f"--place: found {place!r}, expected one of {known}; correct it.")


def every(make: Callable[[str], Made], names: Iterable[str]) -> list[Made]:
    """Something made of each name; Refused with all that is wrong when one cannot be made."""
    made, wrong = [], []
    for name in names:
        try:
            made.append(make(name))
        except Refused as refused:
            wrong.append(str(refused))
    if wrong:
        raise Refused("\n".join(wrong))
    return made
