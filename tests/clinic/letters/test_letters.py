"""A letter says what the engine said, with its sources, in a PDF that a screen reader can read."""

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.clinic import team
from tests.clinic.browsing import signed_in

from isocourse.clinic.forecasts import keeping
from isocourse.clinic.letters import leaflets, printing
from isocourse.clinic.letters.writing import Item, Letter, Picture, Section, data
from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import Held, read
from isocourse.clinic.log.recording import record
from isocourse.clinic.people.models import Clinic, Role
from isocourse.clinic.worklist.standing import assessed
from isocourse.course import Assessment

ALL = ("leaflet", "farewell", "summary", "ending", "pharmacy")
OVER = ("farewell", "ending")


@pytest.fixture(autouse=True)
def few_twins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "TWINS", 256)
    keeping._kept.clear()


def answer(course: Course, name: str, role: str = "prescriber") -> Any:
    held = course.clinic.memberships.filter(role=role).first()
    user = held.user if held else team.member(course.clinic, role, f"{role}-here")
    with clock.standing_at(team.NOW):
        return signed_in(user).get(f"/courses/{course.code}/letters/{name}.pdf")


def words(body: bytes) -> str:
    """The text of a PDF, in one line."""
    return " ".join(
        " ".join(each.extract_text() for each in PdfReader(io.BytesIO(body)).pages).split()
    )


def found_of(course: Course) -> tuple[Held, Assessment]:
    with clock.standing_at(team.NOW):
        held = read(course)
        return held, assessed(held)


def ended(of: Clinic) -> Course:
    told = team.diary(of)
    told.treated(4, -260)
    stop = {"kind": "stop", "at": told.day(-40).isoformat(), "reason": "completed"}
    told.days.setdefault(-40, []).append(stop)
    return team.lived(of, told)


def test_every_letter_is_tagged_and_says_its_language(sqlite: str) -> None:
    clinic = team.clinic()
    going_on, over = team.ready_to_hand_over(clinic)[0], ended(clinic)
    for name in ALL:
        course = over if name in OVER else going_on
        root = PdfReader(io.BytesIO(answer(course, name).content)).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"] == "en"
        assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_leaflet_says_what_the_engine_says_with_its_sources(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    _, found = found_of(course)
    text = words(answer(course, "leaflet").content)
    for tip in (*found.timeline.expect, *found.timeline.tips):
        assert plain(tip.sentence) in plain(text), tip.rule
    assert plain(found.timeline.sentence) in plain(text)
    assert "They may be handed over until 30 November 2026" in text and "Sources" in text
    assert "week 4:" in text and "Ada Berg" in text


def plain(text: str) -> str:
    """A sentence without what a line break or a ligature may change."""
    kept = text.replace("ﬁ", "fi").replace("ﬀ", "ff").replace("ﬂ", "fl").replace("’", "'")
    return "".join(each for each in kept if each.isalpha())


def test_no_leaflet_opens_what_the_gate_keeps_shut(sqlite: str) -> None:
    """Given a prescription; when a test is positive; then no dose, no picture, and first: speak."""
    course = team.ready_to_hand_over(team.clinic())[0]
    test = {"kind": "pregnancy_test", "at": "2026-11-25", "result": "positive"}
    with clock.standing_at(team.NOW):
        record(
            course, team.writer(course.clinic), [test | {"specimen": "serum", "setting": "clinic"}]
        )
    _, found = found_of(course)
    assert found.actions["dispense"].verdict == "blocked"
    text = words(answer(course, "leaflet").content)
    assert "Speak with the team before you take another capsule." in text
    assert "must not be handed over" in text and "may be handed over until" not in text
    assert "Your dose" not in text and "What is likely" not in text


def test_a_leaflet_does_not_say_pick_up_where_it_says_speak_first(sqlite: str) -> None:
    """Given an open gate; when a blood value says stop; then no dose and nothing to pick up."""
    course = team.ready_to_hand_over(team.clinic())[0]
    lab = {"kind": "lab", "at": "2026-11-25", "test": "triglycerides", "value": 1200}
    with clock.standing_at(team.NOW):
        record(course, team.writer(course.clinic), [lab | {"unit": "mg/dL"}])
    text = words(answer(course, "leaflet").content)
    assert "Speak with the team before you take another capsule." in text
    assert "may be handed over" not in text and "Pick up" not in text and "Your dose" not in text


def test_what_is_not_known_is_said(sqlite: str) -> None:
    course = team.opened(team.clinic())
    text = words(answer(course, "leaflet").content)
    assert "What is not known" in text and "body weight" in text
    assert "What is not known" in words(answer(course, "summary").content)


def test_the_same_answer_gives_the_same_bytes(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    assert answer(course, "summary").content == answer(course, "summary").content


def test_a_letter_that_does_not_fit_is_not_printed(sqlite: str) -> None:
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    assert {answer(course, each).status_code for each in OVER} == {404}
    assert answer(ended(clinic), "pharmacy").status_code == 404
    assert answer(course, "leaflets").status_code == 404


def test_who_may_print_which(sqlite: str) -> None:
    course = team.ready_to_hand_over(team.clinic())[0]
    may = {
        role: {n for n in ALL if answer(course, n, role).status_code in (200, 404)}
        for role in Role.values
    }
    assert may["prescriber"] == may["nurse"] == set(ALL)
    assert may["pharmacist"] == {"pharmacy"} and may["auditor"] == may["administrator"] == set()


def test_the_pharmacy_is_told_of_the_supply_and_of_nothing_else(sqlite: str) -> None:
    clinic = team.clinic()
    course = team.ready_to_hand_over(clinic)[0]
    mood = {"kind": "mental_health", "at": "2026-11-25", "concern": "suicidal_thoughts"}
    with clock.standing_at(team.NOW):
        record(course, team.writer(clinic), [mood | {"assessed": True}])
    text = words(answer(course, "pharmacy", "pharmacist").content)
    assert "Other matters stop it too" in text and "must not be handed over" in text
    assert "suicid" not in text.lower() and "mental" not in text.lower()


def said(letter: Letter, name: str = "Ada Berg") -> dict[str, Any]:
    """The data of a letter about somebody, without a database."""

    class Kept:
        code, place, time_zone = "AAAA-AAAA", "us", ""
        clinic = type("C", (), {"name": name, "address": name})

    class Of:
        course = Kept
        identity: dict[str, str] = {"name": name}  # noqa: RUF012
        opened: dict[str, Any] = {"patient": {"birth_date": "2002-04-17"}}  # noqa: RUF012

    found = type("F", (), {"at": team.NOW})
    return data(letter, Of, found)  # type: ignore[arg-type]


EVIL = (
    '#panic("x")',
    "*bold* _slanted_ `raw` $x^2$ <label> @cite",
    '"] + read("/etc/passwd") + #["',
    "= Heading",
    "- item // comment /* more",
    "\\u{41} \\n #import",
)


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_never_read_as_an_instruction(name: str) -> None:
    letter = Letter("leaflet", name, (Section(name, (Item(name, note=name, when=name),), name),))
    held = plain(words(printing.pdf(said(letter, name))))
    assert held.count(plain(name)) >= 5 and "root:" not in held


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
def test_no_text_breaks_a_letter(text: str) -> None:
    letter = Letter("leaflet", "A letter", (Section("Part", (Item(text or "x"),), text),), (text,))
    assert printing.pdf(said(letter)).startswith(b"%PDF")


def test_signs_that_no_font_has_are_said_to_be_lost() -> None:
    body = printing.pdf(said(Letter("leaflet", "A letter", ()), "Ada \U00010a00\U00010a01 Berg"))
    text = words(body)
    assert "Ada ?? Berg" in text and "question marks" in text


def test_pictures_have_words_for_who_does_not_see_them() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3"/></svg>'
    letter = Letter("leaflet", "A letter", (), pictures=(Picture("Spots", svg, "week 4: 27"),))
    body = printing.pdf(said(letter))
    assert "week 4: 27" in words(body)
    tree = str(PdfReader(io.BytesIO(body)).trailer["/Root"]["/StructTreeRoot"].get_object())
    assert tree and b"Spots: week 4: 27" in _inflated(body)


def _inflated(body: bytes) -> bytes:
    """Everything that a PDF says of its structure, readable."""
    reader = PdfReader(io.BytesIO(body))
    texts = [str(reader.get_object(n)).encode() for n in range(1, len(reader.xref_objStm) + 99)]
    return b"\n".join(texts)


def test_hindi_is_printed_with_its_own_letters() -> None:
    text = "अपनी टीम से पूछें"
    body = printing.pdf(said(Letter("leaflet", text, (Section(text, (Item(text),)),))))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(body)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("Devanagari" in each for each in fonts), fonts


def test_every_task_of_a_leaflet_is_one_of_the_rules() -> None:
    from isocourse.rules import rules

    assert leaflets.DONE.keys() <= {each.names for each in rules().values()}
