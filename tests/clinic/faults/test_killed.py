"""Killed amid writes: what was acknowledged is there, whole and once, and the chains hold."""

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.clinic import postgres, team
from tests.clinic.conftest import POSTGRESQL, SQLITE, _migrated, close, fresh, point_to
from tests.clinic.faults.database import Killable, killable
from tests.clinic.faults.scene import Count, Work, holds
from tests.clinic.faults.server import Served
from tests.clinic.soaking import earlier, report, rounds

from isocourse.clinic.people.models import Clinic

KILLS = (2, 100)


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Killable]:
    """A PostgreSQL that syncs to the disk, as one in earnest does."""
    try:
        with killable() as made:
            yield made
    except postgres.NoServer as error:
        pytest.skip(f"PostgreSQL: {error}")


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def durable(
    request: pytest.FixtureRequest, templates: Path, tmp_path: Path, data_folder: Path
) -> Iterator[str]:
    """A database with every promise of durability kept."""
    if request.param == SQLITE:
        url = fresh(SQLITE, templates, tmp_path)
    else:
        held: Killable = request.getfixturevalue("own_postgres")
        url = postgres.make(held.url, "killed_server")
        _migrated(url)
    point_to(url)
    yield url
    close()


def a_clinic() -> Clinic:
    """A clinic with somebody for each kind of work."""
    clinic = team.clinic()
    for role in ("prescriber", "nurse", "pharmacist"):
        team.writer(clinic, role)
    return clinic


def test_the_server_is_killed_while_it_writes(durable: str, tmp_path: Path) -> None:
    """Given people who record; when all its processes are killed; then nothing is lost or half."""
    vendor = durable.partition(":")[0]
    name = f"server-{vendor}"
    clinic, served, count = a_clinic(), Served(durable, tmp_path), Count()
    dice = Random(f"{name} {len(earlier(name))}")
    begun = time.monotonic()
    try:
        for _ in rounds(*KILLS):
            work = Work(clinic)
            served.start()
            work.check(*work.until(served.port, served.kill, dice), count)
            holds_so_far(count)
    finally:
        served.kill()
    holds(count)
    report(name, seconds=seconds(begun), vendor=vendor, **dataclasses.asdict(count))


def test_the_database_is_killed_while_it_writes(
    own_postgres: Killable, tmp_path: Path, data_folder: Path
) -> None:
    """Given a clinic that is served; when its database is killed; then it goes on by itself."""
    url = postgres.make(own_postgres.url, "killed_database")
    _migrated(url)
    point_to(url)
    clinic, served, count = a_clinic(), Served(url, tmp_path), Count()
    dice = Random(f"database {len(earlier('database'))}")
    begun = time.monotonic()
    try:
        served.start()
        for _ in rounds(*KILLS):
            work = Work(clinic)
            work.check(*work.until(served.port, own_postgres.kill_and_start, dice), count)
            holds_so_far(count)
        holds(count)
    finally:
        served.kill()
        close()
    report("database", seconds=seconds(begun), vendor="postgresql", **dataclasses.asdict(count))


def holds_so_far(count: Count) -> None:
    """Stop at the first killing that did harm."""
    assert (count.missing, count.half, count.twice) == (0, 0, 0), count


def seconds(begun: float) -> int:
    """How long it took."""
    return round(time.monotonic() - begun)
