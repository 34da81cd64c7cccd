"""When the registry cannot be reached a record is kept and queued, and every gate stays shut."""

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.supply.vain import tried_in_vain
from tests.clinic.team import NOW
from tests.clinic.visits.filled import Desk

from isocourse.clinic.log import clock
from isocourse.clinic.log.exchanging import exported
from isocourse.clinic.log.models import Entry, Form
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record, retract
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.people.models import Clinic
from isocourse.clinic.supply.outages import outages, waiting
from isocourse.clinic.worklist.keeping import rebuild
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import assessed

RX = "rx-2026-11-24"
TRIED = {
    "outage-about": "authorise",
    "outage-prescription_id": RX,
    "outage-tried_on": "2026-11-25",
    "outage-tried_at": "10:40",
    "outage-how": "telephone",
    "outage-reference": "ticket 4711",
    "outage-done": "Capsules stay here; the patient is called tomorrow.",
}
WORD = {"kind": "authorisation", "at": "2026-11-25", "number": "0912345"}


def waits_for_the_word(clinic: Clinic, role: str = "pharmacist") -> Desk:
    told = team.diary(clinic, woman=False)
    told.treated(1, -33)
    told.visit(-1, 1)
    told.prescribed(-1)
    return Desk(clinic, team.lived(clinic, told), role)


@pytest.fixture
def desk(database: str) -> Desk:
    return waits_for_the_word(team.clinic())


def verdict(desk: Desk) -> str:
    with clock.standing_at(NOW):
        return assessed(read(desk.course)).actions["dispense"].verdict


def queue(desk: Desk) -> str:
    with clock.standing_at(NOW):
        return str(desk.browser.get("/outages/").content.decode())


def test_what_was_done_and_when_is_kept_and_the_gate_stays_shut(desk: Desk) -> None:
    before = verdict(desk)
    page = desk.text("outage", TRIED)
    for said in ("ticket 4711", "10:40", "closed or busy", "called tomorrow", RX):
        assert said in page
    assert "Waits for the registry" in page and str(desk.user) in page
    (kept,) = outages(read(desk.course))
    assert kept.waits and kept.said["tried_at"] == "2026-11-25T10:40:00-05:00"
    assert kept.by == str(desk.user) and verdict(desk) == before != "allowed"
    assert not desk.new, "it is no event of the course"
    assert desk.send("hand-over", {"prescription": RX}).status_code == 409


def test_it_is_an_entry_of_the_log_like_any_other(desk: Desk) -> None:
    desk.send("outage", TRIED)
    (entry,) = Entry.objects.filter(form=Form.OUTAGE)
    assert "ticket" not in entry.body and list(verify(None)) == []
    assert entry.mac[:16] in desk.ask(f"outage/{entry.number}")
    assert "4711" not in exported(read(desk.course))


def test_it_waits_in_the_queue_until_the_word_is_recorded(desk: Desk) -> None:
    assert "Nobody waits" in queue(desk)
    desk.send("outage", TRIED)
    assert desk.course.code in queue(desk) and "ticket 4711" in queue(desk)
    list_of_all = desk.browser.get("/worklist/?state=registry").content.decode()
    assert desk.course.code in list_of_all
    record(desk.course, team.writer(desk.course.clinic), [{**WORD, "prescription_id": RX}])
    assert "Nobody waits" in queue(desk) and verdict(desk) == "allowed"
    (ended,) = outages(read(desk.course))
    assert ended.end is not None and ended.end.the_word and ended.end.says == "0912345"


def test_a_word_on_another_prescription_or_one_taken_back_ends_nothing(desk: Desk) -> None:
    desk.send("outage", {**TRIED, "outage-tried_at": "09:00"})
    by = team.writer(desk.course.clinic)
    record(desk.course, by, [{**WORD, "prescription_id": "rx-2026-10-23"}])
    assert waiting(read(desk.course))
    (given,) = record(desk.course, by, [{**WORD, "number": "2", "prescription_id": RX}])
    assert not waiting(read(desk.course))
    retract(desk.course, by, f"e{given.number}", "copied from another patient")
    assert waiting(read(desk.course)) and desk.course.code in queue(desk)


def test_it_can_end_otherwise_and_once(desk: Desk) -> None:
    number = tried_in_vain(desk.course, RX, about="enrol")
    record(desk.course, team.writer(desk.course.clinic), [{**WORD, "prescription_id": RX}])
    assert waiting(read(desk.course)), "an authorisation is no enrolment"
    page = f"outage/{number}/end"
    said = {"reached-reached_on": "2026-11-25", "reached-reached_at": "10:50"}
    assert "Write how it ended" in desk.text(page, said)
    told = {**said, "reached-says": "Enrolled by telephone."}
    assert "Nobody waits" in desk.text(page, told)
    assert "It has ended already" in desk.text(page, {**told, "token": "another"})
    assert "Enrolled by telephone." in desk.ask(f"outage/{number}")
    assert Entry.objects.filter(form=Form.OUTAGE).count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outage-about": ""}, "Choose what it was wanted for"),
        ({"outage-prescription_id": ""}, "Choose the prescription"),
        ({"outage-how": ""}, "Choose what happened"),
        ({"outage-done": " "}, "Write what was done instead"),
        ({"outage-tried_at": "soon"}, "Give the day and the time"),
        ({"outage-tried_at": "11:01"}, "later than now"),
        ({"outage-tried_on": "2026-11-26"}, "later than now"),
    ],
)
def test_what_is_missing_or_cannot_be_is_asked_for(
    sqlite: str, change: dict[str, str], words: str
) -> None:
    desk = waits_for_the_word(team.clinic())
    assert words in desk.text("outage", {**TRIED, **change})
    assert not outages(read(desk.course))


def test_the_same_form_is_recorded_once(desk: Desk) -> None:
    desk.send("outage", TRIED)
    assert "recorded already" in desk.text("outage", TRIED)
    assert len(outages(read(desk.course))) == 1


def test_where_the_programme_has_no_registry_there_is_no_such_page(sqlite: str) -> None:
    clinic = team.clinic("North", "uk")
    course = team.opened(clinic)
    browser = signed_in(team.member(clinic, "pharmacist"))
    assert browser.get(f"/courses/{course.code}/outage/").status_code == 404
    assert "cannot be reached" not in browser.get(f"/courses/{course.code}/").content.decode()


def test_the_queue_follows_from_the_logs(desk: Desk) -> None:
    tried_in_vain(desk.course, RX)
    Standing.objects.all().delete()
    rebuild()
    assert desk.course.code in queue(desk)


def test_the_page_of_the_course_says_that_it_waits(desk: Desk) -> None:
    assert "registry could not be reached" not in desk.ask("")
    number = tried_in_vain(desk.course, RX)
    with clock.standing_at(NOW):
        text = desk.browser.get(f"/courses/{desk.course.code}/").content.decode()
        log = signed_in(team.member(desk.course.clinic, "nurse")).get(
            f"/courses/{desk.course.code}/"
        )
    assert "registry could not be reached" in text and f"/outage/{number}/" in text
    assert "registry not reached" in log.content.decode()
