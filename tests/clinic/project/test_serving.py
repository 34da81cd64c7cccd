"""The workers of the server share nothing that belongs to one of them."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.db import connection
from tests.clinic.journeys.site import served

from isocourse.clinic.project import serving

ASKED, AT_ONCE = 400, 16


def test_no_connection_is_open_when_the_workers_part(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes on one socket read each other's answers."""
    parted: list[tuple[object, bool]] = []

    def run(_: serving.Server) -> None:
        pools = getattr(connection, "_connection_pools", {})
        parted.append((connection.connection, "default" in pools))

    monkeypatch.setattr(serving.Server, "run", run)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert connection.connection is not None
    serving.serve("127.0.0.1", 0)
    assert parted == [(None, False)]


def test_every_question_asked_at_once_is_answered(
    vendor: str, templates: Path, tmp_path: Path
) -> None:
    with served(vendor, templates, tmp_path) as site:

        def status(_: int) -> int:
            try:
                with urlopen(f"{site.at}/ready", timeout=60) as answer:
                    return int(answer.status)
            except HTTPError as error:
                return error.code

        with ThreadPoolExecutor(AT_ONCE) as many:
            found = list(many.map(status, range(ASKED)))
    assert found == [200] * ASKED


def test_the_collector_does_not_look_through_what_a_worker_has_loaded(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would stop every answer of a worker for a tenth of a second, again and again."""

    def first_turn_over(_: float) -> None:
        raise InterruptedError

    monkeypatch.setattr(serving.time, "sleep", first_turn_over)
    try:
        with pytest.raises(InterruptedError):
            serving._keep_true()
        assert gc.get_freeze_count() > len(gc.get_objects())
    finally:
        gc.unfreeze()
