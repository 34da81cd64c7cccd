"""The patient's pages: what they say follows from the engine and never says more than it."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from tests.clinic import team
from tests.clinic.access.test_every_page import OF_PATIENTS
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.mine import come_in, send, text

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic, Role
from isocourse.clinic.portal.engine import spoken
from isocourse.clinic.portal.models import Access, Desk
from isocourse.clinic.portal.plain import NOT_YET, SYMPTOMS, TASKS
from isocourse.events import check_course
from isocourse.rules import rules
from isocourse.words import tokens

OPEN, SHUT = "Yes: the clinic", "Not yet."


@pytest.fixture
def clinic(sqlite: str) -> Clinic:
    return team.clinic()


def ready(clinic: Clinic, woman: bool = True) -> Course:
    return team.ready_to_hand_over(clinic, woman, clock.now())[0]


def home(browser: Browser) -> str:
    answer = browser.get(reverse("my_home"))
    assert answer.status_code == 200
    return text(answer)


def test_an_open_gate_is_told_with_the_registry_s_word_above_it(clinic: Clinic) -> None:
    said = home(come_in(ready(clinic)))
    assert OPEN in said and "What the programme says counts" in said and SHUT not in said


def test_without_a_registry_nothing_is_said_of_one(sqlite: str) -> None:
    said = home(come_in(ready(team.clinic("There", "uk"))))
    assert OPEN in said and "What the programme says counts" not in said


def test_a_shut_gate_is_never_told_as_open(clinic: Clinic) -> None:
    """The gate shuts between two visits of the page: the page says so at once."""
    course = ready(clinic)
    browser = come_in(course)
    assert OPEN in home(browser)
    day = team.today(course)
    positive = {"kind": "pregnancy_test", "result": "positive", "specimen": "urine"}
    record(course, team.writer(clinic), [{**positive, "setting": "clinic", "at": day}])
    said = home(browser)
    assert OPEN not in said and SHUT in said and "Take no more capsules now" in said


def test_the_gate_shuts_with_time_alone(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert OPEN not in home(browser)


def test_a_course_that_has_not_begun_has_a_page(clinic: Clinic) -> None:
    said = home(come_in(team.opened(clinic)))
    assert "Your treatment" in said and OPEN not in said


def test_the_window_that_a_test_opens_is_told_in_days(clinic: Clinic) -> None:
    told = team.diary(clinic, now=clock.now())
    told.treated(2, -9)
    said = home(come_in(team.lived(clinic, told, clock.now())))
    assert "Have a pregnancy test" in said and "it counts for 7 days" in said


def test_after_the_course_its_tails_are_told(clinic: Clinic) -> None:
    told = team.diary(clinic, now=clock.now())
    told.treated(6, -40)
    told.on(-9, "stop", reason="completed")
    said = home(come_in(team.lived(clinic, told, clock.now())))
    for each in ("Do not give blood", "Do not wax", "Keep up your birth control", "spots come"):
        assert each in said, each


def test_a_man_is_not_asked_about_periods(clinic: Clinic) -> None:
    browser = come_in(ready(clinic, woman=False))
    assert "period" not in text(browser.get(reverse("my_tell")))
    assert "birth control" not in text(send(browser, "my_tell", what="stopped"))
    assert reverse("my_questions") not in home(browser)


def test_whom_to_call_comes_from_the_clinic(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    assert "on your papers" in home(browser)
    admin = signed_in(team.member(clinic, Role.ADMINISTRATOR))
    given = {"phone": "555 0100", "hours": "till five", "emergency": "000", "crisis": "a line"}
    assert admin.post(reverse("desk"), given).status_code == 302
    said = home(browser)
    assert "tel:5550100" in said and "till five" in said and "tel:000" in said


def test_who_helps_in_a_crisis_is_the_clinics_and_stands_where_it_is_needed(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    Desk.objects.create(clinic=clinic, crisis="Lifeline of the harbour, 000 111")
    for page in ("my_mood", "my_help"):
        assert "Lifeline of the harbour, 000 111" in text(browser.get(reverse(page))), page


def test_an_empty_desk_is_asked_for_loudly_until_it_is_filled(clinic: Clinic) -> None:
    """Given nobody is named for a crisis; then settings and the invitation say so in an alert."""
    course = ready(clinic)
    admin = signed_in(team.member(clinic, Role.ADMINISTRATOR))
    nurse = signed_in(team.member(clinic, Role.NURSE))
    places = (
        (admin, reverse("desk")),
        (admin, reverse("administration")),
        (nurse, reverse("patient", args=[course.code])),
    )
    loud = "Nobody is named for thoughts of suicide"
    for who, page in places:
        said = text(who.get(page))
        assert loud in said and 'role="alert"' in said, page
    assert "administrator to write it" in text(nurse.get(places[2][1]))
    assert reverse("desk") not in text(nurse.get(places[2][1]))
    given = {"phone": "555 0100", "hours": "", "emergency": "000", "crisis": "  "}
    admin.post(reverse("desk"), given)
    assert loud in text(admin.get(reverse("desk"))), "a blank is nothing"
    admin.post(reverse("desk"), given | {"crisis": "a line"})
    for who, page in places:
        assert loud not in text(who.get(page)) and "whom to call</h2>" not in text(who.get(page))


def test_a_moment_is_written_so_that_nobody_takes_noon_for_midnight(clinic: Clinic) -> None:
    Desk.objects.create(clinic=clinic, reviewed="es hi")
    browser = come_in(ready(clinic))
    for language, moment in (("en", "11:59 p.m."), ("es", "23:59"), ("hi", "23:59")):
        Access.objects.update(language=language)
        assert moment in home(browser), language


def test_every_page_works_without_scripts_and_styles_of_its_own(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    files = {"my_photo", "my_leave", "my_language", "my_file", "my_calendar"}
    for name in sorted(OF_PATIENTS - files):
        answer = browser.get(reverse(name))
        said = text(answer)
        assert answer.status_code == 200 and "onclick" not in said and "style=" not in said, name
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert ("<script" in said) == (name == "my_passkey"), name


def test_the_days_to_take_away_tell_nothing_of_what_they_are_for(clinic: Clinic) -> None:
    answer = come_in(ready(clinic)).get(reverse("my_calendar"))
    said = answer.content.decode().lower()
    assert answer["Content-Type"].startswith("text/calendar") and said.startswith("begin:vcalendar")
    assert "begin:vevent" in said and "/my/" in said
    for word in ("isotretinoin", "pregnan", "test", "ada", "berg", "capsule", "derm"):
        assert word not in said, word


def test_the_data_to_take_away_are_a_whole_course_file(clinic: Clinic) -> None:
    course = ready(clinic)
    browser = come_in(course)
    send(browser, "my_check_in", cheilitis="1")
    answer = browser.get(reverse("my_file"))
    assert course.code in answer["Content-Disposition"]
    problems = check_course(answer.content, clock.now().date())
    assert [each for each in problems if each.severity == "error"] == []
    held = json.loads(answer.content)
    assert len(held["events"]) == len(read(course).events) and held["x-name"] == "Ada Berg"
    printed = text(browser.get(reverse("my_data")))
    assert "Ada Berg" in printed and "(told by you)" in printed


def test_the_patient_signs_out(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    browser.post(reverse("my_leave"))
    assert browser.get(reverse("my_home")).status_code == 302


def test_a_language_is_off_until_somebody_has_read_it(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    send(browser, "my_language", language="es")
    assert Access.objects.get().language == "en"
    Desk.objects.create(clinic=clinic, reviewed="es")
    send(browser, "my_language", language="es")
    assert Access.objects.get().language == "es"
    assert '<html lang="es">' in home(browser)
    Desk.objects.update(reviewed="")
    assert '<html lang="en">' in home(browser), "and off again when the tick is taken away"


def test_the_demonstration_shows_a_language_as_unread(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = come_in(ready(clinic))
    Access.objects.update(language="hi")
    Desk.objects.create(clinic=clinic, reviewed="hi")
    read_through = home(browser)
    Desk.objects.update(reviewed="")
    from django.conf import settings

    from isocourse.clinic.people import sessions

    monkeypatch.setattr(settings, "DEMONSTRATION", True)
    monkeypatch.setattr(sessions, "agreed", lambda: None)
    unread = home(browser)
    assert '<html lang="hi">' in unread and len(unread) > len(read_through)


def test_the_engine_s_numbers_are_read_back_into_a_translation() -> None:
    says = rules()["timeline.no_blood_giving"].says
    assert spoken("timeline.no_blood_giving", says.replace("{blood_days}", "30")).count("30") == 1
    for name, rule in rules().items():
        if rule.effect in ("tips", "expect", "phase"):
            filled = rule.says.replace("{", "").replace("}", "")
            assert spoken(name, filled) == filled


@pytest.mark.parametrize("language", ["es", "hi"])
def test_every_sentence_of_the_engine_is_spoken_in_each_language(language: str) -> None:
    for name, rule in rules().items():
        if rule.effect in ("tips", "expect", "phase"):
            numbers = iter(range(101, 110))
            filled = re.sub(r"\{\w+\}", lambda _, n=numbers: str(next(n)), rule.says)
            with translation.override(language):
                said = spoken(name, filled)
            assert said != filled and "{" not in said, name
            assert set(re.findall(r"10\d", said)) == set(re.findall(r"10\d", filled)), name


@pytest.mark.parametrize(
    ("language", "week", "day"),
    [("es", "Semana", r"\d+ de [a-z]+ de 20\d\d"), ("hi", "सप्ताह", r"\d+ [^\W\d]\S* 20\d\d")],
)
def test_the_page_speaks_a_language_with_its_own_dates(
    clinic: Clinic, language: str, week: str, day: str
) -> None:
    Desk.objects.create(clinic=clinic, reviewed="es hi")
    browser = come_in(ready(clinic))
    send(browser, "my_language", language=language)
    said = home(browser)
    assert week in said and re.search(day, said)
    assert "Your dose" not in said and "Call today" not in said


def test_a_page_that_does_not_exist_answers_in_the_patients_words(clinic: Clinic) -> None:
    Desk.objects.create(clinic=clinic, reviewed="es")
    browser = come_in(ready(clinic))
    Access.objects.update(language="es")
    answer = browser.get("/my/nothing/")
    assert answer.status_code == 404 and "No funcionó" in text(answer)
    assert "clinic" not in text(answer).split("<main")[1]


def test_where_no_capsule_is_to_be_taken_none_is_to_be_picked_up(clinic: Clinic) -> None:
    browser = come_in(ready(clinic))
    assert "Pick up your capsules" in home(browser)
    send(browser, "my_check_in", headache="4")
    said = home(browser)
    assert "Pick up your capsules" not in said and "mg a day" not in said
    assert said.count("Take no more capsules now") == 1


def test_the_link_is_drawn_for_a_camera_and_shows_nothing_else(clinic: Clinic) -> None:
    course = ready(clinic)
    send(come_in(course), "my_tell", what="other", note="something private")
    staff = signed_in(team.writer(clinic).user)
    said = text(staff.post(reverse("patient", args=[course.code]), {"do": "invite"}))
    assert "<svg" in said and "/my/in/" in said and "something private" not in said


def test_the_staff_s_pages_stay_in_english(clinic: Clinic) -> None:
    staff = signed_in(team.writer(clinic).user)
    answer = staff.get(reverse("worklist"), headers={"Accept-Language": "es"})
    assert '<html lang="en">' in text(answer)


def test_every_symptom_has_plain_words() -> None:
    assert set(SYMPTOMS) == set(tokens.SYMPTOMS)


def test_every_topic_that_stops_has_plain_words() -> None:
    topics = {each.topic for each in rules().values() if each.effect == "blocks"}
    assert topics <= NOT_YET.keys()


def test_every_task_in_plain_words_is_a_task_of_the_engine() -> None:
    assert TASKS.keys() <= {each.names for each in rules().values() if each.effect == "due"}
