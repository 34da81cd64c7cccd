"""The tables of worked cases, and the small language in which a case changes a base course."""

from typing import Any

import pytest

from isocourse.course.worked import BadCases, BadChange, Case, changed, run
from isocourse.course.worked.tables import read_cases

COURSE: dict[str, Any] = {
    "place": "us",
    "patient": {"birth_date": "2001-01-05", "sex": "male"},
    "events": [
        {"id": "e1", "at": "2026-01-01", "kind": "weight", "value": 70, "unit": "kg"},
        {"id": "e2", "at": "2026-02-01", "kind": "weight", "value": 71, "unit": "kg"},
        {"id": "e3", "at": "2026-02-01", "kind": "lab", "test": "alt", "value": 18, "unit": "U/L"},
        {"id": "e4", "at": "2026-02-01", "kind": "lab", "test": "ast", "value": 19, "unit": "U/L"},
    ],
}


def events(changes: str) -> list[dict[str, Any]]:
    return list(changed(COURSE, changes)["events"])


def kinds(changes: str) -> list[tuple[str, str]]:
    return [(each["kind"], each["at"]) for each in events(changes)]


def test_no_change_leaves_a_copy() -> None:
    made = changed(COURSE, "")
    assert made == COURSE and made is not COURSE and made["events"][0] is not COURSE["events"][0]


def test_an_event_is_added_with_an_id_of_its_own() -> None:
    made = events("+ visit on 2026-03-01: mode=remote, role=gp; + menses on 2026-03-02")
    assert made[4:] == [
        {"id": "n5", "at": "2026-03-01", "kind": "visit", "mode": "remote", "role": "gp"},
        {"id": "n6", "at": "2026-03-02", "kind": "menses"},
    ]


def test_a_time_of_day_keeps_its_colons() -> None:
    made = events("+ weight on 2026-03-01T09:30:00-05:00: value=70.5, unit=kg")
    assert made[4]["at"] == "2026-03-01T09:30:00-05:00" and made[4]["value"] == 70.5


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ("- weight", [("lab", "2026-02-01"), ("lab", "2026-02-01")]),
        ("- weight on 2026-01-01", [("weight", "2026-02-01")] + [("lab", "2026-02-01")] * 2),
        ("- lab[test=alt]; - weight", [("lab", "2026-02-01")]),
    ],
)
def test_events_are_taken_out_by_kind_by_time_and_by_what_they_say(
    changes: str, left: list[tuple[str, str]]
) -> None:
    assert kinds(changes) == left


def test_every_event_that_matches_is_changed_and_none_drops_a_key() -> None:
    made = events("weight: value=60, unit=none; lab[test=ast]: at=2026-03-03")
    assert [each.get("value") for each in made] == [60, 60, 18, 19]
    assert "unit" not in made[0] and made[3]["at"] == "2026-03-03"


def test_values_are_numbers_words_lists_methods_and_packs() -> None:
    made = events(
        "+ x on 2026-01-01: a=-7, b=0.5, c=true, d=false, e=st john's wort, f=[one, two], "
        "g=[implant since 2025-01-01], h=[20 mg x 30, 2.5 mg x 60], by=gp, concern=none"
    )[4]
    assert made == {
        "id": "n5",
        "at": "2026-01-01",
        "kind": "x",
        "a": -7,
        "b": 0.5,
        "c": True,
        "d": False,
        "e": "st john's wort",
        "f": ["one", "two"],
        "g": [{"method": "implant", "since": "2025-01-01"}],
        "h": [{"mg": 20, "quantity": 30}, {"mg": 2.5, "quantity": 60}],
        "by": {"role": "gp"},
        "concern": "none",
    }


def test_the_patient_and_the_place_are_changed() -> None:
    made = changed(COURSE, "patient: birth_date=2010-01-05; place=de; time_zone=Europe/Vienna")
    assert made["patient"] == {"birth_date": "2010-01-05", "sex": "male"}
    assert (made["place"], made["time_zone"]) == ("de", "Europe/Vienna")


@pytest.mark.parametrize(
    "changes",
    [
        "+ visit",
        "+ visit[mode=remote] on 2026-03-01",
        "- menses",
        "weight on 2026-03-01: value=1",
        "weight: value",
        "a weight: value=1",
    ],
)
def test_a_change_that_changes_nothing_or_cannot_be_read_is_refused(changes: str) -> None:
    with pytest.raises(BadChange):
        changed(COURSE, changes)


HEAD = "| case | course | changes | asked | action | verdict | topics |\n| --- | --- |\n"


def test_a_table_is_read_and_what_stands_around_it_is_not() -> None:
    text = f"# Title\n\n| other | table |\n| a | b |\n\n{HEAD}"
    text += (
        "| one | us-man | | 2026-12-03 | dispense | blocked | supply, window |\n\n| no | row |\n"
    )
    (case,) = read_cases("supply", text)
    wanted = Case(
        "supply", 8, "one", "us-man", "", "2026-12-03", "dispense", "blocked", ("supply", "window")
    )
    assert case == wanted and case.name == "supply: one"


@pytest.mark.parametrize(
    "row",
    [
        "| one | us-man | | 2026-12-03 | dispense | blocked |",
        "| one | us-man | | 2026-12-03 | dispence | blocked | supply |",
        "| one | us-man | | 2026-12-03 | dispense | closd | supply |",
    ],
)
def test_a_row_that_is_not_in_the_agreed_form_is_refused_with_its_line(row: str) -> None:
    with pytest.raises(BadCases, match=r"^rules/supply/cases\.md:3: "):
        list(read_cases("supply", HEAD + row))


def case(**said: Any) -> Case:
    whole = {
        "topic": "supply",
        "line": 7,
        "case": "some case",
        "course": "us-woman-march",
        "changes": "",
        "asked": "2026-03-08",
        "action": "dispense",
        "verdict": "blocked",
        "topics": ("window", "pregnancy_test"),
    }
    return Case(**(whole | said))


@pytest.mark.parametrize(
    ("said", "as_expected"),
    [
        ({}, True),
        ({"verdict": "closed"}, True),
        ({"topics": ()}, True),
        ({"topics": ("window",)}, True),
        ({"topics": ("pregnancy_test",)}, False),
        ({"verdict": "unknown"}, False),
        ({"verdict": "allowed", "topics": ()}, False),
        ({"asked": "2026-03-07", "verdict": "allowed", "topics": ()}, True),
        ({"asked": "2026-03-07", "verdict": "allowed"}, False),
        ({"asked": "2026-03-07T23:59:59-05:00", "verdict": "allowed", "topics": ()}, True),
        ({"action": "eligibility", "verdict": "eligible", "topics": ()}, True),
    ],
)
def test_a_case_is_as_expected_for_the_reasons_expected_and_no_others(
    said: dict[str, Any], as_expected: bool
) -> None:
    assert run(case(**said)).as_expected is as_expected


def test_a_case_that_fails_says_what_was_found() -> None:
    said = str(run(case(verdict="allowed", topics=())))
    assert said.startswith("supply: some case (line 7): expected allowed, found blocked: ")
    assert "supply.test_window_closed (blocks)" in said


def test_a_case_of_a_course_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadCases, match="no base course 'nobody'"):
        run(case(course="nobody"))
