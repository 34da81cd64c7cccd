"""Every worked case beside the rules comes out as it says."""

from collections.abc import Iterator

import pytest

from isocourse.course.worked import Case, cases, patients, run
from isocourse.course.worked.tables import ACTIONS
from isocourse.rules import TOPICS

AT_A_TIME = 40


def chunks() -> Iterator[tuple[str, list[Case]]]:
    """The cases of each topic, so many at a time, so that they can run side by side."""
    for topic in TOPICS:
        held = [case for case in cases().values() if case.topic == topic]
        for first in range(0, len(held), AT_A_TIME):
            yield f"{topic} {first + 1}", held[first : first + AT_A_TIME]


CHUNKS = dict(chunks())


@pytest.mark.parametrize("name", CHUNKS)
def test_every_case_comes_out_as_it_says(name: str) -> None:
    outcomes = [run(case) for case in CHUNKS[name]]
    assert [str(each) for each in outcomes if not each.as_expected] == []


def test_every_topic_has_cases_and_every_base_course_is_used() -> None:
    held = cases().values()
    assert {case.topic for case in held} == set(TOPICS)
    assert {case.course for case in held} == set(patients())


def test_about_as_many_cases_where_nothing_happens_as_where_something_does() -> None:
    gates = [case for case in cases().values() if case.action in ACTIONS]
    nothing = [case for case in gates if case.verdict in ("allowed", "eligible")]
    assert 0.4 < len(nothing) / len(gates) < 0.6
