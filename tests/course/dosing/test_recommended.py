"""The usual dose for a weight, held against the table that the US label prints."""

import pytest
from tests.course.asking import asked

from isocourse.course import Assessment
from isocourse.course.dosing import Recommended

# mg a day at the lower end, the upper end and the most, by weight in kg, as the label prints them.
LIDOSE = {
    40: (20, 40, 80),
    50: (25, 50, 100),
    60: (30, 60, 120),
    70: (35, 70, 140),
    80: (40, 80, 160),
    90: (45, 90, 180),
    100: (50, 100, 200),
}
MICRONISED = {
    40: (16, 32, 64),
    50: (20, 40, 80),
    60: (24, 48, 96),
    70: (28, 56, 112),
    80: (32, 64, 128),
    90: (36, 72, 144),
    100: (40, 80, 160),
}
TABLE = [
    (formulation, kg, row)
    for formulation, table in (("lidose", LIDOSE), ("micronised", MICRONISED))
    for kg, row in table.items()
]


def us_man(changes: str) -> Recommended:
    return asked("us-man", "2026-12-03", changes).dose.recommended


def mg(said: Recommended, *names: str) -> tuple[float | None, ...]:
    return tuple(said.json()[f"{name}_mg_per_day"] for name in names)


@pytest.mark.parametrize(("formulation", "kg", "row"), TABLE)
def test_the_table_of_the_us_label(formulation: str, kg: int, row: tuple[int, ...]) -> None:
    said = us_man(f"weight: value={kg}, unit=kg; prescription: formulation={formulation}")
    assert mg(said, "low", "high", "maximum") == row
    assert said.with_food is False


def test_the_lower_end_is_the_nearest_dose_and_the_upper_end_is_never_passed() -> None:
    said = us_man("weight: value=61, unit=kg")
    assert mg(said, "low", "high", "step") == (30, 60, 10)
    assert said.capsules == "20 mg x 1, 10 mg x 1"
    assert said.capsules_high == "30 mg x 2"
    assert said.with_food is True
    assert {"us-label-2023#dose-usual", "us-label-2023#strengths"} <= set(said.cites)
    assert mg(us_man("weight: value=59.9, unit=kg"), "low", "high") == (30, 50)


def test_below_eighteen_the_us_label_knows_no_more_than_the_usual() -> None:
    said = asked("us-girl", "2026-12-03", "weight: value=50, unit=kg").dose.recommended
    assert mg(said, "high", "maximum") == (50, 50)


@pytest.mark.parametrize(("name", "at"), [("uk-man", "2026-03-03"), ("de-man", "2026-03-03")])
def test_europe_starts_with_half_a_milligram_and_goes_up_to_one(name: str, at: str) -> None:
    said = asked(name, at, "weight: value=80, unit=kg").dose.recommended
    assert mg(said, "start", "low", "high", "maximum") == (40, 40, 80, 80)
    assert said.capsules == "20 mg x 2"


def test_two_doses_in_turn_are_offered_only_where_they_come_nearer() -> None:
    said = asked("uk-man", "2026-03-03", "weight: value=50, unit=kg").dose.recommended
    assert mg(said, "start") == (20,)
    assert said.alternating == "one day 20 mg x 1, 10 mg x 1, the next 20 mg x 1"
    assert asked("uk-man", "2026-03-03").dose.recommended.alternating is None


RENAL = "+ condition on 2026-02-01: condition=renal_insufficiency, status="


def test_renal_insufficiency_starts_low_in_europe_until_it_is_resolved() -> None:
    said = asked("uk-man", "2026-03-03", RENAL + "active").dose.recommended
    assert mg(said, "start", "low", "high") == (10, 10, 80)
    assert said.capsules == "10 mg x 1"
    assert "uk-smpc#renal-start" in said.cites
    healed = asked("uk-man", "2026-03-03", RENAL + "resolved").dose.recommended
    assert mg(healed, "start", "low") == (40, 40)
    assert "uk-smpc#renal-start" not in healed.cites


def test_the_us_label_names_no_renal_start() -> None:
    renal = "+ condition on 2026-11-21: condition=renal_insufficiency, status=active"
    assert mg(us_man(renal), "start") == mg(us_man(""), "start")


def test_without_a_weight_there_is_no_dose_and_no_zero() -> None:
    said = asked("uk-man", "2026-03-03", "- weight")
    nothing = said.dose.recommended.json()
    for name in ("low", "high", "start", "step", "maximum"):
        assert nothing[f"{name}_mg_per_day"] is None
    assert nothing["capsules"] is None
    assert said.dose.today_mg_per_kg is None


def test_a_weight_in_doubt_moves_no_dose() -> None:
    slip = "+ weight on 2026-12-02: value=165, unit=kg"
    assert mg(us_man(slip), "low", "high") == mg(us_man(""), "low", "high")


def test_no_capsules_of_a_kind_that_is_not_sold_there() -> None:
    said = asked("uk-man", "2026-03-03", "prescription: formulation=micronised")
    assert said.dose.recommended.low is None
    assert said.dose.recommended.capsules is None


def advice(said: Assessment) -> list[str]:
    return [each.rule for each in said.actions["dispense"].reasons if not each.stops]


@pytest.mark.parametrize(
    ("name", "at", "changes", "rule", "speaks"),
    [
        ("uk-man", "2026-03-03", "prescription: daily_dose=40", "dose_below_usual", False),
        ("uk-man", "2026-03-03", "prescription: daily_dose=39.9", "dose_below_usual", True),
        (
            "us-man",
            "2026-12-03",
            "prescription: daily_dose=30, formulation=micronised",
            "dose_below_usual",
            False,
        ),
        (
            "us-man",
            "2026-12-03",
            "prescription: daily_dose=29, formulation=micronised",
            "dose_below_usual",
            True,
        ),
        ("uk-man", "2026-03-03", "- weight; prescription: daily_dose=1", "dose_below_usual", False),
        ("us-man", "2026-12-03", "prescription: doses_per_day=2", "too_many_doses_a_day", False),
        ("us-man", "2026-12-03", "prescription: doses_per_day=3", "too_many_doses_a_day", True),
        ("us-man", "2026-12-03", "", "not_every_day", False),
        (
            "us-man",
            "2026-12-03",
            "prescription: days_on=1, cycle_days=2",
            "not_every_day",
            True,
        ),
        (
            "uk-man",
            "2026-03-03",
            "prescription: days_on=1, cycle_days=2",
            "not_every_day",
            False,
        ),
        (
            "uk-man",
            "2026-03-03",
            f"{RENAL}active; prescription: daily_dose=10",
            "renal_start_exceeded",
            False,
        ),
        (
            "uk-man",
            "2026-03-03",
            f"{RENAL}active; prescription: daily_dose=20",
            "renal_start_exceeded",
            True,
        ),
        ("uk-man", "2026-03-03", "prescription: daily_dose=20", "renal_start_exceeded", False),
    ],
)
def test_what_is_out_of_the_usual_is_pointed_out_and_stops_nothing(
    name: str, at: str, changes: str, rule: str, speaks: bool
) -> None:
    said = asked(name, at, changes)
    assert (f"dose.{rule}" in advice(said)) is speaks
    stops = [each.rule for each in said.actions["dispense"].reasons if each.stops]
    assert f"dose.{rule}" not in stops
