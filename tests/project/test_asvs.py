"""The walk through the ASVS names each line of level 2 once, and only tests that are there."""

import re
from collections import Counter

from tests.project.tree import ROOT

PAGE = ROOT / "docs" / "explanation" / "asvs.md"
STATES = {"met", "n/a", "deploy", "open"}
LEVEL_2 = """
1.1:1-7 1.2:1-4 1.4:1,4,5 1.5:1-4 1.6:1-4 1.7:1,2 1.8:1,2 1.9:1,2 1.10:1 1.11:1,2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-6 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-6 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1
4.1:1-3,5 4.2:1,2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4
6.1:1-3 6.2:1-6 6.3:1,2 6.4:1,2
7.1:1-4 7.2:1,2 7.3:1,3,4 7.4:1-3
8.1:1-4 8.2:1-3 8.3:1-8
9.1:1-3 9.2:1-4
10.2:1,2 10.3:1-3
11.1:1-8
12.1:1-3 12.2:1 12.3:1-6 12.4:1,2 12.5:1,2 12.6:1
13.1:1,3-5 13.2:1-3,5,6 13.3:1,2 13.4:1,2
14.1:1-4 14.2:1-6 14.3:2,3 14.4:1-7 14.5:1-4
"""
"""The lines of version 4.0.3 that hold at level 2, by section."""


def _numbers(said: str) -> list[int]:
    found = []
    for part in said.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def wanted() -> set[str]:
    sections = (each.split(":") for each in LEVEL_2.split())
    return {f"{name}.{number}" for name, said in sections for number in _numbers(said)}


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [line.strip("|").split("|") for line in lines if re.match(r"\| \d", line)]


def lines_of(cell: str) -> list[str]:
    found = []
    for part in cell.strip().split(", "):
        first, _, last = part.partition("-")
        section, _, number = first.rpartition(".")
        end = int(last.rpartition(".")[2]) if last else int(number)
        found += [f"{section}.{each}" for each in range(int(number), end + 1)]
    return found


def test_each_line_of_the_standard_stands_here_once() -> None:
    told = Counter(line for row in rows() for line in lines_of(row[0]))
    assert {line for line, times in told.items() if times > 1} == set()
    assert told.keys() == wanted() and len(told) > 250


def test_each_has_a_state() -> None:
    assert {row[2].strip() for row in rows()} == STATES


def test_what_is_named_as_proof_is_there() -> None:
    named = [each for row in rows() for each in re.findall(r"`((?:T|tests|deploy)/[^`]+)`", row[3])]
    assert len(named) > 60
    for each in named:
        path = ROOT / each.replace("T/", "tests/clinic/", 1) if each[:2] == "T/" else ROOT / each
        assert path.is_file() or list(path.rglob("test_*.py")), each


def test_what_is_met_says_why() -> None:
    assert [row[0] for row in rows() if row[2].strip() == "met" and not row[3].strip()] == []
