"""Compiled code is never run with other sources than those it was compiled from."""

from pathlib import Path

import pytest

from isocourse.facts import compiled


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
