"""What the pass says of a course, and how many examples a test looks at."""

from datetime import date, datetime

from hypothesis import settings
from tests.agree.by_topic.story import Moment
from tests.agree.replay import replay

from isocourse.course import DEFAULT
from isocourse.course.assessing import _asked, _facts
from isocourse.course.edition import InForce, rules_in_force
from isocourse.events import Course
from isocourse.words.days import as_date


def examples(so_many: int) -> settings:
    """So many examples, and as many times more as the profile asks."""
    assert settings.default is not None
    times = settings.default.max_examples / 100
    return settings(max_examples=round(so_many * times))


def rules_asked(course: Course, at: Moment) -> InForce:
    """The rules in force on the day asked."""
    return rules_in_force(course.place, as_date(_asked(course, at).day), DEFAULT)


def the_pass(course: Course, at: Moment, known_at: Moment | None = None) -> dict[str, int | None]:
    """Every fact as the front door gets it, in whole numbers."""
    asked = _asked(course, at)
    return _facts(course, asked, known_at, rules_asked(course, at))[1].facts


def disagreements(
    course: Course, at: date | datetime, known_at: Moment | None = None
) -> dict[str, tuple[int | None, int | None]]:
    """Facts on which the replay (first) and the pass (second) differ."""
    slow, fast = replay(course, at, known_at), the_pass(course, at, known_at)
    assert slow.keys() == fast.keys()
    return {name: (slow[name], fast[name]) for name in slow if slow[name] != fast[name]}
