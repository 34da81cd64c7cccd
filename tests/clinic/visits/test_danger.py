"""An answer above zero to item 9, or a grave finding: action first, then the record, then alert."""

import pytest
from tests.clinic import team
from tests.clinic.team import NOW
from tests.clinic.visits.filled import VISIT, Desk, phq9

from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import read
from isocourse.clinic.visits.models import Draft
from isocourse.clinic.worklist.standing import assessed

NINE = phq9(1, 1, 1, 0, 0, 1, 0, 0, 2)
ACTED = {"safety-done": "urgent_referral", "safety-note": "Dr Okafor told; sister stays with her."}


@pytest.fixture
def desk(sqlite: str) -> Desk:
    clinic = team.clinic()
    return Desk(clinic, team.ready_to_hand_over(clinic)[0])


def test_the_score_is_added_up_on_the_server(desk: Desk) -> None:
    desk.send("record/visit", {**VISIT, **phq9(3, 2, 1, 1, 0, 0, 0, 1, 0)})
    assert desk.new[1] == {
        "kind": "questionnaire",
        "at": "2026-11-25",
        "instrument": "phq-9",
        "score": 8,
        "item_9": 0,
    }


def test_the_total_is_shown_with_what_is_wrong(desk: Desk) -> None:
    text = desk.text("record/visit", {**VISIT, **phq9(3, 2, 1, 1)})
    assert "<output data-total>7</output>" in text


@pytest.mark.parametrize("do", ["save", "later"])
@pytest.mark.parametrize("left", ["safety-done", "safety-note"])
def test_the_page_is_not_left_before_something_was_done(desk: Desk, do: str, left: str) -> None:
    said = {**VISIT, **NINE, **ACTED, left: "", "do": do}
    text = desk.text("record/visit", said)
    assert not desk.new and "Item 9 is 2" in text
    assert f'href="#id_{left}"' in text and "data-safety hidden" not in text
    assert Draft.objects.count() == 1, "and nothing that was typed is lost"


def test_what_was_done_is_recorded_and_the_course_alerts(desk: Desk) -> None:
    text = desk.text("record/visit", {**VISIT, **NINE, **ACTED})
    assert desk.new[-1] == {
        "kind": "mental_health",
        "at": "2026-11-25",
        "assessed": True,
        "concern": "suicidal_thoughts",
        "x-done": "urgent_referral",
        "note": ACTED["safety-note"],
    }
    assert "Act now" in text and "Item 9 of the PHQ-9 was 2" in text
    with clock.standing_at(NOW):
        found = assessed(read(desk.course))
    for action in ("prescribe", "dispense"):
        stops = {each.rule for each in found.actions[action].reasons if each.effect == "blocks"}
        assert {"mood.thoughts_of_self_harm", "mood.grave_concern"} <= stops


def test_a_better_finding_beside_item_9_is_asked_about(desk: Desk) -> None:
    said = {**VISIT, **NINE, **ACTED, "mind-concern": "low_mood"}
    text = desk.text("record/visit", said)
    assert "Is that so after asking?" in text and not desk.new


def test_a_grave_finding_alone_asks_for_action(desk: Desk) -> None:
    said = {"day-day": "2026-11-25", "mind-concern": "psychosis"}
    assert "Choose what was done" in desk.text("record/mood", said) and not desk.new
    desk.send("record/mood", {**said, **ACTED})
    assert desk.new[0]["concern"] == "psychosis" and desk.new[0]["x-done"] == "urgent_referral"


def test_no_danger_asks_for_nothing(desk: Desk) -> None:
    desk.send("record/mood", {"day-day": "2026-11-25", "mind-concern": "low_mood"})
    assert desk.new == [
        {"kind": "mental_health", "at": "2026-11-25", "assessed": True, "concern": "low_mood"}
    ]
