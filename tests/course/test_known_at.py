"""What was recorded later is left out when it is asked what was known."""

import pytest
from tests.course.asking import as_text, asked, stopping, verdicts

from isocourse.course.worked.running import moment as day

LAST = "2026-12-01"  # the day of the test and of the prescription
LATE_TEST = "pregnancy_test on 2026-12-01: recorded_at=2026-12-03"


def test_without_it_everything_that_happened_counts() -> None:
    assert verdicts(asked("us-woman-third", "2026-12-04", LATE_TEST))["dispense"] == "allowed"


def test_with_it_what_was_recorded_later_does_not() -> None:
    said = asked("us-woman-third", "2026-12-04", LATE_TEST, known_at=day("2026-12-02"))
    assert verdicts(said)["dispense"] == "blocked"
    assert set(stopping(said, "dispense")) == {
        "supply.test_window_closed",
        "pregnancy.test_already_used_for_hand_over",
    }
    assert said.json()["known_at"] == "2026-12-02"


def test_on_the_day_of_the_record_it_is_known() -> None:
    said = asked("us-woman-third", "2026-12-04", LATE_TEST, known_at=day("2026-12-03"))
    assert verdicts(said)["dispense"] == "allowed"


@pytest.mark.parametrize(
    ("known", "verdict"),
    [("2026-12-03T10:59:59-05:00", "blocked"), ("2026-12-03T11:00:00-05:00", "allowed")],
)
def test_an_hour_is_known_from_that_hour_on(known: str, verdict: str) -> None:
    late = "pregnancy_test on 2026-12-01: recorded_at=2026-12-03T11:00:00-05:00"
    said = asked("us-woman-third", "2026-12-04", late, known_at=day(known))
    assert verdicts(said)["dispense"] == verdict


def test_an_event_without_a_day_of_record_was_known_when_it_happened() -> None:
    said = asked("us-woman-third", "2026-12-04", known_at=day("2026-11-30"))
    assert stopping(said, "prescribe") != [] and verdicts(said)["dispense"] == "not_applicable"


def test_a_retraction_works_from_its_record() -> None:
    wrong = "+ pregnancy_test on 2026-12-02: result=positive, specimen=urine, setting=clinic"
    back = "+ retract on 2026-12-02: event=n49, recorded_at=2026-12-04"
    before = asked("us-woman-third", "2026-12-05", f"{wrong}; {back}", known_at=day("2026-12-03"))
    after = asked("us-woman-third", "2026-12-05", f"{wrong}; {back}", known_at=day("2026-12-04"))
    assert stopping(before, "dispense") == ["pregnancy.positive_test"]
    assert verdicts(after)["dispense"] == "allowed"
    assert verdicts(asked("us-woman-third", "2026-12-03", f"{wrong}; {back}"))["dispense"] == (
        "blocked"
    )


def test_the_rules_are_those_of_the_day_asked_whenever_it_was_known() -> None:
    said = asked("us-woman-third", "2026-12-04", known_at=day("2026-11-01"))
    assert [key for key, _ in said.rules_in_force] == ["us-ipledge-2026"]


def test_known_by_the_moment_asked_is_the_same_answer_but_for_saying_so() -> None:
    plain, known = (
        asked("us-woman-third", "2026-12-04"),
        asked("us-woman-third", "2026-12-04", known_at=day("2026-12-04")),
    )
    assert as_text(known).replace('"known_at": "2026-12-04", ', "") == as_text(plain)
