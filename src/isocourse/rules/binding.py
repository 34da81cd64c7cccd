"""Whom a requirement binds: nobody (None), everybody, or those who can become pregnant."""

from typing import Any

from isocourse.words.expressions import NEVER


def bound(whom: str | None, course: Any, condition: Any) -> Any:
    """The condition for those whom a place binds: None, "all", "can" or "cannot"."""
    if whom is None:
        return NEVER
    if whom == "all":
        return condition
    if whom == "can":
        return course.can_become_pregnant & condition
    if whom == "cannot":
        return ~course.can_become_pregnant & condition
    raise ValueError(f"{whom!r} says not whom a requirement binds.")
