"""A clinic's settings: read or refused, named in the answer, and never opening what is shut."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.course.asking import (
    CLOSED,
    OPEN,
    advising,
    answer,
    as_text,
    asked,
    stopping,
    verdicts,
)

from isocourse.course import DEFAULT, BadSettings, Settings, assess, read_settings
from isocourse.course.worked import Case, cases, changed, patients
from isocourse.course.worked.running import moment
from isocourse.events import read_course

HEAD = b'format = "isocourse.settings/1"\n'
WHOLE = HEAD + (
    b"[starts]\nus-ipledge-2026 = 2026-12-01\n"
    b"[local]\nmax_supply_days = 28\nenzyme_stop_times = 5\nbaseline_labs = true\n"
)

DAYS = b'[labs]\npolicy = "local"\nbefore_days = 30\nfirst_days = 28\nevery_days = 60\n'


def local(text: str) -> Settings:
    return read_settings(HEAD + b"[local]\n" + text.encode())


def test_a_file_is_read_and_named_by_its_digest() -> None:
    read = read_settings(WHOLE)
    assert read.name == "sha256:" + hashlib.sha256(WHOLE).hexdigest()
    assert read.starts.settings == {"us-ipledge-2026": date(2026, 12, 1)}
    assert read.local == {"max_supply_days": 28, "enzyme_stop_times": 5, "baseline_labs": True}


def test_the_format_alone_sets_nothing() -> None:
    read = read_settings(HEAD)
    assert read.starts.settings == {} and read.local == {}
    assert read.name != DEFAULT.name


def test_a_mark_at_the_beginning_of_the_file_is_taken_for_none() -> None:
    assert read_settings(b"\xef\xbb\xbf" + HEAD).local == {}


def test_what_was_read_cannot_be_changed() -> None:
    read = read_settings(WHOLE)
    with pytest.raises(TypeError):
        read.local["max_supply_days"] = 60  # type: ignore[index]
    with pytest.raises(TypeError):
        read.starts.settings["us-ipledge-2026"] = date(2020, 1, 1)  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "format: found None, expected 'isocourse.settings/1'"),
        (b'format = "isocourse.settings/2"', "format: found 'isocourse.settings/2'"),
        (b"format = isocourse", "not readable as TOML"),
        (b"\xff\xfe", "not readable as TOML"),
        (
            HEAD + b"locals = 1",
            "found the key 'locals', expected one of format, starts, local, labs",
        ),
        (HEAD + b"local = 28", "local: found 28, expected a table"),
        (HEAD + b"starts = []", "starts: found [], expected a table"),
        (HEAD + b"[starts]\nus-label-2023 = 2026-01-01", "starts.us-label-2023: no such programme"),
        (HEAD + b"[starts]\nnobody = 2026-01-01", "starts.nobody: no such programme"),
        (HEAD + b'[starts]\nus-ipledge-2026 = "2026-12-01"', "expected a date such as 2026-11-15"),
        (HEAD + b"[starts]\nus-ipledge-2026 = 2026-12-01T00:00:00", "expected a date such as"),
        (HEAD + b"[local]\nmax_supply_days = 0", "expected a whole number from 1 to 366"),
        (HEAD + b"[local]\nmax_supply_days = 367", "expected a whole number from 1 to 366"),
        (HEAD + b"[local]\nmax_supply_days = 28.0", "expected a whole number from 1 to 366"),
        (HEAD + b"[local]\nmax_supply_days = true", "expected a whole number from 1 to 366"),
        (HEAD + b"[local]\nenzyme_stop_times = -1", "expected a whole number from 1 to 100"),
        (HEAD + b"[local]\nbaseline_labs = 1", "expected true or false"),
        (HEAD + b"[local]\nallow = true", "local.allow: no such rule"),
        (HEAD + b"labs = 1", "labs: found 1, expected a table"),
        (HEAD + b"[labs]\nfirst_days = 28", "labs.policy: found None, expected one of label,"),
        (HEAD + b'[labs]\npolicy = "monthly"', "labs.policy: found 'monthly', expected one of"),
        (HEAD + b"[labs]\npolicy = []", "labs.policy: found [], expected one of"),
        (HEAD + b'[labs]\npolicy = "label"\nfirst_days = 28', "labs.first_days: not a part of"),
        (HEAD + b'[labs]\npolicy = "local"', "labs.every_days: found None, expected a whole"),
        (HEAD + DAYS.replace(b"28", b"0"), "labs.first_days: found 0, expected a whole"),
        (HEAD + DAYS.replace(b"28", b"367"), "labs.first_days: found 367, expected a whole"),
        (HEAD + DAYS.replace(b"28", b"true"), "labs.first_days: found True, expected a whole"),
        (HEAD + DAYS + b"liver_days = 3", "labs.liver_days: not a part of the policy 'local'"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_place(text: bytes, told: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(text, "clinic.toml")
    assert str(refused.value).startswith("clinic.toml: ")
    assert told in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(b"colour = 1\n[starts]\nnobody = 1\n[local]\nbaseline_labs = 1\n")
    assert len(str(refused.value).splitlines()) == 4


def test_the_digest_stands_in_the_answer_and_default_without_settings() -> None:
    read = read_settings(WHOLE)
    assert asked("us-man", "2026-12-03").json()["settings"] == "default"
    assert asked("us-man", "2026-12-03", settings=read).json()["settings"] == read.name


def test_settings_that_say_the_same_give_the_same_answer_but_for_the_digest() -> None:
    one, other = local("max_supply_days = 28"), local("max_supply_days = 28  # four weeks")
    texts = [as_text(asked("us-man", "2026-12-03", settings=each)) for each in (one, other)]
    assert texts[0] != texts[1]
    assert texts[0].replace(one.name, other.name) == texts[1]


@pytest.mark.parametrize(("days", "verdict"), [(28, "allowed"), (29, "blocked")])
def test_a_clinic_may_set_a_shorter_supply(days: int, verdict: str) -> None:
    limit = local("max_supply_days = 28")
    said = asked("us-man", "2026-12-03", f"prescription: days={days}", settings=limit)
    assert verdicts(said)["dispense"] == verdict
    if verdict == "blocked":
        (reason,) = [each for each in said.actions["dispense"].reasons if each.stops]
        assert (reason.rule, reason.layer) == ("supply.more_days_than_the_clinic_allows", "local")
        assert "29 days; this clinic allows 28" in reason.sentence
        assert reason.cites == ("isocourse-safety#local-settings",)


def test_a_longer_supply_than_the_programme_allows_opens_nothing() -> None:
    limit = local("max_supply_days = 60")
    said = asked("us-man", "2026-12-03", "prescription: days=31", settings=limit)
    assert stopping(said, "dispense") == ["supply.too_many_days"]


@pytest.mark.parametrize(("alt", "verdict"), [(120, "allowed"), (121, "blocked")])
def test_a_clinic_may_draw_its_own_line_for_liver_enzymes(alt: int, verdict: str) -> None:
    line = local("enzyme_stop_times = 3")
    said = asked("us-man", "2026-12-03", f"lab[test=alt]: value={alt}", settings=line)
    assert verdicts(said)["dispense"] == verdict
    if verdict == "blocked":
        assert stopping(said, "dispense") == ["labs.liver_enzymes_above_the_clinics_line"]


def test_a_line_above_that_of_the_label_opens_nothing() -> None:
    line = local("enzyme_stop_times = 100")
    said = asked("uk-man", "2026-03-03", "lab[test=alt]: value=201", settings=line)
    assert stopping(said, "dispense") == ["labs.liver_enzymes_too_high"]


def test_a_clinic_may_hold_the_first_dose_until_the_baseline_is_known() -> None:
    baseline = local("baseline_labs = true")
    asked_for = ("us-man", "2026-12-03", "- lab")
    assert verdicts(asked(*asked_for))["dispense"] == "allowed"
    assert "eligibility.baseline_missing" in advising(asked(*asked_for), "start")
    held = asked(*asked_for, settings=baseline)
    assert verdicts(held)["dispense"] == verdicts(held)["start"] == "unknown"
    (reason,) = [each for each in held.actions["dispense"].reasons if each.stops]
    assert reason.layer == "local" and reason.missing == ("triglycerides", "alt")
    assert verdicts(asked("us-man", "2026-12-03", settings=baseline))["dispense"] == "allowed"


def test_not_asking_for_the_baseline_is_the_same_as_saying_nothing() -> None:
    said = asked("us-man", "2026-12-03", "- lab", settings=local("baseline_labs = false"))
    assert verdicts(said) == verdicts(asked("us-man", "2026-12-03", "- lab"))


def test_a_programme_begins_on_the_day_that_the_clinic_says() -> None:
    """A retest eighteen days after a missed first window: locked out until the 2026 rules."""
    lock_out = "pregnancy_test on 2026-12-11: at=2026-11-20; + pregnancy_test on 2026-12-08: "
    lock_out += "result=negative, specimen=serum, setting=laboratory"
    for begins, since in (("2026-12-08", "us-ipledge-2026"), ("2026-12-09", "us-ipledge-2021")):
        moved = read_settings(HEAD + f"[starts]\nus-ipledge-2026 = {begins}\n".encode())
        said = asked("us-woman-first", "2026-12-08", lock_out, settings=moved)
        assert said.rules_in_force[-1][0] == since
    with_default = asked("us-woman-first", "2026-11-14").json()["rules_in_force"]
    assert with_default[-1] == {"source": "us-ipledge-2021", "since": "2021-12-13"}


@pytest.mark.parametrize(
    ("base", "at", "held"),
    [
        ("us-man", "2026-11-14", ["us-enforcement-discretion-2020", "us-ipledge-2021"]),
        ("us-man", "2026-11-15", ["us-ipledge-2026"]),
        ("de-man", "2026-03-02", ["de-dispensing", "eu-ppp-2018"]),
        ("fr-man", "2026-03-02", ["eu-ppp-2018", "fr-ansm-2015"]),
        ("it-man", "2026-03-02", ["eu-ppp-2018", "it-aifa"]),
    ],
)
def test_the_programmes_of_the_place_are_named(base: str, at: str, held: list[str]) -> None:
    named = [key for key, _ in asked(base, at).rules_in_force]
    assert [key for key in held if key not in named] == []
    assert not any(key in named for key in ("us-ipledge-2021",) if key not in held)


LOCALS = st.fixed_dictionaries(
    {},
    optional={
        "max_supply_days": st.integers(1, 60),
        "enzyme_stop_times": st.integers(1, 6),
        "baseline_labs": st.booleans(),
        "labs_policy": st.sampled_from(["label", "consensus"]),
    },
)


@settings(max_examples=60)
@given(st.sampled_from(sorted(cases().values(), key=lambda case: case.name)), LOCALS)
def test_local_rules_only_ever_close(case: Case, said: dict[str, Any]) -> None:
    """What was closed stays closed for the same reasons; what is new speaks with a local voice."""
    file = json.dumps(changed(dict(patients()[case.course]), case.changes))
    course, at = read_course(file), moment(case.asked)
    plain, local_too = assess(course, at), assess(course, at, settings=Settings("x", local=said))
    for action in ("start", "prescribe", "dispense", "eligibility"):
        before, after = answer(plain, action), answer(local_too, action)
        if before.verdict in CLOSED:
            assert after.verdict in CLOSED
        if after.verdict in OPEN:
            assert before.verdict in OPEN
        kept = [e.json() for e in after.reasons if e.layer != "local" and e.stops]
        assert kept == [each.json() for each in before.reasons if each.stops]
        assert all(each.stops for each in after.reasons if each.layer == "local")
    assert plain.facts == local_too.facts and plain.windows == local_too.windows
