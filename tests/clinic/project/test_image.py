"""The image is built and run: as nobody, with keys from outside only, its data on a volume.

Where podman or the base image is missing, it is skipped by name. What this machine's podman needs
beside comes from outside: ISOCOURSE_TEST_PODMAN (the command with its options), ..._BUILD, ..._RUN.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clinic.faults.server import free_port
from tests.clinic.project.asking import ready
from tests.project.tree import ROOT

from isocourse.clinic.project import environment

FILE = "deploy/Containerfile"
(BASE,) = re.findall(r"^FROM (\S+)$", (ROOT / FILE).read_text("utf-8"), re.MULTILINE)
IMAGE = "isocourse-of-the-tests"
_GIVEN = "ISOCOURSE_TEST_PODMAN"
PODMAN, TO_BUILD, TO_RUN = (
    os.environ.get(f"{_GIVEN}{each}", usual).split()
    for each, usual in (("", "podman"), ("_BUILD", ""), ("_RUN", ""))
)
pytestmark = pytest.mark.soak


def podman(*told: str | Path, check: bool = True) -> "subprocess.CompletedProcess[str]":
    """What podman answers."""
    command = [*PODMAN, *map(str, told)]
    return subprocess.run(command, capture_output=True, text=True, check=check, cwd=ROOT)


@pytest.fixture(scope="module")
def image() -> str:
    """The image, built from the file as it is."""
    if shutil.which(PODMAN[0]) is None:
        pytest.skip(f"NOT BUILT: {PODMAN[0]} is not installed")
    if podman("image", "exists", BASE, check=False).returncode:
        pulled = podman("pull", BASE, check=False)
        if pulled.returncode:
            pytest.skip(f"NOT BUILT: {BASE} cannot be had: {pulled.stderr.strip()[-200:]}")
    podman("build", *TO_BUILD, "--format", "docker", "--file", FILE, "--tag", IMAGE, ".")
    return IMAGE


class Machine:
    """A volume and an environment, and containers run with both, one after the other."""

    def __init__(self, image: str, folder: Path) -> None:
        self.image, self.volume = image, f"isocourse-{os.getpid()}"
        self.port, self.name = free_port(), f"isocourse-{os.getpid()}"
        self.keys = folder / "clinic.env"
        told = environment.fresh() | {environment.HOSTS: "clinic.example"}
        self.keys.write_text("".join(f"{name}={value}\n" for name, value in told.items()))
        podman("volume", "create", self.volume)

    def do(self, *told: str, keys: bool = True) -> "subprocess.CompletedProcess[str]":
        """A command of the clinic in a container of its own; what it ended with."""
        with_keys = ["--env-file", str(self.keys)] if keys else []
        mount = f"{self.volume}:/data"
        given = ["--rm", *TO_RUN, *with_keys, "--volume", mount, self.image, *told]
        return podman("run", *given, check=False)

    def begin(self) -> None:
        """Serve, with nothing to write to but the volume and what is gone with the container."""
        given = ["--detach", "--read-only", "--name", self.name, "--env-file", str(self.keys)]
        published = ["--publish", f"127.0.0.1:{self.port}:8000"]
        podman("run", *given, *TO_RUN, *published, "--volume", f"{self.volume}:/data", self.image)
        assert ready(self.port, self.runs), podman("logs", self.name).stderr

    def runs(self) -> bool:
        state = podman("inspect", self.name, "--format", "{{.State.Running}}", check=False)
        return state.stdout.strip() == "true"

    def inside(self, *told: str) -> str:
        """What a command says within the container that serves."""
        return podman("exec", self.name, *told).stdout

    def end(self) -> int:
        """Stop it as an orchestrator does; how it ended."""
        podman("stop", "--time", "60", self.name)
        code = podman("inspect", self.name, "--format", "{{.State.ExitCode}}").stdout
        podman("rm", self.name)
        return int(code)


@pytest.fixture
def machine(image: str, tmp_path: Path) -> Iterator[Machine]:
    made = Machine(image, tmp_path)
    yield made
    podman("rm", "--force", made.name, check=False)
    podman("volume", "rm", "--force", made.volume, check=False)


def test_without_keys_nothing_is_served_and_what_is_missing_is_named(machine: Machine) -> None:
    done = machine.do("migrate", keys=False)
    assert done.returncode == 2 and environment.DATA_KEYS in done.stderr, done.stderr


def test_no_key_and_no_data_are_in_the_image(machine: Machine) -> None:
    said = podman("inspect", machine.image).stdout + podman("history", machine.image).stdout
    assert not any(name in said for name in environment.SECRETS)
    (made,) = json.loads(podman("inspect", machine.image).stdout)
    assert made["Config"]["User"] == "10001" and made["Config"]["Volumes"] == {"/data": {}}


def test_a_clinic_in_a_container(machine: Machine) -> None:
    refused = machine.do("serve")
    assert refused.returncode == 2 and "isocourse clinic migrate" in refused.stderr
    assert machine.do("migrate").returncode == 0
    invited = machine.do("invite", "ruth@example.org", "--clinic", "Harbour", "--place", "us")
    assert invited.returncode == 0 and "/join/" in invited.stdout
    machine.begin()
    assert machine.inside("id", "-u").strip() == "10001"
    assert podman("healthcheck", "run", machine.name, check=False).returncode == 0
    kept = machine.inside("find", "/data", "-name", "clinic.sqlite3", "-perm", "0600")
    assert kept.strip() == "/data/clinic.sqlite3"
    assert machine.end() == 0, "it ends cleanly when it is told to"
    assert machine.do("backup", "/data/backup.zip").returncode == 0
    machine.begin()
    verified = machine.do("verify")
    assert verified.returncode == 0 and "anchored" in verified.stdout, "the data is still there"
    machine.end()


def test_what_was_compiled_for_the_image_is_used(machine: Machine) -> None:
    """Nothing is compiled at a start, else nobody could work for a minute."""
    assert machine.do("migrate").returncode == 0
    machine.begin()
    machine.inside("python", "-m", "isocourse.course.warm")
    compiled = ["find", "/data/cache", "-name", "*.nbi"]
    assert machine.inside(*compiled), "it was copied to where it may be written"
    assert not machine.inside(*compiled, "-newer", "/data/static/staticfiles.json")
    machine.end()
