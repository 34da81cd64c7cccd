"""Imports run one way, heavy libraries come when they are needed, one place reads the clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.project.tree import PACKAGE, imported, modules, syntax

ORDER = (
    ("words",),
    ("evidence", "events"),
    ("facts",),
    ("rules", "models"),
    ("course",),
    ("exchange",),
    ("clinic", "on_screen"),
    ("cli",),
)
"""From the top down: a room imports those above it, and none beside it."""
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
HEAVY = {"numba", "numpy", "polars", "pyarrow", "pydantic", "rich", "z3"}


def room(module: str) -> str:
    """The room of a module of the package: "facts" for isocourse.facts.log."""
    return module.split(".")[1] if "." in module else ""


def crossings() -> Iterator[tuple[str, str, str]]:
    """Every import from one room into another, with where it stands."""
    for name, path in modules().items():
        for target, line in imported(path):
            inside = target.partition(".")[0] == "isocourse" and room(target)
            if inside and room(name) and room(target) != room(name):
                yield room(name), room(target), f"{path.relative_to(PACKAGE)}:{line}"


def test_every_room_has_its_place_in_the_order() -> None:
    held = {room(name) for name in modules()} - {""}
    assert held <= LEVEL.keys()


def test_imports_run_one_way() -> None:
    wrong = [
        f"{where}: {here} imports {there}"
        for here, there, where in crossings()
        if LEVEL[there] >= LEVEL[here]
    ]
    assert not wrong


def test_the_walk_sees_imports() -> None:
    assert {("rules", "evidence"), ("course", "facts"), ("facts", "words")} <= {
        (here, there) for here, there, _ in crossings()
    }


@pytest.mark.parametrize(
    ("here", "libraries"),
    [
        ("words", HEAVY | {"typer", "django"}),
        ("evidence", HEAVY | {"typer", "django"}),
        ("rules", {"polars", "numba", "z3", "numpy", "django"}),
        ("facts", {"polars", "z3", "django"}),
        ("events", {"polars", "numba", "z3", "django"}),
        ("course", {"z3", "django", "typer", "rich"}),
    ],
)
def test_a_room_leaves_these_libraries_alone(here: str, libraries: set[str]) -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {target}"
        for name, path in modules().items()
        if room(name) == here
        for target, line in imported(path)
        if target.partition(".")[0] in libraries
    ]
    assert not wrong


@pytest.mark.parametrize("module", ["isocourse", "isocourse.evidence", "isocourse.cli"])
def test_importing_is_light(module: str) -> None:
    allowed = {"rich"} if module == "isocourse.cli" else set()  # typer may load rich itself
    shown = f"import {module}, sys; print(*(n for n in {sorted(HEAVY)!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= allowed


def test_only_the_command_line_reads_the_clock() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for name, path in modules().items()
        if room(name) not in ("cli", "clinic")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and _reads_the_clock(node.func)
    ]
    assert not wrong


def _reads_the_clock(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or not isinstance(
        called.value, ast.Name | ast.Attribute
    ):
        return False
    owner = called.value.id if isinstance(called.value, ast.Name) else called.value.attr
    return (owner, called.attr) in {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("time", "localtime"),
    }
