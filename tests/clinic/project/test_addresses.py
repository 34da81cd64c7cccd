"""An event can be reached by its id at every page that names it, whatever the id is."""

import json
import re
from urllib.parse import urljoin

import pytest
from django.urls import Resolver404, resolve, reverse
from hypothesis import example, given
from hypothesis import strategies as st
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.browsing import signed_in

from isocourse.clinic.log.exchanging import taken_in
from isocourse.clinic.log.reading import read
from isocourse.events.fields import ID_LIMIT, TRIMMED

IDS = st.from_regex(TRIMMED, fullmatch=True).filter(lambda held: len(held) <= ID_LIMIT)
ODD = ["lab/2026/1", "..", ".", "//", "a?b#c", "50 %", "~2F", "%2F", "Zürich 7", "a\\b", "новый"]
LONGEST_LINE = 4094
"""Bytes of the first line of a request that the server reads."""


@given(IDS)
@example("..")
@example("a/b")
@example("~2F")
def test_an_id_is_found_again_behind_any_browser_or_proxy(held: str) -> None:
    address = reverse("retract", args=["ABCD1234", held])
    seen = urljoin("https://clinic.example/worklist/", address)
    assert seen == f"https://clinic.example{address}", "no browser writes it otherwise"
    assert re.fullmatch(r"[/\w~-]+", address, re.ASCII) and len(address) < LONGEST_LINE - 100
    assert resolve(address).kwargs == {"code": "ABCD1234", "event": held}


def test_an_ordinary_id_stands_in_the_address_as_it_is() -> None:
    assert reverse("retract", args=["ABCD1234", "e-3_b"]) == "/courses/ABCD1234/retract/e-3_b/"


@pytest.mark.parametrize("part", ["~2f", "~2", "~FF", "a.b", "a~"])
def test_what_no_id_gives_is_no_address(part: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/courses/ABCD1234/retract/{part}/")


@pytest.mark.parametrize("held", ODD)
def test_an_event_of_an_application_is_taken_back_at_the_page(sqlite: str, held: str) -> None:
    course = team.opened(team.clinic())
    answer = Application(course.clinic).send(course.code, [{"id": held, **team.WEIGHT}])
    assert answer.status_code == 201, answer.json()
    browser = signed_in(team.member(course.clinic, "nurse"))
    page = browser.get(f"/courses/{course.code}/").content.decode()
    (link,) = re.findall(r'href="(/courses/[^/]+/retract/[^"]+)"', page)
    assert browser.get(link).status_code == 200
    browser.post(link, {"reason": "sent for somebody else"})
    assert [each.get("event") for each in read(course).events] == [None, held]


def test_a_prescription_of_a_file_has_its_page(sqlite: str) -> None:
    clinic = team.clinic()
    written = {"id": "p/1", "at": "2026-11-20", "kind": "prescription", "prescription_id": "7/2026"}
    dose = {"daily_dose": 40, "unit": "mg/day", "days": 30, "capsule_mg": 20, "quantity": 60}
    patient = {"birth_date": "2000-01-01", "sex": "male"}
    file = {"format": "isocourse.course/1", "course_id": "c", "place": "us", "patient": patient}
    data = json.dumps(file | {"events": [written | dose]}).encode()
    writer = team.writer(clinic)
    course = taken_in(clinic, writer, data)
    browser = signed_in(writer.user)
    page = browser.get(f"/courses/{course.code}/").content.decode()
    (link,) = set(re.findall(r'href="(/courses/[^/]+/prescriptions/[^"]+)"', page))
    assert "7/2026" in browser.get(link).content.decode()
