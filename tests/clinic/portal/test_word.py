"""A patient's word closes and tells; whatever they say, on whatever day, it opens nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.clinic import team
from tests.clinic.conftest import fresh, point_to
from tests.clinic.portal.mine import told

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.log.recording import Writer, record
from isocourse.clinic.portal import doors
from isocourse.clinic.portal.needing import ROLE
from isocourse.clinic.portal.word import KINDS, TOLD, NotTheirs, counted, send, stopping, urgent
from isocourse.clinic.visits.saving import new_token
from isocourse.course import Assessment, assess
from isocourse.words import tokens

DAY = team.NOW.date().isoformat()


@pytest.fixture
def course(sqlite: str) -> Course:
    with clock.standing_at(team.NOW):
        made, _ = team.ready_to_hand_over(team.clinic())
    return made


def says(course: Course, *events: dict[str, Any], at: datetime = team.NOW) -> Assessment:
    """The patient says something, and how the course stands then."""
    access = doors.access_of(course)
    if access is None:
        doors.invite(course, None)
        access = doors.access_of(course)
    assert access is not None
    day = at.date().isoformat()
    with clock.standing_at(at):
        said = [{"at": day, **each} for each in events]
        return send(course, Writer(access.user, ROLE), said, new_token())


def verdict(found: Assessment, action: str = "dispense") -> str:
    return found.actions[action].verdict


SYMPTOM = {"kind": "symptom", "symptom": "headache"}


def test_before_the_patient_says_anything_the_gate_is_open(course: Course) -> None:
    assert verdict(assess(read(course).as_read, team.NOW)) == "allowed"


@pytest.mark.parametrize("what", ["missed_period", "unprotected_contact"])
def test_a_late_period_or_unprotected_contact_shuts_the_gate(course: Course, what: str) -> None:
    found = says(course, {"kind": "patient_report", "what": what})
    assert verdict(found) == "blocked"
    assert any(each.urgency == "now" for each in found.alerts)


def test_an_emergency_shuts_the_gate(course: Course) -> None:
    assert verdict(says(course, {**SYMPTOM, "grade": 4})) == "blocked"


def test_item_nine_shuts_the_gate(course: Course) -> None:
    asked = {"kind": "questionnaire", "instrument": "phq-9"}
    assert verdict(says(course, {**asked, "score": 1, "item_9": 1})) == "blocked"


def test_a_milder_word_of_the_patient_does_not_open_it_again(course: Course) -> None:
    says(course, {**SYMPTOM, "grade": 4})
    found = says(course, {**SYMPTOM, "grade": 1}, at=team.NOW + timedelta(days=2))
    assert verdict(found) == "blocked"
    last = told(course)[-1]
    assert last["kind"] == "patient_report" and last[TOLD]["grade"] == 1


def test_the_same_milder_word_of_a_clinician_does(course: Course) -> None:
    """The test above can fail: the engine itself would have opened."""
    says(course, {**SYMPTOM, "grade": 4})
    later = team.NOW + timedelta(days=2)
    with clock.standing_at(later):
        milder = {**SYMPTOM, "grade": 1, "at": later.date().isoformat()}
        record(course, team.writer(course.clinic), [milder])
        found = assess(read(course).as_read, later)
    assert not any(each.rule == "side_effects.pressure_in_the_skull" for each in found.alerts)
    assert "side_effects.pressure_in_the_skull" not in {rule for _, rule in stopping(found)}


def test_milder_and_worse_in_one_form_each_count_as_they_should(course: Course) -> None:
    says(course, {**SYMPTOM, "grade": 4})
    rash = {"kind": "symptom", "symptom": "rash", "grade": 4}
    says(course, {**SYMPTOM, "grade": 1}, rash, at=team.NOW + timedelta(days=2))
    assert [each["kind"] for each in told(course)[-2:]] == ["patient_report", "symptom"]


OPENING: list[dict[str, Any]] = [
    {
        "kind": "pregnancy_test",
        "result": "negative",
        "specimen": "urine",
        "setting": "home",
        "falsification_safeguard": True,
    },
    {"kind": "menses"},
    {"kind": "cycle", "regular": True},
    {"kind": "comprehension", "passed": True},
    {"kind": "contraception", "methods": [{"method": "implant", "since": "2026-01-01"}]},
    {"kind": "mental_health", "assessed": True, "concern": "none"},
    {"kind": "restart"},
    {"kind": "stop", "reason": "patient_choice"},
    {"kind": "consent", "form": "general"},
    {"kind": "pregnancy_category", "can_become_pregnant": False, "reason": "hysterectomy"},
    {"kind": "condition", "condition": "pregnancy", "status": "resolved"},
    {"kind": "retract", "event": "e1"},
    {"kind": "authorisation", "number": "1"},
]


@pytest.mark.parametrize("event", OPENING, ids=[each["kind"] for each in OPENING])
def test_what_a_clinician_records_a_patient_does_not(course: Course, event: Any) -> None:
    with pytest.raises(NotTheirs):
        says(course, event)
    assert told(course) == []


def test_an_alert_that_cannot_wait_is_told_in_the_same_transaction(course: Course) -> None:
    heard: list[Course] = []

    def hear(course: Course, **_: Any) -> None:
        heard.append(course)

    urgent.connect(hear)
    try:
        says(course, {**SYMPTOM, "grade": 1})
        assert heard == []
        says(course, {"kind": "patient_report", "what": "missed_period"})
        assert heard == [course]
    finally:
        urgent.disconnect(hear)


def test_a_word_is_kept_also_when_who_should_hear_of_it_fails(course: Course) -> None:
    def fail(**_: Any) -> None:
        raise OSError("no mail today")

    urgent.connect(fail)
    try:
        found = says(course, {"kind": "patient_report", "what": "missed_period"})
        assert verdict(found) != "allowed"
    finally:
        urgent.disconnect(fail)
    assert told(course)[0]["what"] == "missed_period"


_WORDS = st.one_of(
    st.builds(
        lambda name, grade: {"kind": "symptom", "symptom": name, "grade": grade},
        st.sampled_from(tokens.SYMPTOMS),
        st.integers(1, 4),
    ),
    st.builds(
        lambda nine, rest: {
            "kind": "questionnaire",
            "instrument": "phq-9",
            "score": nine + rest,
            "item_9": nine,
        },
        st.integers(0, 3),
        st.integers(0, 24),
    ),
    st.sampled_from(
        [{"kind": "patient_report", "what": each} for each in tokens.REPORTS]
        + [{"kind": "patient_report", "what": "missed_doses", "count": 3}]
        + [{"kind": "document", "ref": "photograph 1", "sha256": "ab" * 32}]
    ),
)


@pytest.fixture(scope="module")
def logs(
    templates: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[tuple[Held, datetime]]]:
    """Courses of both kinds in three places, each with something that shuts or may shut."""
    point_to(fresh("sqlite", templates, tmp_path_factory.mktemp("logs")))
    held = []
    with clock.standing_at(team.NOW):
        for place in ("us", "uk", "de"):
            clinic = team.clinic(place, place)
            for woman in (True, False):
                course, _ = team.ready_to_hand_over(clinic, woman)
                held.append((read(course), team.NOW))
                grave = {"kind": "symptom", "symptom": "headache", "grade": 4, "at": DAY}
                record(course, team.writer(clinic), [grave])
                held.append((read(course), team.NOW))
    yield held


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_whatever_a_patient_says_opens_nothing_then_or_later(logs: Any, data: Any) -> None:
    """Compared on later days with the course in which the patient said nothing at all."""
    held, day = data.draw(st.sampled_from(logs))
    now = day + timedelta(days=data.draw(st.integers(0, 9)))
    said = data.draw(st.lists(_WORDS, min_size=1, max_size=4))
    days = data.draw(st.integers(0, 60))
    told_of = [{"at": now.date().isoformat(), **each} for each in said]
    spoken = _heard(held, now, told_of)
    at = now + timedelta(days=days)
    silent, after = (assess(each, at) for each in (held.as_read, spoken))
    for action, answer in silent.actions.items():
        if answer.verdict in ("blocked", "unknown"):
            assert after.actions[action].verdict in ("blocked", "unknown"), (action, said, days)


def _heard(held: Held, now: datetime, said: list[dict[str, Any]]) -> Any:
    import json

    from isocourse.events import read_course

    mine = {"recorded_at": now.isoformat(), "by": {"role": ROLE}}
    events = [
        {"id": f"mine{place}", **each, **mine}
        for place, each in enumerate(counted(held, now, said))
    ]
    return read_course(json.dumps({**held.file, "events": [*held.file["events"], *events]}))


def test_the_kinds_that_a_patient_records_are_few() -> None:
    assert set(KINDS) == {"symptom", "questionnaire", "patient_report", "document"}
