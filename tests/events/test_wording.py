"""A refusal says where, what was found, what was expected and what to do."""

import json
from typing import Any

import pytest
from tests.events.courses import File, an_event, course_with, refusal_of

from isocourse.events import BadCourse, read_course


def sentence(file: File) -> str:
    """The only sentence of a refusal."""
    told = refusal_of(file)
    assert "\n" not in told
    return told.removeprefix("demo.json: ")


def test_an_unknown_key_is_refused_with_the_nearest_key() -> None:
    assert sentence(course_with(an_event("weight", value=61, unit="kg", notes="a"))) == (
        'events[0] (id "e1", weight): notes: found the key "notes", expected one of the keys id, '
        "at, kind, recorded_at, by, note, unit, value, or one that begins with x-; "
        "did you mean note."
    )


@pytest.mark.parametrize(
    ("file", "where"),
    [
        (course_with(placee="us"), 'placee: found the key "placee"'),
        (course_with(patient={"birth_date": "2000-01-01", "sex": "male", "q": 1}), "patient.q: "),
        (course_with(an_event("menses", by={"role": "gp", "q": 1})), "by.q: found the key"),
        (
            course_with(
                an_event(
                    "contraception",
                    methods=[{"method": "implant", "since": "2026-01-01", "until": "2026-02-01"}],
                )
            ),
            "methods[0].until: found the key",
        ),
        (
            course_with(
                an_event(
                    "dispense",
                    prescription_id="rx",
                    days=30,
                    capsules=[{"mg": 20, "quantity": 30}, {"mg": 20, "quantity": 30, "unit": "mg"}],
                )
            ),
            "capsules[1].unit: found the key",
        ),
        (course_with(an_event("menses", **{"X-ward": 1})), 'X-ward: found the key "X-ward"'),
        (course_with(an_event("menses", x_ward=1)), 'x_ward: found the key "x_ward"'),
        (course_with(an_event("menses", **{"": 1})), 'found the key ""'),
    ],
)
def test_an_unknown_key_is_refused_wherever_it_stands(file: File, where: str) -> None:
    assert where in sentence(file)
    assert "or one that begins with x-" in sentence(file)


def test_an_unknown_kind_is_refused_with_the_nearest_kind() -> None:
    assert sentence(course_with(an_event("pregnancytest"))) == (
        'events[0] (id "e1", pregnancytest): kind: found "pregnancytest", '
        "expected a kind of event that the format knows; did you mean pregnancy_test."
    )
    assert sentence(course_with(an_event("tattoo"))).endswith("; correct the value.")


@pytest.mark.parametrize("kind", [7, None, True, [], {}, ["menses"]])
def test_a_kind_that_is_no_word_is_refused(kind: Any) -> None:
    found = "null" if kind is None else json.dumps(kind)
    assert f"kind: found {found}, expected " in sentence(course_with(an_event(kind)))


def test_an_event_without_a_kind_and_one_that_is_no_object_are_refused() -> None:
    assert "kind: found nothing, expected kind (What happened: a kind of event)" in sentence(
        course_with({"id": "e1", "at": "2026-10-01"})
    )
    for wrong in (7, "menses", True, ["menses"], []):
        told = sentence(course_with() | {"events": [wrong]})
        assert told.startswith(f"events[0]: found {json.dumps(wrong)}, expected an object; put ")


def test_a_missing_key_is_named_with_its_meaning() -> None:
    assert sentence(course_with({"id": "e1", "kind": "menses"})) == (
        'events[0] (id "e1", menses): at: found nothing, expected at (When it happened: '
        "a local day, or a time with offset); add it."
    )
    for key in ("format", "course_id", "place", "patient", "events"):
        file = {name: value for name, value in course_with().items() if name != key}
        assert f"{key}: found nothing, expected {key} (" in sentence(file)


@pytest.mark.parametrize(
    ("value", "do"),
    [
        ("negativ", "did you mean negative"),
        ("NEGATIVE", "did you mean negative"),
        (" negative", "did you mean negative"),
        (1, "put a word in quotes"),
        (False, "put a word in quotes"),
        ("?", "correct the value"),
    ],
)
def test_a_word_out_of_its_list_comes_with_advice(value: Any, do: str) -> None:
    event = an_event("pregnancy_test", result=value, specimen="urine", setting="clinic")
    assert sentence(course_with(event)) == (
        f'events[0] (id "e1", pregnancy_test): result: found {json.dumps(value)}, '
        f"expected one of negative, positive, invalid; {do}."
    )


def test_an_ingredient_in_capitals_is_asked_for_in_lower_case() -> None:
    told = sentence(course_with(an_event("medicine", name="Doxycycline", status="started")))
    assert 'name: found "Doxycycline", expected a lower-case word' in told
    assert "write it in lower case" in told


def test_spaces_at_the_ends_of_an_id_are_pointed_out() -> None:
    assert sentence(course_with(course_id="demo ")).endswith("leave out the spaces at its ends.")


@pytest.mark.parametrize("value", [True, 1, 0, "true", "yes"])
def test_yes_and_no_are_true_and_false(value: Any) -> None:
    file = course_with(an_event("cycle", regular=value))
    if value is True:
        assert read_course(json.dumps(file)).events[0].regular is True
    else:
        assert "expected true or false, without quotes" in sentence(file)


def test_null_is_refused_once_and_with_what_to_do() -> None:
    event = an_event("weight", value=None, unit="kg")
    assert sentence(course_with(event)) == (
        'events[0] (id "e1", weight): value: found null, expected a value or no key; '
        "leave the key out."
    )


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    file = course_with(
        an_event("weight", "e1", value=600, unit="kg", sort=1),
        an_event("menses", "e1", at="2026-13-01"),
        an_event("retract", "e3", event="e9"),
        an_event("tatoo", "e4"),
        place="usa",
        patient={"birth_date": "2027-01-01", "sex": "f"},
        earlier_courses=[{"course_id": "old", "place": "us", "events": [{}]}],
    )
    told = [line.split(": found ")[0] for line in refusal_of(file).splitlines()]
    assert [each.removeprefix("demo.json: ") for each in told] == [
        "place",
        "patient.sex",
        'events[0] (id "e1", weight): at',
        'events[0] (id "e1", weight): value',
        'events[0] (id "e1", weight): sort',
        'events[1] (id "e1", menses): id',
        'events[1] (id "e1", menses): at',
        'events[2] (id "e3", retract): at',
        'events[2] (id "e3", retract): event',
        'events[3] (id "e4", tatoo): at',
        'events[3] (id "e4", tatoo): kind',
        "earlier_courses[0].events[0]: kind",
    ]


@pytest.mark.parametrize("wrong", [0, None, {}, an_event("menses", at="?"), an_event("tattoo")])
def test_a_refusal_lists_a_hundred_problems_and_counts_to_a_thousand(wrong: Any) -> None:
    with pytest.raises(BadCourse) as caught:
        read_course(json.dumps(course_with() | {"events": [wrong] * 4000}), "demo.json")
    lines = str(caught.value).splitlines()
    assert len(lines) == 101
    assert lines[-1] == "demo.json: and 901 more problems."
    assert len(caught.value.problems) == 1001
    assert str(caught.value.problems[-1]).startswith("the file: found more than 1000 problems")


def test_a_thousand_problems_are_all_told() -> None:
    with pytest.raises(BadCourse) as caught:
        read_course(json.dumps(course_with() | {"events": [0] * 1000}), "demo.json")
    assert [each.where for each in caught.value.problems] == [f"events[{n}]" for n in range(1000)]


def test_a_long_value_is_cut_short() -> None:
    for value in ("a" * 10**6, ["a" * 10**6] * 3, {"a" * 10**6: {"b": [1] * 10**5}}):
        told = sentence(course_with(an_event("menses", "e1", note=value)))
        assert len(told) < 300 and "..." in told


def test_a_problem_names_its_parts() -> None:
    with pytest.raises(BadCourse) as caught:
        read_course(json.dumps(course_with(place="usa")), "demo.json")
    (problem,) = caught.value.problems
    assert caught.value.source == "demo.json"
    assert (problem.where, problem.found, problem.do) == ("place", '"usa"', "did you mean us")
    assert problem.expected == "one of us, uk, eu, de, fr, it, in"
    assert problem.severity == "error"
