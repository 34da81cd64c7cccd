"""One database: a clinic is filled, its pages measured beside bare ones, then all is loaded."""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.clinic_site import database, set_up

Numbers = dict[str, Any]
HANDS, WARM = 96, 8  # connections at most at one instant; seconds that do not count


def quantiles(held: Sequence[float]) -> Numbers:
    """How many, and the median, 95th and 99th percentile, in milliseconds."""
    ordered = sorted(held)

    def at(share: int) -> float:
        return round(ordered[min(len(ordered) - 1, -(-share * len(ordered) // 100) - 1)], 1)

    return {"n": len(ordered), "p50": at(50), "p95": at(95), "p99": at(99)} if ordered else {"n": 0}


def server_times(log: Path, since: int, which: str = "milliseconds") -> dict[str, list[float]]:
    """What the server says that each page took, from a place in its log on."""
    found: dict[str, list[float]] = defaultdict(list)
    for line in log.read_bytes()[since:].decode().splitlines():
        said = json.loads(line) if line.startswith("{") else {}
        if which in said:
            found[f"{said['method']} {said['route']}"].append(said[which])
    return found


def alone(clinic: Any, own: Any, bare: Any, mix: Any, rounds: int) -> dict[str, Numbers]:
    """Each page asked for by one person, in turns with its bare peer; the server's own time."""
    from tests.clinic.faults.hands import Hand

    codes, session = mix.dice.sample(mix.codes, min(rounds, len(mix.codes))), mix.sessions["nurse"]
    before = {each.log: each.log.stat().st_size for each in (own, bare)}
    for number in range(rounds + WARM):
        code, who = codes[number % len(codes)], session[number % len(session)]
        for served, address in (
            (own, "/worklist/"),
            (bare, f"/bare/worklist/{clinic.pk}/"),
            (own, f"/courses/{code}/"),
            (bare, f"/bare/courses/{code}/"),
        ):
            hand = Hand(served.port, who)
            assert hand.ask(address) == 200, address
            hand.line.close()
    found: dict[str, Numbers] = {}
    for served in (own, bare):
        for which in ("milliseconds", "processor"):
            for route, held in server_times(served.log, before[served.log], which).items():
                if len(held) >= rounds:
                    found.setdefault(route, {})[which] = quantiles(held[-rounds:])
    return found


def load(port: int, acts: Iterable[Any]) -> list[tuple[Any, int, float]]:
    """Every act at its moment, whether the ones before are answered or not."""
    from tests.clinic.faults.hands import Hand

    begun = time.monotonic()

    def do(act: Any) -> tuple[Any, int, float]:
        hand = Hand(port, act.session)
        status = hand.ask(act.address, act.said)
        hand.line.close()
        return act, status, (time.monotonic() - begun - act.due) * 1000

    with ThreadPoolExecutor(HANDS) as hands:
        done = []
        for act in acts:
            time.sleep(max(0.0, begun + act.due - time.monotonic()))
            done.append(hands.submit(do, act))
        return [each.result() for each in done]


def kept(done: Iterable[tuple[Any, int, float]]) -> Numbers:
    """Whether each acknowledged write stands in the log of its course, and each chain holds."""
    from isocourse.clinic.log.models import Course
    from isocourse.clinic.log.reading import read
    from isocourse.clinic.visits.saving import used

    told: Counter[str] = Counter()
    for act, status, _ in done:
        if act.said is None or status != 302:
            continue
        code = act.address.split("/")[2]
        course = Course.objects.select_related("clinic", "key").get(code=code)
        events = read(course).events  # raises when the chain does not hold
        there = used(course, act.mark)
        if act.what == "handed over":
            rx = act.said["prescription"]
            given = [
                e for e in events if e.get("prescription_id") == rx and e["kind"] == "dispense"
            ]
            there = len(given) == 1
        told["acknowledged"] += 1
        told["lost"] += not there
    return dict(told)


def latencies(done: Sequence[tuple[Any, int, float]]) -> Numbers:
    """By kind of act, and over all, from the moment it was due to its last byte."""
    held: dict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for act, status, took in done:
        if act.due < WARM:
            continue
        held[act.what].append(took)
        held["all"].append(took)
        if status != (302 if act.said else 200):
            wrong[f"{act.what}: {status}"] += 1
    return {"by act": {name: quantiles(each) for name, each in held.items()}, "errors": dict(wrong)}


def measure(asked: argparse.Namespace, url: str) -> Numbers:
    """Everything that is measured on one database."""
    from django.utils import timezone
    from tests.clinic.faults.server import Served

    from benchmarks.clinic_copying import copy_over
    from benchmarks.clinic_filling import fill
    from benchmarks.clinic_mix import Mix, at_the_peak, told
    from benchmarks.clinic_spent import spent
    from isocourse.clinic.log.models import Entry
    from isocourse.on_screen.machine import machine

    if asked.like:
        copy_over(asked.like)
    clinic = fill(asked.courses, timezone.now())
    mix = Mix(clinic, f"{asked.vendor} {asked.courses}")
    peak = at_the_peak(asked.courses)
    rate = asked.rate or asked.times * peak
    folder = Path(asked.folder)
    own = Served(url, folder)
    bare = Served(url, folder, [sys.executable, "-m", "benchmarks.clinic_bare"])
    bare.log = folder / "bare.log"
    said: Numbers = {"vendor": asked.vendor, "entries": Entry.objects.count()}
    said |= {"arithmetic": told(timezone.now(), asked.courses), "rate": round(rate, 1)}
    try:
        tidy()
        own.start()
        bare.start()
        said["alone"] = alone(clinic, own, bare, mix, asked.rounds)
        bare.kill()
        said["spent"] = spent(mix.dice.sample(mix.codes, min(200, len(mix.codes))))
        since = own.log.stat().st_size
        said["machine before the load"] = machine()
        done = load(own.port, mix.acts(rate, asked.seconds + WARM))
        said |= latencies(done) | {"seconds": asked.seconds}
        said["server"] = {
            route: quantiles(held) for route, held in server_times(own.log, since).items()
        }
        said["writes"] = kept(done)
    finally:
        own.kill()
        bare.kill()
    return said


def tidy() -> None:
    """What PostgreSQL does by itself within minutes of a filling, and never had the time for."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    """Measure, and write the numbers as JSON."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.clinic_run", description=__doc__)
    wanted.add_argument("vendor")
    wanted.add_argument("--courses", type=int, required=True)
    wanted.add_argument("--folder", required=True)
    wanted.add_argument("--like", type=Path, help="an SQLite file whose courses are taken")
    wanted.add_argument("--rate", type=float, default=0)
    wanted.add_argument("--times", type=float, default=2)
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--rounds", type=int, default=100)
    wanted.add_argument("--out", type=Path, required=True)
    asked = wanted.parse_args()
    begun = datetime.now().isoformat(timespec="seconds")
    with database(asked.vendor, Path(asked.folder)) as url:
        set_up(url, Path(asked.folder))
        said = {"begun": begun, **measure(asked, url)}
    asked.out.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
