"""Every kind of event has the fields of the contract, no more and no fewer."""

import json
from typing import Any

import pytest
from tests.events.contract import CLOSED, FIELDS, FULL, METHODS, OPEN
from tests.events.courses import TODAY, File, an_event, course_with, refusal_of

from isocourse.events import KINDS, check_course, read_course, write_course
from isocourse.events.recorded import Recorded

COMMON = {"recorded_at": "2026-10-02", "by": {"role": "gp", "name": "A. N."}, "note": "Well.\n"}
EXAMPLES = [(kind, said) for kind, examples in FULL.items() for said in examples]


def file_with(kind: str, said: File) -> File:
    """A file that holds one event, and another for a retract to name."""
    return course_with(an_event("menses", "e0"), an_event(kind, **said))


def read(kind: str, said: File) -> Any:
    """The one event, read."""
    return read_course(json.dumps(file_with(kind, said))).events[1]


def fields(kind: str, optional: bool) -> set[str]:
    """The names of the contract's required or optional fields."""
    marked = FIELDS[kind].split()
    return {each.removesuffix("?") for each in marked if each.endswith("?") == optional}


def test_the_kinds_are_those_of_the_contract() -> None:
    assert set(KINDS) == set(FIELDS) == set(FULL)


@pytest.mark.parametrize("kind", FIELDS)
def test_a_kind_has_the_fields_of_the_contract(kind: str) -> None:
    own = {
        name: field.is_required()
        for name, field in KINDS[kind].model_fields.items()
        if name not in Recorded.model_fields
    }
    assert {name for name, required in own.items() if required} == fields(kind, optional=False)
    assert {name for name, required in own.items() if not required} == fields(kind, optional=True)
    assert {name for said in FULL[kind] for name in said} == set(own)


@pytest.mark.parametrize(("kind", "said"), EXAMPLES)
def test_a_full_example_reads_and_is_written_back(kind: str, said: File) -> None:
    file = file_with(kind, {**said, **COMMON, "x-own": [1, {"b": None}]})
    course = read_course(json.dumps(file))
    assert type(course.events[1]) is KINDS[kind]
    assert read_course(write_course(course)) == course
    if "product" in said:
        file["events"][1]["product"] = said["product"].lower()
    assert json.loads(write_course(course)) == file


@pytest.mark.parametrize(("kind", "said"), EXAMPLES)
def test_a_full_example_is_in_order(kind: str, said: File) -> None:
    found = check_course(json.dumps(file_with(kind, said)), TODAY)
    assert [str(each) for each in found if each.severity == "error"] == []


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_optional_may_be_left_out_and_the_rest_may_not(kind: str) -> None:
    said = {key: value for key, value in FULL[kind][0].items() if key in fields(kind, False)}
    if kind == "contraception":
        said = {"abstinence": True}
    read(kind, said)
    for name in fields(kind, optional=False):
        without = {key: value for key, value in said.items() if key != name}
        assert f"{name}: found nothing, expected {name} (" in refusal_of(file_with(kind, without))


@pytest.mark.parametrize(("kind", "field"), CLOSED)
def test_a_closed_list_accepts_its_words_and_no_other(kind: str, field: str) -> None:
    listed = CLOSED[kind, field].split()
    for word in listed:
        assert getattr(read(kind, {**FULL[kind][0], field: word}), field) == word
    for word in ("banana", listed[0].upper(), listed[0] + " ", ""):
        told = refusal_of(file_with(kind, {**FULL[kind][0], field: word}))
        expected = ", ".join(listed) if len(listed) == 1 else "one of " + ", ".join(listed)
        assert f"{field}: found {json.dumps(word)}, expected {expected}; " in told


@pytest.mark.parametrize(("kind", "field"), OPEN)
@pytest.mark.parametrize(
    "word", ["lupus", "crohn's_disease", "vitamin b12 (high dose)", "co-amoxiclav 500/125", "œdème"]
)
def test_an_open_list_accepts_any_lower_case_word(kind: str, field: str, word: str) -> None:
    for each in (*OPEN[kind, field].split(), word):
        assert getattr(read(kind, {**FULL[kind][0], field: each}), field) == each


@pytest.mark.parametrize(("kind", "field"), OPEN)
@pytest.mark.parametrize("word", ["Lupus", "LUPUS", " lupus", "lupus  b", "", "lupus\tb", "<b>"])
def test_an_open_list_accepts_no_other_text(kind: str, field: str, word: str) -> None:
    told = refusal_of(file_with(kind, {**FULL[kind][0], field: word}))
    assert "expected a lower-case word" in told


def test_the_words_of_lists_are_taken_one_by_one() -> None:
    assert read("comprehension", {"passed": True, "contraception": METHODS.split()}).passed
    for kind, key, good in (
        ("history_review", "topics", ["conditions"]),
        ("comprehension", "contraception", ["implant"]),
    ):
        said = {**FULL[kind][0], key: [*good, "banana"]}
        assert f'{key}[1]: found "banana", expected one of ' in refusal_of(file_with(kind, said))
    wrong = {"methods": [{"method": "pill", "since": "2026-10-01"}]}
    assert 'methods[0].method: found "pill"' in refusal_of(file_with("contraception", wrong))


def test_contraception_is_methods_or_abstinence() -> None:
    one = [{"method": "implant", "since": "2027-01-01"}]
    for said in ({"methods": one}, {"abstinence": True}):
        read("contraception", said)
    read("contraception", {"methods": one, "abstinence": False})
    read("contraception", {"methods": [], "abstinence": True})
    wrong = ({}, {"abstinence": False}, {"methods": []}, {"methods": one, "abstinence": True})
    for said in wrong:
        told = refusal_of(file_with("contraception", said))
        assert "either at least one method or abstinence: true" in told


@pytest.mark.parametrize(
    ("kind", "key"),
    [("history_review", "topics"), ("comprehension", "contraception"), ("dispense", "capsules")],
)
def test_a_list_that_says_nothing_is_refused(kind: str, key: str) -> None:
    told = refusal_of(file_with(kind, {**FULL[kind][-1], key: []}))
    assert f"{key}: found [], expected at least one entry" in told


def test_nobody_enters_abstinence_and_a_method() -> None:
    said = {"passed": True, "contraception": ["abstinence", "implant"]}
    assert 'methods, or ["abstinence"] alone' in refusal_of(file_with("comprehension", said))


def test_capsules_are_counted_in_one_way() -> None:
    packs = [{"mg": 20, "quantity": 60}]
    for said in ({}, {"capsule_mg": 20}, {"quantity": 60}, {"capsules": packs}):
        read("dispense", {"prescription_id": "rx", "days": 30, **said})
    for said in ({"capsule_mg": 20}, {"quantity": 60}):
        told = refusal_of(file_with("dispense", {**FULL["dispense"][1], **said}))
        assert "either capsules or capsule_mg with quantity" in told


def test_a_cycle_needs_both_its_numbers() -> None:
    said = FULL["prescription"][1]
    for days_on, cycle_days in ((1, 2), (7, 28), (7, 7)):
        read("prescription", {**said, "days_on": days_on, "cycle_days": cycle_days})
    for wrong in ({"days_on": 1}, {"cycle_days": 2}):
        told = refusal_of(file_with("prescription", said | wrong))
        assert "days_on and cycle_days together; give both or neither" in told
    told = refusal_of(file_with("prescription", {**said, "days_on": 8, "cycle_days": 7}))
    assert "cycle_days: found 7, expected at least days_on (8)" in told


def test_what_was_left_out_has_the_contract_s_default() -> None:
    assert read("prescription", FULL["prescription"][1]).refills == 0
    assert read("menses", {}).recorded_at == read("menses", {}).at


def test_a_product_is_kept_in_lower_case_as_rules_spell_it() -> None:
    assert read("prescription", FULL["prescription"][0]).product == "absorica ld"


def test_a_number_of_the_registry_may_be_written_as_a_number() -> None:
    for kind in ("authorisation", "authorisation_reversed"):
        assert read(kind, {"number": 1234567}).number == read(kind, {"number": "1234567"}).number
        assert "text of 1 to 200 characters" in refusal_of(file_with(kind, {"number": 1.5}))
