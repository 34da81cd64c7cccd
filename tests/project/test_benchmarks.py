"""The peers of the benchmarks do the same work, so that their times can be compared."""

import json
from pathlib import Path

import pytest
from benchmarks import gates, parts, registry
from benchmarks.elm import Elm, facts_in, library
from benchmarks.peers import agree, plain_replay, texts, validate
from benchmarks.sql_facts import facts_in_sql

from isocourse.course import DEFAULT
from isocourse.course.edition import rules_in_force
from isocourse.events import read_course
from isocourse.exchange.events_table.invented import write_registry
from isocourse.facts import columns
from isocourse.words.tokens import PLACES


@pytest.mark.parametrize("text", texts())
def test_a_base_course_is_valid_and_its_replay_knows_the_same_facts(text: str) -> None:
    replay = plain_replay()
    assert replay is not None
    validate(text)
    assert agree(read_course(text), replay)


def test_the_benchmark_of_a_registry_runs_and_names_what_it_skips(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.measure(60, tmp_path)
    said = capsys.readouterr().out
    assert "60 courses of 40 entries" in said
    assert "isocourse: facts, rules, verdicts" in said
    assert "isocourse: assess-many, to Parquet" in said
    assert "DuckDB SQL" in said or "DuckDB: SKIPPED, not installed (make peers)" in said


def test_the_facts_asked_in_sql_are_facts() -> None:
    assert set(facts_in_sql()) <= {each.name for each in columns()}


@pytest.mark.parametrize("place", PLACES)
def test_every_gate_rule_stands_in_the_library_with_the_facts_it_reads(place: str) -> None:
    in_force = rules_in_force(place, registry.ASKED, DEFAULT)
    made = library(in_force)["library"]["statements"]["def"][1]["expression"]["operand"]
    rules = gates.gates(in_force)
    assert [each["name"] for each in made["return"]["expression"]["element"]] == list(rules)
    given = {each["identifier"] for each in made["let"]}
    assert given == set().union(*(facts_in(each) for each in rules.values()))
    assert given == set(_read(made["return"]))


def _read(part: object) -> list[str]:
    """The names that a part of a library reads."""
    if isinstance(part, list):
        return [name for each in part for name in _read(each)]
    if not isinstance(part, dict):
        return []
    held: Elm = part
    own = [held["name"]] if held.get("type") == "QueryLetRef" else []
    return own + [name for each in held.values() for name in _read(each)]


@pytest.mark.skipif(gates.missing() is not None, reason="cql-execution is not installed")
def test_cql_execution_gives_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "registry.parquet"
    write_registry(path, 20, registry.ASKED)
    said = gates.compare(path, registry.ASKED, 3)
    assert said["courses"] == 3
    assert said["rules"] > 40


def test_the_benchmark_of_many_files_runs_and_its_two_ways_give_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "EACH", 30)
    parts.measure(tmp_path, files=2, sizes=[], out=tmp_path / "said.json")
    said = json.loads((tmp_path / "said.json").read_text("utf-8"))
    assert [row["courses"] for row in said["rows"]] == [60, 60]
    assert said["differing"] == []
    assert "--dask local" in capsys.readouterr().out
