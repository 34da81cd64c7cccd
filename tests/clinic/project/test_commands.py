"""The commands that run a clinic, as a person types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.clinic import team
from tests.clinic.conftest import fresh, point_to
from tests.clinic.log.tampering import unguarded
from typer.testing import CliRunner

from isocourse.cli import app
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.recording import record
from isocourse.clinic.project import environment


def say(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["clinic", *words])
    return done.exit_code, done.output


def test_the_settings_are_fit_for_the_open(sqlite: str) -> None:
    call_command("check", deploy=True, fail_level="WARNING")


def test_no_migration_is_missing(sqlite: str) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_keys_are_printed_as_the_environment_takes_them() -> None:
    status, told = say("keys")
    given = dict(line.split("=", 1) for line in told.splitlines())
    assert status == 0 and environment.read_secrets(given)


def test_from_a_backup_to_a_restore(
    database: str, vendor: str, templates: Path, tmp_path: Path
) -> None:
    course = team.opened(team.clinic())
    record(course, team.writer(course.clinic), [team.WEIGHT])
    file = str(tmp_path / "backup.zip")
    assert say("verify")[1].endswith(
        "without an anchor: none was written yet: nothing found changed.\n"
    )
    assert say("backup", file)[0] == 0 and say("backup", file)[0] == 2
    assert Path(file).stat().st_mode & 0o077 == 0, "for the account of the clinic alone"
    status, told = say("verify")
    assert status == 0 and "3 entries, anchored" in told
    assert say("restore", file)[0] == 2, "not into a database that holds something"
    point_to(fresh(vendor, templates, tmp_path))
    status, told = say("restore", file)
    assert status == 0 and "Restored 1 courses" in told, told
    assert Course.objects.get().code == course.code


def test_verify_ends_with_1_and_says_where(database: str) -> None:
    course = team.opened(team.clinic())
    with unguarded() as cursor:
        cursor.execute("UPDATE log_entry SET by_id = NULL WHERE number = 2")
    status, told = say("verify")
    assert status == 1 and f"course {course.code}, entry 2: changed" in told


def test_the_first_administrator_is_invited(sqlite: str) -> None:
    status, told = say("invite", "ruth@example.org", "--clinic", "Harbour")
    assert status == 0 and "/join/" in told
    assert say("invite", "x@example.org", "--clinic", "Harbour", "--role", "king")[0] == 2


def test_what_is_not_set_up_is_told_in_a_sentence(tmp_path: Path) -> None:
    kept = {name: said for name, said in os.environ.items() if not name.startswith("ISOCOURSE")}
    kept |= {"ISOCOURSE_DATA": str(tmp_path)}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    command = str(Path(sys.executable).with_name("isocourse"))
    done = subprocess.run([command, "clinic", "verify"], env=kept, capture_output=True, text=True)
    assert done.returncode == 2 and "ISOCOURSE_CHAIN_KEY" in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


@pytest.mark.parametrize("word", ["serve", "migrate", "verify", "backup", "restore", "demo"])
def test_each_command_explains_itself(word: str) -> None:
    status, told = say(word, "--help")
    assert status == 0 and len(told) > 100


def test_django_is_not_loaded_for_anything_else() -> None:
    shown = "import isocourse.cli, sys; print([n for n in sys.modules if n.startswith('django')])"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_courses_go_out_as_files_and_come_in_elsewhere(sqlite: str, tmp_path: Path) -> None:
    course = team.opened(team.clinic())
    record(course, team.writer(course.clinic), [team.WEIGHT])
    team.clinic("Other")
    assert say("export", str(tmp_path), "--clinic", "Harbour")[1].startswith("1 courses")
    file = tmp_path / f"{course.code}.course.json"
    assert say("take-in", str(file), "--clinic", "Other")[0] == 0
    assert Course.objects.filter(clinic__name="Other").count() == 1
    file.write_text(file.read_text().replace('"kg"', '"stone"'))
    assert say("take-in", str(file), "--clinic", "Other")[0] == 2
    assert say("export", str(tmp_path), "--clinic", "Nowhere")[0] == 2
    assert Course.objects.count() == 2


def test_an_erasure_has_to_be_meant(sqlite: str) -> None:
    course = team.opened(team.clinic())
    assert say("erase", course.code, "--reason", "asked for")[0] == 2
    assert Course.objects.filter(key__isnull=False).exists()
    assert say("erase", course.code, "--reason", "asked for", "--sure")[0] == 0
    assert not Course.objects.filter(key__isnull=False).exists()
    assert say("erase", course.code, "--reason", "again", "--sure")[0] == 2
