"""Forecasts are kept as shown, held against what came, and forgotten with the patient."""

from datetime import timedelta
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.project.test_commands import say
from tests.clinic.team import NOW

from isocourse.clinic.forecasts import keeping, remembering
from isocourse.clinic.forecasts.models import Kept
from isocourse.clinic.forecasts.remembering import Doses, how_good, look_back
from isocourse.clinic.log import clock
from isocourse.clinic.log.erasing import erase
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.people.models import Clinic


@pytest.fixture(autouse=True)
def few_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "TWINS", 256)
    monkeypatch.setattr(remembering, "_TWINS", 256)
    keeping._kept.clear()


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


@pytest.fixture
def course(clinic: Clinic) -> Course:
    told = team.diary(clinic, woman=False)
    told.treated(2, -33)
    return team.lived(clinic, told)


def shown(course: Course, query: str = "") -> None:
    held = course.clinic.memberships.filter(role="prescriber").first()
    assert held is not None
    with clock.standing_at(NOW):
        page = signed_in(held.user).get(f"/courses/{course.code}/forecast/{query}")
    assert page.status_code == 200


def looks_of(course: Course) -> list[dict[str, Any]]:
    cipher = Cipher(course.key)
    rows = Kept.objects.filter(course=course).exclude(looks="")
    return [look for row in rows for look in cipher.opened(row.looks)["looks"]]


def lesions(day: int, papules: int) -> dict[str, Any]:
    at = (NOW + timedelta(days=day)).date().isoformat()
    return {"kind": "lesions", "at": at, "papules_pustules": papules, "nodules": 0}


def test_what_was_shown_is_kept_once_and_what_was_tried_is_not(course: Course) -> None:
    shown(course, "?dose=20")
    shown(course, "?food=fasted")
    assert not Kept.objects.exists()
    shown(course)
    shown(course)
    (row,) = Kept.objects.all()
    assert "papules" not in row.body
    said = Cipher(course.key).opened(row.body)
    assert len(said["bands"]["papules_pustules"]) == 5 and said["made_on"] > 0


def test_a_look_is_held_against_the_forecast_before_it(course: Course) -> None:
    """Given a kept forecast; when counts come a month later; then each is judged once."""
    shown(course)
    later = NOW + timedelta(days=30)
    with clock.standing_at(later):
        record(course, team.writer(course.clinic), [lesions(2, 3), lesions(29, 250)])
        assert look_back(0) == (0, 2)
        assert look_back(0) == (0, 2)
    looks = looks_of(course)
    assert {(each["outcome"], each["days_ahead"]) for each in looks} == {
        ("papules_pustules", 29),
        ("nodules", 29),
    }, "two days ahead is no forecast"
    assert not any(each["changed"] for each in looks), "nothing else was prescribed"
    (papules,) = (each for each in looks if each["outcome"] == "papules_pustules")
    assert papules["below"] > 0.99


def test_another_dose_in_between_leaves_a_look_out(course: Course) -> None:
    shown(course)
    stop = {"kind": "stop", "at": NOW.date().isoformat(), "reason": "completed"}
    with clock.standing_at(NOW + timedelta(days=30)):
        day = (NOW + timedelta(days=3)).date().isoformat()
        record(course, team.writer(course.clinic), [stop | {"at": day}, lesions(29, 5)])
        look_back(0)
    assert all(each["changed"] for each in looks_of(course)) and looks_of(course)
    assert how_good(course.clinic)[1] == len(looks_of(course))


def written(course: Course, **change: Any) -> dict[str, Any]:
    """The last prescription once more, with something else in it."""
    last = [each for each in read(course).events if each["kind"] == "prescription"][-1]
    return {k: v for k, v in last.items() if k not in ("id", "by", "recorded_at")} | change


def test_a_stop_and_a_prescription_of_one_day_leave_a_look_out(course: Course) -> None:
    """As they were written down: what was prescribed in the morning was stopped at noon."""
    shown(course)
    day = (NOW + timedelta(days=3)).date()
    stop = {"kind": "stop", "at": day.isoformat(), "reason": "pregnancy"}
    again = written(course, at=day.isoformat(), prescription_id="again")
    with clock.standing_at(NOW + timedelta(days=30)):
        record(course, team.writer(course.clinic), [again, stop, lesions(29, 5)])
        assert look_back(0)[1] == len(looks_of(course)) > 0
    assert all(each["changed"] for each in looks_of(course))
    doses = Doses(read(course))
    assert doses.on(day - timedelta(days=1)) == 40_000 and doses.on(day) is None


def test_a_dose_prescribed_on_the_day_it_was_shown_is_another_dose(course: Course) -> None:
    """Given a forecast of 40 mg a day; when 20 is prescribed that evening and is taken from the
    next week on; then the forecast is not judged by what came of 20."""
    shown(course)
    (row,) = Kept.objects.all()
    assert Cipher(course.key).opened(row.body)["dose"] == 40_000
    packs = [{"mg": 20, "quantity": 30}]
    half = written(course, prescription_id="half", daily_dose=20, capsules=packs)
    half |= {"at": NOW.date().isoformat()}
    day = (NOW + timedelta(days=6)).date().isoformat()
    given = {"kind": "dispense", "at": day, "prescription_id": "half", "days": 30}
    with clock.standing_at(NOW + timedelta(days=50)):
        record(course, team.writer(course.clinic), [half, given | {"capsules": packs}])
        record(course, team.writer(course.clinic), [lesions(45, 5)])
        look_back(0)
    assert {each["changed"] for each in looks_of(course)} == {True}


def test_a_dose_prescribed_at_the_look_itself_leaves_it_in(course: Course) -> None:
    shown(course)
    with clock.standing_at(NOW + timedelta(days=30)):
        at = lesions(29, 5)["at"]
        more = written(course, at=at, prescription_id="more", daily_dose=60)
        stop = {"kind": "stop", "at": at, "reason": "completed"}
        record(course, team.writer(course.clinic), [lesions(29, 5), more, stop])
        look_back(0)
    assert {each["changed"] for each in looks_of(course)} == {False}


def test_past_visits_are_replayed_with_what_was_known_then(course: Course) -> None:
    with clock.standing_at(NOW):
        first, _ = look_back(1)
        assert first == 1
        while look_back(5)[0]:
            pass
        assert look_back(5)[0] == 0
    rows = list(Kept.objects.order_by("on"))
    assert len({each.on for each in rows}) == len(rows) >= 2
    assert all(each.replayed for each in rows)
    known = [Cipher(course.key).opened(each.body) for each in rows]
    assert any(each["bands"] for each in known)


def test_with_few_patients_nothing_is_said(course: Course) -> None:
    shown(course)
    with clock.standing_at(NOW + timedelta(days=30)):
        record(course, team.writer(course.clinic), [lesions(29, 5)])
        look_back(0)
    page = signed_in(team.member(course.clinic, "auditor")).get("/forecasts/").content.decode()
    assert "too few to say" in page and "should be 90" in page


def test_with_many_patients_shares_are_told_with_their_interval(course: Course) -> None:
    shown(course)
    (row,) = Kept.objects.all()
    look = {"outcome": "alt", "days_ahead": 20, "changed": False}
    for n in range(20):
        other = team.opened(course.clinic, f"P{n}x Berg")
        told = Cipher(other.key).closed({"looks": [look | {"below": (n + 0.5) / 20}]})
        Kept.objects.create(
            course=other, clinic=course.clinic, on=row.on, number=1, made_at=NOW, looks=told
        )
    (alt,) = (each for each in how_good(course.clinic)[0] if each.outcome == "alt")
    assert alt.patients == 20 and alt.half is not None and alt.nine_of_ten is not None
    assert alt.half.share == 0.5 and alt.half.low < 0.35 < 0.65 < alt.half.high
    page = signed_in(team.member(course.clinic, "auditor")).get("/forecasts/").content.decode()
    assert "<strong>50</strong>" in page and "too narrow" not in page


def test_the_forecast_goes_with_the_patient(course: Course) -> None:
    shown(course)
    assert Kept.objects.exists()
    erase(course, team.writer(course.clinic), "asked for")
    assert not Kept.objects.exists()


def test_the_command_says_what_it_did(course: Course) -> None:
    with clock.standing_at(NOW):
        status, told = say("look-back", "--at-most", "1")
    assert status == 0 and told.startswith("1 past visits replayed")
