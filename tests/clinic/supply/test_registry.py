"""The registry's word is recorded and never issued; capsules go back to stock."""

import pytest
from tests.clinic import team
from tests.clinic.team import NOW
from tests.clinic.visits.filled import Desk

from isocourse.clinic.log import clock
from isocourse.clinic.log.reading import read
from isocourse.clinic.worklist.standing import assessed


@pytest.fixture
def desk(sqlite: str) -> Desk:
    clinic = team.clinic()
    told = team.diary(clinic, woman=False)
    told.treated(1, -33)
    told.visit(-1, 1)
    told.prescribed(-1)
    return Desk(clinic, team.lived(clinic, told), "pharmacist")


def verdict(desk: Desk) -> str:
    with clock.standing_at(NOW):
        return assessed(read(desk.course)).actions["dispense"].verdict


def test_its_word_opens_what_was_waiting_for_it(desk: Desk) -> None:
    assert verdict(desk) != "allowed"
    said = {
        "authorisation-prescription_id": "rx-2026-11-24",
        "authorisation-word": "given",
        "authorisation-registry_number": "0912345",
        "authorisation-after": "2026-11-30",
    }
    assert "Give the number" in desk.text(
        "authorisation", {**said, "authorisation-registry_number": ""}
    )
    desk.send("authorisation", said)
    (given,) = desk.new
    assert given["prescription_id"] == "rx-2026-11-24" and given["number"] == "0912345"
    assert given["do_not_dispense_after"] == "2026-11-30" and verdict(desk) == "allowed"
    desk.send("authorisation", {**said, "authorisation-word": "reversed", "token": "2"})
    assert desk.kinds() == ["authorisation", "authorisation_reversed"]
    assert verdict(desk) != "allowed"


def test_a_day_that_is_none_is_refused_at_its_field(desk: Desk) -> None:
    said = {
        "authorisation-prescription_id": "rx-2026-11-24",
        "authorisation-registry_number": "1",
        "authorisation-after": "soon",
    }
    text = desk.text("authorisation", said)
    assert 'href="#id_authorisation-after"' in text and not desk.new


def test_capsules_go_back_to_stock(desk: Desk) -> None:
    assert "Choose the prescription." in desk.text("return", {})
    desk.send("return", {"returned-prescription_id": "rx-2026-11-24"})
    assert desk.kinds() == ["return_to_stock"]


def test_a_nurse_returns_nothing_and_a_pharmacist_prescribes_nothing(desk: Desk) -> None:
    nurse = Desk(desk.course.clinic, desk.course)
    assert nurse.send("return", {"returned-prescription_id": "x"}).status_code == 403
    for page in ("prescribe", "cancel", "record/visit", "work-up"):
        assert desk.send(page, {}).status_code == 403
