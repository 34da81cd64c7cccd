"""What should happen: cited rules, one folder for each clinical topic."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from isocourse.rules import book
from isocourse.rules.book import ACTIONS, BadRule, Exception_, Rule
from isocourse.rules.values import (
    PARENTS,
    TOPICS,
    BadValues,
    NoValue,
    Starts,
    Value,
    first_day,
    in_force,
    values,
)

__all__ = [
    "ACTIONS",
    "PARENTS",
    "TOPICS",
    "BadRule",
    "BadValues",
    "Exception_",
    "NoValue",
    "Rule",
    "Starts",
    "Value",
    "exceptions",
    "first_day",
    "in_force",
    "rules",
    "values",
]


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, such as "pregnancy.window_closed"."""
    for topic in TOPICS:
        folder = import_module(f"isocourse.rules.{topic}")
        for file in sorted(each.name for each in iter_modules(folder.__path__)):
            import_module(f"isocourse.rules.{topic}.{file}")
    return dict(book._rules)


@cache
def exceptions() -> Mapping[str, Exception_]:
    """Every exception by its name."""
    rules()
    return dict(book._exceptions)
