"""Compiled code is never run with other sources than those it was compiled from."""

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest
from numba.core.dispatcher import Dispatcher

from isocourse import facts
from isocourse.facts import compiled, many


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources in place of the real ones."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "one.py").write_text("A = 1\n")
    (folder / "two.py").write_text("B = 2\n")
    monkeypatch.setattr(compiled, "_SOURCES", (folder,))
    monkeypatch.setattr(compiled, "_HERE", folder)
    return folder


def digest() -> str:
    compiled.digest.cache_clear()
    try:
        return compiled.digest()
    finally:
        compiled.digest.cache_clear()


def test_the_folder_is_named_by_the_digest_of_every_source(sources: Path) -> None:
    before = digest()
    assert digest() == before
    (sources / "two.py").write_text("B = 3\n")
    changed = digest()
    (sources / "two.py").rename(sources / "three.py")
    renamed = digest()
    assert len({before, changed, renamed}) == 3
    assert compiled.folder().name == f"compiled-{renamed}"


def test_another_numba_compiles_anew(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    monkeypatch.setattr(compiled.numba, "__version__", "0")
    assert digest() != before


def test_what_was_compiled_from_earlier_sources_is_removed(sources: Path) -> None:
    now = compiled.folder()
    old, other = now.with_name("compiled-0123"), now.with_name("kept")
    for folder in (now, old, other):
        folder.mkdir(parents=True)
    compiled.forget_old()
    assert now.exists() and other.exists() and not old.exists()
    compiled.digest.cache_clear()


@pytest.fixture
def read_only(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Sources with what was compiled at set-up, of an account that may write at home only."""
    kept = compiled.folder()
    (kept / "deeper").mkdir(parents=True)
    (kept / "deeper" / "pass.nbi").write_bytes(b"compiled")
    able = compiled._writable
    home = tmp_path / "home"
    monkeypatch.setattr(
        compiled, "_writable", lambda place: place.is_relative_to(home) and able(place)
    )
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    compiled._own.cache_clear()
    yield home
    compiled._own.cache_clear()
    compiled.digest.cache_clear()


def test_a_service_copies_what_was_compiled_at_set_up(read_only: Path) -> None:
    found = compiled.folder()
    assert found.parent == read_only / "isocourse"
    assert (found / "deeper" / "pass.nbi").read_bytes() == b"compiled"
    (found / "deeper" / "pass.nbi").write_bytes(b"compiled for this processor")
    assert compiled.folder() == found
    assert (found / "deeper" / "pass.nbi").read_bytes() == b"compiled for this processor"


def test_two_that_copy_at_once_leave_one_whole_copy(read_only: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(lambda _: compiled.folder(), range(16)))
    (one,) = found
    assert (one / "deeper" / "pass.nbi").exists()
    assert [each.name for each in one.parent.iterdir()] == [one.name]


@pytest.mark.parametrize("home", [None, "/proc/none"])
def test_an_account_without_a_home_keeps_a_copy_of_its_own_for_a_while(
    read_only: Path, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    def none() -> Path:
        raise RuntimeError("no home")

    if home is None:
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setattr(Path, "home", none)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", home)
    found = compiled.folder()
    assert found.parent.stat().st_mode & 0o777 == 0o700, "nobody else puts code there"
    assert (found / "deeper" / "pass.nbi").exists()
    shutil.rmtree(found.parent)


def test_no_part_of_the_pass_keeps_count_of_memory_whichever_is_compiled_first() -> None:
    """One that does would decide for the parts it shares: the loop became a quarter slower."""
    modules = [each for package in (facts, many) for each in _in(package)]
    every = {n: f for module in modules for n, f in vars(module).items()}
    options = {n: f.targetoptions for n, f in every.items() if isinstance(f, Dispatcher)}
    assert {"go", "pass_over", "years_between"} < set(options)
    assert {name for name, of in options.items() if of.get("_nrt", True)} == set()


def _in(package: ModuleType) -> Iterator[ModuleType]:
    for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(each.name)
