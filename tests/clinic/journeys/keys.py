"""A person at the keyboard, counted by the keystroke-level model: keys, decisions, hands."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TABLE = tomllib.loads(Path(__file__).with_name("keystrokes.toml").read_text("utf-8"))
SECONDS, GOAL = _TABLE["seconds"], _TABLE["goal"]["seconds"]
_MOST = 40  # fields between one and the next, at most


@dataclass
class Hands:
    """Hands on the keys of a page."""

    page: Any
    keys: int = 0
    decisions: int = 0

    def press(self, key: str, times: int = 1) -> None:
        """A key; one that is held down beside it counts as well."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += len(key.split("+"))

    def decide(self) -> None:
        """Before each field a person looks and thinks."""
        self.decisions += 1

    def type(self, text: str) -> None:
        for each in text:
            self.press(each)

    def go_to(self, wanted: str) -> None:
        """Forward by the tabulator until a field has the focus."""
        for _ in range(_MOST):
            if self._is_at(wanted):
                return
            self.press("Tab")
        raise AssertionError(f"{wanted} is not among the next {_MOST} fields")

    def _is_at(self, wanted: str) -> bool:
        script = "(name) => [document.activeElement.name, document.activeElement.id].includes(name)"
        return bool(self.page.evaluate(script, wanted))

    def part(self, name: str) -> None:
        """Forward by parts until one of this name has the focus."""
        script = "document.activeElement.closest('form[data-record] > *')?.id"
        for _ in range(_MOST):
            if self.page.evaluate(script) == name:
                return
            self.press("Alt+ArrowDown")
        raise AssertionError(f"{name} is not among the next {_MOST} parts")

    @property
    def seconds(self) -> float:
        return SECONDS["hand"] + self.keys * SECONDS["key"] + self.decisions * SECONDS["think"]
