"""No clinical number stands in a rule: every one is a value with a place, a date and a source."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from isocourse.rules import TOPICS

ALLOWED = (0, 1)


def files_of_rules() -> list[Path]:
    """Every file of every topic, but those that only name the folder."""
    folders = [Path(import_module(f"isocourse.rules.{topic}").__path__[0]) for topic in TOPICS]
    return [file for each in folders for file in sorted(each.glob("*.py"))]


def numbers(tree: ast.Module) -> Iterator[tuple[int, object]]:
    """Each number that is neither 0 nor 1 nor a named power of ten, with its line."""
    named = {id(each) for node in tree.body for each in _factors(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in named and _clinical(node.value):
            yield node.lineno, node.value


def _clinical(value: object) -> bool:
    if type(value) is int:
        return value not in ALLOWED
    return isinstance(value, (float, complex))


def _factors(node: ast.stmt) -> Iterator[ast.AST]:
    """The number of `GRAMS_IN_A_KILOGRAM = 1000`: a factor between units has no source."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int(value)) as held):
            if name.isupper() and value > 0 and set(str(value).strip("0")) == {"1"}:
                yield held


@pytest.mark.parametrize(
    "file", files_of_rules(), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_no_number_stands_in_a_rule(file: Path) -> None:
    found = dict(numbers(ast.parse(file.read_text(encoding="utf-8"))))
    assert not found, "line and number; a number belongs in values.toml, with its source"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(course): return course.visits < 2", [2]),
        ("def f(course): return course.visits < 2.0", [2.0]),
        ("def f(course): return course.visits < 1.0", [1.0]),
        ("def f(course): return course.visits > -7", [7]),
        ("DAYS = 30", [30]),
        ("GRAMS_IN_A_KILOGRAM = 1000", []),
        ("grams = 1000", [1000]),
        ("def f(dose): return dose * 1000", [1000]),
        ("def f(course): return (course.item_nine > 0) & (course.begun == 1)", []),
        ("def f(course): return course.begun & True", []),
    ],
)
def test_a_number_that_does_stand_there_is_found(text: str, found: list[object]) -> None:
    assert [number for _, number in numbers(ast.parse(text))] == found
