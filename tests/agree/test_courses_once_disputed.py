"""Small courses on which the pass and the replay once differed; each has been looked at since."""

from typing import Any

import pytest
from tests.agree.asking import disagreements
from tests.agree.logs import course_of, moment_of

Event = dict[str, Any]


def _on(day: str, kind: str, **said: Any) -> Event:
    return {"at": day, "kind": kind, **said}


def _test(day: str, setting: str = "clinic") -> Event:
    said = {"result": "negative", "specimen": "urine", "setting": setting}
    return _on(day, "pregnancy_test", **said)


def _rx(day: str, name: str = "rx", **said: Any) -> Event:
    return _on(day, "prescription", **_dose(name), **said)


def _dose(name: str) -> Event:
    return {"prescription_id": name, "daily_dose": 20, "unit": "mg/day", "days": 30}


def _had(day: str, name: str = "rx", days: int = 30) -> Event:
    return _on(day, "dispense", prescription_id=name, days=days)


def _back(day: str, name: str = "rx") -> Event:
    return _on(day, "return_to_stock", prescription_id=name)


def _over(day: str) -> Event:
    ended = {"condition": "pregnancy", "status": "resolved", "by": {"role": "dermatologist"}}
    return _on(day, "condition", **ended)


PREGNANT = _on("2026-01-01", "pregnancy")
NO_WOMB = {"can_become_pregnant": False, "reason": "hysterectomy"}
DISPUTED: dict[str, tuple[str, str, list[Event]]] = {
    "a specimen taken on an earlier day by its own clock": (
        "us",
        "2026-12-08",
        [_had("2026-11-01"), _test("2026-12-01T23:00:00-08:00"), _rx("2026-12-02", "b")],
    ),
    "a second hand-over on one test, brought back": (
        "in",
        "2026-10-11",
        [
            _test("2026-10-01"),
            _had("2026-10-02"),
            _had("2026-10-03", "b"),
            _back("2026-10-04", "b"),
        ],
    ),
    "one of two hand-overs of a prescription, brought back": (
        "in",
        "2026-10-11",
        [_test("2026-10-01"), _had("2026-10-02"), _had("2026-10-03"), _back("2026-10-04")],
    ),
    "a hand-over without any test": ("uk", "2026-10-11", [_had("2026-10-02"), _rx("2026-10-05")]),
    "a visit of which nobody says who saw the patient": (
        "fr",
        "2026-10-11",
        [
            _on("2026-05-01", "visit", mode="in_person", role="gp"),
            _on("2026-10-01", "visit", mode="remote"),
            _rx("2026-10-01"),
        ],
    ),
    "a test later on the day certified": (
        "it",
        "2027-01-08",
        [_rx("2027-01-05", certified_on="2027-01-05"), _test("2027-01-05T10:00:00+01:00")],
    ),
    "tests before and after the prescription on one day, certified before": (
        "it",
        "2026-02-09",
        [
            _test("2026-01-22"),
            _test("2026-02-06"),
            _rx("2026-02-06", certified_on="2026-02-03"),
            _test("2026-02-06T12:00:00+01:00"),
        ],
    ),
    "a test forgotten since the prescription": (
        "it",
        "2026-07-30",
        [
            _on("2026-03-30", "pregnancy_category", **NO_WOMB),
            _test("2026-04-13"),
            _rx("2026-04-14"),
            _on("2026-06-17", "pregnancy_category", can_become_pregnant=True),
        ],
    ),
    "a relapse, and treatment again": (
        "de",
        "2026-07-30",
        [
            _on("2026-03-01", "stop", reason="clear"),
            _on("2026-06-01", "relapse", definition="clinician"),
            _on("2026-07-01", "restart"),
        ],
    ),
    "supply handed over on both sides of a pregnancy": (
        "de",
        "2026-02-12",
        [_had("2025-12-25"), PREGNANT, _over("2026-01-05"), _had("2026-01-09", "b")],
    ),
    "capsules brought back after the pregnancy has ended": (
        "us",
        "2026-02-20",
        [
            _had("2025-12-25"),
            PREGNANT,
            _over("2026-01-05"),
            _back("2026-01-06"),
            _had("2026-02-01", "b"),
        ],
    ),
    "the same, and the next capsules brought back too": (
        "us",
        "2026-02-20",
        [
            _had("2025-12-25"),
            PREGNANT,
            _over("2026-01-05"),
            _back("2026-01-06"),
            _had("2026-02-01", "b"),
            _back("2026-02-02", "b"),
        ],
    ),
    "two hand-overs of a prescription, both brought back": (
        "de",
        "2026-03-24",
        [
            _had("2026-02-07", "a"),
            _had("2026-03-23", days=28),
            _had("2026-03-23", days=30),
            _back("2026-03-23"),
            _back("2026-03-24"),
        ],
    ),
    "a report in doubt, and a pregnancy that ended": (
        "it",
        "2026-03-01",
        [_on("2025-12-20", "patient_report", what="missed_period"), PREGNANT, _over("2026-01-05")],
    ),
    "an authorisation taken back after a pregnancy": (
        "us",
        "2026-03-01",
        [
            _rx("2025-12-20"),
            _on("2025-12-21", "authorisation", number="n"),
            PREGNANT,
            _over("2026-01-05"),
            _on("2026-01-06", "authorisation_reversed", number="n"),
        ],
    ),
    "menses with an hour on the day of a test without one": (
        "us",
        "2025-10-30",
        [
            _on("2025-09-09", "cycle", regular=True),
            _test("2025-10-08"),
            _on("2025-10-27T09:00:00-05:00", "menses"),
            _test("2025-10-27"),
        ],
    ),
    "a condition that is a pregnancy": (
        "eu",
        "2026-03-01",
        [_on("2026-02-01", "condition", condition="pregnancy", status="active")],
    ),
}
EARLIER: dict[str, tuple[list[Event], list[Event]]] = {
    "one of two hand-overs brought back": (
        [_had("2026-01-01"), _had("2026-02-01"), _back("2026-02-02")],
        [],
    ),
    "brought back, then handed over": (
        [_had("2026-01-01"), _back("2026-01-02"), _had("2026-02-01")],
        [],
    ),
    "a hand-over retracted in the present course": (
        [_had("2026-01-01")],
        [_on("2026-05-01", "retract", event="old-0")],
    ),
}


def _numbered(events: list[Event], mark: str) -> list[Event]:
    return [{"id": f"{mark}-{number}", **event} for number, event in enumerate(events)]


def _file(place: str, events: list[Event], earlier: list[Event]) -> Event:
    head = {"format": "isocourse.course/1", "place": place}
    old = {**head, "course_id": "old", "events": _numbered(earlier, "old")}
    return {
        **head,
        "course_id": "disputed",
        "patient": {"birth_date": "2000-01-01", "sex": "female"},
        "events": _numbered(events, "e"),
        "earlier_courses": [old] if earlier else [],
    }


@pytest.mark.parametrize("case", DISPUTED)
def test_both_say_the_same(case: str) -> None:
    place, asked, events = DISPUTED[case]
    assert disagreements(course_of(_file(place, events, [])), moment_of(asked)) == {}


@pytest.mark.parametrize("case", EARLIER)
def test_both_say_the_same_of_an_earlier_course(case: str) -> None:
    earlier, events = EARLIER[case]
    course = course_of(_file("uk", events, earlier))
    assert disagreements(course, moment_of("2026-06-01")) == {}
