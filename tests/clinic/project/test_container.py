"""The container file is such as it has to be, and its steps make in an empty environment what runs.

That the image itself does is seen in test_image.py, where podman is.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.clinic.faults.server import free_port
from tests.clinic.project.asking import ready
from tests.project.tree import ROOT

FILE = (ROOT / "deploy" / "Containerfile").read_text("utf-8")


def steps() -> list[str]:
    """The commands of RUN that install, in their order."""
    runs = re.findall(r"^RUN (.+?[^\\])$", FILE, re.MULTILINE | re.DOTALL)
    joined = " && ".join(each.replace("\\", " ") for each in runs)
    parts = [" ".join(each.split()) for each in joined.split("&&")]
    return [each for each in parts if each.startswith("python -m ")]


def copied() -> list[tuple[str, str]]:
    """What COPY brings into the image, and the folder that it comes to."""
    lines = [each.split() for each in re.findall(r"^COPY (.+)$", FILE, re.MULTILINE)]
    return [(name, line[-1]) for line in lines for name in line[:-1]]


def test_what_is_copied_is_there_and_the_steps_are_known() -> None:
    names = [name for name, _ in copied()]
    assert all((ROOT / name).exists() for name in names) and "src" in names
    assert len(steps()) == 3 and "--require-hashes" in steps()[0]


def test_nobody_is_root_and_no_key_is_in_the_image() -> None:
    assert re.search(r"^USER 10001$", FILE, re.MULTILINE) and "--uid 10001" in FILE
    assert "KEY" not in FILE.replace("The keys come", "")


def test_the_image_holds_what_was_pinned_and_tested_and_not_what_tests_need() -> None:
    pins, ours = (_pins(each) for each in ("requirements.lock", "deploy/requirements.lock"))
    assert ours <= pins, "make lock writes both"
    names = {line.partition("==")[0] for line in ours}
    assert "django" in names and not names & {"pytest", "playwright", "uv", "mypy", "pip-audit"}


def test_nothing_that_was_made_on_this_machine_goes_into_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {"**/__pycache__", ".git", ".venv"} <= set(ignored)


def _pins(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text("utf-8").replace("\\", "").splitlines()
    named = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return set(named)


@pytest.mark.soak
def test_the_steps_make_what_serves_a_clinic(tmp_path: Path) -> None:
    folder, venv = tmp_path / "app", tmp_path / "venv"
    for name, to in copied():
        _copied(name, folder / to)
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
    port = free_port()
    serve = [command, "clinic", "serve", "--port", str(port)]
    server = subprocess.Popen(serve, env=kept)
    try:
        assert ready(port, lambda: server.poll() is None)
    finally:
        server.terminate()
        server.wait(60)


def _copied(name: str, to: Path) -> None:
    source = ROOT / name
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        to.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, to)
