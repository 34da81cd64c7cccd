"""A table that cannot be used: where, what was found, what was expected, what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a table."""

    where: str
    found: str
    expected: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}, expected {self.expected}; {self.do}."


class BadTable(ValueError):
    """A table that cannot be used, with the first things that are wrong with it."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.source = source
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__(source, self.faults)

    def __str__(self) -> str:
        shown = [f"{self.source}: {each}" for each in self.faults[:_LISTED]]
        more = len(self.faults) - _LISTED
        return "\n".join(shown + [f"{self.source}: and more of them."] * (more > 0))
