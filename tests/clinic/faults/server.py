"""The clinic's own server, as it is run in earnest, started and killed without warning."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path

from isocourse.clinic.project import environment

_LONGEST = 120  # seconds until it must answer


class Served:
    """A server with its workers: one group of processes that can be ended at one stroke."""

    def __init__(self, url: str, folder: Path, command: Sequence[str] = ()) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder / "server.log"
        own = str(Path(sys.executable).with_name("isocourse"))
        self.command = [*(command or (own, "clinic", "serve")), "--port", str(self.port)]
        kept = {n: v for n, v in os.environ.items() if n != "DJANGO_SETTINGS_MODULE"}
        here = {environment.DATABASE: url, environment.DATA: str(folder), environment.PROXY: "1"}
        self.surroundings = kept | here
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it can do its work."""
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                self.command,
                env=self.surroundings,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            assert self.process is not None and self.process.poll() is None, self.said()
            if self.ready():
                return
            time.sleep(0.05)
        raise AssertionError(self.said())

    def ready(self) -> bool:
        """Whether it answers, and its database too."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/ready", headers={"Host": f"localhost:{self.port}"})
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()

    def kill(self) -> None:
        """SIGKILL to all its processes at one instant: nothing is flushed, closed or said."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None

    def said(self) -> str:
        """The end of what it wrote."""
        return self.log.read_text()[-4000:]


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return int(each.getsockname()[1])
