"""Asking a server that is just coming up whether it is ready."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable

SECONDS = 180


def ready(port: int, alive: Callable[[], bool] = lambda: True) -> bool:
    """Whether a server says within a while that it is ready."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert alive(), "the server ended by itself"
        host = "localhost"
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/ready", timeout=60) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False
