"""A patient's letters in their language: nothing is left in English, and the words are plain."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation
from pypdf import PdfReader
from tests.clinic import team
from tests.clinic.browsing import signed_in
from tests.clinic.letters.test_letters import ended, plain, words
from tools.words import reading

from isocourse.clinic.forecasts import keeping
from isocourse.clinic.letters.kinds import KINDS
from isocourse.clinic.letters.leaflets import DONE, ENDED
from isocourse.clinic.letters.pictures import pictures
from isocourse.clinic.letters.writing import Letter, data
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people import sessions
from isocourse.clinic.people.models import Clinic, Role
from isocourse.clinic.people.places import Here
from isocourse.clinic.portal.models import Desk
from isocourse.clinic.portal.plain import NOT_YET
from isocourse.clinic.visits.knowing import Known
from isocourse.clinic.worklist.standing import assessed
from isocourse.rules import rules
from isocourse.words.tokens import STOP_REASONS

POSITIVE = {
    "kind": "pregnancy_test",
    "result": "positive",
    "specimen": "serum",
    "setting": "clinic",
}
KEPT = ("Ada Berg", "Adam Berg", "Harbour", "US", "mg", "provisional", "No", "12 Harbour Road")
"""The same in every language: names, units, and words that both languages have."""


@pytest.fixture(autouse=True)
def few_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "TWINS", 256)
    keeping._kept.clear()


def pregnant(clinic: Clinic) -> Course:
    course = team.ready_to_hand_over(clinic)[0]
    with clock.standing_at(team.NOW):
        record(course, team.writer(clinic), [{**POSITIVE, "at": "2026-11-25"}])
    return course


def stopped(clinic: Clinic, reason: str) -> Course:
    told = team.diary(clinic)
    told.treated(4, -260)
    told.on(-40, "stop", reason=reason)
    return team.lived(clinic, told)


def late(clinic: Clinic) -> Course:
    told = team.diary(clinic)
    told.treated(2, -80)
    missed = {"kind": "patient_report", "at": told.day(-70).isoformat(), "what": "missed_doses"}
    told.days.setdefault(-70, []).append({**missed, "count": 2})
    return team.lived(clinic, told)


def again(clinic: Clinic) -> Course:
    course = team.ready_to_hand_over(clinic)[0]
    before = {"kind": "prior_treatment", "treatment": "isotretinoin", "outcome": "cleared"}
    with clock.standing_at(team.NOW):
        record(course, team.writer(clinic), [{**before, "at": "2026-11-20"}])
    return course


COURSES = {
    "the gate is open": ("leaflet", lambda of: team.ready_to_hand_over(of)[0]),
    "nothing waits": ("leaflet", team.ready_to_prescribe),
    "nothing is known": ("leaflet", team.opened),
    "harm is feared": ("leaflet", pregnant),
    "much is overdue": ("leaflet", late),
    "it is a second course": ("leaflet", again),
    "it is over": ("farewell", ended),
    **{f"stopped: {r}": ("farewell", lambda of, r=r: stopped(of, r)) for r in STOP_REASONS},
}


def letter(course: Course, kind: str, language: str) -> tuple[Letter, dict[str, Any]]:
    """A patient's letter in a language, and what is printed of it."""
    clinic = course.clinic
    here = Here(team.writer(clinic).user, clinic, Role.PRESCRIBER, ())
    with clock.standing_at(team.NOW):
        held = read(course)
        known, found = Known(held, here), assessed(held)
        with timezone.override(held.zone), translation.override(language):
            made = KINDS[kind].written(known, found, pictures(known, found, plain=True))
            return made, data(made, held, found)


def said(printed: dict[str, Any]) -> Iterator[str]:
    """Every text of a letter, but the sources' titles, the pictures and the clinic's own."""
    yield printed["title"]
    for label, value in printed["facts"]:
        yield from (label, value)
    for section in printed["sections"]:
        yield from (section["title"], section["lead"])
        for each in section["items"]:
            yield from (each["text"], each["when"], each["note"])
    yield from printed["unknown"]
    yield from (printed["pictures_note"], printed["foot"], printed["sources_title"])
    for picture in printed["pictures"]:
        yield from (picture["title"], picture["words"], picture["across"])


@pytest.mark.parametrize("case", COURSES, ids=str)
@pytest.mark.parametrize("language", ["es", "hi"])
def test_nothing_of_a_patients_letter_stays_in_english(
    sqlite: str, language: str, case: str
) -> None:
    kind, made = COURSES[case]
    course = made(team.clinic())
    english, other = (
        [each for each in said(letter(course, kind, spoken)[1]) if any(map(str.isalpha, each))]
        for spoken in ("en", language)
    )
    assert len(english) == len(other) > 10
    same = {one for one, two in zip(english, other, strict=True) if one == two}
    assert same <= {*KEPT, course.code}, same


def test_the_numbers_are_the_same_in_every_language(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    english, spanish, hindi = (
        [*filter(str.isdigit, " ".join(said(letter(course, "leaflet", each)[1])))]
        for each in ("en", "es", "hi")
    )
    assert sorted(english) == sorted(spanish) == sorted(hindi) and len(english) > 40


def test_an_earlier_course_is_said_to_be_in_no_picture(sqlite: str) -> None:
    clinic = team.clinic()
    for made, there in ((team.ready_to_hand_over(clinic)[0], False), (again(clinic), True)):
        printed = letter(made, "leaflet", "en")[1]
        assert printed["pictures"] and ("isotretinoin before" in printed["pictures_note"]) == there


def test_why_capsules_are_not_given_is_said_in_plain_words(sqlite: str) -> None:
    """Given a gate that is shut; then the leaflet says why in the words of the patient's page."""
    made, _ = letter(pregnant(team.clinic()), "leaflet", "en")
    gate = next(each for each in made.sections if each.title == "Capsules")
    assert gate.items and all(each.cites for each in gate.items)
    assert {each.text for each in gate.items} <= {*map(str, NOT_YET.values())}


def test_where_a_registry_has_the_last_word_the_leaflet_says_so(sqlite: str) -> None:
    for place, there in (("us", True), ("uk", False)):
        course = team.ready_to_hand_over(team.clinic(place, place))[0]
        texts = " ".join(said(letter(course, "leaflet", "en")[1]))
        assert ("What the programme says counts" in texts) == there, place


def test_every_reason_to_stop_and_every_task_has_plain_words() -> None:
    assert set(ENDED) == set(STOP_REASONS)
    assert DONE.keys() <= {each.names for each in rules().values()}


def sentences(language: str, clinic: Clinic) -> list[str]:
    """What has a sentence in it, of a leaflet and a farewell."""
    made = [
        letter(course, kind, language)[0]
        for kind, course in (
            ("leaflet", team.ready_to_hand_over(clinic)[0]),
            ("leaflet", late(clinic)),
            ("farewell", ended(clinic)),
        )
    ]
    texts = [
        text
        for each in made
        for section in each.sections
        for text in (section.lead, *(item.text for item in section.items), each.pictures_note)
    ]
    return [each for each in dict.fromkeys(texts) if len(reading.words(each)) >= 8]


def test_a_child_of_twelve_reads_the_leaflet(sqlite: str) -> None:
    """English below grade 6 on the whole; Spanish easy on the scale of Fernandez Huerta."""
    clinic = team.clinic()
    english, spanish = sentences("en", clinic), sentences("es", clinic)
    assert len(english) > 25 and reading.grade(english) < 6
    assert len(spanish) > 25 and reading.ease(spanish) > 75


def test_a_language_nobody_has_read_through_is_not_printed(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    staff = signed_in(team.writer(course.clinic).user)
    with clock.standing_at(team.NOW):
        page = staff.get(f"/courses/{course.code}/letters/").content.decode()
        asked = staff.get(f"/courses/{course.code}/letters/leaflet.pdf?language=es")
    assert "Español" not in page and "read them through" in page
    assert asked.content and "Your isotretinoin course" in words(asked.content)


def test_the_demonstration_prints_it_and_says_that_nobody_has(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    Desk.objects.create(clinic=course.clinic, reviewed="hi")
    staff = signed_in(team.writer(course.clinic).user)
    monkeypatch.setattr(settings, "DEMONSTRATION", True)
    monkeypatch.setattr(sessions, "agreed", lambda: None)
    with clock.standing_at(team.NOW):
        found = {
            each: words(
                staff.get(f"/courses/{course.code}/letters/leaflet.pdf?language={each}").content
            )
            for each in ("en", "es", "hi")
        }
    assert "ha leído todavía" in found["es"], "Spanish is not ticked"
    assert "अनुवाद" not in found["hi"] and "read this translation" not in found["en"]


def test_letters_for_the_trade_stay_in_english(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    Desk.objects.create(clinic=course.clinic, reviewed="es")
    staff = signed_in(team.writer(course.clinic).user)
    with clock.standing_at(team.NOW):
        body = staff.get(f"/courses/{course.code}/letters/summary.pdf?language=es").content
    assert "summary of the course" in words(body)


def test_a_patient_who_speaks_spanish_from_the_settings_to_the_farewell(sqlite: str) -> None:
    """The clinic ticks Spanish, the nurse agrees it with the patient, and the letters follow."""
    clinic = team.clinic()
    clinic.address = "12 Harbour Road"
    clinic.save()
    admin = signed_in(team.member(clinic, Role.ADMINISTRATOR))
    desk = {"phone": "555 0100", "hours": "hasta las cinco", "crisis": "La línea, 555 0199"}
    assert admin.post("/administration/patients/", desk | {"reviewed": ["es"]}).status_code == 302
    going_on, over = team.ready_to_hand_over(clinic)[0], ended(clinic)
    nurse = signed_in(team.member(clinic, "nurse", "nora"))
    found = {}
    with clock.standing_at(team.NOW):
        for course, kind in ((going_on, "leaflet"), (over, "farewell")):
            agreed = {"do": "agree", "to": "ada@example.org", "agreed": "on", "language": "es"}
            assert nurse.post(f"/courses/{course.code}/mail/", agreed).status_code == 302
            answer = nurse.get(f"/courses/{course.code}/letters/{kind}.pdf")
            assert f"{kind}-es.pdf" in answer["Content-Disposition"]
            found[kind] = answer.content
    leaflet, farewell = (words(found[each]) for each in ("leaflet", "farewell"))
    for each in ("Tu tratamiento con isotretinoína", "hasta el 30 de noviembre de 2026"):
        assert plain(each) in plain(leaflet), each
    for each in ("El final de tu tratamiento", "Terminaste el tratamiento el", "No te depiles"):
        assert plain(each) in plain(farewell), each
    for text in (leaflet, farewell):
        assert "555 0100 hasta las cinco" in text and "La línea, 555 0199" in text
        assert "Ask " not in text and "You " not in text
    import io

    assert PdfReader(io.BytesIO(found["leaflet"])).trailer["/Root"]["/Lang"] == "es"
