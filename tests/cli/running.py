"""The installed command called in this process, and courses to call it with."""

import copy
import json
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from isocourse.cli import app

File = dict[str, Any]
EXAMPLES = files("isocourse") / "examples"
MARCH = str(EXAMPLES / "1-us-window-of-march.course.json")
DAY_7, DAY_8 = "2026-03-07", "2026-03-08"


def call(
    *words: str, stdin: bytes | None = None, columns: int = 80, **environment: str | None
) -> Result:
    """What the command says and how it ends."""
    env = {"COLUMNS": str(columns), "NO_COLOR": None, "FORCE_COLOR": None, **environment}
    return CliRunner().invoke(app, list(words), input=stdin, env=env)


def refused(result: Result) -> str:
    """The reason of a refusal, which leaves nothing on standard output and no traceback."""
    assert result.exit_code == 2, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()
    return result.stderr


def answered(result: Result) -> str:
    """What was said by a command that ended well."""
    assert result.exit_code == 0, (result.output, result.exception)
    assert result.stderr == ""
    return result.stdout


@cache
def _march() -> File:
    return json.loads(Path(MARCH).read_text(encoding="utf-8"))


def march() -> File:
    """The course of the official window example, to change at will."""
    return copy.deepcopy(_march())


def event(course: File, kind: str) -> File:
    """The first event of a kind."""
    return next(each for each in course["events"] if each["kind"] == kind)


def written(folder: Path, course: Any, name: str = "some.course.json") -> str:
    """A file that holds a course."""
    path = folder / name
    path.write_text(json.dumps(course), encoding="utf-8")
    return str(path)


def changed(folder: Path, change: Callable[[File], None]) -> str:
    """A file with the window example, changed."""
    course = march()
    change(course)
    return written(folder, course)


COMMAND = str(Path(sys.executable).with_name("isocourse"))
"""The installed command, to run as a process of its own."""
