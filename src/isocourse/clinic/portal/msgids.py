"""Texts that this app shows and others wrote."""

from collections.abc import Iterator

from isocourse.rules import rules

_FOR_PATIENTS = ("tips", "expect", "phase")


def elsewhere() -> Iterator[str]:
    """The engine's tips, phases and what is normal in them."""
    held = (each.says for each in rules().values() if each.effect in _FOR_PATIENTS)
    yield from dict.fromkeys(held)
