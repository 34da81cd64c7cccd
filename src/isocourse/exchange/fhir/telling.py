"""What of a Bundle could not be made an event: each with its place, its reason and what to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from isocourse.events.problems import Problem, shown

PREGNANCY_TEST, SUPPLY = "pregnancy_test", "supply"


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something that another system recorded and the course does not hold.

    `closes` is the topic on which nothing may be allowed while this is unread: a pregnancy test
    whose result cannot be told, or capsules of isotretinoin whose amount cannot be.
    """

    where: str  # MedicationRequest/rx1.dosageInstruction
    found: str
    expected: str
    do: str
    closes: str | None = None
    day: date | None = None

    def problem(self) -> Problem:
        """The same as a warning of `check`."""
        return Problem(self.where, self.found, self.expected, self.do, "warning")

    def json(self) -> dict[str, Any]:
        """The same as an object of an answer."""
        said = {"where": self.where, "found": self.found}
        said |= {"expected": self.expected, "do": self.do}
        return said | ({"closes": self.closes} if self.closes else {})


def unmapped(
    where: str, value: Any, expected: str, do: str = "record it by hand", **more: Any
) -> Unmapped:
    """One thing that could not be mapped; `value` is what stands there."""
    found = "nothing" if value in (None, {}, []) else shown(value)
    return Unmapped(where, found, expected, do, **more)
