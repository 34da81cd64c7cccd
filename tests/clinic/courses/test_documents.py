"""Documents are kept elsewhere: here their place and their digest, by which a file is known."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.clinic import team
from tests.clinic.team import NOW
from tests.clinic.visits.filled import Desk

from isocourse.clinic.log import clock
from isocourse.clinic.log.recording import retract

PHOTO = b"\x89PNG not really a photograph " * 400_000  # larger than what stays in memory
DIGEST = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def desk(sqlite: str) -> Desk:
    clinic = team.clinic()
    return Desk(clinic, team.opened(clinic))


def photo(data: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile("face.png", data)


FILLED = {"document-called": "photograph of the face", "document-ref": "archive 17/4"}


def test_a_file_is_read_through_for_its_digest_and_not_kept(
    desk: Desk, tmp_path: Path, settings: object
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "uploads")  # type: ignore[attr-defined]
    (tmp_path / "uploads").mkdir()
    desk.send("record/document", {**FILLED, "document-the_file": photo()})
    assert desk.new == [
        {
            "kind": "document",
            "at": "2026-11-25",
            "ref": "archive 17/4",
            "sha256": DIGEST,
            "title": "photograph of the face",
        }
    ]
    assert list((tmp_path / "uploads").iterdir()) == []
    text = desk.ask("documents")
    assert "archive 17/4" in text and DIGEST in text and "photograph of the face" in text


def test_a_digest_may_be_typed_and_must_be_one(desk: Desk) -> None:
    assert "Choose the file" in desk.text("record/document", FILLED)
    assert "Say where" in desk.text("record/document", {"document-the_sha256": DIGEST})
    wrong = desk.text("record/document", {**FILLED, "document-the_sha256": "abc"})
    assert 'href="#id_document-the_sha256"' in wrong and not desk.new
    desk.send("record/document", {**FILLED, "document-the_sha256": DIGEST.upper()})
    assert desk.new[0]["sha256"] == DIGEST


def test_the_digest_of_a_file_survives_a_fault_elsewhere(desk: Desk) -> None:
    again = desk.text("record/document", {"document-the_file": photo()})
    assert "Say where it is kept." in again and f'value="{DIGEST}"' in again


def test_a_file_is_known_again(desk: Desk) -> None:
    assert "No document is recorded" in desk.ask("documents")
    desk.send("record/document", {**FILLED, "document-the_file": photo()})
    assert "unchanged" in desk.text("documents", {"the_file": photo()})
    assert "none of these documents" in desk.text("documents", {"the_file": photo(b"another")})
    assert "Choose a file first" in desk.text("documents", {})


def test_what_was_taken_back_is_no_document(desk: Desk) -> None:
    desk.send("record/document", {**FILLED, "document-the_file": photo(b"x")})
    with clock.standing_at(NOW):
        retract(desk.course, team.writer(desk.course.clinic), "e3", "another patient's")
    assert "No document is recorded" in desk.ask("documents")
