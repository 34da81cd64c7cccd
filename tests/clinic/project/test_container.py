"""The steps of the container file, carried out in an empty environment: what they make runs."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.project.tree import ROOT

FILE = (ROOT / "deploy" / "Containerfile").read_text("utf-8")


def steps() -> list[str]:
    """The commands of RUN that install, in their order."""
    (run,) = re.findall(r"^RUN (.+?[^\\])$", FILE, re.MULTILINE | re.DOTALL)
    parts = [" ".join(each.replace("\\", " ").split()) for each in run.split("&&")]
    return [each for each in parts if each.startswith("python -m ")]


def copied() -> list[str]:
    """What COPY brings into the image."""
    lines = re.findall(r"^COPY (.+)$", FILE, re.MULTILINE)
    return [name for line in lines for name in line.split()[:-1]]


def test_what_is_copied_is_there_and_the_steps_are_known() -> None:
    assert all((ROOT / name).exists() for name in copied()) and "src" in copied()
    assert len(steps()) == 3 and "--require-hashes" in steps()[0]


@pytest.mark.soak
def test_the_image_that_would_be_made_serves_a_clinic(tmp_path: Path) -> None:
    folder, venv = tmp_path / "app", tmp_path / "venv"
    folder.mkdir()
    for name in copied():
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        ignore = {"ignore": shutil.ignore_patterns("__pycache__")} if source.is_dir() else {}
        copy(source, folder / name, **ignore)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    python = venv / "bin" / "python"
    for step in steps():
        subprocess.run([python, *step.split()[1:]], cwd=folder, check=True)
    command = venv / "bin" / "isocourse"
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("ISOCOURSE", "DJANGO"))}
    keys = subprocess.run([command, "clinic", "keys"], capture_output=True, text=True, check=True)
    kept |= dict(line.split("=", 1) for line in keys.stdout.split())
    kept["ISOCOURSE_DATA"] = str(tmp_path / "data")
    subprocess.run([command, "clinic", "migrate"], env=kept, check=True)
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        port = each.getsockname()[1]
    server = subprocess.Popen([command, "clinic", "serve", "--port", str(port)], env=kept)
    try:
        assert _answers(port, server)
    finally:
        server.terminate()
        server.wait(60)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    for _ in range(600):
        assert server.poll() is None
        host = "localhost"
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False
