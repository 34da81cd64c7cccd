"""The page of the long runs, made of what the last soak wrote down."""

import json
from pathlib import Path
from typing import Any

from .markdown import page, table

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results" / "soak"
_ON = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_KILLED = {"server": "the server, all its processes", "database": "the database, all its processes"}
_DESKS = {"threads": "threads", "processes": "processes with threads"}
_LEAD = """\
`make test` runs a sample of these; `make soak` runs them in full and writes down what it found, and
this page is made of that, all runs added up. Any figure but 0 under *lost*, *half* or *twice* fails
the run."""
_HOW_KILLED = """\
Four people record visits of three entries each and a pharmacist hands over, through the real
server, as fast as they are answered. At a random moment every process is ended with SIGKILL. The
database is then opened anew. *Acknowledged*: forms whose answer came back. *In flight*: forms that
were sent and not acknowledged, with those sent while the database was down; each is there whole or
not at all. *Lost*: acknowledged and not there. *Half*: a visit or a hand-over without all its
entries. *Twice*: recorded more than once. In the end every chain is verified. When the database is
killed, the server is left running and has to go on by itself."""
_HOW_RACED = """\
In each round as many people as there are desks hand over one prescription at one instant. *Once*:
rounds in which it stands in the log once. *Lost*: somebody was told that it was done, and it was
not."""


def soak() -> str:
    """The page."""
    held = {path.stem: _runs(path) for path in sorted(RESULTS.glob("*.json"))}
    return page(
        "What the long runs found",
        _LEAD,
        "## Killed amid writes",
        _HOW_KILLED,
        _killed(held),
        "## Many desks at one instant",
        _HOW_RACED,
        _raced(held),
        "## The machine",
        _machines(held),
    )


Runs = list[dict[str, Any]]


def _runs(path: Path) -> Runs:
    found: Runs = json.loads(path.read_text("utf-8"))["runs"]
    return found


def _together(runs: Runs) -> dict[str, Any]:
    """Several runs as one: what was counted is added up, the rest is that of the last."""
    counted = {name for name, value in runs[-1].items() if type(value) is int and name != "desks"}
    return runs[-1] | {name: sum(each.get(name, 0) for each in runs) for name in counted}


def _of(held: dict[str, Runs], kinds: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    found = [
        (kinds.get(name.partition("-")[0], ""), _together(runs)) for name, runs in held.items()
    ]
    return [(words, said) for words, said in found if words]


def _killed(held: dict[str, Runs]) -> str:
    head = ("killed", "on", "times", "acknowledged", "in flight, of them recorded")
    rows = [
        (
            words,
            _ON[said["vendor"]],
            said["killed"],
            said["acknowledged"],
            f"{said['in_flight']}, {said['in_flight_recorded']}",
            said["handed_over"],
            said["missing"],
            said["half"],
            said["twice"],
        )
        for words, said in _of(held, _KILLED)
    ]
    return table((*head, "handed over", "lost", "half", "twice"), rows)


def _raced(held: dict[str, Runs]) -> str:
    head = ("desks", "on", "rounds", "at one instant", "once", "twice", "lost", "seconds")
    names = ("rounds", "desks", "once", "twice", "lost", "seconds")
    rows = [
        (words, _ON[said["vendor"]], *(said[name] for name in names))
        for words, said in _of(held, _DESKS)
    ]
    return table(head, rows)


def _machines(held: dict[str, Runs]) -> str:
    each = [said for runs in held.values() for said in runs]
    told = sorted({f"- {said['on']}: {said['machine']}" for said in each})
    beside = "Two ran at a time, beside other work; each began no more after some minutes."
    return "\n".join([*told, "", beside]) if told else ""
