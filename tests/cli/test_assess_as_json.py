"""`assess --json`: to the letter of the contract, and the same bytes whatever the day."""

import json
import os
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from tests.cli.running import (
    COMMAND,
    DAY_7,
    DAY_8,
    EXAMPLES,
    MARCH,
    answered,
    call,
    march,
    written,
)

from isocourse.course.schema import assessment_schema
from isocourse.on_screen.shipped import examples

ASKED = [
    (str(EXAMPLES / example.name), ask.at.isoformat())
    for example in examples()
    for ask in example.asks
]


def assessment(*words, **more):
    return json.loads(answered(call("assess", *words, "--json", **more)))


def test_one_file_gives_one_object_on_one_line():
    said = answered(call("assess", MARCH, "--at", DAY_7, "--json"))

    assert said.count("\n") == 1
    assert said.endswith("}\n")
    assert json.loads(said)["format"] == "isocourse.assessment/1"


def test_it_says_what_was_asked_and_under_which_rules():
    said = assessment(MARCH, "--at", "2026-03-07T18:00:00-05:00")

    assert said["at"] == "2026-03-07T18:00:00-05:00"
    assert (said["course_id"], said["place"]) == ("us-window-of-march", "us")
    assert said["settings"] == "default"
    assert said["rules_in_force"] == [
        {"source": "us-enforcement-discretion-2020", "since": "2020-03-31"},
        {"source": "us-ipledge-2021", "since": "2021-12-13"},
    ]
    assert list(said["actions"]) == ["start", "prescribe", "dispense"]


def test_a_refusal_is_an_answer_and_ends_with_0():
    said = assessment(MARCH, "--at", DAY_8)

    assert said["actions"]["dispense"]["verdict"] == "blocked"


def test_several_files_are_answered_line_by_line_in_their_order():
    german = str(EXAMPLES / "4-de-issue-plus-six.course.json")
    said = answered(call("assess", german, MARCH, german, "--at", DAY_8, "--json"))

    named = [json.loads(each)["course_id"] for each in said.splitlines()]
    assert named == ["de-issue-plus-six", "us-window-of-march", "de-issue-plus-six"]


def test_standard_input_is_a_file_called_dash():
    data = Path(MARCH).read_bytes()

    by_name = call("assess", MARCH, "--at", DAY_7, "--json").stdout_bytes
    assert call("assess", "-", "--at", DAY_7, "--json", stdin=data).stdout_bytes == by_name


@pytest.mark.parametrize(("file", "at"), ASKED)
def test_every_example_fits_the_schema(file, at):
    said = assessment(file, "--at", at)

    validator().validate(said)
    assert list(unknown(said, validator().schema)) == []


@cache
def validator():
    schema, formats = assessment_schema(), jsonschema.FormatChecker()
    return jsonschema.Draft202012Validator(schema, format_checker=formats)


def unknown(said, schema, path=""):
    """The keys of an answer that the schema does not name."""
    if isinstance(said, dict):
        for key, value in said.items():
            if key not in schema["properties"]:
                yield f"{path}/{key}"
            else:
                yield from unknown(value, schema["properties"][key], f"{path}/{key}")
    elif isinstance(said, list):
        for each in said:
            yield from unknown(each, schema.get("items", {}), path)


def test_without_at_it_is_today_at_the_place_of_the_course(monkeypatch):
    asked = []

    def today(zone):
        asked.append(zone)
        return date(2026, 3, 7)

    monkeypatch.setattr("isocourse.cli.today", today)

    assert assessment(MARCH)["at"] == "2026-03-07"
    assert asked == [ZoneInfo("America/New_York")]


def test_with_at_the_clock_is_not_read(monkeypatch):
    monkeypatch.setattr("isocourse.cli.today", None)

    assert assessment(MARCH, "--at", DAY_7)["at"] == DAY_7


def test_known_at_leaves_out_what_was_recorded_later(tmp_path):
    course = march()
    for each in course["events"]:
        if each["kind"] == "authorisation":
            each["recorded_at"] = "2026-03-06"
    file = written(tmp_path, course)

    assert assessment(file, "--at", DAY_7)["actions"]["dispense"]["verdict"] == "allowed"
    before = assessment(file, "--at", DAY_7, "--known-at", "2026-03-05")
    assert before["known_at"] == "2026-03-05"
    assert before["actions"]["dispense"]["verdict"] == "unknown"


def test_settings_bind_and_their_digest_stands_in_the_answer(tmp_path):
    settings = tmp_path / "clinic.toml"
    settings.write_text('format = "isocourse.settings/1"\n[local]\nmax_supply_days = 28\n')
    said = assessment(MARCH, "--at", DAY_7, "--settings", str(settings))

    assert said["settings"].startswith("sha256:")
    layers = [each["layer"] for each in said["actions"]["dispense"]["reasons"]]
    assert layers == ["local"]


def test_the_same_bytes_on_every_machine():
    elsewhere = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "PYTHONIOENCODING": "latin-1",
        "COLUMNS": "30",
        "FORCE_COLOR": "1",
    }
    words = ("assess", MARCH, "--at", DAY_8, "--json")
    run = subprocess.run(
        [COMMAND, *words], env=os.environ | elsewhere, capture_output=True, check=True
    )

    assert run.stdout == call(*words).stdout_bytes == call(*words).stdout_bytes
