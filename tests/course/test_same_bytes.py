"""The same file, moment and settings give the same bytes: whenever, wherever, in any order."""

import hashlib
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.course.asking import as_text, base, days_of

from isocourse.course import assess
from isocourse.course.worked import patients


def digest() -> str:
    """One digest of every base course on two days of its life."""
    held = hashlib.sha256()
    for name in patients():
        whole = base(name)
        last = days_of(whole)[-1]
        for day in (last, last + timedelta(days=40)):
            held.update(as_text(assess(whole, day)).encode())
    return held.hexdigest()


def test_asked_twice_in_one_process() -> None:
    assert digest() == digest()


ELSEWHERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711", "LC_ALL": "C", "LANG": "tr_TR"}


def test_asked_in_another_process_of_another_time_zone_and_hash_seed() -> None:
    code = "from tests.course.test_same_bytes import digest; print(digest())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | ELSEWHERE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == digest()


@pytest.mark.parametrize("name", sorted(patients()))
@settings(max_examples=4)
@given(data=st.data())
def test_in_whatever_order_the_events_stand(name: str, data: st.DataObject) -> None:
    whole = base(name)
    day = data.draw(st.sampled_from(days_of(whole)[-3:]))
    shuffled: dict[str, Any] = {"events": tuple(data.draw(st.permutations(whole.events)))}
    assert as_text(assess(whole.model_copy(update=shuffled), day)) == as_text(assess(whole, day))
