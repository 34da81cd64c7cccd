"""An erasure leaves nothing to read and a chain that holds; a restore carries it out again."""

from pathlib import Path

import pytest
from tests.clinic import team
from tests.clinic.conftest import fresh, point_to

from isocourse.clinic.log import anchors, backing_up
from isocourse.clinic.log.erasing import carry_out_again, erase
from isocourse.clinic.log.models import Course, DataKey, Entry, Erasure, Identity, Term
from isocourse.clinic.log.reading import Erased, read
from isocourse.clinic.log.recording import Writer, record
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.worklist.models import Standing


def test_the_key_goes_and_the_chain_stays_whole(database: str) -> None:
    clinic = team.clinic()
    course, other = team.opened(clinic), team.opened(clinic, "Bea Novak")
    record(course, team.writer(clinic), [team.WEIGHT])
    anchor = anchors.anchor()
    erase(course, team.writer(clinic), "asked for by the patient")
    course = Course.objects.get(pk=course.pk)
    with pytest.raises(Erased):
        read(course)
    for model in (DataKey, Identity, Term, Standing):
        assert not model.objects.filter(course=course).exists(), model
    assert Entry.objects.filter(course=course).count() == 4
    assert Erasure.objects.get(course=course).reason == "asked for by the patient"
    assert list(verify(anchor)) == []
    assert read(other).identity["name"] == "Bea Novak"


def test_a_key_that_went_without_an_erasure_is_found(database: str) -> None:
    course = team.opened(team.clinic())
    DataKey.objects.all().delete()
    assert [str(each) for each in verify(None)] == [
        f"course {course.code}: its key is gone, and no erasure says why"
    ]


def test_a_restored_backup_does_not_bring_a_person_back(
    database: str, vendor: str, templates: Path, tmp_path: Path
) -> None:
    clinic = team.clinic()
    course = team.opened(clinic)
    backing_up.backup(tmp_path / "before.zip")
    erase(course, team.writer(clinic), "asked for")
    point_to(fresh(vendor, templates, tmp_path))
    anchor = backing_up.restore(tmp_path / "before.zip")
    assert read(Course.objects.get(code=course.code)).identity["name"] == "Ada Berg"
    assert carry_out_again(Writer(None)) == [course.code]
    with pytest.raises(Erased):
        read(Course.objects.get(code=course.code))
    assert list(verify(anchor)) == [] and carry_out_again(Writer(None)) == []
