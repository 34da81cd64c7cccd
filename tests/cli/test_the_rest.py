"""`schema`, `cases`, `demo`, help: the smaller commands."""

import json
import os
import subprocess
import sys
import tomllib
from datetime import date

import jsonschema
import pytest
from tests.cli.running import COMMAND, MARCH, answered, call, march, refused

from isocourse import __version__
from isocourse.course import assess
from isocourse.course.worked import BadCases, Case
from isocourse.on_screen import worked
from isocourse.on_screen.shipped import examples


def schema(name):
    return json.loads(answered(call("schema", name)))


@pytest.mark.parametrize(
    "name", ["course", "assessment", "plan", "settings", "trial", "trial-result"]
)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_the_course_schema_takes_the_examples():
    validator = jsonschema.Draft202012Validator(schema("course"))
    validator.validate(march())
    assert not validator.is_valid(march() | {"place": "atlantis"})


SETTINGS = """
format = "isocourse.settings/1"
[starts]
us-ipledge-2026 = 2026-11-15
[local]
max_supply_days = 28
baseline_labs = true
"""


def test_the_settings_schema_takes_what_is_read_and_nothing_else():
    validator = jsonschema.Draft202012Validator(schema("settings"))
    good = json.loads(json.dumps(tomllib.loads(SETTINGS), default=date.isoformat))

    validator.validate(good)
    assert not validator.is_valid({**good, "locals": {}})
    assert not validator.is_valid({**good, "local": {"max_supply_days": 0}})
    assert not validator.is_valid({**good, "starts": {"nope": "2026-01-01"}})
    assert not validator.is_valid({"local": {}})


def test_an_unknown_format_is_told():
    said = refused(call("schema", "curse"))

    assert "Did you mean course" in said
    assert "Formats: course, assessment, plan, forecast, settings" in said


def case(name, asked, verdict, topics=()):
    return Case("supply", 7, name, "us-woman-march", "", asked, "dispense", verdict, tuple(topics))


def shipping(monkeypatch, *held):
    monkeypatch.setattr(worked, "cases", lambda: {each.name: each for each in held})


def test_cases_that_are_as_expected_end_with_0(monkeypatch):
    shipping(
        monkeypatch,
        case("last day", "2026-03-07", "allowed"),
        case("day after", "2026-03-08", "blocked", ["window", "pregnancy_test"]),
    )
    said = answered_cases("cases")

    assert "✓ supply: 2 of 2 as expected" in said.stdout
    assert said.exit_code == 0


def answered_cases(*words):
    said = call(*words)
    assert "Traceback" not in said.output
    return said


def test_a_case_that_fails_is_shown_in_full_and_ends_with_1(monkeypatch):
    shipping(
        monkeypatch,
        case("last day", "2026-03-07", "allowed"),
        case("too late", "2026-03-08", "allowed"),
    )
    said = answered_cases("cases", "supply")
    words = " ".join(said.stdout.split())

    assert said.exit_code == 1
    assert "✗ supply: too late" in words
    assert "course us-woman-march, asked for 2026-03-08" in words
    assert "expected allowed found blocked because The window opened by" in words
    assert "written in rules/supply/cases.md, line 7" in words
    assert "✗ All: 1 of 2 as expected" in words


def test_cases_of_an_unknown_topic():
    assert "Did you mean supply" in refused(call("cases", "suply"))


def test_cases_that_cannot_be_read(monkeypatch):
    def broken():
        raise BadCases("rules/dose/cases.md:3: found 6 cells, expected 7.")

    monkeypatch.setattr(worked, "cases", broken)

    assert "cannot be read: rules/dose/cases.md:3" in refused(call("cases"))


STORIES = {
    "us-window-of-march": ("dispense", ["allowed", "blocked"]),
    "us-dosing-table": ("dispense", ["allowed"] * 4),
    "uk-sixteen-years-old": ("start", ["blocked", "allowed"]),
    "de-issue-plus-six": ("dispense", ["allowed", "blocked"]),
    "us-boy-without-guardian": ("start", ["blocked", "allowed"]),
    "fr-positive-test": ("dispense", ["not_applicable", "blocked", "blocked"]),
}


def test_every_example_turns_out_as_its_story_says():
    found = {}
    for each in examples():
        action, _ = STORIES[each.course.course_id]
        verdicts = [assess(each.course, ask.at).actions[action].verdict for ask in each.asks]
        found[each.course.course_id] = (action, verdicts)

    assert found == STORIES


def test_the_dosing_table_is_agreed_with_at_its_ends_and_beyond():
    table = next(each for each in examples() if each.course.course_id == "us-dosing-table")
    advice = [
        [
            each.rule
            for each in assess(table.course, ask.at).actions["dispense"].reasons
            if each.topic == "dose"
        ]
        for ask in table.asks
    ]

    micronised = "dose.not_replaced"  # months 3 and 4
    assert advice == [[], [], [micronised], ["dose.dose_above_usual", micronised]]


def test_the_demo_tells_every_story_and_shows_the_windows():
    said = answered(call("demo"))
    words = " ".join(said.split())

    for each in examples():
        assert each.story in words
        assert all(ask.note in words for ask in each.asks)
    assert "▪▪▪▪▪▪◆" in said


def test_the_demo_is_in_colour_on_a_terminal():
    assert "\x1b[" in answered(call("demo", FORCE_COLOR="1"))


def test_version():
    assert answered(call("--version")) == f"isocourse {__version__}\n"


def test_bare_it_shows_its_help():
    assert answered(call()) == answered(call("--help")) == answered(call("-h"))


@pytest.mark.parametrize(
    "name", ["assess", "check", "explain", "evidence", "schema", "cases", "demo"]
)
def test_every_command_is_in_the_help_and_has_its_own(name):
    assert f"\n  {name} " in answered(call("--help"))
    assert "Usage: isocourse " + name in answered(call(name, "--help")).replace("root", "isocourse")


HEAVY = ("numba", "numpy", "pydantic", "rich", "isocourse.events", "isocourse.course")


def test_help_loads_nothing_heavy():
    code = "import sys, isocourse.cli; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(run.stdout.split()) & set(HEAVY)


def test_help_is_there_at_once():
    """In time of the processor, which a busy machine stretches less than the time on the wall."""

    def seconds():
        before = os.times()
        subprocess.run([COMMAND, "--help"], capture_output=True, check=True)
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    assert min(seconds() for _ in range(5)) < 0.4


def test_a_reader_that_goes_away_gets_no_traceback():
    for words in (["schema", "course"], ["explain"]):
        run = subprocess.Popen(
            [COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        run.stdout.close()
        assert run.stderr.read() == ""
        run.stderr.close()
        assert run.wait() == 141


def test_a_full_disk_is_told():
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [COMMAND, "schema", "course"], stdout=full, stderr=subprocess.PIPE, text=True
        )

    assert run.stderr.startswith("The answer could not be written: ")
    assert run.returncode == 1


def test_a_terminal_that_knows_only_ascii_gets_plainer_signs():
    run = subprocess.run(
        [COMMAND, "explain", "supply.refills"],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "- us from 13 Dec 2021: everybody" in run.stdout


def test_standard_input_that_is_closed_is_told():
    run = subprocess.run(
        ["/bin/sh", "-c", f"{COMMAND} check - <&-"], capture_output=True, text=True
    )

    assert run.returncode == 2
    assert run.stderr.startswith("standard input: it is closed")


def test_march_is_the_example_that_guidance_prints():
    assert [e["at"] for e in march()["events"] if e["kind"] == "pregnancy_test"][-1] == "2026-03-01"
    assert MARCH.endswith("1-us-window-of-march.course.json")
