"""The facts of a course, worked out again from the whole log: plain, slow, and independent.

Each fact re-reads the log that counts at the moment asked. What the pass says is held against this.
"""

from tests.agree.by_topic import (
    after,
    body,
    contraception,
    dose,
    forms,
    supply,
    tests_for_pregnancy,
    way,
)
from tests.agree.by_topic import (
    course as whole,
)
from tests.agree.by_topic.story import Moment, story_of

from isocourse.course import DEFAULT, Settings
from isocourse.events import Course

_TOPICS = (tests_for_pregnancy, contraception, forms, supply, dose, body, whole, way, after)


def replay(
    course: Course, at: Moment, known_at: Moment | None = None, settings: Settings = DEFAULT
) -> dict[str, int | None]:
    """Every fact by its name; None where it is not known."""
    story = story_of(course, at, known_at, settings)
    facts: dict[str, int | None] = {}
    for topic in _TOPICS:
        said = topic.facts(story)
        assert not facts.keys() & said.keys(), "two topics answer one question"
        facts |= said
    return facts
