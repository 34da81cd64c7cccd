"""A fresh database for every test, on SQLite and on PostgreSQL, and a small clinic to work in."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.clinic.settings"
os.environ.pop("ISOCOURSE_DEMONSTRATION", None)

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import setup_test_environment
from tests.clinic import postgres

from isocourse.clinic.people import sessions
from isocourse.clinic.project import environment

setup_test_environment(debug=False)

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_TURN = iter(range(10**9))


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for databases that are copied instead of made anew."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def vendor(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    kind: str = request.param
    if kind == POSTGRESQL:
        try:
            postgres.server()
        except postgres.NoServer as error:
            pytest.skip(f"PostgreSQL: {error}")
    return kind


@pytest.fixture
def database(vendor: str, templates: Path, tmp_path: Path, data_folder: Path) -> Iterator[str]:
    """A database with the tables of this release and nothing in it; its address."""
    url = fresh(vendor, templates, tmp_path)
    point_to(url)
    yield url
    close()


@pytest.fixture
def sqlite(templates: Path, tmp_path: Path, data_folder: Path) -> Iterator[str]:
    """The same on SQLite only, for what does not depend on the database."""
    url = fresh(SQLITE, templates, tmp_path)
    point_to(url)
    yield url
    close()


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for anchors and the ledger of erasures."""
    folder = tmp_path / "data"
    monkeypatch.setattr(settings, "DATA_FOLDER", folder)
    return folder


def fresh(vendor: str, templates: Path, folder: Path) -> str:
    """The address of a new database."""
    if vendor == SQLITE:
        file = folder / f"clinic-{next(_TURN)}.sqlite3"
        shutil.copy(_sqlite_template(templates), file)
        return f"sqlite://{file}"
    _postgres_template()
    name = f"clinic_{os.getpid()}_{next(_TURN)}"
    return postgres.make(postgres.server(), name, _template_name())


@cache
def _sqlite_template(folder: Path) -> Path:
    file = folder / "clinic.sqlite3"
    _migrated(f"sqlite://{file}")
    return file


def _template_name() -> str:
    return f"template_{os.getpid()}"


@cache
def _postgres_template() -> None:
    _migrated(postgres.make(postgres.server(), _template_name()))


def _migrated(url: str) -> None:
    point_to(url)
    call_command("migrate", verbosity=0, interactive=False)
    close()


def point_to(url: str) -> None:
    """Let `default` be another database, in this thread and in those to come."""
    close()
    config = environment.database({environment.DATABASE: url})
    config["OPTIONS"].pop("pool", None)
    held = connections.configure_settings({"default": config})
    connections.__dict__["settings"] = held
    if hasattr(connections._connections, "default"):
        del connections["default"]
    sessions._demonstration_by_database.cache_clear()


def close() -> None:
    """No connection stays open in this thread."""
    assert threading.current_thread() is threading.main_thread()
    connections.close_all()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What other servers published in an earlier test is asked for anew."""
    from isocourse.clinic.hooks import fetching

    fetching._published.clear()


@pytest.fixture(name="settings")
def changed_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """The settings, put back after the test."""

    class Changed:
        def __getattr__(self, name: str) -> object:
            return getattr(settings, name)

        def __setattr__(self, name: str, value: object) -> None:
            monkeypatch.setattr(settings, name, value)

    yield Changed()
