"""What the pass says of a course, where the replay differs, and how many examples are looked at."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from hypothesis import Phase, settings
from tests.agree.author import File
from tests.agree.by_topic.story import Moment
from tests.agree.logs import course_of
from tests.agree.replay import replay

from isocourse.course import DEFAULT
from isocourse.course.assessing import asked_of, facts_of
from isocourse.course.edition import InForce, rules_in_force
from isocourse.events import BadCourse, Course
from isocourse.words.days import as_date


def examples(so_many: int) -> settings:
    """So many examples, and as many times more as the profile asks.

    Nothing is shrunk here: to leave out events one by one is faster than Hypothesis, which goes by
    the choices that made them (see `smallest`).
    """
    assert settings.default is not None
    times = settings.default.max_examples / 100
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=round(so_many * times), phases=phases)


def rules_asked(course: Course, at: Moment) -> InForce:
    """The rules in force on the day asked."""
    return rules_in_force(course.place, as_date(asked_of(course, at).day), DEFAULT)


def the_pass(course: Course, at: Moment, known_at: Moment | None = None) -> dict[str, int | None]:
    """Every fact as the front door gets it, in whole numbers."""
    asked = asked_of(course, at)
    return facts_of(course, asked, known_at, rules_asked(course, at))[1].facts


def disagreements(
    course: Course, at: date | datetime, known_at: Moment | None = None
) -> dict[str, tuple[int | None, int | None]]:
    """Facts on which the replay (first) and the pass (second) differ."""
    slow, fast = replay(course, at, known_at), the_pass(course, at, known_at)
    assert slow.keys() == fast.keys()
    return {name: (slow[name], fast[name]) for name in slow if slow[name] != fast[name]}


def told(file: File, at: Moment, known_at: Moment | None = None) -> str:
    """What there is to tell of a disagreement: the smallest course on which it still stands."""
    found = disagreements(course_of(file), at, known_at)
    lines = [f"asked {at!s}, known {known_at!s}: fact, replay, pass"]
    for fact in found:
        left = smallest(file, at, known_at, fact)
        lines += [f"{fact}: {found[fact]}", json.dumps(left)]
    return "\n".join(lines)


def smallest(file: File, at: Moment, known_at: Moment | None, fact: str) -> File:
    """The course with every event left out that the disagreement on a fact does not need."""
    for less in _with_one_left_out(file):
        try:
            still = fact in disagreements(course_of(less), at, known_at)
        except BadCourse:  # a retract may need what was left out
            continue
        if still:
            return smallest(less, at, known_at, fact)
    return file


def _with_one_left_out(file: File) -> Iterator[File]:
    """The course without its earlier courses, or without one of its events."""
    if "earlier_courses" in file:
        yield {key: value for key, value in file.items() if key != "earlier_courses"}
    events = file["events"]
    for number in reversed(range(len(events))):
        yield {**file, "events": events[:number] + events[number + 1 :]}
    for nth, each in enumerate(file.get("earlier_courses", ())):
        for less in _with_one_left_out(each):
            held = list(file["earlier_courses"])
            yield {**file, "earlier_courses": [*held[:nth], less, *held[nth + 1 :]]}
