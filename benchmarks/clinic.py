"""Load a clinic of many active courses as its people would, on SQLite and on PostgreSQL.

Method: a clinic is filled with copies of the demonstration's active patients, each encrypted,
chained and sealed under its own key. Its pages are asked for one at a time, in turns with a bare
Django page that reads the same rows. Then all that people do in a month comes at random moments, at
a multiple of the rate in the busiest hours, whether the ones before are answered or not; a time
counts from the moment a request was due. In the end each acknowledged write is looked for in its
log, whose chain is computed anew. The folder keeps the databases: a second run begins at once.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

VENDORS = ("sqlite", "postgresql")
_NAMES = {
    "GET worklist/": "worklist",
    "GET bare/worklist/<int:clinic>/": "  bare page, the same rows",
    "GET courses/<str:code>/": "course",
    "GET bare/courses/<str:code>/": "  bare page, the same rows",
}


def main() -> None:
    """Run each database in a process of its own, and print what was found."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.clinic", description=__doc__)
    wanted.add_argument("--courses", type=int, default=50_000)
    wanted.add_argument("--folder", type=Path, required=True, help="where the databases lie")
    wanted.add_argument("--database", choices=VENDORS, action="append")
    wanted.add_argument(
        "--times", type=float, default=2, help="the rate, as a multiple of the peak"
    )
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--rounds", type=int, default=100, help="of each page, one at a time")
    wanted.add_argument("--out", type=Path, metavar="FILE", help="write the numbers as JSON")
    asked = wanted.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = [run(vendor, asked) for vendor in asked.database or VENDORS]
    for each in found:
        show(each)
    if asked.out is not None:
        said = {"method": (__doc__ or "").strip(), "databases": found}
        asked.out.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def run(vendor: str, asked: argparse.Namespace) -> dict[str, Any]:
    """One database, in a process of its own."""
    out, made = asked.folder / f"{vendor}.json", asked.folder / "clinic.sqlite3"
    like = ["--like", str(made)] if vendor == "postgresql" and made.exists() else []
    words = [vendor, "--courses", asked.courses, "--folder", asked.folder, "--out", out]
    words += ["--times", asked.times, "--seconds", asked.seconds, "--rounds", asked.rounds]
    command = [sys.executable, "-m", "benchmarks.clinic_run", *map(str, words), *like]
    subprocess.run(command, check=True)  # noqa: S603
    said: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return said


def show(said: dict[str, Any]) -> None:
    """The numbers of one database, for a person."""
    sums = said["arithmetic"]
    print(f"\n{said['vendor']}: {sums['courses']} active courses, {said['entries']} entries")
    print("; ".join(f"{name} {value}" for name, value in sums.items()))
    print(f"\n{'one at a time, ms of the server':<36}{'p50':>8}{'p95':>8}{'p99':>8}{'at work':>10}")
    for route, name in _NAMES.items():
        each = said["alone"][route]
        told = "".join(f"{each['milliseconds'][share]:>8}" for share in ("p50", "p95", "p99"))
        print(f"{name:<36}{told}{each['processor']['p50']:>10}")
    print("\na course page, step by step, ms")
    for step, took in said["spent"].items():
        print(f"  {step:<34}{took:>8}")
    print(f"\n{said['rate']} a second for {said['seconds']:.0f} s, ms since due")
    for act, each in said["by act"].items():
        told = "".join(f"{each[share]:>9}" for share in ("n", "p50", "p95", "p99"))
        print(f"  {act:<34}{told}")
    print(f"errors: {said['errors'] or 'none'}; writes: {said['writes']}")


if __name__ == "__main__":
    main()
