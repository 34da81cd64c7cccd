"""Photographs: drawn anew without what a camera adds, encrypted, refused where they are none."""

import hashlib
import struct
import zlib
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.clinic import team
from tests.clinic.access.test_every_page import Scene
from tests.clinic.browsing import Browser, signed_in
from tests.clinic.portal.mine import come_in, send, text, told

from isocourse.clinic.log.backing_up import backup
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import Refused
from isocourse.clinic.log.sealing import Cipher
from isocourse.clinic.patients import removing
from isocourse.clinic.portal import photos, pictures, word
from isocourse.clinic.portal.models import Photo
from isocourse.events.problems import Problem

GPS, PLACE = 0x8825, "Rue du Port 17"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (300, 200), colour: str = "#c8785a"
) -> bytes:
    """A picture with everything that a camera writes beside it."""
    drawn = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x010E] = PLACE  # a description
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    drawn.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def course(sqlite: str) -> Course:
    return team.opened(team.clinic())


@pytest.fixture
def browser(course: Course) -> Browser:
    return come_in(course)


def sent(browser: Browser, data: bytes, name: str = "me.jpg") -> Any:
    return send(browser, "my_photos", picture=SimpleUploadedFile(name, data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_without_what_the_camera_wrote(
    browser: Browser, course: Course, kind: str
) -> None:
    raw = picture(kind)
    assert PLACE.encode() in raw, "the camera did write it"
    assert sent(browser, raw).status_code == 302
    shown = browser.get(reverse("my_photo", args=[Photo.objects.get().pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert PLACE.encode() not in shown.content and not Image.open(BytesIO(shown.content)).getexif()
    assert Image.open(BytesIO(shown.content)).size == (200, 300), "and it stands upright"
    (event,) = told(course)
    assert event["sha256"] == hashlib.sha256(shown.content).hexdigest()


def test_a_photo_lies_encrypted_also_in_a_backup(
    browser: Browser, course: Course, tmp_path: Any
) -> None:
    sent(browser, picture())
    held = Photo.objects.get()
    assert "JFIF" not in held.body and photos.opened(held)[:2] == b"\xff\xd8"
    file, _ = backup(tmp_path / "all.zip")
    import zipfile

    with zipfile.ZipFile(file) as zipped:
        rows = zipped.read("portal.Photo.jsonl")
    assert held.sha256.encode() in rows and b"JFIF" not in rows


def _bomb() -> bytes:
    """A small file that says it is 30000 by 30000."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    said = b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + said


HOSTILE = {
    "nothing": b"",
    "words": b"hello",
    "a page with a script": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "half a picture": picture()[:200],
    "a head and nothing more": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "a bomb": _bomb(),
    "a moving picture": b"GIF89a" + b"\x01\0" * 20,
    "a program": b"MZ" + b"\0" * 500,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_photo_is_refused_and_says_what_to_send(
    browser: Browser, course: Course, data: bytes
) -> None:
    answer = sent(browser, data)
    assert answer.status_code == 422 and 'role="alert"' in text(answer)
    assert not Photo.objects.exists() and told(course) == []


def test_a_photo_that_is_too_large_is_refused(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MOST_BYTES", 1000)
    answer = sent(browser, picture(size=(900, 900)))
    assert answer.status_code == 422 and "12 MB" in text(answer)


def test_a_large_photo_is_made_smaller(browser: Browser) -> None:
    sent(browser, picture(size=(4000, 3000)))
    kept = Image.open(BytesIO(photos.opened(Photo.objects.get())))
    assert max(kept.size) == photos.LONGEST_SIDE


def test_there_is_an_end_to_the_room(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    assert sent(browser, picture()).status_code == 302
    assert sent(browser, picture()).status_code == 422


def test_the_same_form_keeps_one_photo(browser: Browser, course: Course) -> None:
    for _ in range(2):
        file = SimpleUploadedFile("me.jpg", picture())
        browser.post(reverse("my_photos"), {"token": "the same", "picture": file})
    assert Photo.objects.count() == 1 == len(told(course))


def test_another_photo_by_the_same_form_is_another(browser: Browser, course: Course) -> None:
    for colour in ("red", "green"):
        file = SimpleUploadedFile("me.jpg", picture(colour=colour))
        browser.post(reverse("my_photos"), {"token": "the same", "picture": file})
    assert Photo.objects.count() == 2 == len(told(course))


def test_a_photo_that_cannot_be_recorded_is_told_as_lost(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*given: Any) -> None:
        raise Refused([])

    monkeypatch.setattr(pictures, "send", refuses)
    answer = sent(browser, picture())
    assert answer.status_code == 422 and "Call your team" in text(answer)
    assert not Photo.objects.exists()


def test_the_team_of_the_course_sees_a_photo_and_no_other(sqlite: str) -> None:
    scene = Scene()
    sent(come_in(scene.course), picture())
    pk = Photo.objects.order_by("-pk")[0].pk
    address = reverse("patient_photo", args=[scene.course.code, pk])
    here, there = (signed_in(team.writer(each).user) for each in (scene.here, scene.there))
    assert here.get(address).status_code == 200
    assert there.get(address).status_code == 404
    other = team.opened(scene.here, "Eve Noor")
    assert here.get(reverse("patient_photo", args=[other.code, pk])).status_code == 404


def test_where_the_log_cannot_take_a_photo_the_page_says_so(
    browser: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a course that no longer checks; when a photo comes; then a page, and no photo."""

    def refuses(*_: Any) -> None:
        raise Refused([Problem("events", "a day that is not", "a day", "call somebody")])

    monkeypatch.setattr(word, "check", refuses)
    answer = sent(browser, picture())
    assert answer.status_code == 422 and "Call your team" in text(answer)
    assert not Photo.objects.exists() and told(course) == []


@pytest.mark.parametrize("fault", ["another picture", "no picture"])
def test_a_photo_that_is_not_as_it_was_sent_is_a_plain_page(
    browser: Browser, course: Course, fault: str
) -> None:
    sent(browser, picture())
    held = Photo.objects.get()
    body = Cipher(course.key).closed({"jpeg": b64encode(b"else").decode()})
    Photo.objects.update(body=body if fault == "another picture" else "x")
    staff = signed_in(team.writer(course.clinic).user)
    answers = [
        staff.get(reverse("patient_photo", args=[course.code, held.pk])),
        browser.get(reverse("my_photo", args=[held.pk])),
    ]
    assert [each.status_code for each in answers] == [409, 409]
    assert "cannot be opened" in text(answers[0]) and "call your team" in text(answers[1])


def test_a_photo_sent_by_mistake_is_removed_with_a_reason(browser: Browser, course: Course) -> None:
    """Given a photo; when a nurse removes it; then it is gone, and the log says who and why."""
    sent(browser, picture())
    sent(browser, picture(size=(90, 90)))
    first, kept = Photo.objects.order_by("pk")
    staff = signed_in(team.member(course.clinic, "nurse", "nora"))
    page = reverse("remove_photo", args=[course.code, first.pk])
    assert page in text(staff.get(reverse("patient", args=[course.code])))
    assert "cannot be brought back" in text(staff.get(page))
    for reason in ("", "  "):
        assert staff.post(page, {"reason": reason}).status_code == 422
    assert Photo.objects.count() == 2 and len(read(course).events) == 2, "no reason, no change"
    assert staff.post(page, {"reason": "of somebody else"}).status_code == 302
    assert list(Photo.objects.all()) == [kept]
    *came, gone = read(course).events
    assert (gone["kind"], gone["event"]) == ("retract", came[0]["id"])
    assert gone["note"] == "of somebody else" and gone["by"]["name"] == "Nora"
    assert browser.get(reverse("my_photo", args=[first.pk])).status_code == 404
    assert browser.get(reverse("my_photo", args=[kept.pk])).status_code == 200
    assert staff.post(page, {"reason": "again"}).status_code == 404
    assert "taken back" in text(browser.get(reverse("my_data")))


def test_a_photo_whose_entry_was_taken_back_before_can_still_be_removed(
    browser: Browser, course: Course
) -> None:
    sent(browser, picture())
    staff = signed_in(team.member(course.clinic, "nurse", "nora"))
    event = read(course).events[0]["id"]
    staff.post(reverse("retract", args=[course.code, event]), {"reason": "not of this person"})
    page = reverse("remove_photo", args=[course.code, Photo.objects.get().pk])
    assert staff.post(page, {"reason": "now the picture too"}).status_code == 302
    assert not Photo.objects.exists()
    assert read(course).events[-1]["note"] == "now the picture too"


def test_when_the_entry_cannot_be_written_the_photo_stays(
    browser: Browser, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(browser, picture())
    staff = signed_in(team.member(course.clinic, "nurse", "nora"))

    def stops(*_: Any) -> None:
        raise Refused([Problem("events", "something", "nothing", "wait")])

    monkeypatch.setattr(removing, "retract", stops)
    page = reverse("remove_photo", args=[course.code, Photo.objects.get().pk])
    assert staff.post(page, {"reason": "a mistake"}).status_code == 422
    assert Photo.objects.count() == 1
