"""The tables of worked cases in `rules/<topic>/cases.md`, one row a case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from isocourse.rules import TOPICS

COLUMNS = ("case", "course", "changes", "asked", "action", "verdict", "topics")
ACTIONS = ("start", "prescribe", "dispense", "eligibility")
BESIDE = ("alerts", "due", "tips", "phase")
"""Asked beside the verdicts. `topics` then names the rules: of `alerts` the verdict is their
urgency, of `due` the day on which their task is due (`open` for one without a day), of `tips`
(what is normal counts too) `shown`; `none` says that none of them speaks. Of `phase` it is the name
of the phase."""
VERDICTS = (
    "allowed",
    "blocked",
    "unknown",
    "closed",
    "not_applicable",
    "eligible",
    "not_eligible",
)


class BadCases(ValueError):
    """A table of cases that is not in the agreed form."""


@dataclass(frozen=True, slots=True)
class Case:
    """One worked patient: a base course, what is changed, what is asked, what is expected."""

    topic: str
    line: int
    case: str
    course: str
    changes: str
    asked: str
    action: str
    verdict: str
    topics: tuple[str, ...]

    @property
    def name(self) -> str:
        """Names the case among all."""
        return f"{self.topic}: {self.case}"


@cache
def cases() -> Mapping[str, Case]:
    """Every shipped case by its name."""
    found: dict[str, Case] = {}
    for topic in TOPICS:
        text = (files("isocourse.rules") / topic / "cases.md").read_text(encoding="utf-8")
        for case in read_cases(topic, text):
            if case.name in found:
                raise BadCases(f"rules/{topic}/cases.md:{case.line}: {case.case!r} is there twice.")
            found[case.name] = case
    return found


def read_cases(topic: str, text: str) -> Iterator[Case]:
    """The cases that a Markdown text holds."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if not line.startswith("|"):
            inside = False
        elif cells == COLUMNS:
            inside = True
        elif inside and not set("".join(cells)) <= set("-: "):
            yield _case(topic, number, cells)


def _case(topic: str, line: int, cells: tuple[str, ...]) -> Case:
    where = f"rules/{topic}/cases.md:{line}"
    if len(cells) != len(COLUMNS):
        raise BadCases(f"{where}: found {len(cells)} cells, expected {len(COLUMNS)}.")
    name, course, changes, asked, action, verdict, topics = cells
    wanted = tuple(topics.replace(",", " ").split())
    case = Case(topic, line, name, course, changes, asked, action, verdict, wanted)
    gate = case.action in ACTIONS and case.verdict in VERDICTS
    if not gate and case.action not in BESIDE:
        raise BadCases(f"{where}: found {case.action!r} and {case.verdict!r}; see VERDICTS.")
    if not gate and not wanted and case.action != "phase":
        raise BadCases(f"{where}: {case.action} needs the names of rules in its last cell.")
    return case
