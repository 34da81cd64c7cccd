"""A PostgreSQL that keeps every promise of durability, to be killed and to recover."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from tests.clinic import postgres


class Killable:
    """A server of PostgreSQL whose processes are known."""

    def __init__(self, programs: Path, folder: Path, owner: str | None) -> None:
        self.programs, self.folder, self.owner = programs, folder, owner
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://tests@/postgres?host={folder}"

    def make(self) -> None:
        """A new cluster in its folder."""
        if self.owner:
            shutil.chown(self.folder, self.owner)
        words = ["-D", str(self.folder / "data"), "-U", "tests", "-A", "trust"]
        subprocess.run(
            [str(self.programs / "initdb"), *words],
            user=self.owner,
            cwd=self.folder,
            check=True,
            capture_output=True,
            timeout=120,
        )

    def stop(self) -> None:
        """End it in peace."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(120)
            self.process = None

    def start(self) -> None:
        """Start it, recover what the last killing left, and wait until it answers."""
        with (self.folder / "log").open("a") as out:
            words = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
            self.process = subprocess.Popen(
                [*words, "-k", str(self.folder), "-c", "listen_addresses="],
                user=self.owner,
                cwd=self.folder,
                stdout=out,
                stderr=out,
            )
        for _ in range(1200):
            assert self.process.poll() is None, (self.folder / "log").read_text()[-4000:]
            with contextlib.suppress(psycopg.Error), psycopg.connect(self.url):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text()[-4000:])

    def kill(self) -> None:
        """SIGKILL to the server and to every process that it made."""
        if self.process is None:
            return
        children = _children(self.process.pid)
        for pid in (self.process.pid, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)
        self.process = None
        for _ in range(400):  # the kernel takes a moment to clear them away
            if not any(Path(f"/proc/{pid}").exists() for pid in children):
                return
            time.sleep(0.01)

    def kill_and_start(self) -> None:
        """Killed, and started anew by whoever watches over it."""
        self.kill()
        self.start()


def _children(pid: int) -> list[int]:
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in file.read_text().split()] if file.exists() else []


@contextmanager
def killable(kept: Path | None = None) -> Iterator[Killable]:
    """A fresh server, gone in the end; or the one of a folder, which stays, and is stopped.

    Raises NoServer where PostgreSQL is not installed.
    """
    programs = next(postgres.programs(), None)
    if programs is None:
        raise postgres.NoServer("no PostgreSQL is installed")
    folder = kept or Path(tempfile.mkdtemp(prefix="isocourse-killed-"))
    folder.mkdir(exist_ok=True)
    made = Killable(programs, folder, postgres.NOBODY if os.geteuid() == 0 else None)
    if not (folder / "data").exists():
        made.make()
    made.start()
    try:
        yield made
    finally:
        if kept:
            made.stop()
        else:
            made.kill()
            shutil.rmtree(folder, ignore_errors=True)
