"""Whose schedule of blood tests is followed: the label's, the consensus's or the clinic's own.

Worked by hand. The man in the UK has blood taken on 2 March 2026 and capsules (40 mg) on 3 March.
The schedule moves what is due and what is overdue, and never a verdict.
"""

import json
from datetime import date

import pytest
from tests.course.asking import asked, verdicts

from isocourse.course import DEFAULT, Settings, read_settings
from isocourse.course.answers import Assessment
from isocourse.course.schema import settings_schema

HEAD = b'format = "isocourse.settings/1"\n'
CONSENSUS = read_settings(HEAD + b'[labs]\npolicy = "consensus"\n')
LABEL = read_settings(HEAD + b'[labs]\npolicy = "label"\n')
OWN = read_settings(
    HEAD + b'[labs]\npolicy = "local"\nbefore_days = 10\nfirst_days = 14\nevery_days = 50\n'
)
STARTED = "+ dispense on 2026-03-03: prescription_id=rx-2026-03-02, days=56"
MORE = (
    "; + prescription on 2026-04-20: prescription_id=rx2, daily_dose=60, unit=mg/day, days=30, "
    "role=dermatologist; + dispense on 2026-04-21: prescription_id=rx2, days=30"
)
BOTH = ("liver", "lipids")


def alt(day: str, value: int = 20) -> str:
    return f"; + lab on {day}: test=alt, value={value}, unit=U/L, upper_limit=40"


def fats(day: str) -> str:
    return f"; + lab on {day}: test=triglycerides, value=110, unit=mg/dL, fasting=true"


def due(said: Assessment) -> dict[str, str]:
    """Each rule on liver enzymes and lipids with the day it gives."""
    return {
        each.rule.removeprefix("labs."): each.due.isoformat() if each.due else "open"
        for each in said.due
        if each.task in BOTH
    }


def late(said: Assessment) -> list[str]:
    names = ("overdue", "not_repeated", "four_weeks")
    return [a.rule.removeprefix("labs.") for a in said.alerts if any(n in a.rule for n in names)]


def blood(said: Assessment) -> list[str]:
    return [each for each in late(said) if "mental" not in each and "sexual" not in each]


def test_without_a_choice_the_label_is_followed() -> None:
    plain, chosen = (asked("uk-man", "2026-03-20", STARTED, settings=s) for s in (DEFAULT, LABEL))
    assert due(plain) == due(chosen)
    assert due(plain) == {
        "liver_after_first_month": "2026-04-03",
        "lipids_after_first_month": "2026-04-03",
    }


def test_the_consensus_asks_at_the_highest_dose_and_not_each_quarter() -> None:
    said = asked("uk-man", "2026-03-20", STARTED, settings=CONSENSUS)
    assert due(said) == {"liver_at_peak_dose": "2026-03-31", "lipids_at_peak_dose": "2026-03-31"}
    done = asked(
        "uk-man", "2026-08-01", STARTED + alt("2026-03-24") + fats("2026-03-24"), settings=CONSENSUS
    )
    assert due(done) == {} and blood(done) == []


def test_a_higher_dose_is_a_new_highest_dose() -> None:
    changes = STARTED + MORE + alt("2026-03-31") + fats("2026-03-31")
    said = asked("uk-man", "2026-04-25", changes, settings=CONSENSUS)
    assert due(said) == {"liver_at_peak_dose": "2026-05-19", "lipids_at_peak_dose": "2026-05-19"}


@pytest.mark.parametrize(("day", "held"), [("2026-03-24", {}), ("2026-03-23", {"2026-03-31"})])
def test_a_result_of_the_week_before_serves_the_highest_dose(day: str, held: set[str]) -> None:
    said = asked("uk-man", "2026-03-25", STARTED + alt(day) + fats(day), settings=CONSENSUS)
    assert set(due(said).values()) == set(held)


@pytest.mark.parametrize(("day", "raised"), [("2026-03-31", False), ("2026-04-01", True)])
def test_the_day_after_the_consensus_is_overdue(day: str, raised: bool) -> None:
    said = asked("uk-man", day, STARTED, settings=CONSENSUS)
    assert ("overdue_at_peak_dose" in late(said)) is raised


@pytest.mark.parametrize(("day", "noted"), [("2026-03-30", False), ("2026-03-31", True)])
def test_a_manual_that_asks_for_more_is_pointed_out(day: str, noted: bool) -> None:
    said = asked("uk-man", day, STARTED, settings=CONSENSUS)
    assert ("four_weeks_by_manual" in late(said)) is noted
    assert "four_weeks_by_manual" not in late(asked("uk-man", day, STARTED))


def test_a_clinic_has_days_of_its_own() -> None:
    said = asked("uk-man", "2026-03-05", STARTED, settings=OWN)
    assert due(said) == {
        "liver_first_by_clinic": "2026-03-17",
        "lipids_first_by_clinic": "2026-03-17",
    }
    then = asked(
        "uk-man", "2026-03-12", STARTED + alt("2026-03-10") + fats("2026-03-10"), settings=OWN
    )
    assert due(then) == {
        "liver_again_by_clinic": "2026-04-29",
        "lipids_again_by_clinic": "2026-04-29",
    }
    (task, _) = [each for each in then.due if each.task in BOTH]
    assert task.layer == "local" and "isocourse-safety#local-settings" in task.cites
    assert "every 50 days" in task.sentence


@pytest.mark.parametrize(
    ("day", "changes", "raised"),
    [
        ("2026-03-17", "", False),
        ("2026-03-18", "", True),
        ("2026-04-29", alt("2026-03-10") + fats("2026-03-10"), False),
        ("2026-04-30", alt("2026-03-10") + fats("2026-03-10"), True),
    ],
)
def test_the_day_after_the_clinics_own_is_overdue(day: str, changes: str, raised: bool) -> None:
    said = asked("uk-man", day, STARTED + changes, settings=OWN)
    assert blood(said) == (["overdue_by_clinic"] if raised else [])


@pytest.mark.parametrize(
    ("settings", "day", "wanted"),
    [
        (OWN, "2026-03-12", 0),
        (OWN, "2026-03-13", 2),
        (CONSENSUS, "2026-04-02", 0),
        (CONSENSUS, "2026-04-03", 2),
        (LABEL, "2026-06-02", 0),
        (LABEL, "2026-06-03", 2),
    ],
)
def test_how_old_a_result_may_be_at_the_first_dose(
    settings: Settings, day: str, wanted: int
) -> None:
    assert len(due(asked("uk-man", day, settings=settings))) == wanted


@pytest.mark.parametrize("settings", [LABEL, CONSENSUS, OWN], ids=["label", "consensus", "own"])
def test_a_raised_value_is_repeated_under_every_schedule(settings: Settings) -> None:
    high = STARTED + alt("2026-03-20", 130)
    assert due(asked("uk-man", "2026-03-21", high, settings=settings))["liver_soon_again"] == (
        "2026-04-03"
    )


@pytest.mark.parametrize("settings", [CONSENSUS, OWN], ids=["consensus", "own"])
@pytest.mark.parametrize("base", ["uk-man", "us-man", "eu-man"])
def test_a_schedule_changes_no_verdict(base: str, settings: Settings) -> None:
    for changes in ("", "- lab", "lab[test=triglycerides]: value=900", "lab[test=alt]: value=500"):
        day = date(2026, 12, 3) if base == "us-man" else date(2026, 3, 3)
        plain, chosen = (
            asked(base, day.isoformat(), changes, settings=s) for s in (DEFAULT, settings)
        )
        assert verdicts(plain) == verdicts(chosen)
        assert json.dumps(plain.json()["actions"]) == json.dumps(chosen.json()["actions"])


def test_the_schema_knows_the_three_schedules() -> None:
    import jsonschema

    def fits(labs: object) -> bool:
        said = {"format": "isocourse.settings/1", "labs": labs}
        return jsonschema.Draft202012Validator(settings_schema()).is_valid(said)

    own = {"policy": "local", "before_days": 30, "first_days": 28, "every_days": 60}
    assert fits({"policy": "label"}) and fits({"policy": "consensus"}) and fits(own)
    assert not fits({"policy": "monthly"}) and not fits({"policy": "local"})
    assert not fits({"policy": "label", "first_days": 28}) and not fits(own | {"every_days": 0})
