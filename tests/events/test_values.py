"""A value out of its range, of a wrong type or in a wrong unit is refused, the next one read."""

import json
from typing import Any

import pytest
from tests.events.contract import FULL
from tests.events.courses import File, an_event, course_with, refusal_of

from isocourse.events import read_course

DOSE = {"prescription_id": "rx", "daily_dose": 40, "unit": "mg/day", "days": 30}
ALT = {"test": "alt", "value": 20, "unit": "U/L"}


def read(kind: str, **said: Any) -> None:
    read_course(json.dumps(course_with(an_event(kind, **said))))


def refused(kind: str, **said: Any) -> str:
    return refusal_of(course_with(an_event(kind, **said)))


@pytest.mark.parametrize(
    ("kind", "said", "key", "within", "beyond", "expected"),
    [
        ("weight", {"unit": "kg"}, "value", (15, 300), (14.9, 300.1, 600), "15 to 300 kg"),
        ("weight", {"unit": "lb"}, "value", (33, 661), (32.9, 661.1, 1323), "33 to 661 lb"),
        ("weight", {"unit": "kg"}, "value", (), (0, -61), "a number above 0"),
        ("prescription", DOSE, "daily_dose", (0.001, 300), (0, 300.1, 400, -40), "mg/day"),
        ("prescription", DOSE, "days", (1, 366), (0, 367, -30, 30.5), "from 1 to 366"),
        ("prescription", DOSE, "refills", (0, 99), (-1, 100, 0.5), "from 0 to 99"),
        ("prescription", DOSE, "doses_per_day", (1, 6), (0, 7), "from 1 to 6"),
        ("prescription", DOSE, "capsule_mg", (0.001, 100), (0, 101), "from 0.001 to 100 mg"),
        ("prescription", DOSE, "quantity", (1, 2000), (0, 2001), "from 1 to 2000"),
        ("taken", {"unit": "mg/day"}, "daily_dose", (0, 300), (-1, 301), "from 0 to 300 mg/day"),
        ("symptom", {"symptom": "rash"}, "grade", (1, 2, 3, 4), (0, 5, 2.5), "from 1 to 4"),
        ("lesions", {}, "nodules", (0, 10_000), (-1, 10_001, 1.5), "from 0 to 10000"),
        ("patient_report", {"what": "other"}, "count", (0, 1000), (-1, 1001), "from 0 to 1000"),
        (
            "prior_treatment",
            FULL["prior_treatment"][0],
            "cumulative_mg_per_kg",
            (0, 2000),
            (-1, 2001),
            "from 0 to 2000 mg/kg",
        ),
        ("prior_treatment", FULL["prior_treatment"][0], "weeks", (0, 2.5), (-1,), "weeks"),
        ("severity", {"scale": "iga"}, "score", (0, 4), (5,), "0 to 4 on iga"),
        ("severity", {"scale": "iga"}, "score", (), (-1, 45), "from 0 to 44"),
        ("severity", {"scale": "iga"}, "score", (), (2.5,), "a whole number"),
        ("severity", {"scale": "gea"}, "score", (0, 5), (6,), "0 to 5 on gea"),
        ("severity", {"scale": "gags"}, "score", (0, 44), (0.5,), "a whole number"),
        ("severity", {"scale": "leeds"}, "score", (0, 0.25, 12), (12.1,), "0 to 12 on leeds"),
        ("questionnaire", {"instrument": "phq-2"}, "score", (0, 6), (7,), "0 to 6 for phq-2"),
        ("questionnaire", {"instrument": "phq-9"}, "score", (0, 27), (28,), "0 to 27 for phq-9"),
        ("questionnaire", {"instrument": "gad-2"}, "score", (0, 6), (7,), "0 to 6 for gad-2"),
        ("questionnaire", {"instrument": "gad-7"}, "score", (0, 21), (22,), "0 to 21 for gad-7"),
        ("questionnaire", {"instrument": "dlqi"}, "score", (0, 30), (31,), "from 0 to 30"),
        ("questionnaire", {"instrument": "asex"}, "score", (5, 30), (4,), "5 to 30 for asex"),
        (
            "questionnaire",
            {"instrument": "phq-9", "score": 9},
            "item_9",
            (0, 3),
            (-1, 4),
            "from 0 to 3",
        ),
    ],
)
def test_a_number_stays_within_its_bounds(
    kind: str,
    said: File,
    key: str,
    within: tuple[float, ...],
    beyond: tuple[float, ...],
    expected: str,
) -> None:
    for number in within:
        read(kind, **(said | {key: number}))
    for number in beyond:
        told = refused(kind, **(said | {key: number}))
        assert f"{key}: found {number}, expected " in told
        assert expected in told


def test_four_hundred_milligrams_a_day_is_no_dose() -> None:
    assert refused("prescription", **(DOSE | {"daily_dose": 400})) == (
        'demo.json: events[0] (id "e1", prescription): daily_dose: found 400, '
        "expected a number from 0.001 to 300 mg/day; correct the value."
    )


def test_six_hundred_kilograms_is_no_weight() -> None:
    assert refused("weight", value=600, unit="kg") == (
        'demo.json: events[0] (id "e1", weight): value: found 600, '
        "expected 15 to 300 kg; correct the weight or its unit."
    )


LAB_BOUNDS = [
    ("alt", "U/L", 99_999, 100_000),
    ("ast", "U/L", 99_999, 100_000),
    ("ck", "U/L", 4_999_999, 5_000_000),
    ("triglycerides", "mmol/L", 499.9, 500),
    ("triglycerides", "mg/dL", 44_284, 44_285),
    ("total_cholesterol", "mmol/L", 99.9, 100),
    ("total_cholesterol", "mg/dL", 3866, 3868),
    ("hdl", "mmol/L", 19.9, 20),
    ("ldl", "mg/dL", 3866, 3868),
    ("glucose", "mmol/L", 199.9, 200),
    ("glucose", "mg/dL", 3603, 3604),
    ("white_cells", "10^9/L", 1999, 2000),
    ("white_cells", "10^3/uL", 1999, 2000),
    ("white_cells", "/uL", 1_999_999, 2_000_000),
]


@pytest.mark.parametrize(("test", "unit", "most", "beyond"), LAB_BOUNDS)
def test_a_laboratory_value_is_one_that_a_living_patient_has(
    test: str, unit: str, most: float, beyond: float
) -> None:
    read("lab", test=test, unit=unit, value=most, upper_limit=most)
    told = refused("lab", test=test, unit=unit, value=beyond, upper_limit=beyond)
    assert told.count(f"found {beyond}, expected {test} below ") == 2


@pytest.mark.parametrize(
    ("test", "units", "wrong"),
    [
        ("alt", ("U/L",), ("mg/dL", "mmol/L", "/uL")),
        ("triglycerides", ("mg/dL", "mmol/L"), ("U/L",)),
        ("total_cholesterol", ("mg/dL", "mmol/L"), ("U/L",)),
        ("hdl", ("mg/dL", "mmol/L"), ("U/L",)),
        ("ldl", ("mg/dL", "mmol/L"), ("U/L",)),
        ("glucose", ("mg/dL", "mmol/L"), ("U/L", "10^9/L")),
        ("white_cells", ("10^9/L", "/uL", "10*9/L", "10^3/uL", "10*3/uL"), ("mg/dL",)),
    ],
)
def test_a_laboratory_test_has_its_own_units(
    test: str, units: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    for unit in units:
        read("lab", test=test, value=1.5, unit=unit)
    for unit in wrong:
        told = refused("lab", test=test, value=1.5, unit=unit)
        assert f'unit: found "{unit}", expected {" or ".join(units)} for {test}; ' in told


@pytest.mark.parametrize(
    ("kind", "said", "unit"),
    [
        ("weight", {"value": 61}, "g"),
        ("weight", {"value": 61}, "stone"),
        ("prescription", DOSE, "mg"),
        ("prescription", DOSE, "mg/kg/day"),
        ("lab", ALT, "ng/mL"),
    ],
)
def test_a_wrong_unit_is_refused_with_the_units_to_choose_from(
    kind: str, said: File, unit: str
) -> None:
    told = refused(kind, **(said | {"unit": unit}))
    assert f'unit: found "{unit}", expected ' in told
    assert "convert the value to that unit" in told or "did you mean" in told


def test_item_9_belongs_to_the_phq_9() -> None:
    told = refused("questionnaire", instrument="gad-7", score=5, item_9=0)
    assert "item_9: found 0, expected item_9 only with phq-9; leave item_9 out" in told


def test_a_whole_number_may_be_written_with_a_decimal_point() -> None:
    text = json.dumps(course_with(an_event("prescription", **DOSE)))
    whole = read_course(text)
    assert read_course(text.replace(": 30", ": 30.0")) == whole
    assert read_course(text.replace(": 40", ": 4e1")) == whole


WRONG_TYPES = ("text", 7, 1.5, True, [], ["a"], {}, {"a": 1})


@pytest.mark.parametrize("wrong", WRONG_TYPES)
@pytest.mark.parametrize(("kind", "said"), [(kind, said[0]) for kind, said in FULL.items()])
def test_a_value_of_a_wrong_type_is_refused(kind: str, said: File, wrong: Any) -> None:
    """Text for a number, a number for text, a list for a word, and so on, in every field."""
    for key, right in (said | {"by": {"role": "gp"}, "note": "a", "id": "e1"}).items():
        alike = type(right) is type(wrong) or {type(right), type(wrong)} == {int, float}
        if not alike and (kind, key, wrong) not in MAY_BE:
            told = refusal_of(course_with(an_event(kind, **(said | {key: wrong}))))
            assert f"found {json.dumps(wrong)}, expected " in told


MAY_BE = [
    ("authorisation", "number", 7),  # a number of a registry may have digits alone
    ("authorisation_reversed", "number", 7),
    ("counselling", "topics", []),
]


@pytest.mark.parametrize("key", ["format", "course_id", "place", "patient", "events", "time_zone"])
@pytest.mark.parametrize("wrong", [7, True, {}, [7]])
def test_a_wrong_type_at_the_top_is_refused(key: str, wrong: Any) -> None:
    told = refusal_of(course_with(an_event("menses"), **{key: wrong}))
    assert f"{key}" in told and "expected" in told
