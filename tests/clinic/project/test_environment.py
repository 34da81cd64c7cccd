"""What the clinic is told from outside; what is missing is named, and nothing is made up."""

from pathlib import Path

import pytest

from isocourse.clinic.project import environment
from isocourse.clinic.project.environment import NotSetUp


def test_secrets_come_from_the_environment_and_those_missing_are_named() -> None:
    fresh = environment.fresh()
    held = environment.read_secrets(fresh)
    assert held.data[0][0] == "k1" and len(held.chain) >= 50
    assert environment.fresh() != fresh
    for name in fresh:
        with pytest.raises(NotSetUp, match=name):
            environment.read_secrets({**fresh, name: ""})


def test_a_short_key_is_refused() -> None:
    with pytest.raises(NotSetUp, match="fewer than 50"):
        environment.read_secrets({**environment.fresh(), environment.CHAIN: "secret"})


@pytest.mark.parametrize("told", ["nonsense", ":x", "k1:", ","])
def test_data_keys_without_ids_are_refused(told: str) -> None:
    with pytest.raises(NotSetUp):
        environment.read_secrets({**environment.fresh(), environment.DATA_KEYS: told})


def test_only_the_demonstration_makes_its_own_keys(tmp_path: Path) -> None:
    given = {environment.DATA: str(tmp_path)}
    with pytest.raises(NotSetUp):
        environment.read_secrets(given)
    given[environment.DEMONSTRATION] = "1"
    held = environment.read_secrets(given)
    file = tmp_path / "demonstration" / "demonstration.keys"
    assert file.stat().st_mode & 0o777 == 0o600
    assert environment.read_secrets(given) == held


def test_the_demonstration_has_a_folder_of_its_own(tmp_path: Path) -> None:
    given = {environment.DATA: str(tmp_path)}
    demo = {**given, environment.DEMONSTRATION: "1"}
    assert environment.database(given)["NAME"] != environment.database(demo)["NAME"]


def test_a_database_by_one_variable() -> None:
    url = "postgresql://isocourse:p%40ss@db.example:5433/clinic?sslmode=require"
    held = environment.database({environment.DATABASE: url})
    assert (held["HOST"], held["PORT"], held["NAME"]) == ("db.example", "5433", "clinic")
    assert held["PASSWORD"] == "p@ss" and held["OPTIONS"]["sslmode"] == "require"
    with pytest.raises(NotSetUp, match="mysql"):
        environment.database({environment.DATABASE: "mysql://x/y"})


def test_sqlite_is_durable_and_waits_for_its_turn(sqlite: str) -> None:
    from django.db import connection

    said = {}
    with connection.cursor() as cursor:
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers"):
            cursor.execute(f"PRAGMA {name}")
            said[name] = cursor.fetchone()[0]
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
