"""What earlier courses still say: when the last dose was, and what goes on closing."""

import copy
from typing import Any

import pytest
from tests.course.asking import File, asked, stopping, verdicts

from isocourse.course import Assessment
from isocourse.course.worked import patients

START = "2026-03-02"
HEAD = {"format": "isocourse.course/1", "course_id": "earlier", "place": "uk"}


def said_with(
    *events: File, at: str = START, changes: str = "", name: str = "uk-man"
) -> Assessment:
    """The assessment of a course after an earlier one that held these events."""
    numbered = [{"id": f"old{number}", **event} for number, event in enumerate(events)]
    return asked(name, at, changes, earlier_courses=[{**HEAD, "events": numbered}])


def event(kind: str, at: str, **said: Any) -> File:
    return {"kind": kind, "at": at, **said}


def supply(at: str, days: int = 30) -> list[File]:
    """A prescription with its hand-over."""
    written = event(
        "prescription", at, prescription_id=f"old-{at}", daily_dose=40, unit="mg/day", days=days
    )
    return [written, event("dispense", at, prescription_id=f"old-{at}", days=days)]


def days_since(said: Assessment) -> int | None:
    return said.facts.get("days_since_earlier_course")


def test_the_last_dose_is_on_the_last_day_of_the_capsules() -> None:
    """Thirty days from 1 January end on 30 January; 2 March is 31 days later."""
    assert days_since(said_with(*supply("2026-01-01"))) == 31


def test_a_supply_that_comes_early_waits_for_the_one_before() -> None:
    assert days_since(said_with(*supply("2025-12-15"), *supply("2026-01-01"))) == 18


def test_a_stop_ends_it_before_the_capsules_do() -> None:
    stop = event("stop", "2026-01-10", reason="clear")
    assert days_since(said_with(*supply("2026-01-01"), stop)) == 51


def test_capsules_that_came_back_were_not_taken() -> None:
    back = event("return_to_stock", "2026-01-02", prescription_id="old-2026-01-01")
    assert days_since(said_with(*supply("2025-11-01"), *supply("2026-01-01"), back)) == 92
    assert days_since(said_with(*supply("2026-01-01"), back)) is None


def test_what_was_taken_counts_without_a_hand_over() -> None:
    taken = event("taken", "2026-01-01", daily_dose=20, unit="mg/day", until="2026-01-20")
    assert days_since(said_with(taken)) == 41
    none = event("taken", "2026-01-01", daily_dose=0, unit="mg/day")
    assert days_since(said_with(none)) is None


def test_the_latest_of_several_courses_counts() -> None:
    older, newer = (
        {
            **HEAD,
            "course_id": f"c{number}",
            "events": [{"id": f"c{number}-{n}", **each} for n, each in enumerate(supply(at))],
        }
        for number, at in enumerate(("2024-01-01", "2026-01-01"))
    )
    for order in ([older, newer], [newer, older]):
        assert days_since(asked("uk-man", START, earlier_courses=order)) == 31


@pytest.mark.parametrize(("at", "verdict"), [("2026-03-26", "blocked"), ("2026-03-27", "allowed")])
def test_a_second_course_waits_eight_weeks(at: str, verdict: str) -> None:
    said = said_with(*supply("2026-01-01"), at=at, changes="prescription: at=2026-03-26")
    assert verdicts(said)["start"] == verdict
    if verdict == "blocked":
        assert stopping(said, "start") == ["stopping.too_soon_after_earlier_course"]


def test_it_waits_two_calendar_months_as_well_in_the_us() -> None:
    """From 15 December 56 days are over on 9 February, two months on 15 February."""
    at = "prescription: at=2027-02-02"
    for day, verdict in (("2027-02-14", "blocked"), ("2027-02-15", "allowed")):
        stop = event("stop", "2026-12-15", reason="clear")
        said = said_with(*supply("2026-12-01"), stop, at=day, changes=at, name="us-man")
        assert verdicts(said)["start"] == verdict, day
        told = [each.sentence for each in said.actions["start"].reasons if each.stops]
        assert len(told) == (verdict == "blocked"), day
        assert all("1 of 2 whole calendar months" in each for each in told), day


@pytest.mark.parametrize(
    "afterwards",
    [
        supply("2026-02-01"),
        [event("taken", "2026-02-01", daily_dose=20, unit="mg/day", until="2026-02-28")],
    ],
    ids=["handed over", "taken"],
)
def test_a_pause_in_the_earlier_course_does_not_end_it(afterwards: list[File]) -> None:
    """Stopped in November, begun again in February: the last dose was not in November."""
    stop, again = event("stop", "2025-11-15", reason="other"), event("restart", "2026-02-01")
    said = said_with(*supply("2025-11-01"), stop, again, *afterwards)
    assert stopping(said, "start") == ["stopping.too_soon_after_earlier_course"]


@pytest.mark.parametrize(
    "earlier",
    [
        # Stopped, begun again and supplied on one day: capsules until 1 February.
        [
            *supply("2025-11-01"),
            event("stop", "2026-01-03", reason="other"),
            event("restart", "2026-01-03"),
            *supply("2026-01-03"),
        ],
        # Begun again on what was left of the supply before the stop.
        [
            *supply("2025-12-15"),
            event("stop", "2025-12-20", reason="other"),
            event("restart", "2026-02-10"),
        ],
    ],
    ids=["supplied on the day of the stop", "capsules left over"],
)
def test_a_stop_that_was_followed_by_a_restart_ends_nothing(earlier: list[File]) -> None:
    assert stopping(said_with(*earlier), "start") == ["stopping.too_soon_after_earlier_course"]


def test_what_was_recorded_in_error_does_not_count() -> None:
    wrong = [*supply("2025-11-01"), event("stop", "2026-02-20", reason="clear")]
    taken_back = event("retract", "2026-02-21", event="old2")
    assert days_since(said_with(*wrong)) == 10
    assert days_since(said_with(*wrong, taken_back)) == 92


def test_it_may_be_taken_back_in_the_present_course() -> None:
    wrong = [*supply("2025-11-01"), event("stop", "2026-02-20", reason="clear")]
    assert days_since(said_with(*wrong, changes="+ retract on 2026-02-21: event=old2")) == 92


@pytest.mark.parametrize(
    ("closing", "rule"),
    [
        (event("allergy", "2025-01-01", substance="isotretinoin"), "eligibility.hypersensitivity"),
        (event("allergy", "2025-01-01", substance="peanut"), "eligibility.soya_allergy"),
        (
            event("condition", "2025-01-01", condition="breastfeeding", status="active"),
            "eligibility.breast_feeding",
        ),
        (
            event("medicine", "2025-01-01", name="doxycycline", status="started"),
            "interactions.tetracycline",
        ),
        (event("pregnancy", "2025-01-01"), "pregnancy.pregnant"),
        (event("stop", "2025-01-01", reason="pregnancy"), "pregnancy.pregnant"),
        (
            event(
                "pregnancy_test",
                "2025-01-01",
                result="positive",
                specimen="urine",
                setting="home",
            ),
            "pregnancy.positive_test",
        ),
        (
            event("mental_health", "2025-01-01", assessed=True, concern="psychosis"),
            "mood.grave_concern",
        ),
        (
            event("questionnaire", "2025-01-01", instrument="phq-9", score=9, item_9=1),
            "mood.thoughts_of_self_harm",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else each["kind"],
)
def test_what_closes_the_gate_goes_on_closing_it(closing: File, rule: str) -> None:
    nobody = "mental_health: by=none"  # a look by nobody in particular clears nothing
    said = said_with(closing, changes=nobody)
    assert stopping(said, "prescribe") == stopping(said, "dispense") == [rule]
    assert said.actions["prescribe"].reasons[0].events == ("old0",)


def test_what_the_present_course_records_clears_it() -> None:
    allergic = event("condition", "2025-01-01", condition="breastfeeding", status="active")
    weaned = "+ condition on 2026-01-01: condition=breastfeeding, status=resolved"
    assert verdicts(said_with(allergic, changes=weaned))["dispense"] == "allowed"


def test_nothing_that_opens_is_carried_over() -> None:
    """Consent, tests, contraception and talks of an earlier course serve that course alone."""
    opening = [
        event("consent", "2026-01-01", form="acknowledgement_of_risk"),
        event("counselling", "2026-01-01"),
        event("enrolment", "2026-01-01", who="patient", active=True),
        event("pregnancy_category", "2026-01-01", can_become_pregnant=False, reason="hysterectomy"),
        event(
            "pregnancy_test", "2026-03-02", result="negative", specimen="urine", setting="clinic"
        ),
    ]
    bare = "- consent; - counselling; - enrolment; - pregnancy_category; - pregnancy_test"
    plain = asked("uk-woman-first", START, bare)
    assert verdicts(said_with(*opening, changes=bare, name="uk-woman-first")) == verdicts(plain)
    assert verdicts(plain)["dispense"] == "unknown"


def test_a_look_at_the_mind_in_an_earlier_course_is_none_before_this_one() -> None:
    """The UK asks for one before the first dose; the last one was two years ago."""
    look = event("mental_health", "2024-01-01", assessed=True, concern="none")
    assert stopping(said_with(look, changes="- mental_health"), "start") == [
        "mood.mind_not_assessed"
    ]


def test_the_example_of_a_second_course_after_exactly_eight_weeks() -> None:
    file = copy.deepcopy(dict(patients()["uk-man-second"]))
    said = asked("uk-man-second", START, earlier_courses=file["earlier_courses"])
    assert (days_since(said), verdicts(said)["start"]) == (56, "allowed")
