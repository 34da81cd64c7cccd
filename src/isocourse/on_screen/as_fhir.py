"""The fhir command: a course file as a Bundle, or a Bundle as a course file."""

import sys
from collections.abc import Sequence

from isocourse.events import write_course
from isocourse.exchange.fhir.telling import Unmapped
from isocourse.exchange.fhir.writing import write_text
from isocourse.on_screen import given
from isocourse.on_screen.asking import Answered, Question


def write(name: str, question: Question, bare: bool) -> None:
    """Write the other form of a file on standard output."""
    data = given.bytes_of(name)
    if given.is_bundle(data):
        course, unmapped = given.read_bytes(data, name, question.place)
        text = write_course(course)
        _tell(name, unmapped)
    else:
        course, _ = given.read_bytes(data, name, None)
        text = write_text(course, None if bare else _assessed(name, data, question).assessment)
    sys.stdout.buffer.write(text.encode())


def _assessed(name: str, data: bytes, question: Question) -> Answered:
    return question.answered(name, *given.read_bytes(data, name, question.place))


def _tell(name: str, unmapped: Sequence[Unmapped]) -> None:
    for each in unmapped:
        print(f"{given.shown_name(name)}: {each.problem()}", file=sys.stderr)
