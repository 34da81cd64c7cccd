"""The files of the project, as the tests of the project look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "isocourse"
LEFT_OUT = {".git", ".venv", "__pycache__", ".hypothesis", "build", "dist"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is written by hand or generated, without caches and what is installed."""
    return tuple(
        sorted(path for path in _walk(ROOT) if path.suffix not in (".nbi", ".nbc", ".pyc"))
    )


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in LEFT_OUT or path.name.endswith(("_cache", ".egg-info")):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.name != ".git":  # in a work tree, a file
            yield path


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its full name."""
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module that a file imports anywhere in it, with the line."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from ((each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the full name"
            module = node.module or ""
            whole = {f"{module}.{each.name}" for each in node.names} & modules().keys()
            yield from ((name, node.lineno) for name in whole or {module})
