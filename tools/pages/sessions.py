"""Sessions in hand-written pages: their files are made, their commands run, the output filled in.

    <!-- file: NAME -->        before a block: the block is written to that file
    <!-- add to: NAME -->      before a block: its events are added to that course file
    ```console                 lines with `$ isocourse ...` are run; what they print follows
    ```python-session          a line with `$ python NAME` runs that file; what it prints follows

Each page has an empty folder of its own.
"""

import contextlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from typer.testing import CliRunner

from isocourse import cli

WIDTH = "96"
_BLOCK = re.compile(
    r"(?:^<!-- (?P<what>file|add to): (?P<name>\S+) -->\n)?"
    r"^```(?P<language>[\w-]+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (isocourse\b.*)$", re.MULTILINE)


def pages_with_sessions(docs: Path) -> Iterator[str]:
    """The hand-written pages that hold a session, by their path below docs."""
    for folder in ("tutorials", "how-to"):
        for path in sorted((docs / folder).glob("*.md")):
            text = path.read_text(encoding="utf-8")
            if "```console" in text or "```python-session" in text:
                yield path.relative_to(docs).as_posix()


def played(text: str) -> str:
    """The page with the output that its commands give now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(_block, text)


def _block(found: re.Match[str]) -> str:
    name, body = found["name"], found["body"]
    if found["what"] == "file":
        Path(name).write_text(body, encoding="utf-8")
    elif found["what"] == "add to":
        _add(Path(name), body)
    elif found["language"] == "console":
        return f"```console\n{''.join(map(_run, _COMMAND.findall(body)))}```"
    elif found["language"] == "python-session":
        return f"```python-session\n{_python(body.split()[2])}```"
    return found[0]


def _python(name: str) -> str:
    done = subprocess.run([sys.executable, name], capture_output=True, text=True, check=True)  # noqa: S603
    return f"$ python {name}\n{done.stdout}"


def _add(path: Path, events: str) -> None:
    course = json.loads(path.read_text(encoding="utf-8"))
    course["events"] += json.loads(f"[{events.strip().removesuffix(',')}]")
    path.write_text(json.dumps(course), encoding="utf-8")


def _run(command: str) -> str:
    _, *arguments = shlex.split(command)
    done = CliRunner().invoke(cli.app, arguments, env=_surroundings())
    lines = [line.rstrip() for line in done.output.strip("\n").splitlines()]
    return "\n".join([f"$ {command}", *lines]) + "\n"


def _surroundings() -> Mapping[str, str | None]:
    kept = {"COLUMNS": WIDTH, "NO_COLOR": "1", "TERM": "dumb", "FORCE_COLOR": None}
    return {name: kept[name] for name in kept if name in os.environ or kept[name] is not None}
