"""The documents: up to date, their links lead somewhere, their commands and tests exist."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from tests.project.tree import ROOT, files
from tools.pages.all import every_page
from tools.pages.markdown import anchor
from tools.pages.readings import readings
from tools.pages.sessions import pages_with_sessions, played

from isocourse import __version__, cli
from isocourse.rules import rules

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = [path for path in files() if path.suffix == ".md" and path.name != "cases.md"]
WRITTEN = [path for path in PAGES if REFERENCE not in path.parents]
SESSIONS = list(pages_with_sessions(DOCS))


def names(paths: list[Path]) -> list[str]:
    """Paths as a test's id shows them."""
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_the_reference_is_what_the_code_says() -> None:
    made = every_page()
    held = {path.relative_to(DOCS).as_posix() for path in REFERENCE.rglob("*.md")}
    differing = [
        name for name, text in made.items() if (DOCS / name).read_text(encoding="utf-8") != text
    ]
    beside = {"explanation/claims.md"}
    assert not differing and held | beside == made.keys(), "run `make docs`"


def test_every_rule_is_read_somewhere_for_the_reference() -> None:
    assert readings().keys() == rules().keys(), "a local rule needs its setting in `readings.LOCAL`"


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_shows_what_its_commands_print(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert played(text) == text, "run `make docs`, and read what changed"


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith(("https://", "mailto:")):
            continue
        name, _, part = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{target} leads nowhere"
        assert not part or part in _anchors(there), f"{target}: no such heading"


@cache
def _anchors(path: Path) -> frozenset[str]:
    text = path.read_text(encoding="utf-8")
    return frozenset(
        anchor(re.sub(r"[`*]", "", each)) for each in re.findall(r"^#+ (.*)$", text, re.M)
    )


BLOCKS = re.compile(r"```(?:sh|console)\n(.*?)```|`(isocourse [^`]*)`", re.S)
COMMAND = re.compile(r"^(?:\$ )?isocourse ((?:clinic )?[a-z][a-z-]*)(.*)$", re.M)


@pytest.mark.parametrize("path", WRITTEN, ids=names(WRITTEN))
def test_commands_exist_with_their_options(path: Path) -> None:
    known = _options()
    for block, inline in BLOCKS.findall(path.read_text(encoding="utf-8")):
        for command, rest in COMMAND.findall(block or inline):
            if (command, block[:2] == "$ ") == ("supports", True):
                continue  # the last line of every answer
            assert command in known, f"isocourse {command}: no such command"
            wanted = set(re.findall(r"(?<=\s)(--[a-z-]+)", rest))
            assert wanted <= known[command], f"isocourse {command} {rest}"


@cache
def _options() -> dict[str, set[str]]:
    program: Any = typer.main.get_command(cli.app)
    held = dict(program.commands)
    held |= {f"clinic {name}": each for name, each in held["clinic"].commands.items()}
    return {
        name: {option for each in command.params for option in each.opts} | {"--help"}
        for name, command in held.items()
    }


@pytest.mark.parametrize("path", WRITTEN, ids=names(WRITTEN))
def test_what_make_is_asked_for_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    asked = re.findall(r"(?:^|`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.M)
    assert set(asked) <= targets


def test_the_readme_gives_the_two_commands_and_a_picture_that_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text and "isocourse assess" in text
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures and all((ROOT / each).is_file() for each in pictures)


def test_the_changelog_has_an_entry_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = re.search(rf"^## {re.escape(version)}\b.*?\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert version == __version__ and entry and "- " in entry[1]


HAZARDS = DOCS / "explanation" / "hazards.md"


def _hazards() -> list[list[str]]:
    lines = HAZARDS.read_text(encoding="utf-8").splitlines()
    return [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d", line)]


@pytest.mark.parametrize("row", _hazards(), ids=lambda row: f"hazard-{row[0]}")
def test_the_control_of_a_hazard_is_shown_by_a_test_that_exists(row: list[str]) -> None:
    *_, shown_by = row
    named = re.findall(r"`([^`]+)`", shown_by)
    assert named or shown_by == "open"
    for each in named:
        _, _, chapter = each.partition("cases.md ")
        path = ROOT / (f"src/isocourse/rules/{chapter}/cases.md" if chapter else each)
        held = [path] if path.is_file() else list(path.rglob("test_*.py"))
        assert held, f"{each} is not there"


def test_open_hazards_are_told_below_the_table() -> None:
    remains = HAZARDS.read_text(encoding="utf-8").partition("## What remains")[2]
    open_ones = [row[0] for row in _hazards() if row[-1] == "open"]
    assert re.findall(r"\*\*(\d+)\*\*", remains) == open_ones


def test_decisions_have_a_number_each_and_are_listed() -> None:
    """A number is given once and kept; one that a later merge brings may stand between."""
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    held = sorted((DOCS / "decisions").glob("0*.md"))
    numbers = [int(path.name[:4]) for path in held]
    assert len(set(numbers)) == len(numbers)
    for number, path in zip(numbers, held, strict=True):
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")
        assert f"| {number} | [" in listed and f"({path.name})" in listed
