"""The gate rules of the US in cql-execution, over the courses of a registry and their facts.

What is compared: cql-execution is given the facts of each course ready made, in memory, and only
answers the gate rules: once with each fact a FHIR Observation of the patient, looked for once by
cql-exec-fhir, once with each a plain value that need not be looked for. isocourse answers these and
all its other rules after it has read the courses from Parquet and found their facts. Every answer
is compared.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.elm import SYSTEM, facts_in, gates, library
from isocourse.course.edition import InForce, rules_in_force
from isocourse.course.many.answers import Answers
from isocourse.course.many.asking import At
from isocourse.course.settings import DEFAULT
from isocourse.course.speaking import rule_numbers
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.streaming import told
from isocourse.facts import columns
from isocourse.facts.many.answering import BLOCKS, UNKNOWN
from isocourse.words.codes import NULL

HERE = Path(__file__).parent / "cql"
MODULES = HERE.parents[1] / ".venv" / "peers" / "node_modules"
PLACE = "us"
Course = tuple[str, Answers, int]
Bits = dict[str, bool | None]


def missing() -> str | None:
    """What is lacking to run cql-execution here; None when it can be run."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not (MODULES / "cql-execution").exists():
        return "not installed (make peers)"
    return None


def compare(table: Path, asked: date, most: int) -> dict[str, Any]:
    """Ask the gate rules of courses of a table in cql-execution, and hold them against ours."""
    in_force = rules_in_force(PLACE, asked, DEFAULT)
    courses = list(_courses(table, asked, most))
    said = _evaluate(in_force, courses)
    ours = {name: _bits(in_force, answers, n) for name, answers, n in courses}
    for answers in said["answers"]:
        assert answers == ours, "cql-execution and isocourse do not give the same answers"
    return {
        "courses": len(courses),
        "rules": len(gates(in_force)),
        "blocked": sum(bit is True for bits in ours.values() for bit in bits.values()),
        "fhir": said["fhir"],
        "plain": said["plain"],
        "node": said["node"],
    }


def _courses(table: Path, asked: date, most: int) -> Iterator[Course]:
    """The first courses of the place: their name, and where their answers stand."""
    left = most
    for each in told(open_table(table), At(asked), 1):
        for n, (name, place) in enumerate(
            zip(each.course_id.to_pylist(), each.place.to_pylist(), strict=True)
        ):
            if place == PLACE and left > 0:
                left -= 1
                yield name, each.answers, n


def _bits(in_force: InForce, answers: Answers, n: int) -> Bits:
    """What each gate rule says of a course: whether it blocks, None where it cannot be told."""
    effects = {name: int(answers.effects[rule_numbers()[name], n]) for name in gates(in_force)}
    return {name: None if each == UNKNOWN else each == BLOCKS for name, each in effects.items()}


def _evaluate(in_force: InForce, courses: list[Course]) -> dict[str, Any]:
    names = [each.name for each in columns()]
    read = set().union(*(facts_in(each) for each in gates(in_force).values()))
    bundles = [
        bundle(
            name, {f: v for f, v in zip(names, answers.facts[n].tolist(), strict=True) if f in read}
        )
        for name, answers, n in courses
    ]
    held = library(in_force), bundles
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.json" for number in range(len(held))]
        for path, each in zip(paths, held, strict=True):
            path.write_text(json.dumps(each), encoding="utf-8")
        where = {**os.environ, "NODE_PATH": str(MODULES)}
        words = ("node", str(HERE / "run.js"), *map(str, paths))
        done = subprocess.run(words, env=where, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def bundle(course: str, facts: dict[str, int]) -> dict[str, Any]:
    """The facts of a course as FHIR: what is not known has no Observation."""
    patient = {"resourceType": "Patient", "id": course}
    observed = [
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"system": SYSTEM, "code": name}]},
            "subject": {"reference": f"Patient/{course}"},
            "valueInteger": value,
        }
        for name, value in facts.items()
        if value != NULL
    ]
    entries = [{"resource": each} for each in (patient, *observed)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
