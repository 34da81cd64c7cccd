"""A registry beside DuckDB and cql-execution: `python -m benchmarks.registry [COURSES ...]`.

Method: an invented registry of 40 entries a course is written once for each size; every run is a
process of its own on the same file, two threads each. isocourse gives all its facts, what every
rule says and the verdicts: in memory, and once more as the table that `assess-many` writes. DuckDB
gives in SQL those facts that can be told by looking at each entry once, and no rule; each of them
is compared, by its sum and number over all courses, which are made in a second reading that is not
counted: made beside the first one, they would hide a part of its time. cql-execution answers the
gate rules of the US for a few courses; see `benchmarks.gates`. Nothing is asserted about time.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import gates
from benchmarks.sql_facts import facts_in_sql
from isocourse.exchange.events_table.invented import write_registry
from isocourse.on_screen.machine import machine

SIZES = (10_000, 100_000, 1_000_000)
ASKED = date(2026, 12, 10)
GATES_OF = 40
"""So many courses are asked in cql-execution, which takes a second for each over FHIR."""

_HEAD = """
import json, resource, sys, time
path, asked = sys.argv[1:3]
def say(begun, used, courses, **more):
    print(json.dumps({
        "seconds": time.perf_counter() - begun, "processor": time.process_time() - used,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "courses": courses, **more,
    }))
"""
_WARM = """
from datetime import date
from isocourse.course.many.asking import At, ask
from isocourse.course.many.nobody import nobody
from isocourse.words.tokens import PLACES
at = At(date.fromisoformat(asked))
for place in PLACES:
    ask(nobody(place), at)  # the compiled code is loaded, and the rules of every place
"""
_OURS = f"""{_HEAD}{_WARM}
from benchmarks.sql_facts import facts_in_sql
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.streaming import told
from isocourse.facts import columns
from isocourse.words.codes import NULL
names = [each.name for each in columns()]
begun, used = time.perf_counter(), time.process_time()
courses = 0
for each in told(open_table(path), at, 2):
    courses += len(each.answers.left)
taken = time.perf_counter(), time.process_time()
sums = {{name: [0, 0] for name in facts_in_sql()}}
for each in told(open_table(path), at, 2):  # once more, for nothing but the sums
    for name, held in sums.items():
        values = each.answers.facts[:, names.index(name)]
        known = values[values != NULL]
        held[0] += int(known.sum())
        held[1] += len(known)
after = time.perf_counter() - taken[0], time.process_time() - taken[1]
say(begun + after[0], used + after[1], courses, sums=sums)
"""
_TO_FILE = f"""{_HEAD}{_WARM}
import tempfile
from isocourse.exchange.many import assess_many
with tempfile.TemporaryDirectory() as folder:
    begun, used = time.perf_counter(), time.process_time()
    summary = assess_many(path, folder, at)
    say(begun, used, summary["courses"])
"""
_DUCKDB = f"""{_HEAD}
import duckdb
from benchmarks.sql_facts import facts_in_sql, query
base = duckdb.connect(config={{"threads": 2}})
base.execute("set enable_progress_bar = false")
begun, used = time.perf_counter(), time.process_time()
base.execute("create temp table found as " + query(), {{"path": path, "asked": asked}})
taken = time.perf_counter(), time.process_time()
each = ", ".join(f"sum({{name}})::bigint, count({{name}})" for name in facts_in_sql())
courses, *found = base.execute(f"select count(*), {{each}} from found").fetchone()
sums = {{n: [found[2 * k] or 0, found[2 * k + 1]] for k, n in enumerate(facts_in_sql())}}
after = time.perf_counter() - taken[0], time.process_time() - taken[1]
say(begun + after[0], used + after[1], courses, sums=sums)
"""  # noqa: S608 (every name stands in the data dictionary)


def run(program: str, path: Path) -> dict[str, Any]:
    """What a program in a process of its own says of a table."""
    words = (sys.executable, "-c", program, str(path), ASKED.isoformat())
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603
    held: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return held


def line(name: str, said: dict[str, Any]) -> str:
    """One line of the table."""
    each = 1_000_000 / said["courses"]
    return (
        f"  {name:<36}{said['seconds']:>9.2f} s{said['processor']:>9.2f} s"
        f"{said['seconds'] * each:>9.1f}{said['processor'] * each:>9.1f}"
        f"{said['courses'] / said['seconds']:>11,.0f}{said['peak_mib']:>8,} MiB"
    )


def measure(size: int, folder: Path) -> None:
    """All of them on a registry of one size."""
    path = folder / f"{size}.parquet"
    write_registry(path, size, ASKED)
    print(f"\n{f'{size:,} courses of 40 entries':<38}{'wall':>11}{'processor':>11}", end="")
    print(f"{'µs each':>9}{'µs each':>9}{'a second':>11}{'peak':>12}")
    ours = run(_OURS, path)
    print(line("isocourse: facts, rules, verdicts", ours))
    print(line("isocourse: assess-many, to Parquet", run(_TO_FILE, path)))
    if find_spec("duckdb") is None:
        print("  DuckDB: SKIPPED, not installed (make peers)")
    else:
        theirs = run(_DUCKDB, path)
        print(line(f"DuckDB SQL: {len(facts_in_sql())} of the facts, no rule", theirs))
        assert ours["courses"] == theirs["courses"]
        assert ours["sums"] == theirs["sums"], "DuckDB and isocourse do not give the same facts"
        print(f"  DuckDB takes {theirs['seconds'] / ours['seconds']:.1f} times as long.")
    if size == SIZES[0]:
        _gates(path, ours["processor"] / ours["courses"])
    path.unlink()


def _gates(path: Path, ours: float) -> None:
    """cql-execution on the gate rules, held against what all of a course costs here."""
    lacking = gates.missing()
    if lacking is not None:
        print(f"  cql-execution: SKIPPED, {lacking}")
        return
    said = gates.compare(path, ASKED, GATES_OF)
    print(
        f"  cql-execution, node {said['node']}: {said['rules']} gate rules, same answers,", end=""
    )
    print(f" {said['courses']} courses; one thread, against the processor time of the first line")
    for name in ("fhir", "plain"):
        each = said[name] / said["courses"]
        print(f"    facts as {name}: {each * 1_000_000:,.0f} µs each, {each / ours:,.0f} times")


def main() -> None:
    """Print every table."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print("\n".join(f"{name:<10}{said}" for name, said in machine().items()))
    print(f"\n{(__doc__ or '').strip()}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            measure(size, Path(folder))


if __name__ == "__main__":
    main()
