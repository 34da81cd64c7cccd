"""The peers of the benchmarks do the same work, so that their times can be compared."""

import pytest
from benchmarks.peers import agree, plain_replay, texts, validate

from isocourse.events import read_course


@pytest.mark.parametrize("text", texts())
def test_a_base_course_is_valid_and_its_replay_knows_the_same_facts(text: str) -> None:
    replay = plain_replay()
    assert replay is not None
    validate(text)
    assert agree(read_course(text), replay)
