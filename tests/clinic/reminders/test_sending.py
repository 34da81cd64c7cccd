"""What a mail says, what a server may answer, and what the team can decide."""

from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any

import pytest
from tests.clinic import team
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.test_word import says
from tests.clinic.project.test_commands import say
from tests.clinic.reminders.scene import NOW, TO, due_now, moment_of, planned, post_office, reminded

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.people.models import User
from isocourse.clinic.portal.models import Access, Desk
from isocourse.clinic.reminders import contact, deciding, digests, handing, sending
from isocourse.clinic.reminders.models import Message, State
from isocourse.clinic.reminders.timing import times
from isocourse.clinic.worklist.models import Standing

REVEALING = ("isotretinoin", "ada", "berg", "pregnan", "test", "acne", "skin", "dermat", "capsule")
REVEALING += ("clinic", "harbour", "doctor", "nurse", "pill", "drug", "blood", "isocourse")


def passed(message: Message) -> Message:
    """A pass at the moment at which a message is due; the message afterwards."""
    with clock.standing_at(moment_of(message)):
        sending.send()
    message.refresh_from_db()
    return message


def test_a_mail_tells_nothing_on_a_locked_screen(sqlite: str, settings: Any) -> None:
    settings.ADDRESS = "https://visits.example.org"
    course = reminded(team.clinic())
    planned(course)
    for message in Message.objects.filter(course=course):
        with post_office(settings) as box:
            one = Message.objects.filter(pk=message.pk)
            Message.objects.exclude(pk=message.pk).update(state=State.WITHDRAWN)
            one.update(state=State.WAITING)
            assert passed(one.get()).state == State.SENT
            (mail,) = box.held
        shown = f"{mail['From']} {mail['Subject']} {mail.get_payload()}".casefold()
        assert "https://visits.example.org" in shown
        found = [word for word in REVEALING if word in shown.replace("/leave/", "")]
        assert not found or _by_chance(found, shown), (found, shown)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert course.code not in str(mail)


def _by_chance(found: list[str], shown: str) -> bool:
    """A secret is made of random signs; outside of it nothing may be found."""
    without = " ".join(word for word in shown.split() if "https://" not in word)
    return not any(word in without for word in found)


@pytest.mark.parametrize(
    ("step", "answer", "state", "trouble"),
    [
        ("RCPT", "451 later", State.WAITING, "recipient: 451"),
        ("RCPT", "550 unknown", State.FAILED, "recipient: 550"),
        ("DATA", "451 later", State.WAITING, "text: 451"),
        ("DATA", "554 refused", State.FAILED, "text: 554"),
    ],
)
def test_what_a_server_refuses_is_tried_again_or_fails(
    sqlite: str, settings: Any, step: str, answer: str, state: str, trouble: str
) -> None:
    message = due_now(reminded(team.clinic()))
    with post_office(settings) as box:
        box.answers[step] = answer
        assert passed(message).state == state and message.trouble == trouble
        assert message.attempts == 1 and not box.held
        if state == State.WAITING:
            box.answers.clear()
            assert passed(message).state == State.SENT and message.attempts == 2


def test_without_a_server_it_is_tried_so_often_and_then_fails(sqlite: str, settings: Any) -> None:
    message = due_now(reminded(team.clinic()))
    Message.objects.update(until=message.due + timedelta(days=9))
    with post_office(settings):
        pass  # it is closed again
    for turn in range(1, times().lease.tries + 1):
        message = passed(message)
        assert message.attempts == turn and message.trouble.startswith("connection")
    assert message.state == State.FAILED


def test_without_an_answer_it_is_uncertain_and_the_team_decides(sqlite: str, settings: Any) -> None:
    """Given a server that dies on the text; then nobody sends it again but a person."""
    clinic = team.clinic()
    message = due_now(reminded(clinic))
    with post_office(settings) as box:
        box.before_answer = _broken
        passed(message)
    # the library's server answers 500 to what breaks in it: that is an answer
    assert message.state == State.FAILED
    Message.objects.update(state=State.UNCERTAIN, attempts=1)
    message.refresh_from_db()
    nurse = team.member(clinic, "nurse", "nora")
    with post_office(settings) as box:
        assert passed(message).state == State.UNCERTAIN and not box.held
        with clock.standing_at(moment_of(message)):
            browser = signed_in(nurse)
            assert "1 reminder was perhaps not sent" in browser.get("/worklist/").content.decode()
            told = browser.get("/mail/?state=uncertain").content.decode()
            assert "Perhaps sent" in told
            browser.post(f"/mail/{message.pk}/", {"do": "again"})
        message.refresh_from_db()
        assert message.state == State.WAITING and message.by == nurse
        assert passed(message).state == State.SENT
        assert box.names()[0].startswith(f"<{message.key[:40]}@")


def _broken() -> None:
    raise RuntimeError("the server breaks")


def test_a_mail_too_late_is_not_sent_and_said(sqlite: str, settings: Any) -> None:
    message = due_now(reminded(team.clinic()))
    Message.objects.update(until=message.due)
    with post_office(settings) as box:
        assert passed(message).state == State.LATE and not box.held
    message.refresh_from_db()
    assert [do for do, _ in deciding.choices(message)] == []


def test_one_click_ends_it_without_sign_in_and_tells_nothing(database: str, settings: Any) -> None:
    course = reminded(team.clinic())
    message = due_now(course)
    with post_office(settings) as box:
        passed(message)
    link = str(box.held[0]["List-Unsubscribe"]).strip("<>").partition("/leave/")[2]
    real, false = f"/leave/{link}", "/leave/no-such-secret/"
    assert Browser().get(real).content == Browser().get(false).content
    assert contact.contact_of(read(course)) is not None, "to look is not to end"
    with clock.standing_at(moment_of(message)):
        answers = [
            Browser(enforce_csrf_checks=True).post(each, {"List-Unsubscribe": "One-Click"})
            for each in (real, false, real)
        ]
    assert len({(each.status_code, each.content) for each in answers}) == 1
    assert answers[0].status_code == 200
    assert contact.contact_of(read(course)) is None
    assert not Message.objects.filter(state=State.WAITING).exists()
    assert course.code not in answers[0].content.decode()


def test_the_team_keeps_consent_and_ends_it(sqlite: str) -> None:
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    nurse = signed_in(team.member(clinic, "nurse", "nora"))
    page = f"/courses/{course.code}/mail/"
    with clock.standing_at(NOW):
        assert nurse.post(page, {"do": "agree", "to": TO}).status_code == 422, "nobody agreed"
        said = {"do": "agree", "to": TO, "agreed": "on", "time_zone": "Asia/Kolkata"}
        unread = nurse.post(page, said | {"language": "es"})
        assert unread.status_code == 422, "nobody has read the Spanish through"
        assert nurse.post(page, said).status_code == 302
        told = contact.contact_of(read(course))
        assert told is not None and (told.to, told.zone.key) == (TO, "Asia/Kolkata")
        assert TO in nurse.get(page).content.decode()
        assert nurse.post(page, {"do": "end"}).status_code == 302
    assert contact.contact_of(read(course)) is None


def test_a_summary_goes_once_a_day_to_who_wants_it_and_names_nobody(
    sqlite: str, settings: Any
) -> None:
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    nurse = team.member(clinic, "nurse", "nora")
    User.objects.filter(pk=nurse.pk).update(email="nora@example.org")
    browser = signed_in(User.objects.get(pk=nurse.pk))
    assert browser.post("/summary/", {"do": "begin"}).status_code == 302
    morning = NOW.replace(hour=15)  # ten in New York
    with post_office(settings) as box:
        for hours in (-3, 0, 1, 2, 24):
            with clock.standing_at(morning + timedelta(hours=hours)):
                sending.send()
        assert [each["To"] for each in box.held] == ["nora@example.org"] * 2
        text = str(box.held[0].get_payload())
        assert course.code not in text and "Ada" not in text and "Harbour" not in text
        browser.post("/summary/", {"do": "end"})
        with clock.standing_at(morning + timedelta(days=3)):
            sending.send()
        assert len(box.held) == 2


def test_what_cannot_wait_is_mailed_at_once_to_who_wants_mail_and_names_nobody(
    database: str, settings: Any
) -> None:
    """Given a nurse who wants mail; when a patient tells of a late period; then one mail."""
    clinic, other = team.clinic(), team.clinic("There")
    with clock.standing_at(NOW):
        course = team.ready_to_hand_over(clinic)[0]
    for name, of in (("nora", clinic), ("nils", other)):
        nurse = team.member(of, "nurse", name)
        User.objects.filter(pk=nurse.pk).update(email=f"{name}@example.org")
        digests.wish(User.objects.get(pk=nurse.pk), of, True)
    night = NOW.replace(hour=8)  # three in New York
    late = {"kind": "patient_report", "what": "missed_period"}
    with post_office(settings) as box:
        says(course, {"kind": "symptom", "symptom": "cheilitis", "grade": 1}, at=night)
        for _ in range(2):
            says(course, late, at=night)
        for minutes in (1, 2):
            with clock.standing_at(night + timedelta(minutes=minutes)):
                sending.send()
    (mail,) = (each for each in box.held if each["Subject"] == "Please look now")
    assert mail["To"] == "nora@example.org" and len(box.held) == 1
    text = str(mail.get_payload())
    assert "cannot wait" in text and course.code not in text and "Ada" not in text


def test_a_summary_counts(sqlite: str) -> None:
    clinic = team.clinic()
    team.ready_to_hand_over(clinic)
    with clock.standing_at(NOW):
        assert "1 window closes today" not in digests.lines(clinic)
        Standing.objects.update(closes=NOW + timedelta(hours=1), dispense="allowed")
        assert "1 window closes today" in digests.lines(clinic)


def test_a_mail_that_breaks_does_not_stop_the_others(
    sqlite: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = team.clinic()
    one, other = (due_now(reminded(clinic, f"p{n}@example.org")) for n in range(2))
    real = handing.hand

    def breaks(mail: Any, mark: Any, taken: Any) -> None:
        if mail.to == "p0@example.org":
            raise RuntimeError("nobody foresaw it")
        real(mail, mark, taken)

    monkeypatch.setattr(handing, "hand", breaks)
    with post_office(settings) as box:
        assert passed(one).state == State.FAILED and one.trouble == "RuntimeError"
        assert passed(other).state == State.SENT and len(box.held) == 1


def test_a_domain_in_other_letters_is_reached(sqlite: str, settings: Any) -> None:
    message = due_now(reminded(team.clinic(), "ada@b\u00fccher.example"))
    with post_office(settings) as box:
        assert passed(message).state == State.SENT
        assert "xn--bcher-kva" in str(box.held[0]["To"])


def test_without_a_server_nothing_counts_as_sent(sqlite: str) -> None:
    message = due_now(reminded(team.clinic()))
    with clock.standing_at(moment_of(message)):
        status, told = say("send")
    message.refresh_from_db()
    assert status == 2 and "EMAIL_URL" in told and message.state == State.WAITING


def test_the_command_sends_and_says_what(sqlite: str, settings: Any) -> None:
    message = due_now(reminded(team.clinic()))
    with post_office(settings) as box, clock.standing_at(moment_of(message)):
        assert say("send") == (0, "1 sent\n") and len(box.held) == 1
        assert say("send") == (0, "nothing was due\n") and len(box.held) == 1


@pytest.mark.parametrize(("language", "word"), [("es", "Un recordatorio"), ("hi", "एक याद")])
def test_a_mail_speaks_the_language_that_was_agreed(
    sqlite: str, settings: Any, language: str, word: str
) -> None:
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    Desk.objects.create(clinic=clinic, reviewed="es hi")
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(clinic, "nurse"), TO, language=language)
    with post_office(settings) as box:
        passed(due_now(course))
    subject = str(make_header(decode_header(str(box.held[0]["Subject"]))))
    assert subject == word


def test_a_language_nobody_reads_through_any_more_is_not_mailed(sqlite: str) -> None:
    """Given Spanish was agreed; when the tick is taken away; then mails are in English again."""
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    Desk.objects.create(clinic=clinic, reviewed="es")
    with clock.standing_at(NOW):
        contact.agree(course, team.writer(clinic, "nurse"), TO, language="es")
    spoken = [contact.contact_of(read(course))]
    Desk.objects.update(reviewed="")
    spoken.append(contact.contact_of(read(Course.objects.get(pk=course.pk))))
    assert [each.language for each in spoken if each] == ["es", "en"]


def test_the_language_is_agreed_with_the_address_and_used_everywhere(
    sqlite: str, settings: Any
) -> None:
    """Given the nurse chooses Spanish; then mail, way out, letters and page are in Spanish."""
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    Desk.objects.create(clinic=clinic, reviewed="es")
    nurse = signed_in(team.member(clinic, "nurse", "nora"))
    page = f"/courses/{course.code}/mail/"
    with clock.standing_at(NOW):
        shown = nurse.get(page).content.decode()
        assert "Español" in shown and "हिन्दी" not in shown, "Hindi is not ticked"
        said = {"do": "agree", "to": TO, "agreed": "on", "language": "es"}
        assert nurse.post(page, said).status_code == 302
        assert '<option value="es" selected>' in nurse.get(page).content.decode()
        nurse.post(f"/courses/{course.code}/patient/", {"do": "invite"})
        letters = nurse.get(f"/courses/{course.code}/letters/").content.decode()
        leaflet = nurse.get(f"/courses/{course.code}/letters/leaflet.pdf")
    assert Access.objects.get(course=course).language == "es"
    assert 'class="button" lang="es"' in letters and "leaflet-es.pdf" in str(leaflet.headers)
    with post_office(settings) as box:
        passed(due_now(course))
    way_out = str(box.held[0]["List-Unsubscribe"]).strip(" \r\n<>")
    assert '<html lang="es">' in Browser().get(way_out).content.decode()


@pytest.mark.parametrize("asked", ["", "xx", "<script>"])
def test_the_way_out_is_in_english_unless_a_language_is_named(sqlite: str, asked: str) -> None:
    answer = Browser().get("/leave/no-such-secret/", {"language": asked})
    assert '<html lang="en">' in answer.content.decode() and answer.status_code == 200
