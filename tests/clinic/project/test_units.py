"""The systemd units are such as systemd reads, and leave an attacker little."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.project.tree import ROOT

from isocourse.clinic.command import app

UNITS = sorted((ROOT / "deploy").glob("isocourse*.service"))
ANALYZE = shutil.which("systemd-analyze")
MOST = 3.0
"""Of the 10 of `systemd-analyze security`: below 4 it says OK."""


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    """The units with a command that is there; everything else as it is shipped."""
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not installed")
    for each in (ROOT / "deploy").glob("isocourse*.[st]*"):
        text = re.sub(
            r"^(Exec\w+)=isocourse ", r"\1=/bin/true ", each.read_text("utf-8"), flags=re.M
        )
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    return [tmp_path / each.name for each in UNITS]


def test_systemd_finds_nothing_wrong_with_the_units(copies: list[Path]) -> None:
    command = [str(ANALYZE), "verify", "--man=no", *copies]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "isocourse" in line]
    assert not ours and said.returncode == 0, said.stderr


def test_a_wrong_unit_would_be_found(copies: list[Path]) -> None:
    copies[0].write_text(copies[0].read_text("utf-8").replace("Type=", "Typo="), encoding="utf-8")
    command = [str(ANALYZE), "verify", "--man=no", copies[0]]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Typo" in said.stderr


@pytest.mark.parametrize("place", range(len(UNITS)), ids=[each.stem for each in UNITS])
def test_a_unit_is_let_do_little(copies: list[Path], place: int) -> None:
    command = [str(ANALYZE), "security", "--offline=true", "--no-pager", copies[place]]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    (found,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", said.stdout)
    assert float(found) < MOST, said.stdout


def commands(unit: str) -> list[str]:
    """What a unit runs, in its order."""
    text = (ROOT / "deploy" / unit).read_text("utf-8")
    return re.findall(r"^ExecStart=.*?isocourse clinic ([\w-]+)", text, re.MULTILINE)


def test_each_night_verifies_before_a_new_anchor_is_written() -> None:
    """An anchor that is written first would hold what somebody changed during the day."""
    assert commands("isocourse-nightly.service") == ["verify", "backup", "refresh", "look-back"]


def test_what_the_units_run_are_commands() -> None:
    known = {each.name or each.callback.__name__ for each in app.registered_commands}
    known = {each.replace("_", "-") for each in known}
    assert {each for unit in UNITS for each in commands(unit.name)} <= known


def test_what_is_compiled_for_a_service_is_kept_where_it_may_write() -> None:
    for each in UNITS:
        text = each.read_text("utf-8")
        assert "\nCacheDirectory=isocourse\n" in text and " XDG_CACHE_HOME=%C\n" in text
