"""What a patient sends: kept once, answered at once, and seen by the team."""

from typing import Any

import pytest
from django.urls import reverse
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.mine import come_in, send, text, told

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused, record
from isocourse.clinic.portal import word
from isocourse.clinic.portal.models import Desk, Looked
from isocourse.clinic.portal.word import TOLD
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.standing import HARM, URGENCY
from isocourse.events.problems import Problem

STOP = "Take no more capsules now"


@pytest.fixture
def course(sqlite: str) -> Course:
    made, _ = team.ready_to_hand_over(team.clinic(), now=_now())
    return made


def _now() -> Any:

    return clock.now()


@pytest.fixture
def browser(course: Course) -> Browser:
    return come_in(course)


def standing(course: Course) -> Standing:
    return Standing.objects.get(course=course)


def staff(course: Course) -> Browser:
    return signed_in(team.writer(course.clinic).user)


def answers(*points: int) -> dict[str, str]:
    return {f"i{place}": str(each) for place, each in enumerate(points, start=1)}


def test_sore_lips_get_advice_at_once(browser: Browser, course: Course) -> None:
    said = text(send(browser, "my_check_in", cheilitis="2"))
    assert "greasy balm" in said and STOP not in said
    assert [(e["kind"], e["symptom"], e["grade"]) for e in told(course)] == [
        ("symptom", "cheilitis", 2)
    ]


@pytest.mark.parametrize("symptom", ["headache", "bloody_diarrhoea", "fatigue"])
def test_an_emergency_says_stop_and_call(browser: Browser, course: Course, symptom: str) -> None:
    Desk.objects.create(clinic=course.clinic, phone="555 0100")
    said = text(send(browser, "my_check_in", **{symptom: "4"}))
    assert STOP in said and "tel:5550100" in said
    assert standing(course).urgency == HARM
    assert STOP in text(browser.get(reverse("my_home")))


def test_all_well_is_told_and_is_no_finding(browser: Browser, course: Course) -> None:
    assert "Good to hear" in text(send(browser, "my_check_in"))
    (event,) = told(course)
    assert event["kind"] == "patient_report" and event["what"] == "other"
    assert "note" not in event, "the patient wrote no words"
    page = text(staff(course).get(reverse("patient", args=[course.code])))
    assert "Symptom (told, not counted): none" in page and "“" not in page
    assert "<strong>Symptom</strong>: none (told by you)" in text(browser.get(reverse("my_data")))


def test_words_alone_are_not_called_well(browser: Browser, course: Course) -> None:
    said = text(send(browser, "my_check_in", note="I am sick all day"))
    assert "Good to hear" not in said
    (event,) = told(course)
    assert event["note"] == "I am sick all day"


def test_a_blood_value_that_stops_the_drug_tells_no_dose(browser: Browser, course: Course) -> None:
    """Given a dose that is told; when triglycerides are grave; then neither page nor paper does."""
    day = team.today(course)
    order = next(e for e in read(course).events if e["kind"] == "prescription")
    given = {"prescription_id": order["prescription_id"], "days": order["days"]}
    record(course, team.writer(course.clinic), [{"kind": "dispense", "at": day, **given}])
    assert "mg a day" in words_of(browser)
    lab = {"kind": "lab", "at": day, "test": "triglycerides", "value": 1200, "unit": "mg/dL"}
    record(course, team.writer(course.clinic), [lab])
    assert "mg a day" not in words_of(browser)


def words_of(browser: Browser) -> str:
    return text(browser.get(reverse("my_home")))


def test_a_grade_that_does_not_exist_is_left_out(browser: Browser, course: Course) -> None:
    send(browser, "my_check_in", cheilitis="9", rash="x", dry_skin="1", nonsense="4")
    assert [each["symptom"] for each in told(course)] == ["dry_skin"]


def test_the_same_form_is_kept_once(browser: Browser, course: Course) -> None:
    for _ in range(2):
        browser.post(reverse("my_check_in"), {"token": "the same", "cheilitis": "1"})
    assert len(told(course)) == 1


def test_who_goes_back_and_says_something_worse_is_heard(browser: Browser, course: Course) -> None:
    """Given a form that was sent; when the patient goes back in the browser and changes it; then
    both count, and the same words sent a third time do not."""
    for grade in ("1", "4", "4"):
        given = {"token": "the same", "headache": grade, "note": "as before"}
        answer = browser.post(reverse("my_check_in"), given)
    assert [each.get("grade") for each in told(course)] == [1, None, 4, None]
    assert standing(course).urgency == HARM
    assert "sent before" in text(answer) and STOP in text(answer), "and it is answered again"


def test_without_a_token_nothing_is_taken_for_another_form(
    browser: Browser, course: Course
) -> None:
    for grade in ("1", "2"):
        browser.post(reverse("my_check_in"), {"cheilitis": grade})
    assert [each["grade"] for each in told(course)] == [1, 2]


def test_the_answer_to_a_report_that_was_sent_before_is_given_again(
    browser: Browser, course: Course
) -> None:
    for _ in range(2):
        answer = browser.post(reverse("my_tell"), {"token": "one", "what": "missed_period"})
    assert len(told(course)) == 1
    assert "sent before" in text(answer) and "Take no more capsules now" in text(answer)


def test_what_is_sent_after_the_session_ended_is_told_as_lost(course: Course) -> None:
    for page, given in {"my_mood": answers(*[0] * 8, 1), "my_tell": {"what": "other"}}.items():
        away = Browser()
        answer = send(away, page, **given)
        assert answer["Location"] == reverse("my_door")
        assert "could not be kept. Call your team" in text(away.get(answer["Location"]))
    assert "could not be kept" not in text(Browser().get(reverse("my_mood"), follow=True))
    assert told(course) == []


def test_a_long_word_in_many_lines_is_kept_to_its_end(browser: Browser, course: Course) -> None:
    """As long as the field allows, whose lines a browser sends with two signs at each end."""
    lines = "\r\n".join(["x" * 9] * 99) + "\r\nthe end."
    assert len(lines.replace("\r\n", "\n")) == 998
    send(browser, "my_tell", what="other", note=lines)
    assert told(course)[0]["note"].endswith("the end.")


def test_item_nine_leads_to_help_and_to_the_top_of_the_list(
    browser: Browser, course: Course
) -> None:
    Desk.objects.create(clinic=course.clinic, crisis="The night line", emergency="000")
    answer = send(browser, "my_mood", **answers(0, 0, 0, 0, 0, 0, 0, 0, 1))
    assert answer["Location"] == reverse("my_help")
    said = text(browser.get(answer["Location"]))
    assert "The night line" in said and "tel:000" in said and "do not stay alone" in said
    row = standing(course)
    assert row.urgency == HARM and row.dispense == "blocked"
    assert "Item 9" in text(staff(course).get(reverse("worklist")))


def test_item_nine_counts_though_other_answers_are_missing(
    browser: Browser, course: Course
) -> None:
    assert send(browser, "my_mood", i9="2")["Location"] == reverse("my_help")
    assert told(course)[0]["item_9"] == 2 and "Not all were answered" in told(course)[0]["note"]


def test_where_the_sending_was_refused_nobody_says_that_the_team_knows(
    browser: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given despair that cannot be kept; then help all the same, and the truth about who knows."""
    alone = text(browser.get(reverse("my_help")))
    assert "You are not alone" in alone and "team is told" not in alone, "nothing was sent"

    def refuses(*_: Any) -> None:
        raise Refused([Problem("events", "a day that is not", "a day", "call somebody")])

    monkeypatch.setattr(word, "check", refuses)
    answer = send(browser, "my_mood", **answers(0, 0, 0, 0, 0, 0, 0, 0, 2))
    said = text(browser.get(answer["Location"]))
    assert "You are not alone" in said and "could not be kept" in said
    assert "team is told" not in said and told(course) == []
    monkeypatch.undo()
    answer = send(browser, "my_mood", **answers(0, 0, 0, 0, 0, 0, 0, 0, 2))
    assert "Your team is told now" in text(browser.get(answer["Location"]))


def test_missing_answers_are_asked_for_and_nothing_is_lost(
    browser: Browser, course: Course
) -> None:
    answer = send(browser, "my_mood", i1="2", i9="0")
    assert answer.status_code == 422 and 'value="2" checked' in text(answer)
    assert told(course) == []


def test_a_calm_mood_is_thanked_for(browser: Browser, course: Course) -> None:
    answer = send(browser, "my_mood", **answers(*[0] * 9))
    assert answer["Location"] == reverse("my_home")
    assert (told(course)[0]["score"], told(course)[0]["item_9"]) == (0, 0)
    assert "Not all" not in told(course)[0]["note"]


def test_a_severe_mood_leads_to_help_too(browser: Browser) -> None:
    answer = send(browser, "my_mood", **answers(*[3] * 8, 0))
    assert answer["Location"] == reverse("my_help")


@pytest.mark.parametrize("what", ["missed_period", "unprotected_contact"])
def test_a_late_period_is_never_called_fine(browser: Browser, course: Course, what: str) -> None:
    said = text(send(browser, "my_tell", what=what))
    assert STOP in said and "Call your team today" in said and "fine" not in said.lower()
    assert standing(course).dispense == "blocked" and standing(course).urgency == HARM
    assert "Not yet." in text(browser.get(reverse("my_home")))


def test_missed_capsules_are_counted(browser: Browser, course: Course) -> None:
    said = text(send(browser, "my_tell", what="missed_doses", count="3"))
    assert "never two at once" in said
    assert told(course)[0]["count"] == 3


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"what": "missed_doses"},
        {"what": "missed_doses", "count": "-1"},
        {"what": "missed_doses", "count": "9999"},
        {"what": "other"},
        {"what": "pregnancy_test"},
    ],
)
def test_half_a_report_is_asked_for_again(browser: Browser, course: Course, given: Any) -> None:
    assert send(browser, "my_tell", **given).status_code == 422
    assert told(course) == []


def test_a_stop_is_told_and_the_team_records_it(browser: Browser, course: Course) -> None:
    said = text(send(browser, "my_tell", what="stopped"))
    assert "Do not start again by yourself" in said
    assert told(course)[0][TOLD] == {"kind": "stop"}
    assert standing(course).stage == "paused", "as before: only the team records a stop"


def test_birth_control_and_questions_are_told_and_open_nothing(
    browser: Browser, course: Course
) -> None:
    send(browser, "my_questions", method=["implant", "male_condom"], answered="yes")
    (event,) = told(course)
    assert event["kind"] == "patient_report"
    assert event[TOLD]["contraception"] == ["implant", "male_condom"]
    said = text(staff(course).get(reverse("patient", args=[course.code])))
    assert "told, not counted" in said and "implant, male condom" in said
    assert reverse("record", args=[course.code, "prevention"]) in said


def test_the_team_sees_what_was_sent_until_somebody_has_read_it(
    browser: Browser, course: Course
) -> None:
    send(browser, "my_tell", what="other", note="May I swim in the sea? <script>")
    at_the_desk = staff(course)
    assert standing(course).urgency >= URGENCY["soon"]
    assert "1 unread message" in text(at_the_desk.get(reverse("worklist")))
    page = reverse("patient", args=[course.code])
    said = text(at_the_desk.get(page))
    assert "swim in the sea? &lt;script&gt;" in said and "Not read yet" in said
    number = Course.objects.get().head.number
    assert at_the_desk.post(page, {"do": "read", "number": number + 9}).status_code == 404
    at_the_desk.post(page, {"do": "read", "number": number})
    assert "Not read yet" not in text(at_the_desk.get(page))
    assert "unread message" not in text(at_the_desk.get(reverse("worklist")))
    assert Looked.objects.get().by == team.writer(course.clinic).user


def test_what_came_in_after_the_page_was_shown_stays_unread(
    browser: Browser, course: Course
) -> None:
    send(browser, "my_tell", what="other", note="first")
    shown = Course.objects.get().head.number
    send(browser, "my_tell", what="other", note="second")
    at_the_desk, page = staff(course), reverse("patient", args=[course.code])
    at_the_desk.post(page, {"do": "read", "number": shown})
    assert text(at_the_desk.get(page)).count("Not read yet") == 1


def test_a_flood_is_stopped_and_says_to_call(
    browser: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "MOST_A_DAY", 2)
    for _ in range(3):
        answer = send(browser, "my_check_in", cheilitis="1")
    assert len(told(course)) == 2 and "Call your team and tell them" in text(answer)
    assert "Thank you" not in text(answer) and "Your team sees" not in text(answer)
    answer = send(browser, "my_tell", what="other", note="May I swim?")
    assert len(told(course)) == 2 and "Call your team and tell them" in text(answer)


def test_an_emergency_is_heard_in_a_flood(
    browser: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "MOST_A_DAY", 0)
    answer = text(send(browser, "my_check_in", dry_skin="3"))
    assert told(course) == [] and "Call your team in the next days" in answer, "said, not kept"
    assert STOP in text(send(browser, "my_check_in", headache="4"))
    assert len(told(course)) == 1 and standing(course).urgency == HARM
    send(browser, "my_check_in", headache="4")
    assert len(told(course)) == 1, "it is known already"


def test_an_older_page_takes_nothing_back_that_was_read(browser: Browser, course: Course) -> None:
    numbers = []
    for note in ("first", "second"):
        send(browser, "my_tell", what="other", note=note)
        numbers.append(Course.objects.get().head.number)
    at_the_desk, page = staff(course), reverse("patient", args=[course.code])
    for number in reversed(numbers):
        at_the_desk.post(page, {"do": "read", "number": number})
    assert "Not read yet" not in text(at_the_desk.get(page))
    assert "unread message" not in text(at_the_desk.get(reverse("worklist")))


def test_the_log_says_whose_word_it_was(browser: Browser, course: Course) -> None:
    send(browser, "my_check_in", cheilitis="1")
    assert told(course)[0]["by"] == {"role": "patient", "name": "the patient"}
