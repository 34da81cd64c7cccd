"""What a forecast takes from the record: what was taken, who it is, what was observed."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forecasting.courses import DAY, START, course, event, on, supply, usual

from isocourse.course.forecasting.seen import EARLIER, seen
from isocourse.course.settings import DEFAULT


def test_what_was_taken_is_known_day_by_day() -> None:
    found = seen(usual(), DAY, None, DEFAULT)
    assert found.first is not None and len(found.taken) == (DAY - START).days
    assert (found.taken == 30).all()
    assert [(each.dose, each.days) for each in found.past] == [(30.0, 70)]


@settings(max_examples=20)
@given(
    doses=st.lists(st.sampled_from([10, 20, 30, 40, 60]), min_size=1, max_size=4),
    days=st.lists(st.integers(5, 40), min_size=4, max_size=4),
    gaps=st.lists(st.integers(0, 12), min_size=4, max_size=4),
    alternate=st.booleans(),
)
def test_what_was_taken_agrees_with_a_plain_count(
    doses: list[int], days: list[int], gaps: list[int], alternate: bool
) -> None:
    events, plain, at = [event(1, "weight", -1, value=60, unit="kg")], [], 0
    cycle = {"days_on": 1, "cycle_days": 2} if alternate else {}
    for nth, (dose, count, gap) in enumerate(zip(doses, days, gaps, strict=False)):
        events += supply(10 + 2 * nth, at, dose, count, **cycle)
        plain += [0 if alternate and day % 2 else dose for day in range(count)] + [0] * gap
        at += count + gap
    asked = START + timedelta(days=at + 3)
    found = seen(course(*events), asked, None, DEFAULT)
    assert list(found.taken) == [*plain, 0, 0, 0]


def test_a_pause_that_was_reported_is_a_pause() -> None:
    found = seen(
        usual(event(20, "taken", 20, daily_dose=0, unit="mg/day", until=on(29))), DAY, None, DEFAULT
    )
    assert list(np.flatnonzero(found.taken[:60] == 0)) == list(range(20, 30))
    assert found.gaps == 1


def test_observations_count_from_the_first_capsule_in_the_units_of_the_model() -> None:
    made = usual(
        event(20, "lab", 28, test="triglycerides", value=1.5, unit="mmol/L"),
        event(21, "lab", 28, test="alt", value=31, unit="U/L"),
        event(22, "symptom", 30, symptom="cheilitis", grade=1),
        event(23, "symptom", 30, symptom="headache", grade=1),
    )
    found = seen(made, DAY, None, DEFAULT)
    said = {(each.day, each.what): each.value for each in found.observed}
    assert said[-14, "papules_pustules"] == 40
    assert said[28, "triglycerides"] == pytest.approx(132.9, abs=0.1)
    assert said[28, "alt"] == 31 and (30, "cheilitis") in said
    assert found.left_out == ("headache",)


def test_what_was_taken_back_or_came_later_is_not_used() -> None:
    made = usual(
        event(20, "lesions", 28, papules_pustules=400),
        event(21, "retract", 29, event="e20"),
        event(22, "lesions", 90, papules_pustules=1),
    )
    counts = [e.value for e in seen(made, DAY, None, DEFAULT).observed if "papules" in e.what]
    assert counts == [40]
    known = seen(made, DAY, START + timedelta(days=28), DEFAULT).observed
    assert [each.value for each in known if "papules" in each.what] == [40, 400]


def test_what_is_not_recorded_is_supposed_and_said() -> None:
    found = seen(course(event(1, "cycle", 0, regular=True), sex="unknown"), DAY, None, DEFAULT)
    assert found.first is None and not len(found.taken)
    said = " ".join(found.supposed)
    assert "No diagnosis" in said and "No weight" in said and "men" in said
    assert found.who.weight_sd > 0 and found.who.male == 0.5


def test_an_earlier_course_is_said_and_changes_no_twin() -> None:
    """Given isotretinoin among earlier treatments; then that is said, and nothing drawn of it."""
    before = {"treatment": "isotretinoin", "outcome": "cleared"}
    again = seen(usual(event(20, "prior_treatment", -5, **before)), DAY, None, DEFAULT)
    first = seen(usual(), DAY, None, DEFAULT)
    assert again.again and not first.again
    assert set(again.supposed) - set(first.supposed) == {EARLIER} and "not counted" in EARLIER
    assert again.who == first.who and again.observed == first.observed
    other = {"treatment": "oral_antibiotic", "outcome": "failed"}
    assert not seen(usual(event(20, "prior_treatment", -5, **other)), DAY, None, DEFAULT).again


def test_no_relapse_is_known_only_from_a_look_after_the_end() -> None:
    stopped = [event(20, "stop", 84, reason="completed")]
    at = START + timedelta(days=300)
    without = seen(usual(*stopped), at, None, DEFAULT).observed
    looked = seen(
        usual(*stopped, event(21, "visit", 250, mode="in_person")), at, None, DEFAULT
    ).observed
    assert "no_relapse" in {e.what for e in looked}
    assert all(e.day < 84 for e in without if e.what == "no_relapse")
