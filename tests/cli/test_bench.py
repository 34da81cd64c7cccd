"""The bench command measures on this machine and says what it measured on."""

import json

import pytest
from tests.cli.running import answered, call, refused


def test_it_says_what_it_ran_on_and_how_the_cost_grows() -> None:
    found = json.loads(answered(call("bench", "--courses", "300", "--json")))
    assert "isocourse" in found["machine"]["packages"]
    assert 0 < found["one_course"]["median_ms"] <= found["one_course"]["p95_ms"]
    assert [each["courses"] for each in found["registry"]] == [100, 300]
    assert all(each["courses_per_second"] > 0 for each in found["registry"])


def test_on_screen_every_size_has_a_line() -> None:
    said = answered(call("bench", "--courses", "100"))
    assert "one course" in said
    assert "100 courses" in said


@pytest.mark.parametrize("size", ["0", "-5", "99", "10000001"])
def test_a_size_that_cannot_be_measured_is_refused(size: str) -> None:
    assert "expected 100 to 10,000,000" in refused(call("bench", "--courses", size))
