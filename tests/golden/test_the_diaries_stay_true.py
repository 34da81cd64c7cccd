"""Courses from the first visit to follow-up: each day tells what was read through and found right.

What was checked in each is noted in `README.md` beside the diaries. After a change that is meant,
write them anew with `python -m tests.golden.write` and read the difference.
"""

import pytest
from tests.golden.diary import FOLDER, course_of, courses, diary


@pytest.mark.parametrize("name", courses())
def test_every_day_tells_what_was_read_and_found_right(name: str) -> None:
    kept = (FOLDER / f"{name}.diary.md").read_text(encoding="utf-8")
    assert diary(course_of(name)) == kept
