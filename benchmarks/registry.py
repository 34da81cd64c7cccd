"""A registry in columns, beside DuckDB: `python -m benchmarks.registry [COURSES]`.

Method: an invented registry is written once for each size; every run is a process of its own, which
reads the Parquet file and gives the answers in memory. isocourse gives all its facts, every rule
and the verdicts; DuckDB the few facts below, in SQL, and no rule. Two threads each. One fact that
both give is compared over all courses. Nothing is asserted about time.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.measuring import machine
from isocourse.exchange.events_table.invented import write_registry

SIZES = (10_000, 100_000, 1_000_000)
ASKED = date(2026, 12, 10)

_OURS = """
import json, resource, sys, time
from datetime import date
from isocourse.course.many.asking import At
from isocourse.course.many.nobody import nobody
from isocourse.course.many.asking import ask
from isocourse.exchange.events_table.opening import open_table
from isocourse.exchange.events_table.streaming import told
asked = At(date.fromisoformat(sys.argv[2]))
ask(nobody("eu"), asked)  # the compiled code is loaded
begun, used = time.perf_counter(), time.process_time()
courses, weights = 0, 0
from isocourse.facts import columns
from isocourse.words.codes import NULL
names = [each.name for each in columns()]
place = names.index("weight")
for each in told(open_table(sys.argv[1]), asked, 2):
    courses += len(each.answers.left)
    held = each.answers.facts[:, place]
    weights += int(held[held != NULL].sum())
print(json.dumps({
    "seconds": time.perf_counter() - begun, "processor": time.process_time() - used,
    "courses": courses, "grams": weights,
    "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""

_DUCKDB = """
import json, resource, sys, time
import duckdb
begun, used = time.perf_counter(), time.process_time()
base = duckdb.connect(config={"threads": 2})
base.execute("set enable_progress_bar = false")
rows = base.execute('''
  with e as (select * from read_parquet($path) where "at" <= $asked::date)
  select course_id, any_value(place) as place,
    date_diff('year', any_value(birth_date), $asked::date) as age,
    arg_max(value, "order") filter (kind = 'weight') as weight,
    arg_max(value, "order") filter (kind = 'lab' and code = 'alt') as alt,
    arg_max(value, "order") filter (kind = 'lab' and code = 'triglycerides') as triglycerides,
    arg_max(code, "order") filter (kind = 'diagnosis') as severity,
    arg_max(yes, "order") filter (kind = 'pregnancy_category') as able,
    bool_or(code = 'positive') filter (kind = 'pregnancy_test') as positive,
    max("at") filter (kind = 'pregnancy_test' and code = 'negative') as tested,
    max("at") filter (kind = 'prescription') as prescribed,
    arg_max(value, "order") filter (kind = 'prescription') as dose,
    arg_max(days, "order") filter (kind = 'prescription') as days,
    max("at") filter (kind = 'dispense') as handed_over,
    count(*) filter (kind = 'dispense') as hand_overs,
    count(distinct "at") filter (kind = 'visit') as visits,
    arg_max(code, "order") filter (kind = 'visit') as last_visit,
    max("at") filter (kind = 'mental_health') as mind,
    bool_or(code = 'suicidal_thoughts') filter (kind = 'mental_health') as grave,
    bool_or(kind = 'stop') as stopped,
    bool_or(kind = 'counselling') as counselled,
    bool_or(code = 'general') filter (kind = 'consent') as consent,
    bool_or(yes) filter (kind = 'enrolment' and code = 'patient') as enrolled
  from e group by course_id
''', {"path": sys.argv[1], "asked": sys.argv[2]}).to_arrow_table()
taken = time.perf_counter() - begun
grams = sum(round(each * 1000) for each in rows["weight"].to_pylist() if each is not None)
print(json.dumps({
    "seconds": taken, "processor": time.process_time() - used,
    "courses": rows.num_rows, "grams": grams,
    "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""
FACTS_IN_SQL = 21


def run(program: str, path: Path) -> dict[str, Any]:
    """What a program in a process of its own says of a table."""
    words = (sys.executable, "-c", program, str(path), ASKED.isoformat())
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603
    held: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return held


def line(name: str, said: dict[str, Any]) -> str:
    """One line of the table."""
    a_second = said["courses"] / said["seconds"]
    return (
        f"  {name:<34}{said['seconds']:>9.2f} s{said['processor']:>9.2f} s"
        f"{a_second:>12,.0f}{said['peak_mib']:>9,} MiB"
    )


def measure(size: int, folder: Path) -> None:
    """Both on a registry of one size."""
    path = folder / f"{size}.parquet"
    write_registry(path, size, ASKED)
    print(f"\n{size:,} courses of 40 entries{'':<7}{'wall':>11}{'processor':>11}{'a second':>12}")
    ours = run(_OURS, path)
    print(line("isocourse: facts, rules, verdicts", ours))
    if find_spec("duckdb") is None:
        print("  DuckDB: SKIPPED, not installed (pip install duckdb)")
    else:
        theirs = run(_DUCKDB, path)
        print(line(f"DuckDB SQL: {FACTS_IN_SQL} facts, no rule", theirs))
        assert (ours["courses"], ours["grams"]) == (theirs["courses"], theirs["grams"])
    path.unlink()


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
