"""`plan`: the hand-overs of the coming two months, for people and as JSON."""

import json

import jsonschema
from tests.cli.running import MARCH, answered, call, event, march, refused, written


def flat(said):
    return " ".join(said.split())


def test_it_tells_the_days_of_each_hand_over():
    said = flat(answered(call("plan", MARCH, "--at", "2026-03-01")))

    assert "Plan of us-window-of-march" in said
    assert "pick up best Mon 2 Mar 2026 lawful 1 Mar 2026 to 7 Mar 2026" in said
    assert "Every pregnancy test is negative" in said


def test_the_json_is_of_its_schema_and_the_same_each_time():
    one, other = (answered(call("plan", MARCH, "--at", "2026-03-01", "--json")) for _ in range(2))
    assert one == other
    schema = json.loads(answered(call("schema", "plan")))
    jsonschema.Draft202012Validator(schema).validate(json.loads(one))


def test_when_no_day_is_lawful_it_says_why(tmp_path):
    course = march()
    course["events"].append({"id": "s", "at": "2026-03-01", "kind": "stop", "reason": "other"})
    said = flat(answered(call("plan", written(tmp_path, course), "--at", "2026-03-02")))

    assert "No hand-over is lawful in these two months, whatever is done" in said
    assert "a restart comes first" in said


def test_a_broken_file_is_refused_with_its_place(tmp_path):
    course = march()
    event(course, "weight")["value"] = 600
    said = refused(call("plan", written(tmp_path, course), "--at", "2026-03-01"))

    assert "weight" in said and "600" in said


def test_a_day_before_the_rules_is_refused():
    assert "known from" in refused(call("plan", MARCH, "--at", "2019-01-01"))
