"""Whole commands, each in a fresh process."""

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.measuring import Timing, in_turns, process

ROUNDS = 7
_VALIDATE = """
import json, sys, jsonschema
schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[2], encoding="utf-8")))
"""


def commands(schema: Path) -> Iterator[Timing]:
    """The command's help and a cold assessment, beside Python itself and a cold validation.

    `schema` is a file that holds the course schema, for the validator to read.
    """
    program = str(Path(sys.executable).with_name("isocourse"))
    course = str(files("isocourse") / "examples" / "patients" / "uk-man.course.json")
    yield from in_turns(
        {
            "python -c pass": process(sys.executable, "-c", "pass"),
            "python: json + jsonschema, one file": process(
                sys.executable, "-c", _VALIDATE, str(schema), course
            ),
            "isocourse --help": process(program, "--help"),
            "isocourse check, one file": process(program, "check", course),
            "isocourse assess --json, one file": process(
                program, "assess", course, "--at", "2026-03-03", "--json"
            ),
        },
        ROUNDS,
        warm=1,
    )
