"""The picture of the README: what the real command prints, drawn as an SVG without web fonts."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

EXAMPLES = Path(__file__).resolve().parents[2] / "src" / "isocourse" / "examples"
COURSE = "1-us-window-of-march.course.json"
COMMAND = ("isocourse", "assess", COURSE, "--at", "2026-03-08T09:00:00-04:00")
WIDTH = 96
_WEB_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"


def picture() -> str:
    """Run the command on a shipped example and draw what it printed."""
    sheet = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    sheet.print(Text.from_ansi(_printed()))
    drawn = sheet.export_svg(title=" ".join(COMMAND), unique_id="isocourse")
    return _WEB_FONT.sub("", drawn).replace("Fira Code, monospace", _FONTS)


def _printed() -> str:
    program = Path(sys.executable).with_name(COMMAND[0])
    settings = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    command = [str(program), *COMMAND[1:]]
    done = subprocess.run(  # noqa: S603
        command, cwd=EXAMPLES, env=settings, capture_output=True, text=True, check=True
    )
    return done.stdout.rstrip()
