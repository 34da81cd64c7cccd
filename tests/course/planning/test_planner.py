"""The planner names the days on which the rules themselves would let capsules be handed over."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from isocourse.course import assess
from isocourse.course.planning import HandOver, Plan, plan
from isocourse.course.worked import changed, patients
from isocourse.events import Course, read_course

DAY = timedelta(days=1)
File = dict[str, Any]


def file_of(base: str, changes: str = "") -> File:
    return changed(dict(patients()[base]), changes)


def course_of(file: File) -> Course:
    return read_course(json.dumps(file), "course")


def planned(base: str, at: str, changes: str = "") -> Plan:
    return plan(course_of(file_of(base, changes)), date.fromisoformat(at))


def first(base: str, at: str, changes: str = "") -> HandOver:
    return planned(base, at, changes).hand_overs[0]


def test_the_second_us_test_waits_nineteen_days() -> None:
    first_test = date(2026, 11, 20)
    over = first("us-woman-first", "2026-11-21")
    assert not over.written
    assert over.pick_up.earliest == first_test + 19 * DAY
    assert over.test is not None and over.test.earliest == first_test + 19 * DAY


def test_a_us_window_ends_six_days_after_the_specimen() -> None:
    over = first("us-woman-third", "2026-12-02")
    assert over.written and over.test is None
    assert (over.pick_up.earliest, over.pick_up.last) == (date(2026, 12, 2), date(2026, 12, 7))


def test_a_uk_prescription_is_good_for_seven_days() -> None:
    over = first("uk-woman-first", "2026-03-02")
    assert (over.pick_up.earliest, over.pick_up.last) == (date(2026, 3, 2), date(2026, 3, 8))
    later = planned("uk-woman-first", "2026-03-02").hand_overs[1]
    assert later.test is not None
    assert later.pick_up.best - later.test.earliest == 3 * DAY, "three days and the day itself"


def test_the_next_hand_over_is_best_while_capsules_last_and_on_a_working_day() -> None:
    for base, at in (("us-woman-third", "2026-12-02"), ("uk-man", "2026-03-03")):
        found = planned(base, at)
        for before, over in zip(found.hand_overs, found.hand_overs[1:], strict=False):
            supplied = before.pick_up.best + (before.days - 1) * DAY
            assert over.gap_days == 0 and over.pick_up.best <= supplied
            assert over.pick_up.best.weekday() < 5


@pytest.mark.parametrize("base", ("us-woman-third", "uk-woman-first", "fr-woman-first"))
def test_the_plan_and_the_task_name_the_same_first_day_for_the_next_test(base: str) -> None:
    """Where the last day with capsules is a working day; else the plan goes before the weekend."""
    at = {"us": "2026-12-02", "uk": "2026-03-02", "fr": "2026-03-02"}[base[:2]]
    over = first(base, at)
    file = file_of(base)
    file["events"].append(handed(file, over, "first"))
    course = course_of(file)
    following = plan(course, date.fromisoformat(at) + 5 * DAY).hand_overs[0]
    tasks = assess(course, date.fromisoformat(at) + 5 * DAY).due
    (opens,) = [each.opens for each in tasks if each.rule == "pregnancy.test_for_next_supply"]
    assert following.test is not None and opens is not None
    ends = over.pick_up.best + (over.days - 1) * DAY
    early = (ends - following.pick_up.best).days
    assert following.test.earliest == opens.date() - early * DAY


def test_a_man_needs_no_test() -> None:
    found = planned("us-man", "2026-12-02")
    assert all(each.test is None for each in found.hand_overs)


def test_contraception_that_is_too_short_puts_off_the_first_day() -> None:
    methods = "methods=[implant since 2026-12-01, male_condom since 2026-12-01]"
    over = first("us-woman-first", "2026-12-12", f"contraception: {methods}; - prescription")
    assert over.pick_up.earliest == date(2027, 1, 1), "a month is the later of 30 days and a month"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ("+ stop on 2026-12-01: reason=side_effect", "stopping.stopped"),
        ("+ pregnancy on 2026-12-01", "pregnancy.pregnant"),
        (
            "+ medicine on 2026-12-01: name=doxycycline, status=started",
            "interactions.tetracycline",
        ),
        ("- contraception", "pregnancy.contraception_not_accepted"),
    ],
)
def test_what_time_does_not_mend_leaves_no_day_and_says_why(changes: str, rule: str) -> None:
    found = planned("us-woman-third", "2026-12-02", changes)
    assert found.hand_overs == ()
    assert rule in [each.rule for each in found.stops]


def test_a_gap_is_counted_and_its_cause_named() -> None:
    """The capsules last until Friday; a report of a missed period is answered only by a test."""
    found = planned("us-woman-third", "2026-12-02")
    assert (found.supplied_until, found.hand_overs[0].gap_days) == (date(2026, 11, 30), 1)


def test_a_plan_records_nothing_and_is_the_same_each_time() -> None:
    course = course_of(file_of("uk-woman-first"))
    before = course.model_dump_json()
    one, other = (plan(course, date(2026, 3, 2)).json() for _ in range(2))
    assert json.dumps(one) == json.dumps(other)
    assert course.model_dump_json() == before


BASES = (
    ("us-woman-third", "2026-12-02"),
    ("us-woman-first", "2026-12-12"),
    ("us-girl", "2026-12-12"),
    ("us-man", "2026-12-02"),
    ("uk-woman-first", "2026-03-02"),
    ("uk-man", "2026-03-03"),
    ("eu-woman-first", "2026-03-02"),
    ("de-woman-first", "2026-03-02"),
    ("fr-woman-first", "2026-03-02"),
    ("it-woman-first", "2026-03-02"),
    ("in-woman-first", "2026-03-02"),
)


@pytest.mark.parametrize(("base", "at"), BASES)
def test_the_days_of_a_written_prescription_are_those_on_which_it_may_be_handed_over(
    base: str, at: str
) -> None:
    found = planned(base, at)
    over = found.hand_overs[0]
    if not over.written:
        pytest.skip("nothing is written")
    course, today = course_of(file_of(base)), date.fromisoformat(at)
    days = [today + n * DAY for n in range((found.until - today).days + 1)]
    lawful = [d for d in days if assess(course, d).actions["dispense"].verdict == "allowed"]
    assert (lawful[0], lawful[-1]) == (over.pick_up.earliest, over.pick_up.last)


@pytest.mark.parametrize(("base", "at"), BASES)
def test_what_is_planned_is_lawful_once_it_is_recorded(base: str, at: str) -> None:
    """Written out by hand as a course file: on the best day and the last yes, after it no."""
    found = planned(base, at)
    file = file_of(base)
    over = found.hand_overs[0]
    if over.written:
        file["events"].append(handed(file, over, "first"))
        over = found.hand_overs[1]
    file["events"] += done(file, over)
    course = course_of(file)
    for day, verdict in ((over.pick_up.best, "allowed"), (over.pick_up.last, "allowed")):
        assert assess(course, day).actions["dispense"].verdict == verdict, day
    if over.pick_up.last < found.until:
        assert assess(course, over.pick_up.last + DAY).actions["dispense"].verdict != "allowed"


def handed(file: File, over: HandOver, name: str) -> File:
    written = [e for e in file["events"] if e["kind"] == "prescription"][-1]
    said = {"prescription_id": written["prescription_id"], "days": over.days}
    return {"id": name, "kind": "dispense", "at": over.pick_up.best.isoformat(), **said}


def done(file: File, over: HandOver) -> list[File]:
    """A visit with everything on the best day for it, and the registry's word until the last."""
    on = over.pick_up.best.isoformat()
    used = [e for e in file["events"] if e["kind"] == "contraception"]
    methods = [each["method"] for each in used[-1].get("methods", [])] if used else []
    entered = {"contraception": methods} if methods else {}
    acts: list[File] = [
        {"kind": "visit", "mode": "in_person", "role": "dermatologist"},
        {"kind": "mental_health", "assessed": True, "concern": "none"},
        {"kind": "counselling"},
        {"kind": "comprehension", "passed": True, **entered},
        {
            "kind": "prescription",
            "prescription_id": "next",
            "certified_on": on,
            "daily_dose": 20,
            "unit": "mg/day",
            "doses_per_day": 2,
            "days": over.days,
            "role": "dermatologist",
        },
        {"kind": "authorisation", "number": "next"},
    ]
    if over.test is not None:
        acts.append(
            {
                "kind": "pregnancy_test",
                "result": "negative",
                "specimen": "urine",
                "setting": "clinic" if file["place"] != "us" else "laboratory",
            }
        )
    return [{"id": f"done-{n}", "at": on, **act} for n, act in enumerate(acts)]
