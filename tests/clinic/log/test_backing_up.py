"""A backup holds everything as of one moment and can be put back, also into the other database."""

import json
import zipfile
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from tests.clinic import team
from tests.clinic.conftest import fresh, point_to

from isocourse.clinic.log import anchors, backing_up
from isocourse.clinic.log.models import Course, Entry
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.recording import record
from isocourse.clinic.log.verifying import verify
from isocourse.clinic.people.models import Membership, User
from isocourse.clinic.worklist.keeping import rebuild
from isocourse.clinic.worklist.models import Standing


@pytest.fixture
def file(database: str, tmp_path: Path) -> Path:
    """A backup of a small clinic."""
    clinic = team.clinic()
    for name in ("Ada Berg", "Bea Novak"):
        record(team.opened(clinic, name), team.writer(clinic), [team.WEIGHT])
    user = team.member(clinic, "nurse")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "locked"})
    return backing_up.backup(tmp_path / "backup.zip")[0]


def everything() -> list[object]:
    models = backing_up._held()
    return [
        (each._meta.label, *each._default_manager.order_by("pk").values_list()) for each in models
    ]


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_what_was_backed_up_can_be_put_back(
    file: Path, vendor: str, there: str, templates: Path, tmp_path: Path
) -> None:
    """From either database into either database, and the log goes on from there."""
    before = everything()
    if "postgresql" in (there,) and vendor != "postgresql":
        from tests.clinic import postgres

        try:
            postgres.server()
        except postgres.NoServer as error:
            pytest.skip(f"PostgreSQL: {error}")
    point_to(fresh(there, templates, tmp_path))
    anchor = backing_up.restore(file)
    assert everything() == before
    assert list(verify(anchor)) == [] and rebuild() == Standing.objects.count() == 2
    course = Course.objects.get(pk=1)
    record(course, team.writer(course.clinic), [team.WEIGHT])
    assert len(read(course).events) == 2 and list(verify(anchor)) == []
    assert User.objects.create_user("another", "a long enough password").pk > 1
    assert Membership.objects.exists()


def test_a_backup_holds_one_moment_and_an_anchor_goes_with_it(file: Path) -> None:
    course = Course.objects.first()
    assert course is not None
    record(course, team.writer(course.clinic), [team.WEIGHT])
    held = zipfile.ZipFile(file)
    about = json.loads(held.read("manifest.json"))
    assert about["tables"]["log.Entry"]["rows"] == 6 and Entry.objects.count() == 7
    newest = anchors.newest()
    assert newest is not None and newest.read_text() == held.read("anchor.json").decode()
    assert newest.stat().st_mode & 0o777 == 0o600 and file.stat().st_mode & 0o777 == 0o600


def test_a_backup_holds_no_key_and_no_word_of_a_patient(file: Path, settings: object) -> None:
    held = zipfile.ZipFile(file)
    text = b"".join(held.read(name) for name in held.namelist())
    secrets = settings.SECRETS  # type: ignore[attr-defined]
    for key in (secrets.chain, secrets.index, secrets.data[0][1], b"Ada Berg", b"2002-04-17"):
        assert key not in text


def test_a_changed_backup_is_refused_and_nothing_is_restored(
    file: Path, vendor: str, templates: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"Harbour", b"Hxrbour"))
    point_to(fresh(vendor, templates, tmp_path))
    with pytest.raises(backing_up.BadBackup, match=r"people.Clinic was changed"):
        backing_up.restore(changed)
    assert not User.objects.exists() and not Course.objects.exists()


def test_a_database_that_is_not_empty_is_left_alone(file: Path) -> None:
    before = everything()
    with pytest.raises(backing_up.BadBackup, match="not empty"):
        backing_up.restore(file)
    assert everything() == before
