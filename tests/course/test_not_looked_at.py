"""Words of the open lists that no rule reads are kept and named."""

import pytest
from tests.course.asking import asked, verdicts

AT = "2026-03-03"


@pytest.mark.parametrize(
    ("change", "kind", "word"),
    [
        ("+ condition on 2026-02-20: condition=gout, status=active", "condition", "gout"),
        ("+ allergy on 2026-02-20: substance=pollen", "allergy", "pollen"),
        (
            "+ medicine on 2026-02-20: name=paracetamol, status=started",
            "medicine",
            "paracetamol",
        ),
        (
            "+ medicine on 2026-02-20: name=benzoyl peroxide, status=started",
            "medicine",
            "benzoyl peroxide",  # by mouth; on the skin a rule reads it
        ),
        ("+ symptom on 2026-02-20: symptom=hiccups, grade=1", "symptom", "hiccups"),
        ("+ visit on 2026-03-02: mode=in_person, role=dentist", "visit", "dentist"),
        (
            "+ prescriber_agreement on 2026-03-02: prescriber=p9, role=dentist",
            "prescriber_agreement",
            "dentist",
        ),
        ("+ weight on 2026-03-02: value=78, unit=kg, by=dentist", "weight", "dentist"),
    ],
)
def test_a_word_that_no_rule_reads_is_named_with_its_event(
    change: str, kind: str, word: str
) -> None:
    said = asked("uk-man", AT, change).json()
    assert said["not_looked_at"] == [{"event": "n22", "kind": kind, "word": word}]
    assert said["actions"]["dispense"]["verdict"] == "allowed"


@pytest.mark.parametrize(
    "change",
    [
        "+ condition on 2026-02-20: condition=diabetes, status=active",
        "+ condition on 2026-02-20: condition=pregnancy, status=resolved, by=gp",
        "+ allergy on 2026-02-20: substance=tartrazine",
        "+ medicine on 2026-02-20: name=doxycycline hyclate, status=stopped",
        "+ medicine on 2026-02-20: name=tretinoin, status=started, route=topical",
        "+ symptom on 2026-02-20: symptom=dry_skin, grade=1",
        "+ visit on 2026-03-02: mode=in_person, role=dermatologist",
        "+ weight on 2026-03-02: value=78, unit=kg, by=specialist_nurse",
    ],
)
def test_a_word_that_some_rule_reads_is_not(change: str) -> None:
    assert asked("uk-man", AT, change).not_looked_at == []


def test_a_word_is_looked_at_where_a_rule_of_the_place_reads_it() -> None:
    peeling = "+ medicine on 2026-02-01: name=benzoyl peroxide, status=started, route=topical"
    for name in ("uk-man", "us-man-may"):
        said = asked(name, "2026-05-05" if name.startswith("us") else AT, peeling)
        assert said.not_looked_at == []
        assert verdicts(said)["prescribe"] in ("allowed", "unknown")


def test_what_has_not_happened_yet_is_not_named() -> None:
    later = "+ condition on 2026-03-04: condition=gout, status=active"
    assert asked("uk-man", AT, later).not_looked_at == []
    assert len(asked("uk-man", "2026-03-04", later).not_looked_at) == 1


def test_what_was_recorded_in_error_is_not_named() -> None:
    wrong = "+ allergy on 2026-02-20: substance=pollen; + retract on 2026-02-21: event=n22"
    assert asked("uk-man", AT, wrong).not_looked_at == []


def test_earlier_courses_are_looked_through_as_well() -> None:
    earlier = {
        "format": "isocourse.course/1",
        "course_id": "earlier",
        "place": "uk",
        "events": [
            {"id": "old", "at": "2020-01-01", "kind": "allergy", "substance": "pollen"},
        ],
    }
    said = asked("uk-man", AT, earlier_courses=[earlier])
    assert said.not_looked_at == [{"event": "old", "kind": "allergy", "word": "pollen"}]
