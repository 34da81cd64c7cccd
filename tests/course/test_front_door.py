"""What is true of every assessment of any course whatever."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from tests.agree.logs import asked_courses, course_of
from tests.course.asking import ACTIONS, answer, asked, stopping

from isocourse.course import Answer, Assessment, assess
from isocourse.course.schema import assessment_schema
from isocourse.facts import columns
from isocourse.rules import rules

SCHEMA = jsonschema.Draft202012Validator(
    assessment_schema(), format_checker=jsonschema.FormatChecker()
)
FACTS = {each.name for each in columns()}


@settings(max_examples=40)
@given(asked_courses())
def test_any_course_is_assessed_to_the_letter_of_the_contract(question: Any) -> None:
    file, at, known_at = question
    course = course_of(file)
    said = assess(course, at, known_at=known_at)
    SCHEMA.validate(json.loads(json.dumps(said.json(), allow_nan=False)))
    ids = {each["id"] for each in _events(file)}
    for action in (*ACTIONS, "eligibility"):
        verdict_follows_from_reasons(answer(said, action))
        for reason in answer(said, action).reasons:
            assert set(reason.events) <= ids
            assert reason.facts.keys() <= said.facts.keys()
            assert set(reason.missing) <= FACTS - said.facts.keys()
            assert action in rules()[reason.rule].actions
            assert reason.cites and reason.sentence
    not_asked_where_it_makes_no_sense(said)
    for window in said.windows:
        assert window.opens < window.closes and window.because in ids


def _events(file: Any) -> list[Any]:
    return [
        *file["events"],
        *(e for each in file.get("earlier_courses", ()) for e in each["events"]),
    ]


def verdict_follows_from_reasons(said: Answer) -> None:
    """One that blocks gives blocked; else one that cannot be told gives unknown; else allowed."""
    effects = [each.effect for each in said.reasons]
    if said.verdict == "not_applicable":
        assert effects == []
        return
    wanted = "blocks" if "blocks" in effects else "unknown" if "unknown" in effects else None
    assert (
        said.verdict
        in {
            "blocks": ("blocked", "not_eligible"),
            "unknown": ("unknown",),
            None: ("allowed", "eligible"),
        }[wanted]
    )
    order = ["blocks", "unknown", "advises"]
    assert effects == sorted(effects, key=order.index)
    assert all(bool(each.missing) == (each.effect == "unknown") for each in said.reasons)


def not_asked_where_it_makes_no_sense(said: Assessment) -> None:
    begun, written = said.facts["begun"], said.facts["prescription_open"]
    assert (said.actions["start"].verdict == "not_applicable") == begun
    assert (said.actions["dispense"].verdict == "not_applicable") == (not written)
    assert said.actions["prescribe"].verdict != "not_applicable"


def test_a_reason_says_why_on_whose_word_and_from_which_events() -> None:
    (reason,) = asked("us-woman-march", "2026-03-08").json()["actions"]["dispense"]["reasons"]
    assert reason == {
        "rule": "supply.test_window_closed",
        "topic": "window",
        "layer": "programme",
        "effect": "blocks",
        "sentence": "The window opened by the pregnancy test is over: the specimen was collected "
        "7 days ago; the window is 7 days, that day included.",
        "cites": reason["cites"],
        "facts": {"can_become_pregnant": True, "days_since_prescription_test": 7},
        "events": ["e1", "e26"],
        "missing": [],
    }
    assert "us-ipledge-2021#window" in reason["cites"]


def test_what_is_missing_is_named_as_a_fact_and_said_in_words() -> None:
    (reason,) = asked("us-man", "2026-12-03", "- authorisation").actions["dispense"].reasons
    assert (reason.effect, reason.missing) == ("unknown", ("authorised",))
    assert reason.sentence == ("Not recorded: the registry's authorisation of this prescription.")


@pytest.mark.parametrize(
    ("name", "at", "changes", "rule", "sentence"),
    [
        (
            "uk-man",
            "2026-03-03",
            "lab[test=triglycerides]: value=900",
            "labs.triglycerides_too_high",
            "Triglycerides are 10.2 mmol/L (900 mg/dL); above 9.0 mmol/L (797 mg/dL) the pancreas "
            "is at risk.",
        ),
        (
            "us-man",
            "2026-12-03",
            "+ mental_health on 2026-12-03: assessed=true, concern=suicidal_thoughts",
            "mood.grave_concern",
            "A grave concern is recorded (suicidal thoughts); a prescriber has to record a later "
            "and better finding.",
        ),
        (
            "us-man",
            "2026-12-13",
            "+ stop on 2026-12-03: reason=side_effect",
            "stopping.stopped",
            "Treatment was stopped 10 days ago (side effect); a restart comes first.",
        ),
    ],
)
def test_a_sentence_says_it_in_words_and_in_both_units(
    name: str, at: str, changes: str, rule: str, sentence: str
) -> None:
    said = asked(name, at, changes)
    assert stopping(said, "prescribe") == [rule]
    assert said.actions["prescribe"].reasons[0].sentence == sentence


def test_a_rule_from_a_source_that_could_not_be_read_in_full_says_so() -> None:
    """The rules of 2026 bind in their safer reading, and are marked."""
    late = asked("us-woman-third", "2026-12-08").json()["actions"]["dispense"]["reasons"]
    stops = [each for each in late if each["effect"] != "advises"]
    assert [each.get("provisional") for each in stops] == [True]
    march = asked("us-woman-march", "2026-03-08").json()["actions"]["dispense"]["reasons"]
    assert "provisional" not in march[0]


def test_layers_keep_apart_what_binds() -> None:
    layers = {
        reason.rule: reason.layer
        for name, at, changes in (
            ("us-woman-march", "2026-03-08", ""),
            ("in-woman-first", "2026-03-06", ""),
            ("us-man", "2026-12-03", "diagnosis: severity=mild, scarring=false, distress=false"),
            ("us-man", "2026-12-03", "+ allergy on 2026-11-01: substance=vitamin_a"),
        )
        for action in ("prescribe", "dispense", "eligibility")
        for reason in answer(asked(name, at, changes), action).reasons
    }
    assert layers["supply.test_window_closed"] == "programme"
    assert layers["pregnancy.test_too_old_for_hand_over"] == "label"
    assert layers["eligibility.no_indication"] == "guideline"
    assert layers["eligibility.hypersensitivity"] == "label"


def test_a_moment_and_a_day_are_shown_as_they_were_asked() -> None:
    assert asked("us-man", "2026-12-03").json()["at"] == "2026-12-03"
    instant = "2026-12-03T09:00:00-05:00"
    assert asked("us-man", instant).json()["at"] == instant
