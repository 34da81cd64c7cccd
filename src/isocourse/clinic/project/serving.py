"""Serves the clinic: the server for production, with the static files, in one command."""

import gc
import logging
import os
import threading
import time
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from gunicorn.app.base import BaseApplication

WORKERS, THREADS = 2, 8
_EVERY, _AT_ONCE = 120, 2000  # seconds between turns, courses in each
_log = logging.getLogger(__name__)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, set up from here instead of from a file of its own."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand over the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, loaded in each worker."""
        from isocourse.clinic.project.wsgi import application

        return application


def serve(address: str, port: int, workers: int = WORKERS) -> None:
    """Serve until told to stop. The tables must be those of this release."""
    _close()  # what is open would be shared: two workers on one socket read each other's answers
    Server(
        {
            "bind": f"{address}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "post_worker_init": _warm,
            "worker_exit": _let_go,
            "loglevel": "warning",
            "forwarded_allow_ips": os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
        }
    ).run()


def _warm(worker: Any) -> None:
    """Load the compiled rules before the first patient is asked about, then keep the lists true."""
    threading.Thread(target=_keep_true, daemon=True).start()


def _let_go(server: Any, worker: Any) -> None:
    """Close the pool of connections: its threads would keep a worker from ending."""
    _close()


def _close() -> None:
    """No connection of this process stays open, and no pool of them."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def _keep_true() -> None:
    """A new day changes where courses stand, though nobody wrote anything."""
    from django.db import connections

    from isocourse.clinic.worklist.keeping import refresh

    warm()
    settle()
    while True:
        try:
            refresh(_AT_ONCE)
        except Exception:  # the next turn tries again; a page assesses what it shows by itself
            _log.exception("the worklist could not be brought up to date")
        finally:
            connections.close_all()
        time.sleep(_EVERY)


def settle() -> None:
    """What is loaded stays: the collector looks no more through it.

    A look through all that a worker has loaded stops every answer of it for a tenth of a second.
    """
    gc.collect()
    gc.freeze()


def warm() -> None:
    """Load every page, and assess a shipped example once."""
    from django.urls import get_resolver

    from isocourse.course import assess
    from isocourse.events import read_course

    _ = get_resolver().url_patterns  # imports the views
    example = files("isocourse") / "examples" / "1-us-window-of-march.course.json"
    assess(read_course(example.read_bytes()), date(2026, 3, 7))
